import type { Place } from '../../triage/card.js'
import type { Backoff } from '../pacing/backoff.js'
import type { Outcome } from '../pacing/queue.js'
import type { Pacer } from '../pacing/rate-limiter.js'
import { type Message, type Messenger, Undelivered } from '../chat.js'

/** What an announcement needs to be sent. */
export type Announcing = {
  readonly messenger: Messenger
  readonly pacer: Pacer
  readonly backoff: Backoff
  readonly log: { error(details: object, text: string): void }
}

/** An announcement: what is said where, the name and lane it is tried again under, and what the log says when it may be missing. */
export type Announcement = {
  readonly to: Place
  readonly message: Message
  readonly name: string
  readonly lane: string
  readonly failed: string
  /** For the log. */
  readonly details: object
}

/** Say something in its turn. Tried again when it surely did not arrive; never when nobody knows, for then it may stand there. */
export const announce = async (announcement: Announcement, by: Announcing): Promise<Outcome> => {
  const { to, message, name, lane, failed, details } = announcement
  const turn = by.pacer.ask(to)
  if (typeof turn === 'number') return { againInMs: turn, everybody: true }
  try {
    await by.messenger.post(to, message)
  } catch (error) {
    if (error instanceof Undelivered && error.kind === 'not-now') return by.backoff.failed(name, lane, error)
    by.log.error({ err: error, ...details }, failed)
  } finally {
    turn()
  }
  by.backoff.worked(name, lane)
  return null
}
