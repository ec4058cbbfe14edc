import type { Alert } from './alert.js'
import { peopleKeys } from './follow.js'
import { onceFor } from './once-for.js'

/** What two alerts can have in common. */
export const bonds = ['person', 'address', 'app', 'resource', 'incident'] as const

/** One of them. */
export type Bond = (typeof bonds)[number]

/** Another case that shares something with a case; `shares` says what, and is never empty. */
export type RelatedCase = {
  readonly caseId: string
  /** The alert's own title, as its source wrote it. */
  readonly title: string
  readonly occurredAt: string
  readonly shares: readonly Bond[]
  readonly isOpen: boolean
  /** Its verdict as the field writes it, such as "FP - Untagged VPN"; '' when there is none. */
  readonly verdict: string
}

/**
 * What an alert is known by: other alerts with one of these are related. Lower case, and of each sort the first few, for an alert
 * can name hundreds.
 */
export const bondKeys = onceFor((alert: Bound): readonly string[] => [
  ...new Set([
    ...peopleKeys(alert).slice(0, mostPeople),
    ...named(
      'address',
      alert.addresses.map(({ ip }) => ip),
    ),
    ...named('app', alert.apps),
    ...named('resource', alert.resources),
    ...incidentKeys(alert.incident === undefined ? [] : [alert.incident]),
  ]),
])

/** So many names of an alert's people are among what it is known by. */
export const mostPeople = 20

type Bound = Pick<Alert, 'people' | 'addresses' | 'apps' | 'resources' | 'incident'>

/** What two alerts with that key have in common. People have no word in front, as in what was written down before. */
export const bondOf = (key: string): Bond => {
  for (const bond of bonds) if (key.startsWith(bond) && key.charAt(bond.length) === ' ') return bond
  return 'person'
}

/** What the cases of these incidents are known by. */
export const incidentKeys = (incidents: readonly string[]): readonly string[] => named('incident', incidents)

const named = (bond: Bond, names: readonly string[]): readonly string[] =>
  names
    .filter((name) => name !== '')
    .slice(0, 10)
    .map((name) => `${bond} ${name.toLowerCase().slice(0, 300)}`)
