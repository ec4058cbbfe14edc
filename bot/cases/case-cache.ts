import { LRUCache } from 'lru-cache'
import { hasOwnersView } from '../../dialogs/show/show-person.js'
import type { CommandResult } from './desk.js'
import type { Message } from '../chat.js'

/** The cases someone is working on as they stand now, in memory: for refreshes, which must not wait for a disk. */
export type CaseCache = {
  note(settled: CommandResult): void
  /** The case as last written; null when it is not at hand. */
  of(caseId: string): CachedCase | null
}

/** A case, and the card that was drawn for everyone but its owner: all of them see the same. */
export type CachedCase = { readonly settled: CommandResult; drawn: Message | null }

/** At most `most` cases; the one written to longest ago is forgotten first. */
export const openCaseCache = (most = 1000): CaseCache => {
  const cached = new LRUCache<string, CachedCase>({ max: most })
  return {
    note: (settled) => {
      const { state } = settled
      if (!state) return
      if (hasOwnersView(state)) cached.set(state.id, { settled, drawn: null })
      else cached.delete(state.id)
    },
    // A refresh does not keep a case: sixty clients ask for each.
    of: (caseId) => cached.peek(caseId) ?? null,
  }
}
