import type { Address, Involved } from '../triage/alert.js'
import { addresses } from './addresses.js'
import { isJson, own, type Json } from './outcome.js'
import { people, type Account } from './people.js'
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
  const all = evidence.filter(isJson).map((found) => ({ kind: kindOf(found), found }))
  const of = (...kinds: readonly string[]) => all.filter(({ kind }) => kinds.includes(kind)).map(({ found }) => found)
  return {
    people: people([
      ...of('user').map((user) => accountOf(own(user, 'userAccount'))),
      ...of('mailbox').map((mailbox) => {
        const account = accountOf(own(mailbox, 'userAccount'))
        return {
          ...account,
          upn: given(own(mailbox, 'upn')) ?? given(account.upn) ?? own(mailbox, 'primaryAddress'),
          name: given(own(mailbox, 'displayName')) ?? account.name,
        }
      }),
    ]),
    addresses: addresses(
      of('ip').map((ip) => ({
        ip: own(ip, 'ipAddress'),
        country: given(own(ip, 'countryLetterCode')) ?? countryIn(own(ip, 'location')),
      })),
    ),
    apps: of('cloudApplication', 'oauthApplication').map((app) => own(app, 'displayName')),
    resources: all.map(({ kind, found }) => {
      if (kind === 'azureResource') return given(own(found, 'resourceId')) ?? own(found, 'resourceName')
      return kind === 'device' ? (given(own(found, 'deviceDnsName')) ?? own(found, 'hostName')) : null
    }),
  }
}

const countryIn = (location: unknown): unknown =>
  isJson(location) ? (given(own(location, 'countryCode')) ?? own(location, 'countryName')) : null

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
  const account = isJson(value) ? value : {}
  return {
    upn: own(account, 'userPrincipalName'),
    objectId: own(account, 'azureAdUserId'),
    name: given(own(account, 'displayName')) ?? own(account, 'accountName'),
  }
}
