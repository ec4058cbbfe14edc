import type { OpenConfirmation } from '../../dialogs/tell/describe-manager-reply.js'
import { type Case, stageOf } from '../../triage/case.js'
import { type Severity, severities } from '../../triage/alert.js'

/** What is kept in memory of an open case, for lists and clocks. */
export type OpenCase = {
  readonly caseId: string
  readonly title: string
  readonly severity: Severity
  readonly openedAt: string
  readonly owner: { readonly id: string; readonly name: string } | null
}

/** The open cases, by id. */
export type OpenCases = {
  /** The case whose card started that thread, also when it is closed; null when none is known. */
  caseIn(thread: string): string | null
  /** Put a case on the board, or take it off when it is closed. */
  note(state: Case): void
  /** The open questions to exactly that person. */
  confirmationsFor(personId: string): readonly OpenConfirmation[]
  /** The cases whose open question expires at that time (ISO 8601), or has expired already. */
  due(at: string): readonly string[]
  /** Every open case is on the board from now on. */
  complete(): void
  /** False until then: a case may be missing. */
  isComplete(): boolean
  /** Most severe first, then oldest. */
  rows(): readonly OpenCase[]
  /** How many there are. */
  count(): number
}

/** An empty board. It knows the threads of at most `most` cases; those noted longest ago are forgotten first. */
export const startOpenCases = (most = 20_000): OpenCases => {
  const rows = new Map<string, OpenCase>()
  const threads = new Map<string, string>()
  let complete = false
  const questions = new Map<string, OpenConfirmation & { readonly managerId: string; readonly until: string }>()
  return {
    caseIn: (thread) => threads.get(thread) ?? null,
    note: (state) => {
      const thread = state.surfaces['channel']?.posted?.place.conversationId
      if (thread?.includes(';messageid=')) {
        threads.delete(thread)
        threads.set(thread, state.id)
        const [oldest] = threads.keys()
        if (threads.size > most && oldest !== undefined) threads.delete(oldest)
      }
      const isClosed = stageOf(state) === 'closed'
      if (isClosed) rows.delete(state.id)
      else rows.set(state.id, rowOf(state))
      const asked = isClosed || state.confirmation?.state !== 'asked' ? null : state.confirmation
      if (asked === null) questions.delete(state.id)
      else {
        const { manager, about, askedBy, until } = asked
        questions.set(state.id, { caseId: state.id, managerId: manager.id, about, asker: askedBy.name, until })
      }
    },
    confirmationsFor: (personId) => [...questions.values()].filter(({ managerId }) => managerId === personId),
    due: (at) => [...questions.values()].filter(({ until }) => until <= at).map(({ caseId }) => caseId),
    complete: () => {
      complete = true
    },
    isComplete: () => complete,
    rows: () => [...rows.values()].toSorted(bySeverityThenAge),
    count: () => rows.size,
  }
}

const rowOf = ({ id, alert, openedAt, owner }: Case): OpenCase => ({
  caseId: id,
  title: alert.title,
  severity: alert.severity,
  openedAt,
  owner,
})

const bySeverityThenAge = (one: OpenCase, other: OpenCase): number =>
  severities.indexOf(other.severity) - severities.indexOf(one.severity) ||
  (one.openedAt < other.openedAt ? -1 : one.openedAt > other.openedAt ? 1 : 0)
