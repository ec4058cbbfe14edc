import type { Alert } from './alert.js'
import type { Case } from './case.js'
import { peopleKeys } from './follow.js'
import type { Check, VerdictClass } from './guide.js'
import type { LookUp } from './look-up.js'
import type { RegisterName } from './register.js'
import { onceFor } from './once-for.js'

/** The kinds of thing that earlier verdicts are remembered by; `range` is the network an address lies in. */
export const thingKinds = ['address', 'range', 'person', 'app', 'resource'] as const

/** One of them. */
export type ThingKind = (typeof thingKinds)[number]

/** A thing an alert is about, such as an address; `name` is how it is compared: lower case. *untrusted* */
export type Thing = { readonly kind: ThingKind; readonly name: string }

/** The verdict of an earlier case, with what that was about. */
export type PastVerdict = {
  readonly caseId: string
  readonly type: string
  readonly verdict: string
  readonly class: VerdictClass
  readonly label: string
  /** When it was recorded. */
  readonly at: string
  /** When the alert occurred. */
  readonly occurredAt: string
  readonly things: readonly Thing[]
}

/** The verdict of a case to remember it by; null when there is none, or it shares another's card, or is a sample. */
export const pastVerdictOf = ({ id, alert, recordedVerdict, joined }: Case): PastVerdict | null => {
  if (!recordedVerdict || joined || alert.sample) return null
  const { verdict, class: verdictClass, label, at } = recordedVerdict
  const { type, occurredAt } = alert
  return { caseId: id, type, verdict, class: verdictClass, label, at, occurredAt, things: thingsOf(alert) }
}

/** What an alert is about, of each kind the first few. Private addresses say nothing about who someone is. */
export const thingsOf = onceFor((alert: Things): readonly Thing[] => {
  const ips = alert.addresses.filter(({ range }) => range !== 'private').map(({ ip }) => ip)
  return [
    ...named('address', ips),
    ...named('range', [...new Set(ips.flatMap((ip) => rangeOf(ip) ?? []))]),
    ...named('person', peopleKeys(alert)),
    ...named('app', alert.apps),
    ...named('resource', alert.resources),
  ]
})

type Things = Pick<Alert, 'people' | 'addresses' | 'apps' | 'resources'>

const named = (kind: ThingKind, names: readonly string[]): readonly Thing[] =>
  names
    .filter((name) => name.trim() !== '')
    .slice(0, 20)
    .map((name) => ({ kind, name: name.trim().toLowerCase().slice(0, 300) }))

/** The network of 256 addresses that an IPv4 address lies in, or the /48 of an IPv6 address; null for anything else. */
export const rangeOf = (ip: string): string | null => {
  const [, four = null] = /^((?:\d{1,3}\.){3})\d{1,3}$/.exec(ip) ?? []
  if (four !== null) return `${four}0/24`
  const [, six = null] = /^((?:[0-9a-f]{1,4}:){3})[0-9a-f:]*$/i.exec(ip) ?? []
  return six === null ? null : `${six.toLowerCase()}:/48`
}

/** The kinds of thing a check is about: those that the registers which bear on it hold, and the places and queries it names look for. */
export const kindsOf = (
  { registers, look }: Pick<Check, 'registers' | 'look'>,
  lookUpKinds: ReadonlyMap<string, readonly ThingKind[]>,
): readonly ThingKind[] => {
  const all = new Set([
    ...Object.entries(kindsIn).flatMap(([register, kinds]) => (Object.hasOwn(registers, register) ? kinds : [])),
    ...look.flatMap((id) => lookUpKinds.get(id) ?? []),
  ])
  return thingKinds.filter((kind) => all.has(kind))
}

const kindsIn: Readonly<Record<RegisterName, readonly ThingKind[]>> = {
  networks: ['address', 'range'],
  tests: ['person', 'resource'],
  changes: ['resource'],
  travel: ['person'],
  people: ['person'],
  providers: ['address', 'range', 'app'],
  software: ['app'],
  apps: ['app'],
}

/** The kinds of thing that a place or query looks for, by the values it takes. */
export const kindsOfLookUp = ({ links, query }: Pick<LookUp, 'links' | 'query'>): readonly ThingKind[] => {
  const text = [...links, query ?? ''].join(' ')
  return [
    ...(/\{(?:address|addresses)\}/.test(text) ? (['address', 'range'] as const) : []),
    ...(/\{(?:user|user-id|upn|users|callers)\}/.test(text) ? (['person'] as const) : []),
    ...(/\{(?:app|apps|app-id|app-ids)\}/.test(text) ? (['app'] as const) : []),
    ...(/\{resource\}/.test(text) ? (['resource'] as const) : []),
  ]
}

/** Earlier equal verdicts about one thing: which, how many, and the newest of them. */
export type Recalled = { readonly thing: Thing; readonly count: number; readonly newest: PastVerdict }

/**
 * What earlier verdicts say of the things a check is about: true positives first, then those about the same address before those about
 * its range, then the newest. Each case is told of once, by what it shares most narrowly.
 */
export const recalled = (
  past: readonly PastVerdict[],
  things: readonly Thing[],
  kinds: readonly ThingKind[],
): readonly Recalled[] => {
  const wanted = things.filter(({ kind }) => kinds.includes(kind))
  const groups = new Map<string, Recalled>()
  for (const one of past) {
    const thing = wanted.find((each) => has(one, each))
    if (!thing || one.class === 'undetermined') continue
    const key = `${thing.kind} ${thing.name} ${one.class} ${one.label}`
    const before = groups.get(key)
    const newest = before && before.newest.at >= one.at ? before.newest : one
    groups.set(key, { thing, count: (before?.count ?? 0) + 1, newest })
  }
  return [...groups.values()].toSorted(
    (one, other) =>
      Number(other.newest.class === 'TP') - Number(one.newest.class === 'TP') ||
      thingKinds.indexOf(one.thing.kind) - thingKinds.indexOf(other.thing.kind) ||
      (one.newest.at < other.newest.at ? 1 : -1),
  )
}

/** True when a case was about that thing. */
export const has = ({ things }: PastVerdict, thing: Thing): boolean =>
  things.some(({ kind, name }) => kind === thing.kind && name === thing.name)

/**
 * The newest earlier verdict that a verdict contradicts: of the same type of alert, about the same address, person or resource, one of the two a
 * true positive and the other benign. Null when there is none. An app or a range is shared by too many to be the same thing.
 */
export const contradicted = (
  past: readonly PastVerdict[],
  { type, things, class: verdictClass }: Pick<PastVerdict, 'type' | 'things' | 'class'>,
): { readonly thing: Thing; readonly earlier: PastVerdict } | null => {
  const side = sideOf(verdictClass)
  if (side === null) return null
  // Nearly always all of them agree.
  if (past.every((one) => one.type !== type || (sideOf(one.class) ?? side) === side)) return null
  const decided = past.filter((one) => one.type === type && sideOf(one.class) !== null)
  for (const kind of ['address', 'resource', 'person'] as const)
    for (const thing of things.filter((one) => one.kind === kind)) {
      const newest = newestOf(decided.filter((one) => has(one, thing)))
      if (newest && sideOf(newest.class) !== side) return { thing, earlier: newest }
    }
  return null
}

const newestOf = ([first, ...others]: readonly PastVerdict[]): PastVerdict | undefined =>
  others.reduce((newest, one) => (newest && one.at >= newest.at ? one : newest), first)

/** What a verdict says, as far as another one can contradict it; null for an undetermined one. */
export const sideOf = (verdictClass: VerdictClass): Side | null =>
  verdictClass === 'undetermined' ? null : verdictClass === 'TP' ? 'malicious' : 'benign'

/** What verdicts that contradict each other say. */
export type Side = 'malicious' | 'benign'

/** A register entry that equal verdicts suggest, with what it would have covered among earlier cases, true positives first. */
export type Proposal = {
  readonly register: RegisterName
  readonly kind: string | null
  readonly thing: Thing
  readonly count: number
  readonly label: string
  readonly covers: readonly PastVerdict[]
  /** It would have covered a true positive, so it is not to be made. */
  readonly isRefused: boolean
}

/**
 * The entry that would have suggested the answers of a benign case, once so many cases about one thing have ended with the same verdict;
 * null when there is none. The register and kind are those that the guide says point to the answer that was given.
 */
export const proposalFor = (
  own: PastVerdict,
  answers: readonly { readonly check: string; readonly option: string }[],
  checks: readonly Check[],
  past: readonly PastVerdict[],
  least: number,
): Proposal | null => {
  if (least <= 0 || sideOf(own.class) !== 'benign') return null
  const all = [own, ...past.filter(({ caseId }) => caseId !== own.caseId)]
  for (const { check, option } of answers) {
    const bearing = checks.find(({ id }) => id === check)?.registers ?? {}
    for (const [register, thingKind] of proposable) {
      const pointing = Object.entries(bearing[register] ?? {}).flatMap(([kind, points]) =>
        points === option ? [kind] : [],
      )
      if (pointing.length === 0) continue
      for (const thing of own.things.filter((one) => one.kind === thingKind)) {
        const covers = all.filter((one) => has(one, thing))
        const equal = covers.filter(({ type, verdict }) => type === own.type && verdict === own.verdict)
        if (equal.length < least) continue
        const sorted = covers.toSorted(
          (one, other) => Number(other.class === 'TP') - Number(one.class === 'TP') || (one.at < other.at ? 1 : -1),
        )
        return {
          register,
          kind: kindFor(pointing, own.verdict),
          thing,
          count: equal.length,
          label: own.label,
          covers: sorted,
          isRefused: sorted.some((one) => one.class === 'TP'),
        }
      }
    }
  }
  return null
}

/** The one kind that points to the answer, or that the verdict names; where there are several, all of them, for a person to choose. */
const kindFor = (kinds: readonly string[], verdict: string): string | null => {
  const [only, ...others] = kinds.filter((kind) => kind !== 'any')
  if (only === undefined || others.length === 0) return only ?? null
  return kinds.find((kind) => verdict.split('-').includes(kind)) ?? [only, ...others].join(' or ')
}

/** The registers whose entries last, and what theirs are about. */
const proposable = [
  ['networks', 'address'],
  ['networks', 'range'],
  ['people', 'person'],
  ['apps', 'app'],
  ['software', 'app'],
] as const
