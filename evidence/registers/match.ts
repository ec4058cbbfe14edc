import { BlockList, isIP } from 'node:net'
import type { Alert } from '../../triage/alert.js'
import type { RegisterHit, RegisterName } from '../../triage/register.js'
import type { Entry } from './schema.js'

/** A register ready to be asked: what its entries say of an alert, those that hold at the alert's time first. */
export type Register = (alert: Alert) => readonly RegisterHit[]

/**
 * Make a register of its entries; `asOf` is the day it was last changed.
 *
 * An entry bears on an alert when each kind of thing it names (addresses, people, apps, resources) has something of the alert in it.
 * A journey has to name one of the alert's countries as well, or it only says that it does not cover it.
 */
export const openRegister = (register: RegisterName, entries: readonly Entry[], asOf: string): Register => {
  const prepared = entries.map((entry) => ({ entry, ranges: rangesOf(entry.ranges) }))
  return (alert) =>
    prepared
      .flatMap(({ entry, ranges }) => {
        const matched = matchOf(entry, ranges, alert)
        if (matched === null) return []
        const { name, kind, owner, from, to, countries } = entry
        return [
          {
            register,
            entry: name,
            kind,
            owner,
            matched,
            from: day(from),
            to: day(to),
            standing: standing(entry, alert),
            countries,
            asOf,
          },
        ]
      })
      .toSorted((one, other) => order.indexOf(one.standing) - order.indexOf(other.standing))
}

const order: readonly RegisterHit['standing'][] = ['current', 'elsewhere', 'not-yet', 'expired']

const day = (moment: string | null): string | null => (moment === null ? null : moment.slice(0, 10))

/** What of the alert the entry names; null when it names something the alert has nothing of. */
const matchOf = (entry: Entry, ranges: BlockList | null, alert: Alert): string | null => {
  const found = [
    ...(ranges ? [alert.addresses.map(({ ip }) => ip).find((ip) => isIn(ranges, ip)) ?? null] : []),
    ...(entry.people.length > 0 ? [personOf(entry.people, alert)] : []),
    ...(entry.apps.length > 0 ? [namedOf(entry.apps, appsOf(alert))] : []),
    ...(entry.resources.length > 0 ? [namedOf(entry.resources, alert.resources)] : []),
  ]
  return found.includes(null) ? null : (found[0] ?? null)
}

const standing = ({ from, to, countries }: Entry, { occurredAt, addresses }: Alert): RegisterHit['standing'] => {
  const at = Date.parse(occurredAt)
  if (from !== null && at < beginOf(from)) return 'not-yet'
  if (to !== null && at > endOf(to)) return 'expired'
  if (countries.length === 0) return 'current'
  // One country that the journey does not lead to is enough: an attacker's sign-in comes beside the traveler's own.
  const named = addresses.flatMap(({ country }) => country ?? [])
  return named.length > 0 && named.every((country) => countries.includes(country)) ? 'current' : 'elsewhere'
}

const beginOf = (moment: string): number => Date.parse(moment)
/** A day lasts until its end, everywhere on earth but the last hours: days are UTC. */
const endOf = (moment: string): number => Date.parse(moment) + (moment.length === 10 ? 86_399_999 : 0)

const rangesOf = (ranges: readonly string[]): BlockList | null => {
  if (ranges.length === 0) return null
  const list = new BlockList()
  for (const range of ranges) {
    const [ip = '', bits] = range.split('/')
    const family = isIP(ip) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(ip, family)
    else list.addSubnet(ip, Number(bits), family)
  }
  return list
}

const isIn = (ranges: BlockList, ip: string): boolean => {
  const family = isIP(ip)
  return family !== 0 && ranges.check(ip, family === 6 ? 'ipv6' : 'ipv4')
}

const personOf = (people: readonly string[], alert: Alert): string | null => {
  const wanted = new Set(people.map(fold))
  const all = alert.people.flatMap(({ upn, objectId }) => [upn, objectId])
  const ids = (alert.identities ?? []).flatMap(({ id, name }) => [id, name])
  return [...all, ...ids].find((one) => one !== null && wanted.has(fold(one))) ?? null
}

const appsOf = ({ apps, identities = [] }: Alert): readonly string[] => [
  ...apps,
  ...identities.flatMap(({ name, id }) => [name, id]).filter((one) => one !== null),
]

const namedOf = (patterns: readonly string[], names: readonly string[]): string | null =>
  names.find((name) => patterns.some((pattern) => fits(fold(pattern), fold(name)))) ?? null

/** Without `*` the whole name, or the last part of a resource's id, must be the same. */
const fits = (pattern: string, name: string): boolean => {
  const core = pattern.replace(/^\*|\*$/g, '')
  if (pattern.startsWith('*') && pattern.endsWith('*')) return name.includes(core)
  if (pattern.startsWith('*')) return name.endsWith(core)
  if (pattern.endsWith('*')) return name.startsWith(core)
  return name === pattern || name.endsWith(`/${pattern}`)
}

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase()
