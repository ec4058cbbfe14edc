import type { Alert } from './alert.js'
import type { EffectNote } from './effect.js'
import type { Event, ManagerAnswer, Member, Related, Report, Stamp, WhyLeft } from './event.js'
import type { PageStep } from './clocks.js'
import type { StepKind } from './guide.js'
import type { FailedLookUp, LookUpFinding } from './look-up.js'
import type { Person } from './person.js'
import type { Operation, Target, WhyFailed } from './response-action.js'
import type { SourceSaid } from './source-said.js'
import type { Doubt, Relation } from './verifier.js'

/**
 * What somebody wants, still to be decided by `decide`. `line` is the newest line of the diary that the person saw; null when that does
 * not matter.
 */
export type Command = Stamp & {
  readonly caseId: string
  readonly line: number | null
  /** The language of the words that the person chose by, which the record keeps; the guide's own when it is left out. */
  readonly language?: string
} & (
    | {
        readonly type: 'open'
        readonly alert: Alert
        readonly guide: string
        readonly related?: readonly Related[]
        /** The case whose card it shares from the beginning. */
        readonly joins?: { readonly leader: string; readonly as: 'twin' | 'member' }
      }
    | { readonly type: 'take' }
    | { readonly type: 'release' }
    | { readonly type: 'take-over' }
    /** `finding`: what was seen and where, '' for nothing. */
    | { readonly type: 'answer'; readonly check: string; readonly option: string; readonly finding?: string }
    /** Write down, or change, what was seen for a check that is answered; '' takes it out. */
    | { readonly type: 'note-finding'; readonly check: string; readonly finding: string }
    | { readonly type: 'withdraw-answer'; readonly check: string | null }
    | {
        readonly type: 'record-verdict'
        readonly verdict: string
        readonly reason: string
        readonly earlier?: EarlierVerdict
      }
    | { readonly type: 'withdraw-verdict' }
    /** Make these steps done, and those of the same kind that are not named undone. */
    | { readonly type: 'mark-steps'; readonly kind: StepKind; readonly steps: readonly string[] }
    | { readonly type: 'skip'; readonly step: string; readonly reason: string }
    | { readonly type: 'note'; readonly text: string }
    | {
        readonly type: 'ask-manager'
        readonly manager: Person
        readonly about: string
        readonly until: string
        readonly relation?: Relation
        /** What speaks against this manager and was allowed. */
        readonly despite?: readonly Doubt[]
        /** Put the question on one card with others. */
        readonly together?: true
      }
    /** The owner wanted to ask that manager, and was refused because of these doubts. */
    | { readonly type: 'note-doubts'; readonly manager: Person; readonly doubts: readonly Doubt[] }
    /** Allow that this manager is asked in spite of that. */
    | {
        readonly type: 'allow-verifier'
        readonly manager: Person
        readonly despite: readonly Doubt[]
        readonly reason: string
      }
    /** Winnow was installed for the manager whom the question of that line is for. */
    | { readonly type: 'note-installed'; readonly asked: number }
    | {
        readonly type: 'answer-confirmation'
        /** The line of the `manager-asked` that is answered; null for the one that is open. */
        readonly asked: number | null
        readonly answer: ManagerAnswer
        readonly from: string | null
        readonly to: string | null
        readonly note: string
        /** Where the journey leads; left out for the alert's own countries. */
        readonly countries?: readonly string[]
        /** What speaks against the manager now. */
        readonly doubts?: readonly Doubt[]
      }
    /** Have the journey that the manager confirmed count no more. */
    | { readonly type: 'revoke-journey'; readonly reason: string }
    | { readonly type: 'expire-confirmation' }
    /** `reason`: why required actions are left, when some are; `allDone`: they are all done, and count as done with this. */
    | { readonly type: 'close'; readonly reason: string; readonly allDone?: boolean }
    | { readonly type: 'reopen'; readonly reason: string }
    /** Have the working card in one's own chat with Winnow as well. */
    | { readonly type: 'continue-in-chat' }
    /** The chat did not take the question of that line, or may not have. */
    | {
        readonly type: 'note-unreached'
        readonly asked: number
        readonly why: 'refused' | 'unknown'
        readonly detail: string
      }
    /** Another alert about the same person has come. */
    | { readonly type: 'note-related'; readonly other: Related; readonly title: string }
    /** Another source has told the same alert. */
    | { readonly type: 'note-report'; readonly report: Report }
    /** Another alert is to share the case's card. */
    | { readonly type: 'add-member'; readonly member: Member }
    /** Give a member of the group a card of its own; `member` is its code. */
    | { readonly type: 'take-out'; readonly member: string }
    /** What was said on the card of the group, by the lines of its leader's diary, is said of this member as well. */
    | { readonly type: 'follow'; readonly leader: string; readonly said: readonly Said[] }
    /** Have a card of its own again. */
    | { readonly type: 'leave'; readonly leader: string; readonly why: WhyLeft }
    /** The source has put the alert into an incident with others. */
    | { readonly type: 'note-incident'; readonly incident: string; readonly others: readonly Related[] }
    /** Winnow has looked these up itself, or tried to. */
    | {
        readonly type: 'note-look-ups'
        readonly found: readonly LookUpFinding[]
        readonly failed: readonly FailedLookUp[]
      }
    /** Go by the guide as it is now. */
    | { readonly type: 'update-guide' }
    /** Mention these people, because no one has the case. */
    | {
        readonly type: 'page'
        readonly to: readonly Person[]
        readonly step: PageStep
        readonly why: 'unassigned' | 'unanswered'
      }
    /** Have seen a page or a reminder. */
    | { readonly type: 'acknowledge' }
    /** Remind who is silent; `until` is when something happens without them. */
    | {
        readonly type: 'remind'
        readonly person: Person
        readonly as: 'owner' | 'manager'
        readonly until: string | null
      }
    /** Take the case from an owner who gives no sign. */
    | { readonly type: 'release-silent'; readonly from: Person }
    /** Ask someone else the question of that line. */
    | {
        readonly type: 'pass-on'
        readonly asked: number
        readonly to: Person
        readonly as: 'deputy' | 'managers-manager'
        readonly until: string
        /** Put the question on one card with others. */
        readonly together?: true
      }
    /** A source says what has become of its alert on its own side. */
    | { readonly type: 'note-source'; readonly said: SourceSaid }
    /** Have Winnow do what a step recommends. `isProtected`: the target is one that is never touched. */
    | ({
        readonly type: 'ask-action'
        readonly step: string
        readonly operation: Operation
        readonly target: Target
      } & ActionTerms)
    /** Have what was asked for at that line, and carried out, taken back. */
    | ({ readonly type: 'undo-action'; readonly asked: number } & ActionTerms)
    /** Agree to what was asked for at that line; `target` is the key of the target that was seen. */
    | { readonly type: 'approve-action'; readonly asked: number; readonly target: string }
    | { readonly type: 'decline-action'; readonly asked: number; readonly target: string; readonly reason: string }
    | { readonly type: 'expire-action'; readonly asked: number }
    /** What came of it. */
    | { readonly type: 'finish-action'; readonly asked: number; readonly outcome: ActionOutcome }
    /** Something told outside has gone well, or not yet; `marks` is the recommended action that is done with it. */
    | { readonly type: 'note-effect'; readonly note: EffectNote; readonly marks?: string }
  )

/** On which terms Winnow is asked to do something: why, until when, in earnest or not. */
export type ActionTerms = {
  readonly reason: string
  readonly until: string
  readonly dryRun: boolean
  readonly isProtected: boolean
}

/** What came of a response action. */
export type ActionOutcome =
  | { readonly kind: 'carried-out' }
  | { readonly kind: 'rehearsed' }
  | { readonly kind: 'failed'; readonly why: WhyFailed; readonly detail: string; readonly partly?: true }

/** An earlier verdict on the same thing that is another than this one: in which case, what, when, and about what kind of thing. */
export type EarlierVerdict = Readonly<Record<'code' | 'verdict' | 'day' | 'thing', string>>

/** An event of a leader's diary and its line. */
export type Said = { readonly line: number; readonly event: Event }
