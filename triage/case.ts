import type { Alert } from './alert.js'
import type { ManagerAnswer, Related, Stamp } from './event.js'
import type { Person } from './person.js'
import type { VerdictClass } from './guide.js'
import type { Audience, Surface } from './card.js'

/** The fold of a diary: everything that is true of the case after its last line. */
export type Case = {
  readonly id: string
  /** How many lines the diary has: the version. */
  readonly line: number
  /** The newest line that is news to people; a click that saw an older one is late. */
  readonly news: number
  /** The newest line that is news to the manager who was asked. */
  readonly managerNews: number
  /** The newest line at which the case came to somebody else, or to nobody. */
  readonly ownerNews: number
  readonly openedAt: string
  readonly alert: Alert
  /** The type of the guide the case is led by. */
  readonly guide: string
  /** Earlier cases about the same person, newest first. */
  readonly related: readonly Related[]
  readonly owner: Person | null
  /** In the order they were given; one for each check at the most. */
  readonly answers: readonly Answer[]
  readonly recordedVerdict: RecordedVerdict | null
  /** What was done or skipped, by `action/<id>`, `scope/<id>` or `tuning/<id>`. */
  readonly stepStates: Readonly<Record<string, StepState>>
  readonly notes: readonly (Stamp & { readonly text: string })[]
  readonly confirmation: Confirmation | null
  readonly closed: Stamp | null
  /** The cards of this case: `channel`, `manager/<line of the question>`, `analyst/<id of a person who has or had it>`. */
  readonly surfaces: Readonly<Record<string, Surface>>
}

/** The answer that counts for a check. */
export type Answer = Stamp & { readonly check: string; readonly option: string }

/** The verdict that counts, with its because. */
export type RecordedVerdict = Stamp & {
  readonly verdict: string
  readonly class: VerdictClass
  readonly label: string
  readonly because: string
  readonly against: string | null
}

/** A step that was done, or skipped with a reason. */
export type StepState = Stamp & { readonly state: 'done' | 'skipped'; readonly reason: string }

/** The question to a manager. */
export type Confirmation = {
  /** The line at which it was asked: its name. */
  readonly line: number
  readonly manager: Person
  readonly check: string
  readonly about: string
  readonly askedAt: string
  readonly askedBy: Person
  readonly until: string
  readonly state: 'asked' | 'answered' | 'expired'
  readonly answer: ManagerAnswer | null
  readonly from: string | null
  readonly to: string | null
  readonly note: string
  readonly answeredAt: string | null
}

/** Where a case stands; `work` until it is judged, whoever holds it. */
export const stageOf = (state: Case): 'new' | 'work' | 'judged' | 'closed' => {
  if (state.closed) return 'closed'
  if (!state.owner) return 'new'
  return state.recordedVerdict ? 'judged' : 'work'
}

/** The surface of a person's own chat, for who has the case and went on there. */
export const chatSurface = (personId: string): string => `analyst/${personId}`

/** The surface a manager's question is shown on. */
export const managerSurface = (confirmation: Confirmation): string => `manager/${confirmation.line}`

/** From where a surface is looked at. */
export const audienceOf = (surface: string): Audience =>
  surface === 'channel' ? 'channel' : surface.startsWith('analyst/') ? 'analyst' : 'manager'

/** Whose chat a surface is in: the person's who has or had the case, else the manager's. */
export const readerOf = ({ confirmation }: Case, surface: string): string =>
  surface.startsWith('analyst/') ? surface.slice('analyst/'.length) : (confirmation?.manager.id ?? '')
