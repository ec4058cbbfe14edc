import type { Case } from '../../triage/case.js'
import { winnow } from '../../triage/person.js'
import type { Desk } from '../cases/desk.js'

/** Lets what nobody approved in time expire, so that the cards say so. The approval itself is held against its own time. */
export type ExpireActions = {
  /** The case stands so now. */
  note(state: Case): void
  /** Write down what is over at that time (ISO 8601). Never rejects. */
  run(at: string): Promise<void>
}

/** Nothing waits yet. `failed` hears of cases that couldn't be written; they are tried again. */
export const openExpireActions = (desk: Pick<Desk, 'settle'>, failed: (error: unknown) => void): ExpireActions => {
  const waiting = new Map<string, readonly { readonly line: number; readonly until: string }[]>()
  return {
    note: ({ id, responses }) => {
      const asked = responses.filter(({ state }) => state === 'asked')
      if (asked.length > 0) waiting.set(id, asked)
      else waiting.delete(id)
    },
    run: async (at) => {
      for (const [caseId, asked] of waiting) {
        const commands = asked
          .filter(({ until }) => until < at)
          .map(({ line }) => ({ type: 'expire-action' as const, caseId, line: null, asked: line, at, by: winnow }))
        if (commands.length > 0) await desk.settle(caseId, commands).catch(failed)
      }
    },
  }
}
