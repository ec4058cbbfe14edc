import { winnow } from '../../triage/person.js'
import type { Desk, WrittenResult } from './desk.js'
import type { PastCases } from './past-cases.js'

/** Tells open cases that another alert has come for one of their people, so that both cards say so. */
export type TellRelated = {
  /** Something was written in a case: a new one is told of. */
  written(written: Pick<WrittenResult, 'state' | 'written'>): void
  /** Resolves when nothing is left to tell; with true when there was something. */
  idle(): Promise<boolean>
}

type Parts = {
  readonly desk: Pick<Desk, 'settle'>
  readonly pastCases: Pick<PastCases, 'openAbout'>
  readonly log: { warn(details: object, text: string): void }
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/**
 * No alert waits for this. A case is told as long as it is one of the first few about that person, so a storm of alerts about one
 * account costs a handful of lines and not the square of them.
 */
export const openTellRelated = ({ desk, pastCases, log, now }: Parts): TellRelated => {
  let going: readonly Promise<unknown>[] = []
  return {
    written: ({ state, written }) => {
      // What shares a card is told of there.
      if (written[0]?.type !== 'opened' || state.joined) return
      const { id, alert } = state
      const others = pastCases.openAbout(state)
      if (others.length === 0 || others.length >= few) return
      const { type, occurredAt, title } = alert
      const news = { type: 'note-related', other: { caseId: id, type, occurredAt }, title } as const
      const told = others.map(async (caseId) => {
        try {
          await desk.settle(caseId, [{ ...news, caseId, line: null, at: now(), by: winnow }])
        } catch (error) {
          log.warn({ err: error, case: caseId }, 'a case could not be told of another about the same person')
        }
      })
      const all = Promise.all(told).finally(() => {
        going = going.filter((one) => one !== all)
      })
      going = [...going, all]
    },
    idle: async () => {
      if (going.length === 0) return false
      await Promise.all(going)
      return true
    },
  }
}

/** So many open cases about one person, and the next is told to none of them any more: their cards say that there are several. */
const few = 4
