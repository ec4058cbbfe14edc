import { visible } from '../dialogs/visible.js'
import { say } from '../triage/phrases.js'
import type { Refusal } from '../triage/refusal.js'
import type { House } from './house.js'

/** A refusal as the sentence a person reads. */
export const refusalText = ({ refusal, details }: Refusal, { phrases }: Pick<House, 'phrases'>): string =>
  say(
    phrases,
    `refusal.${refusal}`,
    Object.fromEntries(Object.entries(details).map(([name, value]) => [name, visible(value, 120)])),
  )
