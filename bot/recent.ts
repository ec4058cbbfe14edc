import type { Alert } from '../triage/alert.js'
import type { Case } from '../triage/case.js'
import type { Related } from '../triage/event.js'
import { peopleKeys } from '../triage/follow.js'

/** Which cases there were about whom: of the open ones, and of those seen since the start. */
export type Recent = {
  note(state: Case): void
  /** Other cases about one of an alert's people, newest first, at most ten. */
  about(alert: Alert): readonly Related[]
}

/** Remember at most `most` cases; the longest known are forgotten first. */
export const openRecent = (most = 20_000): Recent => {
  const cases = new Map<string, { readonly keys: readonly string[]; readonly related: Related }>()
  const byPerson = new Map<string, Set<string>>()

  const forget = (caseId: string): void => {
    for (const key of cases.get(caseId)?.keys ?? []) {
      byPerson.get(key)?.delete(caseId)
      if (byPerson.get(key)?.size === 0) byPerson.delete(key)
    }
    cases.delete(caseId)
  }

  return {
    note: ({ id, alert }) => {
      const keys = peopleKeys(alert)
      if (cases.has(id) || keys.length === 0) return
      cases.set(id, { keys, related: { caseId: id, type: alert.type, occurredAt: alert.occurredAt } })
      for (const key of keys) byPerson.set(key, (byPerson.get(key) ?? new Set()).add(id))
      const [oldest] = cases.keys()
      if (cases.size > most && oldest !== undefined) forget(oldest)
    },
    about: (alert) =>
      [...new Set(peopleKeys(alert).flatMap((key) => [...(byPerson.get(key) ?? [])]))]
        .flatMap((id) => cases.get(id)?.related ?? [])
        .toSorted((one, other) => (one.occurredAt < other.occurredAt ? 1 : -1))
        .slice(0, 10),
  }
}
