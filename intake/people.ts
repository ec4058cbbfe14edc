import { isGuid } from '../triage/guid.js'
import type { Identity, Involved } from '../triage/alert.js'
import { cut, given, longest } from './text.js'

/**
 * What a source says about an account, not yet cleaned. `is` is what the source says the account is, where it says so: without it,
 * an object id alone is only that.
 */
export type Account = {
  readonly upn: unknown
  readonly objectId: unknown
  readonly name: unknown
  readonly is?: 'user' | 'service-principal' | 'managed-identity' | undefined
}

/** The accounts of an alert, parted into people and what acts without being one. */
export type Accounts = { readonly people: readonly Involved[]; readonly identities: readonly Identity[] }

/**
 * The people among the accounts, each once, and the others, each once; at most 20 of both.
 *
 * An account is the same as an earlier one with its UPN or object id; what the earlier one lacks is filled in. Service principals
 * and managed identities, accounts of the machine (SYSTEM, root, names ending in $) and bare object ids are no people. Empty
 * accounts are left out.
 */
export const accounts = (all: readonly Account[]): Accounts => {
  const persons: Involved[] = []
  const others: Identity[] = []
  for (const account of all) {
    const one = cleanedOf(account)
    if (one === null) continue
    if ('kind' in one) others.push(one)
    else persons.push(one)
  }
  const people = joined(persons)
  if (others.length === 0) return { people, identities: [] }
  const ids = new Set(people.flatMap(({ objectId }) => (objectId === null ? [] : [objectId.toLowerCase()])))
  const identities = new Map<string, Identity>()
  // A bare id may be that of an app which another account names.
  for (const one of [...others.filter(({ name }) => name !== null), ...others.filter(({ name }) => name === null)]) {
    const id = one.id?.toLowerCase() ?? null
    if (id !== null && ids.has(id)) continue
    if (id !== null) ids.add(id)
    const key = id ?? `${one.name?.toLowerCase()}`
    if (!identities.has(key) && identities.size < 20) identities.set(key, one)
  }
  return { people, identities: [...identities.values()] }
}

/** True for what can be a user principal name. */
export const isUpn = (text: string): boolean => /^[^\s@\\]+@[^\s@\\]+$/.test(text)

const joined = (persons: readonly Involved[]): readonly Involved[] => {
  const found: Known[] = []
  for (const person of persons) {
    const known = knownBy(person)
    const at = found.findIndex((other) => isSame(other, known))
    const former = found[at]
    if (former) found[at] = knownBy(merged(former.person, person))
    else if (found.length < 20) found.push(known)
  }
  // One that has both a UPN and an object id may join two that had one each.
  const fewer = found.map(({ person }) => person)
  return found.length < persons.length ? joined(fewer) : fewer
}

const cleanedOf = ({ upn, objectId, name, is }: Account): Involved | Identity | null => {
  const given = { upn: short(upn), objectId: objectIdOf(objectId), name: short(name) }
  const id = given.objectId ?? [given.upn, given.name].find((text) => text !== null && isGuid(text)) ?? null
  const named = given.name !== null && (isGuid(given.name) || isNoName(given.name)) ? null : given.name
  const called = given.upn !== null && isGuid(given.upn) ? null : given.upn
  if (is === 'service-principal' || is === 'managed-identity') {
    const known = named ?? called
    return known === null && id === null ? null : { kind: is, name: known, id }
  }
  if (called?.includes('$@')) return { kind: 'machine', name: called, id }
  if (named !== null && isMachine(named) && (called === null || isMachine(called.split('@')[0] ?? ''))) {
    return { kind: 'machine', name: named, id }
  }
  if (called === null && named === null) {
    if (id === null) return null
    return is === 'user' ? { upn: null, objectId: id, name: null } : { kind: 'object-id', name: null, id }
  }
  return { upn: called, objectId: id, name: named }
}

/** What is behind the last backslash is the account's own name. */
const isMachine = (name: string): boolean => {
  const own = name.slice(name.lastIndexOf('\\') + 1).toLowerCase()
  return own.endsWith('$') || machines.has(own)
}

const machines: ReadonlySet<string> = new Set(['system', 'root', 'local service', 'network service', 'anonymous logon'])

/** What products write when they know nobody. */
const isNoName = (name: string): boolean => /^(?:unknown|n\/a|-)$/i.test(name)

/** A GUID of zeros is what products write when they do not know. */
const objectIdOf = (value: unknown): string | null => {
  const text = short(value)
  return text !== null && /^[0-]+$/.test(text) ? null : text
}

const short = (value: unknown): string | null => {
  const text = given(value)
  return text === null ? null : cut(text, longest)
}

/** A person, and what they are compared by, whatever its case. */
type Known = {
  readonly person: Involved
  readonly upn: string | null
  readonly objectId: string | null
  readonly name: string | null
}

const knownBy = (person: Involved): Known => ({
  person,
  upn: person.upn?.toLowerCase() ?? null,
  objectId: person.objectId?.toLowerCase() ?? null,
  name: person.name?.toLowerCase() ?? null,
})

const isSame = (one: Known, other: Known): boolean => {
  if (same(one.upn, other.upn) || same(one.objectId, other.objectId)) return true
  return (isOnlyName(one) || isOnlyName(other)) && same(one.name, other.name)
}

const isOnlyName = (one: Known): boolean => one.upn === null && one.objectId === null

const same = (one: string | null, other: string | null): boolean => one !== null && one === other

const merged = (one: Involved, other: Involved): Involved => ({
  upn: one.upn ?? other.upn,
  objectId: one.objectId ?? other.objectId,
  name: one.name ?? other.name,
})
