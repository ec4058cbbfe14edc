import * as crypto from 'node:crypto'
import { sources } from '../../triage/alert.js'
import type { Store } from '../../store/store.js'
import type { PastCase, PastCases } from './past-cases.js'
import { isText, isTexts, openSameText } from './kept-text.js'

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
  const same = openSameText()
  for (const one of kept) {
    const trace = traceIn(one, same)
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

/** Null for what is none. What was written down before titles were is of cases that nobody can open from a list. */
const traceIn = (one: unknown, same: (text: string) => string): PastCase | null => {
  const { caseId, type, occurredAt, keys, title = '', isOpen = false, verdict = '', sources: told, ids } = Object(one)
  if (![caseId, type, occurredAt, title, verdict].every(isText) || typeof isOpen !== 'boolean') return null
  if (!isTexts(keys) || (ids !== undefined && !isTexts(ids))) return null
  if (told !== undefined && !(Array.isArray(told) && told.every(isSource))) return null
  return {
    caseId,
    type: same(type),
    occurredAt,
    title: same(title),
    isOpen,
    verdict: same(verdict),
    keys: keys.map(same),
    ...(told && { sources: told.map(same) }),
    ...(ids && { ids }),
  }
}

const isSource = (one: unknown): boolean => sources.some((source) => source === one)
