import type { OpenConfirmation } from '../../dialogs/tell/describe-manager-reply.js'
import { type Case, stageOf } from '../../triage/case.js'
import { type Cards, channelCard } from '../../triage/card.js'
import { cardOf } from '../../triage/stale-cards.js'
import { severities } from '../../triage/alert.js'
import type { Guide } from '../../triage/guide.js'
import { type Listed, listed } from '../../dialogs/show/listed.js'
import type { ClosedThreads } from './closed-threads.js'

/**
 * What can be asked about the open cases. Asynchronous, so that a store that several processes share can answer as well;
 * `startOpenCases` answers from the memory of one process.
 */
export type OpenCases = {
  /** The case whose card started that thread, also when it is closed; null when none is known. */
  caseIn(thread: string): Promise<string | null>
  /** The open questions to exactly that person. */
  confirmationsFor(personId: string): Promise<readonly OpenConfirmation[]>
  /** The cases whose open question expires at that time (ISO 8601), or has expired already. */
  due(at: string): Promise<readonly string[]>
  /** How many questions wait for a manager. */
  waiting(): Promise<number>
  /** False as long as an open case may be missing after a start. */
  isComplete(): Promise<boolean>
  /** The open cases: most severe first, then oldest. */
  rows(): Promise<readonly Listed[]>
  /** How many there are. */
  count(): Promise<number>
}

/** The open cases in the memory of one process, which has to be told of them. */
export type OpenCasesInMemory = OpenCases & {
  /** List a case as it stands now, or take it off when it is closed. */
  note(record: { readonly state: Case; readonly cards: Cards }): void
  /** Every open case is listed from now on. */
  complete(): void
}

/** An empty list of cases that these guides lead; cases that leave it are noted in `closedThreads`. */
export const startOpenCases = (
  closedThreads: Pick<ClosedThreads, 'note' | 'caseIn'>,
  guideOf: (type: string) => Guide,
): OpenCasesInMemory => {
  const rows = new Map<string, Listed>()
  const threads = new Map<string, string>()
  let complete = false
  const questions = new Map<string, OpenConfirmation & { readonly managerId: string; readonly until: string }>()
  return {
    caseIn: async (thread) => threads.get(thread) ?? closedThreads.caseIn(thread),
    note: ({ state, cards }) => {
      const isClosed = stageOf(state) === 'closed' || state.joined !== null
      const thread = threadOf(cards)
      if (thread !== null && isClosed) {
        threads.delete(thread)
        closedThreads.note(thread, state.id)
      } else if (thread !== null) threads.set(thread, state.id)
      if (isClosed) rows.delete(state.id)
      else rows.set(state.id, listed(state, guideOf(state.guide), cards))
      const asked = isClosed || state.confirmation?.state !== 'asked' ? null : state.confirmation
      if (asked === null) questions.delete(state.id)
      else {
        const { manager, about, askedBy, until } = asked
        questions.set(state.id, { caseId: state.id, managerId: manager.id, about, asker: askedBy.name, until })
      }
    },
    confirmationsFor: async (personId) => [...questions.values()].filter(({ managerId }) => managerId === personId),
    due: async (at) => [...questions.values()].filter(({ until }) => until <= at).map(({ caseId }) => caseId),
    waiting: async () => questions.size,
    complete: () => {
      complete = true
    },
    isComplete: async () => complete,
    count: async () => rows.size,
    rows: async () => [...rows.values()].toSorted(bySeverityThenAge),
  }
}

/** The thread that the case's card started; null where there is none, as in a personal chat. */
const threadOf = (cards: Cards): string | null => {
  const conversationId = cardOf(cards, channelCard)?.posted?.place.conversationId
  return conversationId?.includes(';messageid=') ? conversationId : null
}

const bySeverityThenAge = (one: Listed, other: Listed): number =>
  rankOf(other) - rankOf(one) || (one.openedAt < other.openedAt ? -1 : one.openedAt > other.openedAt ? 1 : 0)

/** What no manager answered counts as one severity worse. */
const rankOf = ({ severity, isUnanswered }: Listed): number => severities.indexOf(severity) + (isUnanswered ? 1 : 0)
