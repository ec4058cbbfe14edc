import { type Severity, severities } from '../../triage/alert.js'
import { type Phrases, say, languageOf } from '../../triage/phrases.js'
import type { StormPhase } from '../../triage/storm.js'
import { escapeUntrusted } from '../escape.js'
import { shortTime, utc } from '../time.js'
import { nameOf } from './header.js'
import type { Listed } from './listed.js'
import type { View } from './view.js'

/** A storm as its digest tells of it. Times are ISO 8601. */
export type Storm = {
  readonly phase: StormPhase
  readonly since: string
  /** When it was over; null before. */
  readonly until: string | null
  /** How many of its cases are closed. */
  readonly closed: number
  /** How long after one card the next of those held back follows, in milliseconds. */
  readonly everyMs: number
}

/** The card that stands for many: how many alerts of which kind, about whom, from where; `rows` are the open cases of the storm. */
export const showDigest = (
  storm: Storm,
  rows: readonly Listed[],
  phrases: Phrases,
): Extract<View, { readonly card: 'digest' }> => {
  const { phase, since, until, closed, everyMs } = storm
  const waiting = rows.filter(({ hasCard }) => !hasCard).length
  const counts = {
    since: shortTime(since, utc, languageOf(phrases)),
    until: shortTime(until ?? since, utc, languageOf(phrases)),
    total: String(rows.length + closed),
    waiting: String(waiting),
    open: String(rows.length),
    taken: String(rows.filter(({ owner }) => owner !== null).length),
    closed: String(closed),
    seconds: String(Math.round(everyMs / 1000)),
  }
  const types = mostOf(rows.map((row) => ({ key: row.type, name: row.kind })))
  const people = topPeople(rows)
  const addresses = topAddresses(rows)
  const newest = rows.toSorted((one, other) => (one.openedAt < other.openedAt ? 1 : -1)).slice(0, 3)
  return {
    card: 'digest',
    data: {
      heading: say(phrases, `digest.heading.${phase}`),
      summary: say(phrases, 'digest.count', counts),
      standing: say(phrases, 'digest.standing', counts),
      about: say(phrases, `digest.${phase}`, counts),
      severities: severities
        .toReversed()
        .flatMap((severity) => severityCount(rows, severity, phrases))
        .join(' · '),
      types: types.slice(0, 5).map(({ name, count }) => ({ name, count })),
      hasTypes: types.length > 0,
      moreTypes: types.length > 5 ? say(phrases, 'digest.more-types', { count: String(types.length - 5) }) : '',
      hasMoreTypes: types.length > 5,
      people: people.map(({ name, count }) => ({ name: escapeUntrusted(name, 40), count })),
      hasPeople: people.length > 0,
      addresses: addresses.map(({ name, count }) => ({ ip: escapeUntrusted(name, 60), count })),
      hasAddresses: addresses.length > 0,
      newest: newest.map(({ caseId, title, openedAt }) => ({
        caseId,
        title: escapeUntrusted(title, 50),
        when: shortTime(openedAt, utc, languageOf(phrases)),
      })),
      hasNewest: newest.length > 0,
      hasActions: rows.length > 0,
    },
  }
}

/** What a notification says of a digest. */
export const digestSummary = ({ since, closed }: Storm, rows: readonly Listed[], phrases: Phrases): string =>
  say(phrases, 'summary.digest', {
    total: String(rows.length + closed),
    since: shortTime(since, utc, languageOf(phrases)),
  })

/** Something many cases have in common: how it is told apart, what it is called, and how many they are. */
export type Common = { readonly key: string; readonly name: string; readonly count: number }

/** The three people most of these cases are about; names are untrusted. */
export const topPeople = (rows: readonly Listed[]): readonly Common[] =>
  mostOf(
    rows.flatMap(({ people }) =>
      people.flatMap((one) => {
        const key = (one.upn ?? one.objectId ?? one.name ?? '').toLowerCase()
        return key === '' ? [] : [{ key, name: nameOf(one) }]
      }),
    ),
  ).slice(0, 3)

/** The three addresses most of these cases come from; untrusted. */
export const topAddresses = (rows: readonly Listed[]): readonly Common[] =>
  mostOf(
    rows.flatMap(({ addresses }) => [...new Set(addresses)].map((ip) => ({ key: ip.toLowerCase(), name: ip }))),
  ).slice(0, 3)

/** What there is most of first; of equals, what was met first. */
export const mostOf = (all: readonly Omit<Common, 'count'>[]): readonly Common[] => {
  const counts = new Map<string, Common>()
  for (const { key, name } of all) {
    const known = counts.get(key)
    counts.set(key, { key, name: known?.name ?? name, count: (known?.count ?? 0) + 1 })
  }
  return [...counts.values()].toSorted((one, other) => other.count - one.count)
}

const severityCount = (rows: readonly Listed[], severity: Severity, phrases: Phrases): readonly string[] => {
  const count = rows.filter((row) => row.severity === severity).length
  return count === 0 ? [] : [`${say(phrases, `severity.${severity}`)} ${count}`]
}
