import * as crypto from 'node:crypto'
import { z } from 'zod'
import { sources } from '../../triage/alert.js'
import type { Store } from '../../store/store.js'
import type { PastCase, PastCases } from './past-cases.js'

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
  const { value } = await store.kept(name)
  const kept: readonly unknown[] = Array.isArray(value) ? value : []
  for (const one of kept) {
    const trace = traceIn(one)
    if (trace) pastCases.put(trace)
  }
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

/** One after the other: the text of all of them would take more memory than they do. */
const hashOf = (traces: readonly unknown[]): string => {
  const hash = crypto.createHash('sha256')
  for (const trace of traces) hash.update(JSON.stringify(trace))
  return hash.digest('hex')
}

const name = 'recent'
/** The guides look back a week; a month leaves room for alerts that come late, and for longer looks. */
const longestMs = 30 * 86_400_000
/** More than that would take longer to write than the news of a minute is worth. */
const most = 5000

/** Null for what is none. What is complete is taken as it stands: copies of thousands would be garbage for long. */
const traceIn = (one: unknown): PastCase | null => {
  const { data = null } = shape.safeParse(one)
  return data && isComplete(one, data) ? one : data
}

const isComplete = (one: unknown, { title, isOpen, verdict }: PastCase): one is PastCase => {
  const given = Object(one)
  return given.title === title && given.isOpen === isOpen && given.verdict === verdict
}

const shape = z.object({
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
})
