import { LRUCache } from 'lru-cache'
import type { PastCases } from './past-cases.js'
import { type Alert, severities } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import { peopleKeys } from '../../triage/follow.js'
import {
  type Group,
  type Twin,
  areTwins,
  fitsInto,
  groupLedBy,
  groupOf,
  idsOf,
  isInTime,
  kindOf,
  mayLead,
  tiesOf,
  withMember,
} from '../../triage/group.js'

/** The case whose card an alert is to share, and as what. */
export type Joins = { readonly leader: string; readonly as: 'twin' | 'member' }

/** Which case a new alert belongs to, answered from memory: what it costs does not grow with the number of cases. */
export type GroupIndex = {
  /**
   * Where a new alert belongs; null for a case of its own. It counts as placed at once, so that two that come together do not both
   * begin a group.
   */
  place(caseId: string, alert: Alert): Joins | null
  /** True when the case is known here. */
  has(caseId: string): boolean
  /** True when the case stands for itself, as far as is known. */
  isOwn(caseId: string): boolean
  /** Note a case as it stands. */
  note(state: Case): void
  /** An alert that was placed was not stored. */
  forget(caseId: string): void
}

type Row = {
  readonly caseId: string
  /** How many lines its diary had when it was noted; 0 before. */
  readonly line: number
  /** The case it leads to; null for one of its own. */
  readonly joins: Joins | null
  /** What it can be recognized by in other sources; null for what leads to another case as the same alert. */
  readonly twin: (Omit<Twin, 'source'> & { readonly sources: readonly string[] }) | null
  /** The group it leads or may lead; null when nothing may join. */
  readonly group: Group | null
  /** What was placed in its group and is not in its diary yet. */
  readonly coming: ReadonlyMap<string, Pick<Alert, 'people' | 'addresses' | 'occurredAt'>>
  readonly keys: Keys
}

/** By what a case is found: ids, and among those of its kind the people of its alert and what would hold a group together. */
type Keys = {
  readonly ids: readonly string[]
  readonly kind: string
  readonly people: readonly string[]
  readonly ties: readonly string[]
}

const noKeys: Keys = { ids: [], kind: '', people: [], ties: [] }

type RowsByKey = Map<string, readonly Row[]>

/** One for all rows: most have nobody, and there are thousands. */
const nobody: Row['coming'] = new Map()

/** What is known of cases from before. */
type Past = Pick<PastCases, 'traceOf' | 'withId'>

const noPast: Past = { traceOf: () => undefined, withId: () => [] }

/** Under one key so many cases are looked at, the newest. */
const looksAt = 20

/**
 * An empty index of at most `most` cases; alerts are grouped within `windowMs` of one another, or not at all when it is 0. What is
 * remembered of a case in `past` is looked up when an alert has one of its ids, for alerts that come late from another source.
 */
export const openGroupIndex = (windowMs: number, past: Past = noPast, most = 20_000): GroupIndex => {
  const byId: RowsByKey = new Map()
  /** By kind, as those by tie. */
  const byPerson = new Map<string, RowsByKey>()
  const byTie = new Map<string, RowsByKey>()
  const unlist = (row: Row): void => {
    const { ids, kind, people, ties } = row.keys
    removeUnder(ids, row, byId)
    for (const [byKind, keys] of [[byPerson, people] as const, [byTie, ties] as const]) {
      const found = byKind.get(kind)
      if (!found) continue
      removeUnder(keys, row, found)
      if (found.size === 0) byKind.delete(kind)
    }
  }
  const rows = new LRUCache<string, Row>({ max: most, dispose: unlist })

  const put = (row: Row): void => {
    rows.set(row.caseId, row)
    const { ids, kind, people, ties } = row.keys
    addUnder(ids, row, byId)
    if (people.length > 0) addUnder(people, row, rowsOfKind(byPerson, kind))
    if (ties.length > 0) addUnder(ties, row, rowsOfKind(byTie, kind))
  }

  /** Take in what is remembered of a case that is not known here; true when it is known then. */
  const recall = (caseId: string): boolean => {
    if (rows.has(caseId)) return true
    const { ids = [], sources = [] } = past.traceOf(caseId) ?? {}
    if (ids.length === 0) return false
    const twin = { sources, ids, type: '', title: '', occurredAt: '', people: [], addresses: [], sample: false }
    put({ caseId, line: 0, joins: null, twin, group: null, coming: nobody, keys: { ...noKeys, ids } })
    return true
  }

  const twinOf = (alert: Alert, { ids, kind, people }: Known): string | null => {
    for (const id of ids) for (const caseId of past.withId(id)) recall(caseId)
    for (const { caseId, twin } of rowsUnder([ids, byId], [people, byPerson.get(kind)])) {
      // A source tells an alert once, whatever other ids it gives it.
      if (!twin || twin.sources.includes(alert.source)) continue
      if (areTwins({ ...twin, source: 'winnow' }, { ...recognizable(alert, [], ids), source: 'graph' })) return caseId
    }
    return null
  }

  const leaderFor = (alert: Alert): Row | null => {
    if (windowMs === 0) return null
    const fitting = [...rowsUnder([tiesOf(alert), byTie.get(kindOf(alert))])].filter(
      ({ group }) => group !== null && fitsInto(group, alert) && isInTime(group, alert, windowMs),
    )
    return fitting.toSorted(bySeverityThenAge)[0] ?? null
  }

  /** It is with that leader no more. */
  const withdraw = (caseId: string, leader: string | undefined): void => {
    const row = leader === undefined ? undefined : rows.peek(leader)
    if (!row?.coming.has(caseId)) return
    put({ ...row, coming: new Map([...row.coming].filter(([id]) => id !== caseId)) })
  }

  return {
    place: (caseId, alert) => {
      const known = knownBy(alert)
      const main = twinOf(alert, known)
      if (main !== null) {
        const joins: Joins = { leader: main, as: 'twin' }
        put({ caseId, line: 0, joins, twin: null, group: null, coming: nobody, keys: noKeys })
        const row = rows.peek(main)
        if (row?.twin) {
          const twin = {
            ...row.twin,
            sources: [...row.twin.sources, alert.source],
            ids: [...row.twin.ids, ...idsOf(alert)],
          }
          put({ ...row, twin, keys: { ...row.keys, ids: [...new Set([...row.keys.ids, ...twin.ids])] } })
        }
        return joins
      }
      const leader = leaderFor(alert)
      if (leader?.group) {
        const group = withMember(leader.group, alert)
        put({ ...leader, group, coming: new Map([...leader.coming, [caseId, alert]]) })
      }
      const joins: Joins | null = leader ? { leader: leader.caseId, as: 'member' } : null
      const group = joins || windowMs === 0 ? null : groupOf(alert)
      put(rowOf({ caseId, line: 0, alert, reports: [], joins, group }, known))
      return joins
    },
    has: recall,
    isOwn: (caseId) => rows.peek(caseId)?.joins === null,
    note: (state) => {
      const { id: caseId, alert, reports, joined: joins } = state
      const before = rows.peek(caseId)
      // A case that is opened is noted twice: as soon as it is written, and by whoever waits for that.
      if (before?.line === state.line) return
      // That alert was placed a moment ago, and nothing has come of it but its own case.
      const isPlaced = before?.twin?.people === alert.people && before.joins?.leader === joins?.leader
      if (isPlaced && state.line === 1) return
      if (before?.joins && before.joins.leader !== joins?.leader) withdraw(caseId, before.joins.leader)
      if (joins?.as === 'twin') {
        put({ caseId, line: state.line, joins, twin: null, group: null, coming: nobody, keys: noKeys })
        return
      }
      const listed = new Set(state.members.map((one) => one.caseId))
      const coming = new Map([...(before?.coming ?? [])].filter(([id]) => !listed.has(id)))
      const leads = windowMs > 0 && mayLead(state)
      const group = leads ? [...coming.values()].reduce(withMember, groupLedBy(state)) : null
      put({ ...rowOf({ caseId, line: state.line, alert, reports, joins, group }, knownBy(alert)), coming })
    },
    forget: (caseId) => {
      withdraw(caseId, rows.peek(caseId)?.joins?.leader)
      rows.delete(caseId)
    },
  }
}

/** What an alert is known by: the ids that any source may tell, and its people among those of its kind. */
type Known = Omit<Keys, 'ties'>

const knownBy = (alert: Alert): Known => ({
  ids: idsOf(alert),
  kind: kindOf(alert),
  people: peopleKeys(alert).slice(0, 20),
})

const rowsOfKind = (byKind: Map<string, RowsByKey>, kind: string): RowsByKey => {
  const known = byKind.get(kind)
  if (known) return known
  const none: RowsByKey = new Map()
  byKind.set(kind, none)
  return none
}

const addUnder = (keys: readonly string[], row: Row, found: RowsByKey): void => {
  for (const key of keys) {
    const others = found.get(key)
    found.set(key, others ? [...others.slice(1 - looksAt), row] : [row])
  }
}

const removeUnder = (keys: readonly string[], row: Row, found: RowsByKey): void => {
  for (const key of keys) {
    const left = found.get(key)?.filter((one) => one !== row) ?? []
    if (left.length > 0) found.set(key, left)
    else found.delete(key)
  }
}

/** Each case once that is found under one of these keys. */
const rowsUnder = (
  ...wanted: readonly (readonly [keys: readonly string[], found: RowsByKey | undefined])[]
): Iterable<Row> => {
  let all: Set<Row> | null = null
  for (const [keys, found] of wanted) {
    if (!found) continue
    for (const key of keys) {
      const under = found.get(key)
      if (under) for (const row of under) (all ??= new Set()).add(row)
    }
  }
  return all ?? []
}

const rowOf = (
  {
    caseId,
    line,
    alert,
    reports,
    joins,
    group,
  }: Pick<Case, 'alert' | 'reports'> & Pick<Row, 'caseId' | 'line' | 'joins' | 'group'>,
  known: Known,
): Row => {
  const ties = group ? (group.size === 1 ? group.ties : tiesOf(alert)) : []
  const sources = [alert.source, ...reports.map(({ source }) => source)]
  const ids = [...known.ids, ...reports.flatMap(idsOf)]
  return {
    caseId,
    line,
    joins,
    twin: recognizable(alert, sources, ids),
    group,
    coming: nobody,
    keys: { ids, kind: known.kind, people: known.people, ties },
  }
}

/** What an alert can be recognized by in another source. */
const recognizable = (alert: Alert, sources: readonly string[], ids: readonly string[]): NonNullable<Row['twin']> => {
  const { type, title, sample, occurredAt, timeIs, people, addresses } = alert
  const twin = { sources, ids, type, title, sample, occurredAt, people, addresses }
  return timeIs ? { ...twin, timeIs } : twin
}

const bySeverityThenAge = (one: Row, other: Row): number =>
  severityOf(other) - severityOf(one) || ((one.group?.last ?? '') < (other.group?.last ?? '') ? 1 : -1)

const severityOf = ({ group }: Row): number => (group ? severities.indexOf(group.severity) : -1)
