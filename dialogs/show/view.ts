import type { ProposalView } from './memory.js'
import type {
  Choice,
  Fact,
  Found,
  Header,
  Help,
  InFull,
  Digest,
  Shift,
  TakeAll,
  VerdictAll,
  List,
  LookUpView,
  ManagerPart,
  Progress,
  Questions,
  ConfirmationRequest,
  Thanks,
  StepView,
  Urgent,
  Tunable,
  Tuned,
  VerdictView,
} from './view-parts.js'

/**
 * Every card's name with exactly its data.
 *
 * Fields marked *untrusted* carry a source's or a person's words, already made harmless to read (`escapeUntrusted`), and may be
 * bound in a `TextRun` only. Everything else is Winnow's or the guide's. Nothing is ever undefined: an absent text is `''` and
 * its `has…` flag false.
 */
export type View =
  | { readonly card: 'new'; readonly data: Header & NewCase }
  | { readonly card: 'progress'; readonly data: Header & Progress }
  | { readonly card: 'work'; readonly data: Header & Working }
  | { readonly card: 'verdict'; readonly data: Header & Judging }
  | { readonly card: 'judged'; readonly data: Header & Acting }
  | { readonly card: 'closed'; readonly data: Header & Closed & ProposalView }
  | { readonly card: 'question'; readonly data: ConfirmationRequest }
  | { readonly card: 'thanks'; readonly data: Thanks }
  | { readonly card: 'questions'; readonly data: Questions }
  | { readonly card: 'list'; readonly data: List }
  | { readonly card: 'help'; readonly data: Help }
  | { readonly card: 'digest'; readonly data: Digest }
  | { readonly card: 'shift'; readonly data: Shift }
  | { readonly card: 'take-all'; readonly data: TakeAll }
  | { readonly card: 'verdict-all'; readonly data: VerdictAll }

/** Nobody has it. */
export type NewCase = {
  /** The whole of what is cut short in sight. */
  readonly inFull: InFull['inFull']
  readonly hasInFull: boolean
  readonly about: string
  /** The facts that are in sight, and how what the source says begins: `value` and `firstWords` are *untrusted*. */
  readonly firstFacts: readonly Fact[]
  readonly firstWords: string
  readonly hasFirstWords: boolean
  /** Someone was paged, and no one has acknowledged it yet. */
  readonly canAcknowledge: boolean
  /** Who has acknowledged the newest page, "" when no one. *untrusted* */
  readonly acknowledgedBy: string
  readonly isAcknowledged: boolean
  /** What is to be done first, where waiting costs. */
  readonly urgent: readonly { readonly text: string }[]
  readonly hasUrgent: boolean
  /** Combinations, learning period: sentences of the guide. */
  readonly hints: readonly { readonly text: string }[]
  /** Those that stand among the details, because what is in sight says more already; of both one is empty. */
  readonly foldedHints: readonly { readonly text: string }[]
  /** Whose guidance this is. */
  readonly guidance: string
  /** What was found out before it was released; empty for a fresh one. */
  readonly soFar: readonly Found[]
  readonly hasSoFar: boolean
  /** The verdict that stands, when the case was released after it was judged; else "". */
  readonly verdict: string
  readonly hasVerdict: boolean
  /** The check to answer first, with its answers: whoever taps one takes the case. */
  readonly hasCheck: boolean
} & Pick<
  Working,
  | 'check'
  | 'ask'
  | 'how'
  | 'lookUps'
  | 'hasLookUps'
  | 'moreLookUps'
  | 'hasMoreLookUps'
  | 'evidence'
  | 'hasEvidence'
  | 'options'
>

/** One check at a time. */
export type Working = Urgent & {
  /** The whole of what is cut short in sight. */
  readonly inFull: InFull['inFull']
  readonly hasInFull: boolean
  readonly check: string
  readonly step: number
  readonly of: number
  readonly ask: string
  readonly how: string
  /** Places and queries that help to answer it: two in sight, the others among the details. */
  readonly lookUps: readonly LookUpView[]
  readonly hasLookUps: boolean
  readonly moreLookUps: readonly LookUpView[]
  readonly hasMoreLookUps: boolean
  /** What the registers say of it, *untrusted*; the option they suggest says so in its title. */
  readonly evidence: readonly { readonly text: string }[]
  readonly hasEvidence: boolean
  /** `suggestion` says whose word points to that option, "" for the others; it is *untrusted*. */
  readonly options: readonly (Choice & { readonly isSuggested: boolean; readonly suggestion: string })[]
  /** What to write down as the finding, and what its owner has typed there already, exactly as it was typed. */
  readonly findingLabel: string
  readonly finding: string
  /** Which particulars some options ask for, a sentence each; "" for none. */
  readonly particulars: string
  readonly hasParticulars: boolean
  readonly soFar: readonly Found[]
  readonly hasSoFar: boolean
  /** The verdicts the answers already allow, one may be recorded without going on. */
  readonly already: readonly { readonly label: string }[]
  readonly hasAlready: boolean
  readonly hints: readonly { readonly text: string }[]
  /** Those that stand among the details, because what is in sight says more already; of both one is empty. */
  readonly foldedHints: readonly { readonly text: string }[]
  readonly manager: ManagerPart
  /** What is known of the manager's answer bears on this check, or on another one; at most one of both is true. */
  readonly hasWordHere: boolean
  readonly hasWordElsewhere: boolean
}

/** All checks that matter are answered: which verdicts do they allow? */
export type Judging = Urgent & {
  /** The whole of what is cut short in sight. */
  readonly inFull: InFull['inFull']
  readonly hasInFull: boolean
  readonly soFar: readonly Found[]
  readonly hasSoFar: boolean
  /** The allowed ones; `because` is *untrusted*, and left out of undetermined where another is allowed. */
  readonly allowed: readonly {
    readonly label: string
    readonly means: string
    readonly because: string
    readonly hasBecause: boolean
    /** Its id, and the button that records it, such as "Record TP". */
    readonly value: string
    readonly record: string
    /** The only firm one is suggested; of the two flags exactly one is true. */
    readonly isSuggested: boolean
    readonly isOther: boolean
  }[]
  readonly hasAllowed: boolean
  /** There are others: recording one of them needs a reason. */
  readonly hasOthers: boolean
  readonly hints: readonly { readonly text: string }[]
  readonly manager: ManagerPart
}

/** The verdict stands; what is to be done? */
export type Acting = VerdictView &
  Urgent &
  Tunable & {
    /** The whole of what is cut short in sight. */
    readonly inFull: InFull['inFull']
    readonly hasInFull: boolean
    readonly soFar: readonly Found[]
    readonly hasSoFar: boolean
    /** Those done or skipped for an earlier verdict are among them, but not among the choices. */
    readonly actions: readonly StepView[]
    readonly hasActionChoices: boolean
    /** The choices, and those of them that are done, comma-separated, to be preselected. */
    readonly doneActions: string
    readonly actionChoices: readonly Choice[]
    /** Those that are not required, folded away where there are many actions, under "If needed: 1 of 4". */
    readonly moreActionChoices: readonly Choice[]
    readonly doneMoreActions: string
    readonly hasMoreActions: boolean
    readonly moreTitle: string
    readonly scope: readonly StepView[]
    /** The scope stands in sight after a TP, and is folded away elsewhere. */
    readonly hasScopeInSight: boolean
    readonly hasScopeFolded: boolean
    readonly doneScope: string
    readonly scopeChoices: readonly Choice[]
    /** "Scope: 1 of 4": what the scope is folded under. */
    readonly reachTitle: string
    /** Some of the actions or the scope was done or skipped. */
    readonly hasTicked: boolean
    /** Required actions neither done nor skipped. */
    readonly hasOpenActions: boolean
    /** No required action is open: closing needs no reason. The opposite of `hasOpenActions`, for templates cannot negate. */
    readonly canClose: boolean
    /** There is something to mark: `hasActionChoices` or `hasScopeChoices`. */
    readonly hasSteps: boolean
    readonly hints: readonly { readonly text: string }[]
    readonly manager: ManagerPart
  }

/** It is over. */
export type Closed = VerdictView &
  Tuned & {
    readonly soFar: readonly Found[]
    readonly hasSoFar: boolean
    readonly actions: readonly StepView[]
    readonly hasActions: boolean
    readonly scope: readonly StepView[]
    readonly hasScope: boolean
    /** "3 done, 1 skipped, 2 left open". */
    readonly summary: string
    readonly closedBy: string
    readonly closedAt: string
  }
