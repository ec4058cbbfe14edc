import type { Address, Identity, Involved } from '../triage/alert.js'
import { addresses, locationOf, type RawAddress } from './addresses.js'
import { countryOf } from './countries.js'
import { isJson, own, type Json } from './outcome.js'
import { accounts, isUpn, type Account } from './people.js'
import { isGuid } from '../triage/guid.js'
import { camel, mostEntries } from './shape.js'
import { given } from './text.js'

/** Who, from where and with what, as an alert's entities and properties name it. */
export type Named = {
  readonly people: readonly Involved[]
  readonly identities: readonly Identity[]
  readonly addresses: readonly Address[]
  readonly apps: readonly unknown[]
  readonly operations: readonly unknown[]
  /** The ids of Azure resources among the entities. */
  readonly azureResources: readonly unknown[]
}

/** What an alert's entities name, then its extended properties: accounts (only where no entity names one), addresses and apps. */
export const namedIn = (entities: readonly unknown[], properties: Json, key: string | null = null): Named => {
  const all = everyEntity(entities)
  const of = (...types: readonly string[]) =>
    all.filter((entity) => types.includes((given(entity['type']) ?? '').toLowerCase()))
  const named = accounts([
    ...of('account').map((entity) => accountOf(entity, isByService(properties, key))),
    ...of('service-principal', 'serviceprincipal', 'security-principal').map((entity) => ({
      upn: null,
      objectId: own(entity, 'objectId') ?? own(entity, 'aadUserId') ?? own(entity, 'servicePrincipalObjectId'),
      name: own(entity, 'displayName') ?? own(entity, 'name') ?? own(entity, 'servicePrincipalName'),
      is: 'service-principal' as const,
    })),
  ])
  const isNamed = named.people.length > 0 || named.identities.some(({ name }) => name !== null)
  return {
    ...(isNamed ? named : accounts([...accountsIn(properties), ...named.identities.map(again)])),
    addresses: addresses([...of('ip').map(placeOf), ...placesIn(properties)]),
    apps: [
      ...of('cloud-application', 'cloudapplication', 'oauth-application').map(
        (entity) => own(entity, 'displayName') ?? own(entity, 'appName') ?? own(entity, 'name') ?? own(entity, 'appId'),
      ),
      ...appsIn(properties),
    ],
    operations: operationsIn(properties),
    azureResources: of('azure-resource', 'azureresource').map((entity) => own(entity, 'resourceId')),
  }
}

const again = ({ kind, name, id }: Identity): Account => ({
  upn: null,
  objectId: id,
  name,
  is: kind === 'service-principal' || kind === 'managed-identity' ? kind : undefined,
})

/** True where the alert says that its accounts are apps: by its type, or in a property such as "principal type". */
const isByService = (properties: Json, key: string | null): Account['is'] => {
  if (/anomalousserviceoperation/i.test(key ?? '')) return 'service-principal'
  const said = Object.keys(properties)
    .filter((name) => /\b(?:principal|caller|identity|account|subject)\s?(?:type|kind)$/i.test(name))
    .map((name) => (given(properties[name]) ?? '').replace(/\s+/g, '').toLowerCase())
  if (said.some((type) => type.includes('managedidentity'))) return 'managed-identity'
  return said.some((type) => type.includes('serviceprincipal') || type === 'application')
    ? 'service-principal'
    : undefined
}

/** The Azure resources concerned; the compromised entity's name when none has an id. */
export const resourcesIn = (
  identifiers: readonly unknown[],
  main: unknown,
  compromised: unknown,
  entities: readonly unknown[] = [],
): readonly unknown[] => {
  // Identifiers often name the subscription alone, and entities what it is about in it.
  const ids = [
    ...entities,
    ...identifiers.map((one) => (isJson(one) ? own(camel(one), 'azureResourceId') : null)),
    main,
  ]
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

const accountOf = (entity: Json, ifNoUser: Account['is']): Account => {
  const bare = given(own(entity, 'name'))
  const suffix = given(own(entity, 'upnSuffix')) ?? given(own(entity, 'uPNSuffix'))
  const joined = bare !== null && suffix !== null && !bare.includes('@') && !isGuid(bare) ? `${bare}@${suffix}` : bare
  const upn = given(own(entity, 'userPrincipalName')) ?? (joined?.includes('@') ? joined : null)
  return {
    upn,
    objectId: given(own(entity, 'aadUserId')) ?? own(entity, 'objectGuid'),
    name: given(own(entity, 'displayName')) ?? (bare?.includes('@') ? null : bare),
    is: upn === null ? ifNoUser : undefined,
  }
}

const placeOf = (entity: Json): RawAddress => {
  const location = own(entity, 'location')
  return { ip: own(entity, 'address'), ...locationOf(isJson(location) ? camel(location) : {}) }
}

/** Properties such as "client Principal Name" or "caller": a UPN, an object id, or else a name. */
const accountsIn = (properties: Json): readonly Account[] =>
  Object.keys(properties)
    .filter((key) => /(?:\b(?:principal|user|account)\s?name|^(?:caller|user|upn|account))$/i.test(key.trim()))
    .map((key) => accountNamed(properties[key]))

/** An account of which one text is known: a UPN, an object id, or else a name. */
export const accountNamed = (value: unknown): Account => {
  const text = given(value)
  if (text === null) return { upn: null, objectId: null, name: null }
  if (isUpn(text)) return { upn: text, objectId: null, name: null }
  return isGuid(text) ? { upn: null, objectId: text, name: null } : { upn: null, objectId: null, name: text }
}

/** Properties such as "client IP Address": one address, or several with commas between them; and where they are, if one place is told. */
const placesIn = (properties: Json): readonly RawAddress[] => {
  const keys = Object.keys(properties)
  const countries = keys
    .filter((key) => /\b(?:ip|client|source)\s?(?:location|country)\b|^country$/i.test(key))
    .map((key) => countryOf(properties[key]) ?? '')
    .filter((country) => /^[A-Z]{2}$/.test(country))
  const country = new Set(countries).size === 1 ? countries[0] : null
  return keys
    .filter((key) => /ip\s?address/i.test(key))
    .flatMap((key) => (given(properties[key]) ?? '').split(/[\s,;()]+/, 100))
    .map((text) => ({ ip: text.replace(/^\[(.*)\]$/, '$1'), country }))
}

/** Properties such as "operation name", where they hold one or several with commas between them. */
const operationsIn = (properties: Json): readonly unknown[] =>
  Object.keys(properties)
    .filter((key) => /^(?:azure\s?)?operations?(?:\s?names?)?$/i.test(key.trim()))
    .flatMap((key) => (given(properties[key]) ?? '').split(/\s*[,;]\s*/, 100))

/** Properties such as "client Application". */
const appsIn = (properties: Json): readonly unknown[] =>
  Object.keys(properties)
    .filter((key) => /^(?:client\s)?app(?:lication)?(?:\sname)?$/i.test(key))
    .map((key) => properties[key])
