import * as crypto from 'node:crypto'
import { z } from 'zod'
import { sources } from '../../triage/alert.js'
import type { Store } from '../../store/store.js'
import type { PastCases } from './past-cases.js'

/** Keeps what is known of lately seen cases over restarts: closed ones are not read again, and yet they change a reading. */
export type PastCaseStore = {
  /** Write down what is new. Never rejects: what is missing is missed only after a restart. */
  save(): Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'keep' | 'kept'>
  readonly pastCases: PastCases
  /** The clock, ISO 8601. */
  readonly now: () => string
  readonly log: { warn(details: object, text: string): void }
}

/** Take in what was written down before; what can't be read counts as nothing. */
export const openPastCaseStore = async ({ store, pastCases, now, log }: Parts): Promise<PastCaseStore> => {
  const kept = shape.safeParse((await store.kept(name)).value).data ?? []
  for (const trace of kept) pastCases.put(trace)
  // Of the text only its hash is held: it has megabytes.
  let written = hashOf(kept)
  return {
    save: async () => {
      const since = new Date(Date.parse(now()) - longestMs).toISOString()
      const traces = pastCases.traces().filter(({ occurredAt }) => occurredAt >= since)
      const newest = traces.slice(-most)
      const hash = hashOf(newest)
      if (hash === written) return
      try {
        await store.keep(name, newest)
        written = hash
      } catch (error) {
        log.warn({ err: error }, 'what was seen lately could not be written down')
      }
    },
  }
}

const hashOf = (traces: readonly object[]): string => crypto.hash('sha256', JSON.stringify(traces), 'hex')

const name = 'recent'
/** The guides look back a week; a month leaves room for alerts that come late, and for longer looks. */
const longestMs = 30 * 86_400_000
/** More than that would take longer to write than the news of a minute is worth. */
const most = 5000

const shape = z.array(
  z.object({
    caseId: z.string(),
    type: z.string(),
    occurredAt: z.string(),
    keys: z.array(z.string()),
    // What was written before these were kept is of cases that nobody can open from a list.
    title: z.string().default(''),
    isOpen: z.boolean().default(false),
    verdict: z.string().default(''),
    sources: z.array(z.enum(sources)).optional(),
    ids: z.array(z.string()).optional(),
  }),
)
