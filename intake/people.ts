import type { Involved } from '../triage/alert.js'
import { cut, given, longest } from './text.js'

/** What a source says about an account, not yet cleaned. */
export type Account = { readonly upn: unknown; readonly objectId: unknown; readonly name: unknown }

/**
 * The people among the accounts, each once, at most 20.
 *
 * An account is the same as an earlier one with its UPN or object id; what the earlier one lacks is filled in. Accounts of the
 * machine (SYSTEM, root, names ending in $) and empty ones are nobody.
 */
export const people = (accounts: readonly Account[]): readonly Involved[] => {
  const found: Known[] = []
  for (const account of accounts) {
    const person = personOf(account)
    if (!person) continue
    const known = knownBy(person)
    const at = found.findIndex((other) => isSame(other, known))
    const former = found[at]
    if (former) found[at] = knownBy(merged(former.person, person))
    else if (found.length < 20) found.push(known)
  }
  // One that has both a UPN and an object id may join two that had one each.
  const persons = found.map(({ person }) => person)
  return found.length < accounts.length ? people(persons) : persons
}

/** True for what can be a user principal name. */
export const isUpn = (text: string): boolean => /^[^\s@\\]+@[^\s@\\]+$/.test(text)

/** True for a GUID. */
export const isGuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

const personOf = (account: Account): Involved | null => {
  const person = { upn: short(account.upn), objectId: objectIdOf(account.objectId), name: short(account.name) }
  if (person.upn?.includes('$@')) return null
  if (person.upn === null && person.objectId === null && (person.name === null || isMachine(person.name))) return null
  return person
}

/** What is behind the last backslash is the account's own name. */
const isMachine = (name: string): boolean => {
  const own = name.slice(name.lastIndexOf('\\') + 1).toLowerCase()
  return own.endsWith('$') || machines.has(own)
}

const machines: ReadonlySet<string> = new Set([
  'system',
  'root',
  'local service',
  'network service',
  'anonymous logon',
  'unknown',
  'n/a',
  '-',
])

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
