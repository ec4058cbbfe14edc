import type { Alert } from './alert.js'
import type { Person } from './person.js'
import type { VerdictClass } from './guide.js'
import type { MessageRef, Audience } from './card.js'

/** When it happened (ISO 8601, UTC) and through whom. */
export type Stamp = {
  readonly at: string
  readonly by: Person
  /** The message it was written in, by the chat's own id, so that the same message told twice counts once; a click has none. */
  readonly via?: { readonly message: string }
}

/** An answer to a check, as evidence for a verdict. */
export type Evidence = { readonly check: string; readonly option: string }

/** An earlier case about the same person. */
export type Related = { readonly caseId: string; readonly type: string; readonly occurredAt: string }

/** What a manager may say to "was this your report's own journey?". */
export type ManagerAnswer = 'yes' | 'no' | 'not-sure' | 'not-my-report'

/** One line of a diary. A fact once written never changes; what people undo is another line. */
export type Event = Stamp &
  (
    | {
        readonly type: 'opened'
        readonly caseId: string
        readonly alert: Alert
        /** The type of the guide; called so on disk for ever. */
        readonly playbook: string
        /** Earlier cases about the same person, newest first; left out when there are none. */
        readonly related?: readonly Related[]
      }
    | { readonly type: 'claimed' }
    | { readonly type: 'released' }
    | { readonly type: 'handed-over'; readonly to: Person }
    | { readonly type: 'answered'; readonly check: string; readonly option: string }
    | { readonly type: 'answer-withdrawn'; readonly check: string }
    | {
        readonly type: 'judged'
        readonly verdict: string
        readonly class: VerdictClass
        readonly label: string
        readonly because: string
        readonly evidence: readonly Evidence[]
        /** The written reason when the verdict goes against the evidence, else null. */
        readonly against: string | null
      }
    | { readonly type: 'judgement-withdrawn' }
    /** `step` is `action/<id>`, `scope/<id>` or `tuning/<id>`. */
    | { readonly type: 'done'; readonly step: string }
    | { readonly type: 'skipped'; readonly step: string; readonly reason: string }
    | { readonly type: 'undone'; readonly step: string }
    | { readonly type: 'noted'; readonly text: string }
    | {
        readonly type: 'manager-asked'
        readonly manager: Person
        /** The check the question is for. */
        readonly check: string
        readonly about: string
        /** When the question expires, ISO 8601. */
        readonly until: string
      }
    | {
        readonly type: 'manager-answered'
        readonly answer: ManagerAnswer
        /** Journey dates, `YYYY-MM-DD`, or null. */
        readonly from: string | null
        readonly to: string | null
        readonly note: string
      }
    | { readonly type: 'manager-expired' }
    | { readonly type: 'closed' }
    | { readonly type: 'reopened'; readonly reason: string }
    /** A card is about to be posted; until `shown` or `unshown` follows, nobody knows whether it was. */
    | { readonly type: 'posting'; readonly surface: string; readonly audience: Audience }
    | {
        readonly type: 'shown'
        readonly surface: string
        readonly audience: Audience
        readonly posted: MessageRef
        /** The newest line of news on the card. */
        readonly drawn: number
      }
    | {
        readonly type: 'unshown'
        readonly surface: string
        readonly audience: Audience
        readonly why: 'lost' | 'refused' | 'gone' | 'later'
        readonly detail: string
      }
  )

/** A diary: a case's events in order; the index is the line. */
export type Diary = readonly Event[]

/** True for what people want to read; false for the bookkeeping of cards. */
export const isNews = (event: Event): boolean =>
  event.type !== 'posting' && event.type !== 'shown' && event.type !== 'unshown'
