import type { Address, Involved } from '../triage/alert.js'
import { addresses, type RawAddress } from './addresses.js'
import { isJson, own, type Json } from './outcome.js'
import { isGuid, isUpn, people, type Account } from './people.js'
import { camel, mostEntries } from './shape.js'
import { given } from './text.js'

/** What an alert's entities name, then its extended properties: people (only where no entity names one), and addresses. */
export const namedIn = (
  entities: readonly unknown[],
  properties: Json,
): { readonly people: readonly Involved[]; readonly addresses: readonly Address[] } => {
  const all = everyEntity(entities)
  const of = (type: string) => all.filter((entity) => given(entity['type'])?.toLowerCase() === type)
  const named = people(of('account').map(accountOf))
  return {
    people: named.length > 0 ? named : people(accountsIn(properties)),
    addresses: addresses([...of('ip').map(placeOf), ...placesIn(properties)]),
  }
}

/** The Azure resources concerned; the compromised entity's name when none has an id. */
export const resourcesIn = (
  identifiers: readonly unknown[],
  main: unknown,
  compromised: unknown,
): readonly unknown[] => {
  const ids = [...identifiers.map((one) => (isJson(one) ? own(camel(one), 'azureResourceId') : null)), main]
  return ids.some((id) => given(id) !== null) ? ids : [compromised]
}

/**
 * Every entity, those of the list first, then those inside others.
 *
 * An entity may be spelled out inside another and be only a `$ref` in the list, so all are visited and no reference need be
 * followed. Without recursion, and at most 10,000 values: a sender may nest as deep as it likes.
 */
const everyEntity = (entities: readonly unknown[]): readonly Json[] => {
  const found: Json[] = []
  const waiting: unknown[] = entities.slice(0, mostEntries)
  for (let at = 0; at < waiting.length && at < 10_000; at += 1) {
    const value = waiting[at]
    if (typeof value !== 'object' || value === null) continue
    if (isJson(value) && (Object.hasOwn(value, 'type') || Object.hasOwn(value, 'Type'))) found.push(camel(value))
    if (waiting.length < 10_000) waiting.push(...Object.values(value).slice(0, mostEntries).filter(isThing))
  }
  return found
}

const isThing = (value: unknown): boolean => typeof value === 'object' && value !== null

const accountOf = (entity: Json): Account => {
  const bare = given(own(entity, 'name'))
  const suffix = given(own(entity, 'upnSuffix')) ?? given(own(entity, 'uPNSuffix'))
  const upn = bare !== null && suffix !== null && !bare.includes('@') ? `${bare}@${suffix}` : bare
  return {
    upn: upn?.includes('@') ? upn : null,
    objectId: own(entity, 'aadUserId'),
    name: given(own(entity, 'displayName')) ?? (bare?.includes('@') ? null : bare),
  }
}

const placeOf = (entity: Json): RawAddress => {
  const location = own(entity, 'location')
  const country = isJson(location) ? camel(location) : {}
  return { ip: own(entity, 'address'), country: given(own(country, 'countryCode')) ?? own(country, 'countryName') }
}

/** Properties such as "client Principal Name" or "caller": a UPN, an object id, or else a name. */
const accountsIn = (properties: Json): readonly Account[] =>
  Object.keys(properties)
    .filter((key) => /(?:\b(?:principal|user|account)\s?name|^(?:caller|user|upn|account))$/i.test(key.trim()))
    .map((key) => {
      const text = given(properties[key])
      if (text === null) return { upn: null, objectId: null, name: null }
      if (isUpn(text)) return { upn: text, objectId: null, name: null }
      return isGuid(text) ? { upn: null, objectId: text, name: null } : { upn: null, objectId: null, name: text }
    })

/** Properties such as "client IP Address": one address, or several with commas between them. */
const placesIn = (properties: Json): readonly RawAddress[] =>
  Object.keys(properties)
    .filter((key) => /ip\s?address/i.test(key))
    .flatMap((key) => (given(properties[key]) ?? '').split(/[\s,;()[\]]+/, 100))
    .map((text) => ({ ip: text, country: null }))
