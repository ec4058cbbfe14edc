import { z } from 'zod'
import type { Address, Involved } from '../triage/alert.js'
import { addresses, type ConversationRef } from './addresses.js'
import { isJson, type Json } from './outcome.js'
import { isGuid, isUpn, people, type Account } from './people.js'
import { anything, anyText, camel } from './shape.js'
import { given } from './text.js'

/** The people an alert's account entities name; when there are none, those its extended properties name. */
export const peopleIn = (entities: readonly unknown[], properties: Json): readonly Involved[] => {
  const named = people(everyEntity(entities, 'account').map(accountOf))
  return named.length > 0 ? named : people(accountsIn(properties))
}

/** The addresses of an alert's ip entities, then those its extended properties name. */
export const addressesIn = (entities: readonly unknown[], properties: Json): readonly Address[] =>
  addresses([...everyEntity(entities, 'ip').map(placeOf), ...placesIn(properties)])

/** The Azure resources concerned; the compromised entity's name when none has an id. */
export const resourcesIn = (
  identifiers: readonly unknown[],
  main: unknown,
  compromised: unknown,
): readonly unknown[] => {
  const ids = [...identifiers.map((one) => (isJson(one) ? identifier.parse(camel(one)).azureResourceId : null)), main]
  return ids.some((id) => given(id) !== null) ? ids : [compromised]
}

const identifier = z.object({ azureResourceId: anyText })

/**
 * Every entity of that type, those of the list first, then those inside others.
 *
 * An entity may be spelled out inside another and be only a `$ref` in the list, so all are visited and no reference need be
 * followed. Without recursion, and at most 10,000 values: a sender may nest as deep as it likes.
 */
const everyEntity = (entities: readonly unknown[], type: string): readonly Json[] => {
  const found: Json[] = []
  const waiting: unknown[] = entities.slice(0, 10_000)
  for (let at = 0; at < waiting.length && at < 10_000; at += 1) {
    const value = waiting[at]
    if (isJson(value)) {
      const entity = camel(value)
      if (given(entity['type'])?.toLowerCase() === type) found.push(entity)
    }
    if (typeof value === 'object' && value !== null) waiting.push(...Object.values(value).slice(0, 10_000))
  }
  return found
}

const accountOf = (entity: Json): Account => {
  const { name, displayName, upnSuffix, uPNSuffix, aadUserId } = account.parse(entity)
  const bare = given(name)
  const suffix = given(upnSuffix) ?? given(uPNSuffix)
  const upn = bare !== null && suffix !== null && !bare.includes('@') ? `${bare}@${suffix}` : bare
  return {
    upn: upn?.includes('@') ? upn : null,
    objectId: aadUserId,
    name: given(displayName) ?? (bare?.includes('@') ? null : bare),
  }
}

const account = z.object({
  name: anyText,
  displayName: anyText,
  upnSuffix: anyText,
  uPNSuffix: anyText,
  aadUserId: anyText,
})

const placeOf = (entity: Json): ConversationRef => {
  const { address, location } = ip.parse(entity)
  const { countryCode, countryName } = country.parse(isJson(location) ? camel(location) : {})
  return { ip: address, country: given(countryCode) ?? countryName }
}

const ip = z.object({ address: anyText, location: anything })
const country = z.object({ countryCode: anyText, countryName: anyText })

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
const placesIn = (properties: Json): readonly ConversationRef[] =>
  Object.keys(properties)
    .filter((key) => /ip\s?address/i.test(key))
    .flatMap((key) => (given(properties[key]) ?? '').split(/[\s,;()[\]]+/, 100))
    .map((text) => ({ ip: text, country: null }))
