import { z } from 'zod'
import type { Address, Involved } from '../triage/alert.js'
import { addresses } from './addresses.js'
import { isJson, type Json } from './outcome.js'
import { people, type Account } from './people.js'
import { anything, anyText } from './shape.js'
import { given } from './text.js'

/** Who and what the evidence of an alert names. */
export type Evidence = {
  readonly people: readonly Involved[]
  readonly addresses: readonly Address[]
  readonly apps: readonly unknown[]
  readonly resources: readonly unknown[]
}

/** What the evidence of a Graph alert names; users come before mailboxes. Kinds of evidence not known here are passed over. */
export const evidenceIn = (evidence: readonly unknown[]): Evidence => {
  const all = evidence.filter(isJson).map((one) => ({ kind: kindOf(one), found: shape.parse(one) }))
  const of = (...kinds: readonly string[]) => all.filter(({ kind }) => kinds.includes(kind)).map(({ found }) => found)
  return {
    people: people([
      ...of('user').map(({ userAccount }) => accountOf(userAccount)),
      ...of('mailbox').map(({ userAccount, upn, primaryAddress, displayName }) => {
        const account = accountOf(userAccount)
        return {
          ...account,
          upn: given(upn) ?? account.upn ?? primaryAddress,
          name: given(displayName) ?? account.name,
        }
      }),
    ]),
    addresses: addresses(
      of('ip').map(({ ipAddress, countryLetterCode, location }) => ({
        ip: ipAddress,
        country:
          given(countryLetterCode) ??
          (isJson(location) ? (given(location['countryCode']) ?? location['countryName']) : null),
      })),
    ),
    apps: of('cloudApplication', 'oauthApplication').map(({ displayName }) => displayName),
    resources: all.map(({ kind, found }) => {
      if (kind === 'azureResource') return given(found.resourceId) ?? found.resourceName
      return kind === 'device' ? (given(found.deviceDnsName) ?? found.hostName) : null
    }),
  }
}

const shape = z.object({
  userAccount: anything,
  upn: anyText,
  primaryAddress: anyText,
  displayName: anyText,
  ipAddress: anyText,
  countryLetterCode: anyText,
  location: anything,
  resourceId: anyText,
  resourceName: anyText,
  deviceDnsName: anyText,
  hostName: anyText,
})

/** `user` for `#microsoft.graph.security.userEvidence`; guessed from the fields when the request left types out. */
const kindOf = (evidence: Json): string => {
  const type = given(evidence['@odata.type']) ?? given(evidence['at_sign_odata_type'])
  if (type !== null) return type.replace(/^.*\./s, '').replace(/Evidence$/, '')
  const guess = guesses.find(([field]) => Object.hasOwn(evidence, field))
  return guess ? guess[1] : 'unknown'
}

const guesses: readonly (readonly [string, string])[] = [
  ['processId', 'process'],
  ['primaryAddress', 'mailbox'],
  ['userAccount', 'user'],
  ['ipAddress', 'ip'],
  ['saasAppId', 'cloudApplication'],
  ['resourceId', 'azureResource'],
  ['deviceDnsName', 'device'],
]

const accountOf = (value: unknown): Account => {
  const found = account.parse(isJson(value) ? value : {})
  const name = given(found.displayName) ?? given(found.accountName)
  return { upn: found.userPrincipalName, objectId: found.azureAdUserId, name }
}

const account = z.object({
  userPrincipalName: anyText,
  azureAdUserId: anyText,
  displayName: anyText,
  accountName: anyText,
})
