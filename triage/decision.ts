import type { Event } from './event.js'
import type { Refusal } from './refusal.js'

/** What a command leads to: events to append (none when it is already so), or a refusal. */
export type Decision = readonly Event[] | Refusal
