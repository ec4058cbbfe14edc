import { hasOwnersView } from '../../dialogs/show/show-person.js'
import type { CommandResult } from './desk.js'
import type { Message } from '../chat.js'

/** The cases somebody is working on as they stand now, in memory: for looks that must not wait for a disk. */
export type CaseCache = {
  note(settled: CommandResult): void
  /** The case as last written; null when it is not at hand. */
  of(caseId: string): CachedCase | null
}

/** A case in the hand, and what was drawn of it for whoever does not have it: all of them see the same. */
export type CachedCase = { readonly settled: CommandResult; drawn: Message | null }

/** At most `most` cases; the one written to longest ago is put away first. */
export const openCaseCache = (most = 1000): CaseCache => {
  const held = new Map<string, CachedCase>()
  return {
    note: (settled) => {
      const { state } = settled
      if (!state) return
      held.delete(state.id)
      if (hasOwnersView(state)) held.set(state.id, { settled, drawn: null })
      const [oldest = ''] = held.keys()
      if (held.size > most) held.delete(oldest)
    },
    of: (caseId) => held.get(caseId) ?? null,
  }
}
