import { staleCards, cardOf } from '../../triage/stale-cards.js'
import type { CaseWithCards } from '../cases/card-location.js'

/** Which cards go first when there are more than the chat takes: the lowest number. */
export type Priority = {
  /** Something was written in a case. */
  note(record: CaseWithCards): void
  /** First the case its owner is busy with, then new cases, then the rest. */
  of(record: CaseWithCards, card: string): number
}

/** Nobody is busy with anything yet. */
export const openPriority = (): Priority => {
  const busyWith = new Map<string, string>()
  return {
    note: ({ state, cards }) => {
      if (state.owner && staleCards(state, cards).length > 0) busyWith.set(state.owner.id, state.id)
    },
    of: ({ state: { id, owner }, cards }, card) => {
      if (owner && busyWith.get(owner.id) === id) return 0
      return cardOf(cards, card)?.posted ? 2 : 1
    },
  }
}
