import type { Case } from '../../triage/case.js'
import { behind } from '../../triage/settled.js'

/** Which cards go first when there are more than the chat takes: the lowest rank. */
export type Priority = {
  /** Something was written in a case. */
  note(state: Case): void
  /** First the case its owner is busy with, then new cases, then the rest. */
  of(state: Case, surface: string): number
}

/** Nobody is busy with anything yet. */
export const openPriority = (): Priority => {
  const busyWith = new Map<string, string>()
  return {
    note: (state) => {
      if (state.owner && behind(state).length > 0) busyWith.set(state.owner.id, state.id)
    },
    of: ({ id, owner, surfaces }, surface) => {
      if (owner && busyWith.get(owner.id) === id) return 0
      return surfaces[surface]?.posted ? 2 : 1
    },
  }
}
