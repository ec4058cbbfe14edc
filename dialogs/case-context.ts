import type { Cards } from '../triage/card.js'
import type { Case } from '../triage/case.js'
import type { Diary, Related } from '../triage/event.js'
import type { ReadyLookUp } from '../triage/look-up.js'
import type { Phrases } from '../triage/phrases.js'
import type { Guide, VerdictClass } from '../triage/guide.js'
import type { RegisterHit, RegisterName } from '../triage/register.js'
import type { PastVerdict, ThingKind } from '../triage/memory.js'
import type { Offer } from '../triage/response-action.js'
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
  /** The verdicts of earlier cases about the same things; none when it is left out. */
  readonly past?: readonly PastVerdict[]
  /** False when none of `past` can contradict a verdict of that class, told without looking for them; left out, one may. */
  readonly mayContradict?: (verdictClass: VerdictClass) => boolean
  /** When the first alert of a type came here; unknown when it is left out. */
  readonly firstOf?: (type: string) => string | null
  /** Every case about the same person that is remembered, open or closed; none when it is left out. */
  readonly samePerson?: readonly Related[]
  /** Later cases about the same person that read otherwise because this one came before: what their guides say of it. */
  readonly precedes?: readonly { readonly after: Related; readonly says: string }[]
  /** What each place and query looks for. */
  readonly lookUpKinds?: ReadonlyMap<string, readonly ThingKind[]>
  /** After so many equal benign verdicts about one thing a closed case proposes a register entry; never when it is left out. */
  readonly proposeAfter?: number
  /** The hosts that a card may link to; none when it is left out. */
  readonly portals?: readonly string[]
  /** What its owner has typed as the finding of the open check and not sent as an answer yet; none when it is left out. */
  readonly draft?: string
  /** The time zone it is read in, a name that `zoneNamed` gave; UTC when it is left out. */
  readonly zone?: string
  /** What Winnow may do itself, and what it could do now where that is known; nothing when it is left out. */
  readonly responses?: { readonly mode: 'dry-run' | 'on'; readonly offers?: readonly Offer[] }
  /** Makes the places and queries of a check ready for this alert; none when it is left out. */
  readonly lookUps?: (ids: readonly string[]) => readonly ReadyLookUp[]
}
