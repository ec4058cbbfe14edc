import type { Alert } from '../triage/alert.js'
import type { Case } from '../triage/case.js'
import type { Related } from '../triage/event.js'
import { peopleKeys } from '../triage/follow.js'

/** Which cases there were about whom: of the open ones, and of those seen since the start. */
export type Recent = {
  note(state: Pick<Case, 'id' | 'alert'>): void
  /** Other cases about one of an alert's people, newest first, at most ten. */
  about(alert: Alert): readonly Related[]
}

/**
 * Remember at most `most` cases; the longest known are forgotten first. Of a person only the newest ten are kept: some accounts
 * have thousands, and every alert asks.
 */
export const openRecent = (most = 20_000): Recent => {
  const cases = new Map<string, readonly string[]>()
  const byPerson = new Map<string, readonly Related[]>()

  const forget = (caseId: string): void => {
    for (const key of cases.get(caseId) ?? []) {
      const others = byPerson.get(key)?.filter((one) => one.caseId !== caseId) ?? []
      if (others.length > 0) byPerson.set(key, others)
      else byPerson.delete(key)
    }
    cases.delete(caseId)
  }

  return {
    note: ({ id, alert }) => {
      const keys = peopleKeys(alert)
      if (cases.has(id) || keys.length === 0) return
      cases.set(id, keys)
      const related = { caseId: id, type: alert.type, occurredAt: alert.occurredAt }
      for (const key of keys) byPerson.set(key, newest([...(byPerson.get(key) ?? []), related]))
      const [oldest] = cases.keys()
      if (cases.size > most && oldest !== undefined) forget(oldest)
    },
    about: (alert) => newest(peopleKeys(alert).flatMap((key) => byPerson.get(key) ?? [])),
  }
}

/** Each case once, newest first, at most ten. */
export const newest = (cases: readonly Related[]): readonly Related[] =>
  [...new Map(cases.map((one) => [one.caseId, one])).values()]
    .toSorted((one, other) => (one.occurredAt < other.occurredAt ? 1 : -1))
    .slice(0, 10)
