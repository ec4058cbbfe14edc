import type { Cards } from '../triage/card.js'
import type { Case } from '../triage/case.js'
import type { Diary } from '../triage/event.js'
import type { ReadyLookUp } from '../triage/look-up.js'
import type { Phrases } from '../triage/phrases.js'
import type { Guide } from '../triage/guide.js'
import type { RegisterHit, RegisterName } from '../triage/register.js'
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
  /** What these registers say of the alert, those that hold first; none when it is left out. */
  readonly hits?: (wanted: readonly RegisterName[]) => readonly RegisterHit[]
  /** The hosts that a card may link to; none when it is left out. */
  readonly portals?: readonly string[]
  /** Makes the places and queries of a check ready for this alert; none when it is left out. */
  readonly lookUps?: (ids: readonly string[]) => readonly ReadyLookUp[]
}
