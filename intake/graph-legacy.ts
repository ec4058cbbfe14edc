import type { Family, Source } from '../triage/alert.js'
import { addresses, type RawAddress } from './addresses.js'
import { compose } from './compose.js'
import { listInside } from './inside.js'
import { isJson, own, ownAt, type Json, type Outcome } from './outcome.js'
import { accounts } from './people.js'
import { over, statusOf, saidIn } from './source-said.js'
import { isAttackTactic, tactics } from './tactics.js'
import { given, shown } from './text.js'
import type { Field } from './time.js'
import { familyOfKey, isReadableKey, typeKey } from './type-key.js'

/** True for an alert of Graph's older `security/alerts`: it names its vendor, whole or flattened. */
export const isLegacyGraphAlert = (item: Json): boolean =>
  (Object.hasOwn(item, 'id') || Object.hasOwn(item, 'title')) &&
  (isJson(own(item, 'vendorInformation')) ||
    Object.hasOwn(item, 'vendorInformation_provider') ||
    (Object.hasOwn(item, 'azureTenantId') && Object.hasOwn(item, 'category')))

/** The reading of one alert of Graph's older `security/alerts`; resolved and dismissed ones are ignored. */
export const readLegacyGraph = (item: Json, now: string): Outcome => {
  const field = (name: string): Field => ({ path: [name], value: own(item, name) })
  const vendor = own(item, 'vendorInformation')
  const provider = given(ownAt(vendor, 'provider')) ?? given(own(item, 'vendorInformation_provider')) ?? ''
  const told = saidIn(item, statusOf(own(item, 'status')), {
    classification: 'feedback',
    assignedTo: 'assignedTo',
    changedAt: ['lastModifiedDateTime', 'closedDateTime'],
  })
  if (told.status === 'resolved' || told.status === 'dismissed') {
    const reason = `the alert ${shown(own(item, 'id'))} is already ${told.status} in its product`
    return over(reason, told, [[sourceOf(provider), own(item, 'id')]])
  }
  const { key, simulated } = typeKey(own(item, 'category'))
  // Of Sentinel the category is two GUIDs, of Defender for Endpoint it is a tactic or "None".
  const isKey = !/ATP|defender for endpoint/i.test(provider.slice(0, 100))
  const named = key !== null && isKey && isReadableKey(key) && !/^(?:none|unknown)$/i.test(key) ? key : null
  const states = (name: string) => listInside(own(item, name)).filter(isJson)
  const users = states('userStates')
  const links = listInside(own(item, 'sourceMaterials'))
  return compose(
    {
      id: field('id'),
      title: field('title'),
      times: ['eventDateTime', 'createdDateTime', 'lastModifiedDateTime'].map(field),
    },
    {
      source: sourceOf(provider),
      family: familyOf(provider, named),
      key: named,
      description: own(item, 'description'),
      severity: own(item, 'severity'),
      ...accounts(
        users.map((user) => {
          const [bare, domain] = [given(own(user, 'accountName')), given(own(user, 'domainName'))]
          const upn = given(own(user, 'userPrincipalName'))
          const joined = bare !== null && domain?.includes('.') && !bare.includes('@') ? `${bare}@${domain}` : null
          return { upn: upn ?? joined, objectId: own(user, 'aadUserId'), name: bare, is: 'user' as const }
        }),
      ),
      addresses: addresses([
        ...users.map((user): RawAddress => ({ ip: own(user, 'logonIp'), country: own(user, 'logonLocation') })),
        ...states('networkConnections').flatMap((found): readonly RawAddress[] => [
          { ip: own(found, 'sourceAddress'), country: own(found, 'sourceLocation') },
          { ip: own(found, 'destinationAddress'), country: own(found, 'destinationLocation') },
        ]),
        ...states('hostStates').map((host): RawAddress => ({ ip: own(host, 'publicIpAddress'), country: null })),
      ]),
      apps: states('cloudAppStates').map((app) => own(app, 'destinationServiceName')),
      resources: [
        ...states('securityResources').map((found) => own(found, 'resource')),
        ...states('hostStates').map((host) => given(own(host, 'fqdn')) ?? own(host, 'netBiosName')),
      ],
      tactics: tactics(own(item, 'category')).filter(isAttackTactic),
      link: links.find((link) => /^https:/i.test((given(link) ?? '').slice(0, 10))),
      sample: simulated,
      told,
    },
    now,
  )
}

/** The alerts of these two bear the ids that their own products gave them. */
const sourceOf = (provider: string): Source => {
  if (/^MCAS$/i.test(provider)) return 'cloud-apps'
  return /^ASC$/i.test(provider) ? 'defender-for-cloud' : 'graph'
}

const familyOf = (provider: string, key: string | null): Family => {
  if (/^MCAS$|cloud app/i.test(provider.slice(0, 100))) return 'cloud-apps'
  return key === null || !/^ASC$|azure security center|defender for cloud/i.test(provider.slice(0, 100))
    ? 'elsewhere'
    : familyOfKey(key)
}
