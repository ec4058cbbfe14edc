import { type Address, type Alert, type Severity, severities } from './alert.js'
import type { Case, GroupMember } from './case.js'
import type { Member, Report } from './event.js'
import { peopleKeys } from './follow.js'
import { generic, plainTitle } from './match.js'

/** What a group is known by, and what may join it. */
export type Group = {
  readonly kind: string
  /** The people and address ranges that every one of its alerts has in common. */
  readonly ties: readonly string[]
  readonly severity: Severity
  /** How many alerts it has. */
  readonly size: number
  /** When the first and the last of its alerts occurred, ISO 8601. */
  readonly first: string
  readonly last: string
}

/** No group grows beyond that: what comes then begins another one. */
export const mostInGroup = 100

/** A group lasts no longer than this from its first alert to its last, in milliseconds. */
export const longestGroupMs = 4 * 3_600_000

/** Two sources tell of one moment within this, in milliseconds. */
export const twinWithinMs = 2 * 60_000

/** Which alerts are of one kind: those of a type, samples apart; of what no guide knows, those of one title. */
export const kindOf = ({ type, title, sample }: Pick<Alert, 'type' | 'title' | 'sample'>): string =>
  `${sample ? 'sample ' : ''}${type.toLowerCase()}${type === generic ? ` ${plainTitle(title)}` : ''}`

/** What can hold a group together: the people of an alert, and the ranges (/24, /64) of its public addresses. */
export const tiesOf = (alert: Pick<Alert, 'people' | 'addresses'>): readonly string[] => [
  ...new Set([
    ...peopleKeys(alert)
      .slice(0, 20)
      .map((key) => `person ${key}`),
    ...alert.addresses.slice(0, 20).flatMap(rangeOf),
  ]),
]

/** A private address says nothing about where somebody is. */
const rangeOf = ({ ip, range }: Address): readonly string[] => {
  if (range) return []
  if (/^\d+\.\d+\.\d+\.\d+$/.test(ip)) return [`range ${ip.replace(/\.\d+$/, '.0/24')}`]
  const parts = fullParts(ip)
  return parts ? [`range ${parts.slice(0, 4).join(':')}::/64`] : []
}

/** The eight parts of an IPv6 address, without leading zeros; null for what is none. */
const fullParts = (ip: string): readonly string[] | null => {
  if (!/^[0-9a-f:]{2,39}$/i.test(ip)) return null
  const [head = '', tail, ...more] = ip.toLowerCase().split('::')
  if (more.length > 0) return null
  const [front, back] = [head, tail ?? ''].map((half) => half.split(':').filter((part) => part !== ''))
  const missing = 8 - (front?.length ?? 0) - (back?.length ?? 0)
  if (tail === undefined ? missing !== 0 : missing < 1) return null
  const zeros = Array.from({ length: missing }, () => '0')
  return [...(front ?? []), ...zeros, ...(back ?? [])].map((part) => part.replace(/^0+(?=.)/, ''))
}

/** A group of one. */
export const groupOf = (alert: Alert): Group => ({
  kind: kindOf(alert),
  ties: tiesOf(alert),
  severity: alert.severity,
  size: 1,
  first: alert.occurredAt,
  last: alert.occurredAt,
})

/** The group with one more alert in it. */
export const withMember = (group: Group, alert: Pick<Alert, 'people' | 'addresses' | 'occurredAt'>): Group => {
  const { occurredAt } = alert
  const own = new Set(tiesOf(alert))
  return {
    ...group,
    ties: group.ties.filter((tie) => own.has(tie)),
    size: group.size + 1,
    first: occurredAt < group.first ? occurredAt : group.first,
    last: occurredAt > group.last ? occurredAt : group.last,
  }
}

/** The members that are in, without those that were taken out. */
export const membersOf = ({ members }: Pick<Case, 'members'>): readonly GroupMember[] =>
  members.filter(({ outLine }) => outLine === null)

/** The group that a case leads; of one, when nothing has joined it. */
export const groupLedBy = (state: Pick<Case, 'alert' | 'members'>): Group =>
  membersOf(state).reduce<Group>(withMember, groupOf(state.alert))

/**
 * True while a case may lead a group at all: nothing joins after the verdict, what is no case of its own leads none, and what was taken
 * out of one stands alone.
 */
export const mayLead = ({ closed, recordedVerdict, joined, standsAlone }: Case): boolean =>
  closed === null && recordedVerdict === null && joined === null && !standsAlone

/**
 * True when an alert fits a group: it is no more severe, so that nothing severe hides in what is not; there is room; and all of them
 * have a person or an address range in common. Different people without a shared range are never one group.
 */
export const fitsInto = (
  group: Group,
  alert: Pick<Alert, 'people' | 'addresses' | 'occurredAt' | 'severity'>,
): boolean =>
  severities.indexOf(alert.severity) <= severities.indexOf(group.severity) &&
  group.size < mostInGroup &&
  withMember(group, alert).ties.length > 0

/** True when an alert came soon enough before or after the others of a group. */
export const isInTime = (group: Group, { occurredAt }: Pick<Alert, 'occurredAt'>, windowMs: number): boolean => {
  const { first, last } = withMember(group, { people: [], addresses: [], occurredAt })
  const at = Date.parse(occurredAt)
  return (
    at <= Date.parse(group.last) + windowMs &&
    at >= Date.parse(group.first) - windowMs &&
    Date.parse(last) - Date.parse(first) <= longestGroupMs
  )
}

/** An alert as its group lists it. */
export const memberOf = (caseId: string, alert: Alert): Member => {
  const { source, sourceAlertId, title, severity, occurredAt, people, addresses } = alert
  return { caseId, source, sourceAlertId, title, severity, occurredAt, people, addresses }
}

/** What may be the same alert as another one. */
export type Twin = Pick<
  Alert,
  'source' | 'type' | 'title' | 'sample' | 'occurredAt' | 'timeIs' | 'people' | 'addresses'
> & { readonly ids: readonly string[] }

/**
 * The ids an alert is known by in whatever source, lower case. Only ids that nobody would use twice: a number that counts up in one
 * source says nothing in another.
 */
export const idsOf = ({
  sourceAlertId,
  otherIds = [],
}: Pick<Alert, 'sourceAlertId' | 'otherIds'>): readonly string[] => {
  const ids: string[] = []
  for (const given of [sourceAlertId, ...otherIds.slice(0, 11)]) {
    const id = given.toLowerCase()
    if (isUnmistakable(id) && !ids.includes(id)) ids.push(id)
  }
  return ids
}

/** A GUID, 24 hexadecimal digits, or anything else as long with as much that cannot be guessed. */
const isUnmistakable = (id: string): boolean => id.length >= 20 && sixDigits.test(id)
const sixDigits = /(?:[0-9][^0-9]*){6}/

/**
 * True when two alerts are the same one, told by different sources: they share an id; or they are of one type, about one person, within
 * two minutes, and nothing in them says otherwise. What no guide knows is not compared by its type.
 */
export const areTwins = (one: Twin, other: Twin): boolean => {
  if (one.source === other.source || one.sample !== other.sample) return false
  if (one.ids.some((id) => other.ids.includes(id))) return true
  return agreeClosely(one, other)
}

const agreeClosely = (one: Twin, other: Twin): boolean => {
  if (kindOf(one) !== kindOf(other) || one.type === generic) return false
  // A time that had to be assumed agrees with nothing.
  if (one.timeIs || other.timeIs) return false
  if (Math.abs(Date.parse(one.occurredAt) - Date.parse(other.occurredAt)) > twinWithinMs) return false
  const people = new Set(peopleKeys(one))
  if (!peopleKeys(other).some((key) => people.has(key))) return false
  const ips = new Set(one.addresses.map(({ ip }) => ip))
  return ips.size === 0 || other.addresses.length === 0 || other.addresses.some(({ ip }) => ips.has(ip))
}

/** The other source's telling of a case's alert, with what the case did not know. */
export const reportOf = (caseId: string, twin: Alert, known: Alert): Report => {
  const { source, sourceAlertId, title, severity, occurredAt, link } = twin
  const people = new Set(peopleKeys(known))
  const isNew = (one: Alert['people'][number]) => !peopleKeys({ people: [one] }).some((key) => people.has(key))
  return {
    caseId,
    source,
    sourceAlertId,
    title,
    severity,
    occurredAt,
    link: link === known.link ? null : link,
    adds: {
      people: twin.people.filter(isNew),
      addresses: twin.addresses.filter(
        ({ ip, country }) =>
          !known.addresses.some((one) => one.ip === ip && (country === null || one.country !== null)),
      ),
      apps: lacking(twin.apps, known.apps),
      resources: lacking(twin.resources, known.resources),
    },
    ...(twin.incident !== undefined && { incident: twin.incident }),
  }
}

const lacking = (names: readonly string[], known: readonly string[]): readonly string[] => {
  const lower = new Set(known.map((name) => name.toLowerCase()))
  return names.filter((name) => !lower.has(name.toLowerCase()))
}

/** The more severe of two severities. */
export const worse = (one: Severity, other: Severity): Severity =>
  severities.indexOf(one) >= severities.indexOf(other) ? one : other

/** Everybody the alerts of a case name: its own, those of its group, and those that other sources told of. */
export const everyoneIn = ({
  alert,
  members,
  reports,
}: Pick<Case, 'alert' | 'members' | 'reports'>): Alert['people'] => [
  ...alert.people,
  ...membersOf({ members }).flatMap(({ people }) => people),
  ...reports.flatMap(({ adds }) => adds.people),
]
