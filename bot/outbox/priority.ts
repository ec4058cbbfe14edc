import { staleCards, cardOf } from '../../triage/stale-cards.js'
import { mayWait } from '../../triage/storm.js'
import type { CaseWithCards } from '../cases/card-location.js'

/** The rank of a digest: it stands for many new cases. */
export const digestRank = 0.5

/** Which cards go first when there are more than the chat takes: the lowest number. */
export type Priority = {
  /** Something was written in a case. */
  note(record: CaseWithCards): void
  /** First the case its owner is busy with, then new cases, those of high severity before a digest and the others, then the rest. */
  of(record: CaseWithCards, card: string): number
}

/** Nobody is busy with anything yet. */
export const openPriority = (): Priority => {
  const busyWith = new Map<string, string>()
  return {
    note: ({ state, cards }) => {
      if (state.owner && staleCards(state, cards).length > 0) busyWith.set(state.owner.id, state.id)
    },
    of: ({ state: { id, owner, alert }, cards }, card) => {
      if (owner && busyWith.get(owner.id) === id) return 0
      if (cardOf(cards, card)?.posted) return 2
      return mayWait(alert.severity) ? 1 : 0.4
    },
  }
}
