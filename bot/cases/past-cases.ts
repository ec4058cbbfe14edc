import { LRUCache } from 'lru-cache'
import { verdictName } from '../../dialogs/show/history.js'
import type { Alert, Source } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import type { Related } from '../../triage/event.js'
import { peopleKeys } from '../../triage/follow.js'
import { idsOf, membersOf } from '../../triage/group.js'
import { type RelatedCase, bondKeys, bondOf, incidentKeys, mostPeople } from '../../triage/related.js'

/** Which cases there were about whom and what: the open ones, and those seen lately. */
export type PastCases = {
  /** Note a case as it stands now. */
  note(state: Noted): void
  /** Note what was known before. A case that is known already stays as it is. */
  put(trace: PastCase): void
  /** Know nothing of a case any more. */
  forget(caseId: string): void
  /** What is known of a case; undefined when nothing is. */
  traceOf(caseId: string): PastCase | undefined
  /** The cases that have that id of an alert among `ids`; nearly always one or none. */
  withId(id: string): readonly string[]
  /** Other cases about one of an alert's people, newest first, at most ten. */
  about(alert: Alert): readonly Related[]
  /**
   * The cases that share a person, address, app or resource with a case, newest first, at most ten: where there are more, those that
   * share nothing but an app are left out first, for everyone uses the same few.
   */
  related(state: Noted): readonly RelatedCase[]
  /** The open ones among the cases about one of an alert's people, without that case. */
  openAbout(state: Pick<Case, 'id' | 'alert'>): readonly string[]
  /** Every case about one of an alert's people: the newest ten, and of each type the newest. */
  samePerson(alert: Alert): readonly Related[]
  /** As long as this is the same, `related` and `samePerson` answer the same for a case. What becomes of the case itself changes nothing. */
  markOf(state: Noted): string
  /** What is known, longest known first. */
  traces(): readonly PastCase[]
}

/** A case with what became of it so far. */
type Noted = Pick<Case, 'id' | 'alert'> &
  Partial<Pick<Case, 'closed' | 'recordedVerdict' | 'joined' | 'members' | 'reports' | 'incidents'>>

/** A case, what it is known by (`bondKeys`), and what became of it. */
export type PastCase = Related &
  Pick<RelatedCase, 'title' | 'isOpen' | 'verdict'> & {
    readonly keys: readonly string[]
    /** The sources that told of it, and the ids by which others may know it. */
    readonly sources?: readonly Source[] | undefined
    readonly ids?: readonly string[] | undefined
  }

/**
 * Remember at most `most` cases; those that changed longest ago are forgotten first. Of a person, address, app or resource only the
 * newest ten are kept: some accounts have thousands, and every alert asks.
 */
export const openPastCases = (most = 20_000): PastCases => {
  const byKey = new Map<string, Related[]>()
  /** A list only where several cases have that id: there are tens of thousands. */
  const byId = new Map<string, string | readonly string[]>()
  /** The last change under a key that several cases have. */
  const changes = new Map<string, Change>()
  let count = 0

  const change = (key: string, by: string): void => {
    const last = changes.get(key)
    count += 1
    changes.set(key, { by, at: count, before: last ? (last.by === by ? last.before : last.at) : count })
  }
  const withId = (id: string): readonly string[] => {
    const found = byId.get(id) ?? []
    return typeof found === 'string' ? [found] : found
  }
  const forget = ({ caseId, keys, ids = [] }: PastCase): void => {
    for (const id of ids) {
      const others = byId.get(id) === caseId ? [] : withId(id).filter((one) => one !== caseId)
      if (others.length > 0) byId.set(id, others)
      else byId.delete(id)
    }
    for (const key of keys) {
      const under = byKey.get(key) ?? []
      const at = under.findIndex((one) => one.caseId === caseId)
      if (at >= 0) under.splice(at, 1)
      if (under.length > 0) change(key, caseId)
      else {
        byKey.delete(key)
        changes.delete(key)
      }
    }
  }
  // It is only peeked into, so what was noted longest ago is what was used longest ago.
  const cases = new LRUCache<string, PastCase>({ max: most, dispose: forget, noDisposeOnSet: true })

  const put = (trace: PastCase): void => {
    const { keys, caseId, type, occurredAt, ids = [] } = trace
    if (cases.has(caseId) || keys.length + ids.length === 0) return
    cases.set(caseId, trace)
    for (const id of ids) {
      const others = byId.get(id)
      if (others !== caseId) byId.set(id, others === undefined ? caseId : [...new Set([...withId(id), caseId])])
    }
    const related = { caseId, type, occurredAt }
    for (const key of keys) {
      const others = byKey.get(key)
      if (others) {
        change(key, caseId)
        add(others, related)
      } else byKey.set(key, [related])
    }
  }

  /** The cases about each of an alert's people, one after the other; most have none. */
  const ofPeople = (alert: Pick<Alert, 'people'>): readonly Related[] => {
    const all: Related[] = []
    for (const key of peopleKeys(alert)) {
      const under = byKey.get(key)
      if (under) all.push(...under)
    }
    return all
  }

  /** What tells of a change under a key, as far as another case made it. Where nothing has changed yet, that is the only case itself. */
  const markUnder = (key: string, caseId: string): string | number => {
    const last = changes.get(key)
    if (last) return last.by === caseId ? last.before : last.at
    const [only] = byKey.get(key) ?? []
    if (!only || only.caseId === caseId) return 0
    const { isOpen, verdict } = cases.peek(only.caseId) ?? {}
    return JSON.stringify([only.caseId, isOpen, verdict])
  }

  const related = (state: Noted): readonly RelatedCase[] => {
    const { id } = state
    const own = new Set(keysOf(state))
    const seen = new Set([id])
    const strong: PastCase[] = []
    const weak: PastCase[] = []
    for (const key of own) {
      for (const { caseId } of byKey.get(key) ?? []) {
        const known = seen.has(caseId) ? undefined : cases.peek(caseId)
        seen.add(caseId)
        if (known) (known.keys.some((one) => own.has(one) && bondOf(one) !== 'app') ? strong : weak).push(known)
      }
    }
    const first = newest(strong)
    return newest([...first, ...newest(weak).slice(0, longest - first.length)]).map(
      ({ caseId, title, occurredAt, isOpen, verdict, keys }) => {
        const shares = [...new Set(keys.filter((key) => own.has(key)).map(bondOf))]
        return { caseId, title, occurredAt, shares, isOpen, verdict }
      },
    )
  }

  return {
    note: (state) => {
      const { id, alert, closed = null, recordedVerdict = null, joined = null } = state
      // Whose card another case's is, is known by that one.
      if (joined) return
      const verdict = recordedVerdict ? verdictName(recordedVerdict.class, recordedVerdict.label) : ''
      const isOpen = closed === null
      const known = cases.peek(id)
      const keys = keysOf(state)
      const { reports = [] } = state
      const isKnown =
        known !== undefined && known.keys.length >= keys.length && (known.sources?.length ?? 1) > reports.length
      if (isKnown && known.isOpen === isOpen && known.verdict === verdict) return
      if (isKnown) {
        cases.set(id, { ...known, isOpen, verdict })
        for (const key of known.keys) if (changes.has(key)) change(key, id)
      } else {
        if (known) cases.delete(id)
        const { type, occurredAt, title } = alert
        const sources = [alert.source, ...reports.map(({ source }) => source)]
        const ids = [...idsOf(alert), ...reports.flatMap(idsOf)]
        put({ caseId: id, type, occurredAt, title: title.slice(0, 200), isOpen, verdict, keys, sources, ids })
      }
    },
    put,
    forget: (caseId) => void cases.delete(caseId),
    traceOf: (caseId) => cases.peek(caseId),
    withId,
    about: (alert) => newest(ofPeople(alert)),
    openAbout: ({ id, alert }) => {
      const open = ofPeople(alert).filter(({ caseId }) => caseId !== id && cases.peek(caseId)?.isOpen === true)
      return [...new Set(open.map(({ caseId }) => caseId))]
    },
    related,
    samePerson: (alert) => once(ofPeople(alert)),
    markOf: (state) => {
      // Of an alert with very many people only some are among its keys.
      const keys = [...keysOf(state), ...peopleKeys(state.alert).slice(mostPeople)]
      let mark = ''
      for (const key of keys) mark += ` ${markUnder(key, state.id)}`
      return mark
    },
    traces: () => [...cases.rvalues()].flatMap((one) => one ?? []),
  }
}

/** A change: the case that made it, when, and when another case had made one before. */
type Change = { readonly by: string; readonly at: number; readonly before: number }

/** What a case is known by: its own alert, and those that share its card. */
const keysOf = ({ alert, members = [], reports = [], incidents = [] }: Noted): readonly string[] => {
  const own = [...bondKeys(alert), ...incidentKeys(incidents)]
  if (members.length === 0 && reports.length === 0) return own
  const nothing = { apps: [], resources: [] }
  const others = [...membersOf({ members }).map((one) => ({ ...one, ...nothing })), ...reports.map(({ adds }) => adds)]
  return [...new Set([...own, ...others.flatMap(bondKeys).slice(0, mostOfOthers)])]
}

/** So many names of others are kept with a case; a group can have a hundred alerts. */
const mostOfOthers = 200

/** Each case once, newest first, at most ten. */
export const newest = <C extends Pick<Related, 'caseId' | 'occurredAt'>>(cases: readonly C[]): readonly C[] =>
  cases.length < 2
    ? cases
    : [...new Map(cases.map((one) => [one.caseId, one])).values()]
        .toSorted((one, other) => (one.occurredAt < other.occurredAt ? 1 : -1))
        .slice(0, longest)

/** Each case once, newest first. */
const once = (cases: readonly Related[]): readonly Related[] =>
  [...new Map(cases.map((one) => [one.caseId, one])).values()].toSorted((one, other) =>
    one.occurredAt < other.occurredAt ? 1 : -1,
  )

/**
 * Add a case to what is kept of one name, newest first: the newest, and the newest of each type, so that a combination is not lost behind
 * many others.
 */
const add = (cases: Related[], added: Related): void => {
  const at = cases.findIndex(({ occurredAt }) => occurredAt <= added.occurredAt)
  cases.splice(at < 0 ? cases.length : at, 0, added)
  for (let place = longest; place < cases.length;) {
    const { type } = cases[place] ?? added
    const isFirst = cases.findIndex((one) => one.type === type) === place
    if (isFirst && typesIn(cases, place) < mostTypes) place += 1
    else cases.splice(place, 1)
  }
}

/** How many types there are before that place. */
const typesIn = (cases: readonly Related[], before: number): number =>
  before < mostTypes ? 0 : new Set(cases.slice(0, before).map(({ type }) => type)).size

/** More types than that about one person are no case any more. */
const mostTypes = 40

const longest = 10
