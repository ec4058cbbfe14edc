import type { Alert } from './alert.js'
import type { PageStep } from './clocks.js'
import type { EffectNote } from './effect.js'
import type { Person } from './person.js'
import type { VerdictClass } from './guide.js'
import type { FailedLookUp, LookUpFailure, LookUpFinding } from './look-up.js'
import type { Operation, Target, WhyFailed } from './response-action.js'
import type { SourceSaid } from './source-said.js'
import type { Doubt, Relation } from './verifier.js'

/** When it happened (ISO 8601, UTC) and through whom. */
export type Stamp = {
  readonly at: string
  readonly by: Person
  /**
   * The message or the form (`form:…`) it was written in, so that what is told twice counts once, or the group; a click on a case has
   * none.
   */
  readonly via?: Via
}

/**
 * Through what it came. `message`: the message it was written in, by the chat's own id. `group` and `line`: it was said on the card
 * of a group, which stands in that line of that case's history.
 */
export type Via = { readonly message?: string; readonly group?: string; readonly line?: number }

/** One of several alerts that share a card: its own case, and enough to list it without reading that. */
export type Member = Pick<
  Alert,
  'source' | 'sourceAlertId' | 'title' | 'severity' | 'occurredAt' | 'people' | 'addresses'
> & { readonly caseId: string }

/** The same alert as another source told it: under which id, and what it adds to what was known. */
export type Report = Pick<
  Alert,
  'source' | 'sourceAlertId' | 'title' | 'severity' | 'occurredAt' | 'link' | 'incident'
> & {
  /** The code that follows from that source and id; it leads to the case that this was added to. */
  readonly caseId: string
  readonly adds: Pick<Alert, 'people' | 'addresses' | 'apps' | 'resources'>
}

/** Why a case left its group: someone took it out, or the group took no more when it came. */
export type WhyLeft = 'taken-out' | 'too-late'

/** An answer to a check, as evidence for a verdict, with the words of question and option as they were chosen. */
export type Evidence = { readonly check: string; readonly option: string } & Partial<AnswerWords & Finding>

/** The words of a question and of the option that was chosen. */
export type AnswerWords = { readonly ask: string; readonly text: string }

/** What was seen and where, in the person's own words. */
export type Finding = { readonly finding: string }

/** The language that an event's words are in, as an IETF tag such as `en`. */
export type Language = { readonly language: string }

/** Another case about the same person. */
export type Related = { readonly caseId: string; readonly type: string; readonly occurredAt: string }

/** What a manager may say to "was this your report's own journey?". */
export const managerAnswers = ['yes', 'no', 'not-sure', 'not-my-report'] as const

/** One of them. */
export type ManagerAnswer = (typeof managerAnswers)[number]

/**
 * One line of a diary: something people or a source said or did. Once written it never changes; what people undo is another line.
 *
 * An event explains itself for ever: it carries the words that were chosen, so a guide that changes later never rewords it. Words are
 * optional because events of the first format have none. Types and fields are permanent, for they lie on disk.
 */
export type Event = Stamp &
  (
    | {
        readonly type: 'opened'
        readonly caseId: string
        readonly alert: Alert
        /** The type of the guide; called so on disk for ever. */
        readonly playbook: string
        /** The version of that guide, what it calls such an alert, and the language it was shown in. */
        readonly version?: string
        readonly title?: string
        readonly language?: string
        /** Earlier cases about the same person, newest first; left out when there are none. */
        readonly related?: readonly Related[]
      }
    /** The guide changed while the case was open; answers that no longer fit are dropped, to be asked again. */
    | { readonly type: 'guide-changed'; readonly version: string; readonly dropped: readonly string[] }
    | { readonly type: 'claimed' }
    /** `from` is who had it, where they did not release it themselves: they gave no sign (`silence`). */
    | { readonly type: 'released'; readonly why?: 'silence'; readonly from?: Person }
    | { readonly type: 'handed-over'; readonly to: Person }
    | ({ readonly type: 'answered'; readonly check: string; readonly option: string } & Partial<
        AnswerWords & Finding & Language
      >)
    /** What was seen for a check that is answered, written or changed afterwards; '' when it was taken out. */
    | ({ readonly type: 'finding-noted'; readonly check: string } & Finding & Partial<AnswerWords & Language>)
    | ({ readonly type: 'answer-withdrawn'; readonly check: string } & Partial<Pick<AnswerWords, 'ask'> & Language>)
    | ({
        readonly type: 'judged'
        readonly verdict: string
        readonly class: VerdictClass
        readonly label: string
        readonly means?: string
        readonly because: string
        readonly evidence: readonly Evidence[]
        /** The written reason when the verdict goes against the evidence, else null. */
        readonly against: string | null
        /** The earlier case whose verdict on the same thing is another; the because then holds the sentence that says why. */
        readonly unlike?: string
      } & Partial<Language>)
    | { readonly type: 'judgement-withdrawn' }
    /** `step` is `urgent/<id>`, `action/<id>`, `scope/<id>` or `tuning/<id>`; `do` its words. */
    | ({ readonly type: 'done'; readonly step: string } & Partial<StepWords>)
    | ({ readonly type: 'skipped'; readonly step: string; readonly reason: string } & Partial<StepWords>)
    | ({ readonly type: 'undone'; readonly step: string } & Partial<StepWords>)
    | { readonly type: 'noted'; readonly text: string }
    /** Another alert about the same person came while the case was open; `title` is what its source calls it. */
    | { readonly type: 'related-opened'; readonly other: Related; readonly title: string }
    | ({
        readonly type: 'manager-asked'
        readonly manager: Person
        /** The check the question is for. */
        readonly check: string
        readonly about: string
        /** What the manager is asked, with its placeholders. */
        readonly ask?: string
        /** When the question expires, ISO 8601. */
        readonly until: string
        /** How it was known whose manager this is; left out in older records. */
        readonly relation?: Relation
        /** What spoke against this manager, and a lead had allowed. */
        readonly despite?: readonly Doubt[]
        /** The question stands on one card with others to the same manager, who was asked often that day. */
        readonly together?: true
      } & Partial<Language>)
    /** Someone wanted to ask that manager, which was refused because of these doubts. */
    | { readonly type: 'manager-doubted'; readonly manager: Person; readonly doubts: readonly Doubt[] }
    /** A lead allowed to ask that manager in spite of what speaks against it. */
    | {
        readonly type: 'verifier-allowed'
        readonly manager: Person
        readonly despite: readonly Doubt[]
        readonly reason: string
      }
    /** Winnow was installed for the manager, so that the question can reach them. */
    | { readonly type: 'app-installed'; readonly person: Person }
    /** The chat did not take the question, or may not have (`unknown`); `detail` is what it said. */
    | { readonly type: 'manager-unreached'; readonly why: 'refused' | 'unknown'; readonly detail: string }
    | {
        readonly type: 'manager-answered'
        readonly answer: ManagerAnswer
        /** Journey dates, `YYYY-MM-DD`, or null. */
        readonly from: string | null
        readonly to: string | null
        readonly note: string
        /** Where the journey leads, as ISO 3166 codes or in the manager's words; left out where none were named. */
        readonly countries?: readonly string[]
        /** What spoke against the manager when they answered, and no lead had allowed: the answer then is told, and counts for nothing. */
        readonly doubts?: readonly Doubt[]
      }
    | { readonly type: 'manager-expired' }
    /** The journey that the manager's answer tells of counts no more. */
    | { readonly type: 'journey-revoked'; readonly reason: string }
    /** `left`: the steps that were neither done nor skipped. */
    | { readonly type: 'closed'; readonly left?: readonly LeftStep[] }
    | { readonly type: 'reopened'; readonly reason: string }
    /** The alert has changed on its source's side. It closes and judges nothing here. */
    | ({ readonly type: 'source-updated' } & SourceSaid)
    /** Another source told the same alert. */
    | { readonly type: 'also-reported'; readonly report: Report }
    /** The case has no card of its own: it is the same alert as that of the case `leader` (`twin`), or one of its group (`member`). */
    | { readonly type: 'joined'; readonly leader: string; readonly as: 'twin' | 'member' }
    /** The case has a card of its own again. */
    | { readonly type: 'left-group'; readonly leader: string; readonly why: WhyLeft }
    /** Another alert shares this case's card from now on. */
    | { readonly type: 'member-joined'; readonly member: Member }
    /** It does not any more. */
    | { readonly type: 'member-taken-out'; readonly caseId: string; readonly title: string }
    /** The alert's source put it into an incident, with these other cases. */
    | { readonly type: 'incident-named'; readonly incident: string; readonly others: readonly Related[] }
    /** Winnow looked something up itself; it answers no check. */
    | ({ readonly type: 'looked-up' } & LookUpFinding & Partial<Language>)
    /** It tried to, in vain: these look-ups, all for the same reason. */
    | ({
        readonly type: 'look-up-failed'
        readonly lookUps: readonly Pick<FailedLookUp, 'lookUp' | 'checks' | 'what'>[]
      } & LookUpFailure &
        Partial<Language>)
    /** These people were mentioned, because no one has the case, or because no manager answered and no one has it. */
    | {
        readonly type: 'paged'
        readonly to: readonly Person[]
        readonly step: PageStep
        readonly why: 'unassigned' | 'unanswered'
      }
    /** Someone has seen a page, or a reminder: the clocks begin anew. */
    | { readonly type: 'page-acknowledged' }
    /** The owner was reminded of the case, or the manager of the question; `until`: what happens without them happens then. */
    | {
        readonly type: 'reminded'
        readonly person: Person
        readonly as: 'owner' | 'manager'
        readonly until: string | null
      }
    /** The manager did not answer, so someone else is asked the same. */
    | {
        readonly type: 'confirmation-passed-on'
        readonly from: Person
        readonly to: Person
        readonly as: 'deputy' | 'managers-manager'
        readonly until: string
        /** It stands on one card with others. */
        readonly together?: true
      }
    /** Winnow was asked to do what a step recommends, or to take back (`undoes`: the line) what it did. */
    | {
        readonly type: 'action-asked'
        readonly step: string
        readonly do: string
        readonly operation: Operation
        readonly target: Target
        readonly reason: string
        /** Until when it may be approved, ISO 8601; the same time after its approval it may be carried out. */
        readonly until: string
        readonly needs: 'approval' | 'nothing'
        readonly dryRun?: true
        readonly undoes?: number
      }
    /** A second person agreed: from now on it is to be carried out. */
    | ({ readonly type: 'action-approved' } & AskedAction)
    | ({ readonly type: 'action-declined'; readonly reason: string } & AskedAction)
    | ({ readonly type: 'action-expired' } & AskedAction)
    | ({ readonly type: 'action-carried-out' } & AskedAction)
    /** What would have been done in a dry run. */
    | ({ readonly type: 'action-rehearsed' } & AskedAction)
    /**
     * `detail`: the permission that is missing, or a code; never a text of what was sent or received. `partly`: its first part, such as
     * disabling the account, was done.
     */
    | ({
        readonly type: 'action-failed'
        readonly why: WhyFailed
        readonly detail: string
        readonly partly?: true
      } & AskedAction)
    /** What was carried out at line `undoes` was taken back. */
    | ({ readonly type: 'action-undone'; readonly undoes: number } & AskedAction)
    /** What has become of something that the case tells outside: a source, a receiver, an action. */
    | ({ readonly type: 'effect-noted' } & EffectNote)
    /** People were taken out of all lines before this one; `digest` is the SHA-256 of those lines as JSON, in hexadecimal digits. */
    | { readonly type: 'personal-data-removed'; readonly reason: 'request' | 'age'; readonly digest: string }
  )

/** Which response action it is about: the line at which it was asked for, what it is, and to what. */
export type AskedAction = { readonly asked: number; readonly operation: Operation; readonly target: Target }

/** The words of a step. */
export type StepWords = { readonly do: string }

/** A step that was left open at the end, in its words: `when` is its condition, where it has one. */
export type LeftStep = StepWords & {
  readonly step: string
  readonly when?: string
  readonly optional?: true
}

/** A diary: a case's events in order; the index is the line. */
export type Diary = readonly Event[]
