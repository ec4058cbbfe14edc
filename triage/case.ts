import type { Alert } from './alert.js'
import type { EffectStanding } from './effect.js'
import type { LeftStep, ManagerAnswer, Member, Related, Report, Stamp } from './event.js'
import type { ToldJourney } from './journey.js'
import type { FailedLookUp, LookUpFinding } from './look-up.js'
import type { Person } from './person.js'
import type { VerdictClass } from './guide.js'
import type { ResponseAction } from './response-action.js'
import type { SourceSaid } from './source-said.js'
import type { AllowedVerifier, Doubt } from './verifier.js'

/** The fold of a diary: everything that is true of the case after its last line. */
export type Case = {
  readonly id: string
  /** How many lines the diary has: the version. */
  readonly line: number
  /** How many of the newest lines belong on no card: a reminder, or another page while one is open, is told elsewhere. */
  readonly quiet: number
  /** For each part, the newest line that changed it: a click is late when what it relies on has changed since. */
  readonly changed: Readonly<Record<Part, number>>
  readonly openedAt: string
  readonly alert: Alert
  /** The type of the guide the case is led by. */
  readonly guide: string
  /** The guide's version that the case goes by; null when the record does not tell (first format). */
  readonly version: string | null
  /** What the guide called such an alert when the case was opened; null when the record does not tell (first format). */
  readonly guideTitle: string | null
  /** True when the guide has changed since the case was opened. */
  readonly guideChanged: boolean
  /** Other cases about the same person: those that came before, newest first, then those that came while this one was open. */
  readonly related: readonly Related[]
  /** Those of them that the order of the checks goes by: who fills in a card is not asked something else meanwhile. */
  readonly orderedBy: readonly Related[]
  readonly owner: Person | null
  /** The newest page while no one has the case, and who has acknowledged it; null when there was none. */
  readonly page: { readonly acknowledgedBy: Person | null } | null
  /** In the order they were given; one for each check at the most. */
  readonly answers: readonly Answer[]
  readonly recordedVerdict: RecordedVerdict | null
  /** What was done or skipped, by `action/<id>`, `scope/<id>` or `tuning/<id>`. */
  readonly stepStates: Readonly<Record<string, StepState>>
  readonly notes: readonly Note[]
  readonly confirmation: Confirmation | null
  /** The manager whom the owner wanted to ask last and was refused, why, and at which line; null once someone was asked. */
  readonly doubted: { readonly manager: Person; readonly doubts: readonly Doubt[]; readonly line: number } | null
  /** Managers whom a lead allowed to ask in spite of what speaks against it, oldest first. */
  readonly verifiersAllowed: readonly AllowedVerifier[]
  /** The journey that the manager's newest answer tells of; null when it tells of none. */
  readonly journey: ToldJourney | null
  /** Closed by whom and when, and which steps were left open; `left` is null when the record does not tell (first format). */
  readonly closed: (Stamp & { readonly left: readonly LeftStep[] | null }) | null
  /** What sources said has become of their alerts on their own side, oldest first. */
  readonly sourceSaid: readonly SourceSaid[]
  /** The case whose card stands for this one: as the same alert (`twin`) or as one of a group; null for a case of its own. */
  readonly joined: { readonly leader: string; readonly as: 'twin' | 'member' } | null
  /** True once someone has taken it out of a group: then nothing joins it either. */
  readonly standsAlone: boolean
  /** The newest line of the leader's diary that was written here as well; 0 when none was. */
  readonly followed: number
  /** The other alerts that share this case's card, or did, in the order they came. */
  readonly members: readonly GroupMember[]
  /** The incidents that its source has put it into since it was opened. */
  readonly incidents: readonly string[]
  /** The same alert as other sources told it. */
  readonly reports: readonly Report[]
  /** What Winnow looked up itself, and what it could not; each look-up once, in one of them. */
  readonly lookedUp: readonly LookUpFinding[]
  readonly failedLookUps: readonly FailedLookUp[]
  /** When its owner got it; null while nobody has it. */
  readonly ownedSince: string | null
  /** The newest line that told of a look-up so soon after it was taken that nobody can have written anything yet. */
  readonly lookedUpSoon: number
  /** What Winnow was asked to do itself, in the order it was asked. */
  readonly responses: readonly ResponseAction[]
  /** How everything stands that was to be told outside, in the order it was last heard of. */
  readonly effects: readonly EffectStanding[]
}

/** A member of a group; `outLine` is the line at which it was taken out, null while it is in. */
export type GroupMember = Member & { readonly outLine: number | null }

/** What of a case can change, as far as clicks rely on it. */
export const parts = [
  'owner',
  'answers',
  'findings',
  'verdict',
  'steps',
  'confirmation',
  'closed',
  'guide',
  'group',
  'responses',
  'acknowledgment',
] as const

/** One of them. */
export type Part = (typeof parts)[number]

/** The answer that counts for a check, in the words it was given in (null in records of the first format). */
export type Answer = Stamp & {
  readonly check: string
  readonly option: string
  readonly ask: string | null
  readonly text: string | null
  /** What was seen and where, in the person's own words; '' when nothing was written. */
  readonly finding: string
}

/** The verdict that counts, with its because. */
export type RecordedVerdict = Stamp & {
  readonly verdict: string
  readonly class: VerdictClass
  readonly label: string
  /** What the verdict means, as the guide said then; '' when the record does not tell. */
  readonly means: string
  readonly because: string
  readonly against: string | null
}

/** A step that was done, or skipped with a reason; `do` is its words then, null when the record does not tell. */
export type StepState = Stamp & {
  readonly state: 'done' | 'skipped'
  readonly reason: string
  readonly do: string | null
}

/** What somebody wrote down, and at which line. */
export type Note = Stamp & { readonly text: string; readonly line: number }

/** The question to a manager. */
export type Confirmation = {
  /** The line at which it was asked: its name. */
  readonly line: number
  /** The lines at which the same manager was asked the same before: an answer to one of those counts as well. */
  readonly before: readonly number[]
  readonly manager: Person
  /** Who was asked before, and at which line; left out where the question was not passed on. */
  readonly passedOn?: { readonly from: Person; readonly line: number }
  readonly check: string
  readonly about: string
  /** What the manager is asked, with its placeholders; null when the record does not tell (first format). */
  readonly ask: string | null
  readonly askedAt: string
  readonly askedBy: Person
  readonly until: string
  /** `unreached`: the chat did not take it, or may not have; it may be asked again, and an answer still counts. */
  readonly state: 'asked' | 'unreached' | 'answered' | 'expired'
  /** What the chat said when it did not take the question, else ''. */
  readonly detail: string
  readonly answer: ManagerAnswer | null
  readonly from: string | null
  readonly to: string | null
  readonly note: string
  /** The countries that were named; left out where none were. */
  readonly countries?: readonly string[]
  readonly answeredAt: string | null
  /** What speaks against the manager who gave that answer: it counts for nothing while something does. */
  readonly doubts?: readonly Doubt[]
  /** The question stands on a card with others. */
  readonly together?: true
  /** Winnow was installed for the manager to get it there. */
  readonly installed?: true
}

/** Where a case stands; `work` until it is judged, whoever holds it. */
export const stageOf = (state: Case): 'new' | 'work' | 'judged' | 'closed' => {
  if (state.closed) return 'closed'
  if (!state.owner) return 'new'
  return state.recordedVerdict ? 'judged' : 'work'
}
