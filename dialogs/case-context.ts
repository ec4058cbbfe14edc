import type { Cards } from '../triage/card.js'
import type { Case } from '../triage/case.js'
import type { Diary } from '../triage/event.js'
import type { Phrases } from '../triage/phrases.js'
import type { Guide } from '../triage/guide.js'
import type { RelatedCase } from '../triage/related.js'

/** Everything a view is made from: the case, its diary, the guide that leads it, the bot's words. */
export type CaseContext = {
  readonly state: Case
  readonly diary: Diary
  /** Where the cards of the case stand. */
  readonly cards: Cards
  readonly guide: Guide
  readonly phrases: Phrases
  /** What another type of alert is called. */
  readonly titleOf: (type: string) => string
  /** The cases that share a person, address, app or resource with it, newest first; none when it is left out. */
  readonly related?: readonly RelatedCase[]
  /** The hosts that a card may link to; none when it is left out. */
  readonly portals?: readonly string[]
  /** The time zone it is read in, a name that `zoneNamed` gave; UTC when it is left out. */
  readonly zone?: string
}
