import { LRUCache } from 'lru-cache'
import { verdictName } from '../../dialogs/show/history.js'
import type { Alert } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import type { Related } from '../../triage/event.js'
import { peopleKeys } from '../../triage/follow.js'
import { type RelatedCase, bondKeys, bondOf } from '../../triage/related.js'

/** Which cases there were about whom and what: the open ones, and those seen lately. */
export type PastCases = {
  /** Note a case as it stands now. */
  note(state: Noted): void
  /** Note what was known before. A case that is known already stays as it is. */
  put(trace: PastCase): void
  /** Know nothing of a case any more. */
  forget(caseId: string): void
  /** Other cases about one of an alert's people, newest first, at most ten. */
  about(alert: Alert): readonly Related[]
  /**
   * The cases that share a person, address, app or resource with a case, newest first, at most ten: where there are more, those that
   * share nothing but an app are left out first, for everyone uses the same few.
   */
  related(state: Pick<Case, 'id' | 'alert'>): readonly RelatedCase[]
  /** What is known, longest known first. */
  traces(): readonly PastCase[]
}

/** A case with what became of it so far. */
type Noted = Pick<Case, 'id' | 'alert'> & Partial<Pick<Case, 'closed' | 'recordedVerdict'>>

/** A case, what it is known by (`bondKeys`), and what became of it. */
export type PastCase = Related &
  Pick<RelatedCase, 'title' | 'isOpen' | 'verdict'> & { readonly keys: readonly string[] }

/**
 * Remember at most `most` cases; those that changed longest ago are forgotten first. Of a person, address, app or resource only the
 * newest ten are kept: some accounts have thousands, and every alert asks.
 */
export const openPastCases = (most = 20_000): PastCases => {
  const byKey = new Map<string, readonly Related[]>()

  const forget = ({ caseId, keys }: PastCase): void => {
    for (const key of keys) {
      const others = byKey.get(key)?.filter((one) => one.caseId !== caseId) ?? []
      if (others.length > 0) byKey.set(key, others)
      else byKey.delete(key)
    }
  }
  // It is only peeked into, so what was noted longest ago is what was used longest ago.
  const cases = new LRUCache<string, PastCase>({ max: most, dispose: forget, noDisposeOnSet: true })

  const put = (trace: PastCase): void => {
    const { keys, caseId, type, occurredAt } = trace
    if (cases.has(caseId) || keys.length === 0) return
    cases.set(caseId, trace)
    for (const key of keys) byKey.set(key, newest([...(byKey.get(key) ?? []), { caseId, type, occurredAt }]))
  }

  const related = ({ id, alert }: Pick<Case, 'id' | 'alert'>): readonly RelatedCase[] => {
    const own = new Set(bondKeys(alert))
    const others = new Set([...own].flatMap((key) => byKey.get(key)?.map(({ caseId }) => caseId) ?? []))
    const all = [...others].flatMap((caseId): readonly RelatedCase[] => {
      const known = caseId === id ? undefined : cases.peek(caseId)
      if (!known) return []
      const { title, occurredAt, isOpen, verdict, keys } = known
      const shares = [...new Set(keys.filter((key) => own.has(key)).map(bondOf))]
      return [{ caseId, title, occurredAt, shares, isOpen, verdict }]
    })
    const isWeak = (one: RelatedCase) => one.shares.every((bond) => bond === 'app')
    const strong = newest(all.filter((one) => !isWeak(one)))
    return newest([...strong, ...newest(all.filter(isWeak)).slice(0, longest - strong.length)])
  }

  return {
    note: ({ id, alert, closed = null, recordedVerdict = null }) => {
      const verdict = recordedVerdict ? verdictName(recordedVerdict.class, recordedVerdict.label) : ''
      const isOpen = closed === null
      const known = cases.peek(id)
      if (known && known.isOpen === isOpen && known.verdict === verdict) return
      if (known) cases.set(id, { ...known, isOpen, verdict })
      else {
        const { type, occurredAt, title } = alert
        put({ caseId: id, type, occurredAt, title: title.slice(0, 200), isOpen, verdict, keys: bondKeys(alert) })
      }
    },
    put,
    forget: (caseId) => void cases.delete(caseId),
    about: (alert) => newest(peopleKeys(alert).flatMap((key) => byKey.get(key) ?? [])),
    related,
    traces: () => [...cases.rvalues()].flatMap((one) => one ?? []),
  }
}

/** Each case once, newest first, at most ten. */
export const newest = <C extends Pick<Related, 'caseId' | 'occurredAt'>>(cases: readonly C[]): readonly C[] =>
  [...new Map(cases.map((one) => [one.caseId, one])).values()]
    .toSorted((one, other) => (one.occurredAt < other.occurredAt ? 1 : -1))
    .slice(0, longest)

const longest = 10
