import { LRUCache } from 'lru-cache'
import type { Alert } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import type { Related } from '../../triage/event.js'
import { peopleKeys } from '../../triage/follow.js'

/** Which cases there were about whom: of the open ones, and of those seen lately. */
export type PastCases = {
  note(state: Pick<Case, 'id' | 'alert'>): void
  /** Note what was known before. A case that is known already stays as it is. */
  put(trace: PastCase): void
  /** Other cases about one of an alert's people, newest first, at most ten. */
  about(alert: Alert): readonly Related[]
  /** What is known, longest known first. */
  traces(): readonly PastCase[]
}

/** A case and the names of the people it is about, as `peopleKeys` gives them. */
export type PastCase = Related & { readonly keys: readonly string[] }

/**
 * Remember at most `most` cases; the longest known are forgotten first. Of a person only the newest ten are kept: some accounts
 * have thousands, and every alert asks.
 */
export const openPastCases = (most = 20_000): PastCases => {
  const byPerson = new Map<string, readonly Related[]>()

  const forget = ({ caseId, keys }: PastCase): void => {
    for (const key of keys) {
      const others = byPerson.get(key)?.filter((one) => one.caseId !== caseId) ?? []
      if (others.length > 0) byPerson.set(key, others)
      else byPerson.delete(key)
    }
  }
  // Nothing is ever looked up in it, so what was noted longest ago is what was used longest ago.
  const cases = new LRUCache<string, PastCase>({ max: most, dispose: forget })

  const put = (trace: PastCase): void => {
    const { keys, ...related } = trace
    if (cases.has(related.caseId) || keys.length === 0) return
    cases.set(related.caseId, trace)
    for (const key of keys) byPerson.set(key, newest([...(byPerson.get(key) ?? []), related]))
  }

  return {
    note: ({ id, alert }) =>
      put({ caseId: id, type: alert.type, occurredAt: alert.occurredAt, keys: peopleKeys(alert) }),
    put,
    about: (alert) => newest(peopleKeys(alert).flatMap((key) => byPerson.get(key) ?? [])),
    traces: () => [...cases.rvalues()].flatMap((one) => one ?? []),
  }
}

/** Each case once, newest first, at most ten. */
export const newest = (cases: readonly Related[]): readonly Related[] =>
  [...new Map(cases.map((one) => [one.caseId, one])).values()]
    .toSorted((one, other) => (one.occurredAt < other.occurredAt ? 1 : -1))
    .slice(0, 10)
