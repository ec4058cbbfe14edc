import type { Address, Identity, Involved } from '../triage/alert.js'
import { addresses, locationOf } from './addresses.js'
import { isJson, own, type Json } from './outcome.js'
import { accounts, type Account } from './people.js'
import { given } from './text.js'

/** Who and what the evidence of an alert names. */
export type Evidence = {
  readonly people: readonly Involved[]
  readonly identities: readonly Identity[]
  readonly addresses: readonly Address[]
  readonly apps: readonly unknown[]
  readonly resources: readonly unknown[]
}

/**
 * What the evidence of a Graph alert names; users come before mailboxes, and these before the accounts of processes and sessions.
 * Kinds of evidence not known here are passed over.
 */
export const evidenceIn = (evidence: readonly unknown[]): Evidence => {
  const all = evidence.filter(isJson).map((found) => ({ kind: kindOf(found), found }))
  /** What is made of each piece of these kinds. */
  const of = <Made>(kinds: readonly string[], make: (found: Json) => Made): readonly Made[] => {
    const made: Made[] = []
    for (const { kind, found } of all) if (kinds.includes(kind)) made.push(make(found))
    return made
  }
  return {
    addresses: addresses(
      of(['ip'], (ip) => {
        const location = own(ip, 'location')
        const where = locationOf(isJson(location) ? location : {})
        return { ip: own(ip, 'ipAddress'), ...where, country: given(own(ip, 'countryLetterCode')) ?? where.country }
      }),
    ),
    apps: of(['cloudApplication', 'oauthApplication'], (app) => given(own(app, 'displayName')) ?? own(app, 'appName')),
    resources: all.map(({ kind, found }) => {
      if (kind === 'azureResource') return given(own(found, 'resourceId')) ?? own(found, 'resourceName')
      if (kind === 'amazonResource') return given(own(found, 'amazonResourceId')) ?? own(found, 'resourceName')
      if (kind === 'googleCloudResource') return given(own(found, 'fullResourceName')) ?? own(found, 'resourceName')
      return kind === 'device' ? (given(own(found, 'deviceDnsName')) ?? own(found, 'hostName')) : null
    }),
    ...accounts([
      ...of(['user'], (user) => accountOf(own(user, 'userAccount'))),
      ...of(['mailbox'], (mailbox) => {
        const account = accountOf(own(mailbox, 'userAccount'))
        return {
          ...account,
          upn: given(own(mailbox, 'upn')) ?? given(account.upn) ?? own(mailbox, 'primaryAddress'),
          name: given(own(mailbox, 'displayName')) ?? account.name,
        }
      }),
      ...of(['process', 'cloudLogonSession', 'hostLogonSession'], (found) =>
        accountOf(own(found, 'userAccount') ?? own(found, 'account')),
      ).filter(({ upn, objectId, name }) => [upn, objectId].some((id) => given(id) !== null) || given(name) !== null),
      ...of(['servicePrincipal'], principalOf),
    ]),
  }
}

/** `user` for `#microsoft.graph.security.userEvidence`; guessed from the fields when the request left types out. */
const kindOf = (evidence: Json): string => {
  const type = given(evidence['@odata.type']) ?? given(evidence['at_sign_odata_type'])
  if (type !== null) {
    const name = type.slice(type.lastIndexOf('.') + 1)
    return name.endsWith('Evidence') ? name.slice(0, -'Evidence'.length) : name
  }
  const guess = guesses.find(([field]) => Object.hasOwn(evidence, field))
  return guess ? guess[1] : 'unknown'
}

const guesses: readonly (readonly [string, string])[] = [
  ['processId', 'process'],
  ['primaryAddress', 'mailbox'],
  ['userAccount', 'user'],
  ['ipAddress', 'ip'],
  ['servicePrincipalObjectId', 'servicePrincipal'],
  ['saasAppId', 'cloudApplication'],
  ['resourceId', 'azureResource'],
  ['deviceDnsName', 'device'],
]

const principalOf = (found: Json): Account => ({
  upn: null,
  objectId: given(own(found, 'servicePrincipalObjectId')) ?? given(own(found, 'objectId')) ?? own(found, 'appId'),
  name: given(own(found, 'servicePrincipalName')) ?? own(found, 'displayName'),
  is: /managed/i.test(given(own(found, 'servicePrincipalType')) ?? '') ? 'managed-identity' : 'service-principal',
})

const accountOf = (value: unknown): Account => {
  const account = isJson(value) ? value : {}
  return {
    upn: own(account, 'userPrincipalName'),
    objectId: own(account, 'azureAdUserId'),
    name: given(own(account, 'displayName')) ?? own(account, 'accountName'),
    is: 'user',
  }
}
