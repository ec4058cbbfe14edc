import { addresses } from './addresses.js'
import { compose } from './compose.js'
import { listInside, objectInside } from './inside.js'
import { isJson, own, type Json, type Outcome } from './outcome.js'
import { accounts, type Account } from './people.js'
import { isAttackTactic, tactics } from './tactics.js'
import { given, shown } from './text.js'
import type { Field } from './time.js'
import { isReadableKey, typeKey } from './type-key.js'
import { familyOfService, linkOf } from './xdr.js'

/** True for an alert as Defender for Endpoint's own interface gives it under `/api/alerts`; Graph's alerts have none of its marks. */
export const isEndpointAlert = (item: Json): boolean =>
  Object.hasOwn(item, 'id') &&
  !Object.hasOwn(item, 'serviceSource') &&
  markers.filter((name) => Object.hasOwn(item, name)).length > 1

const markers = [
  'alertCreationTime',
  'firstEventTime',
  'lastEventTime',
  'machineId',
  'computerDnsName',
  'rbacGroupName',
  'relatedUser',
]

/** The reading of one alert of Defender for Endpoint, which bears the id it has in Graph as well; resolved ones are ignored. */
export const readEndpoint = (item: Json, now: string): Outcome => {
  const field = (name: string): Field => ({ path: [name], value: own(item, name) })
  if (given(own(item, 'status'))?.toLowerCase() === 'resolved') {
    const reason = `the alert ${shown(own(item, 'id'))} is already resolved in Microsoft Defender`
    return { kind: 'ignored', reason }
  }
  const evidence = listInside(own(item, 'evidence')).filter(isJson)
  const users = evidence.filter((one) => /^user$/i.test((given(own(one, 'entityType')) ?? '').slice(0, 40)))
  const { key, simulated } = typeKey(own(item, 'detectorId'))
  const readable = key !== null && isReadableKey(key) ? key : null
  return compose(
    {
      id: field('id'),
      title: field('title'),
      times: ['firstEventTime', 'alertCreationTime', 'lastEventTime', 'lastUpdateTime'].map(field),
    },
    {
      source: 'graph',
      family: familyOfService(null, own(item, 'detectionSource'), readable),
      key: readable,
      description: own(item, 'description'),
      severity: own(item, 'severity'),
      // Users come before the accounts of processes; the one the alert is about may stand apart, by its name alone.
      ...accounts([
        ...users.map(accountOf),
        ...evidence.filter((one) => !users.includes(one)).map(accountOf),
        relatedTo(objectInside(own(item, 'relatedUser'))),
      ]),
      addresses: addresses(evidence.map((one) => ({ ip: own(one, 'ipAddress'), country: null }))),
      apps: [],
      resources: [own(item, 'computerDnsName')],
      tactics: tactics(own(item, 'category')).filter(isAttackTactic),
      link: linkOf(own(item, 'id')),
      sample: simulated,
    },
    now,
  )
}

const accountOf = (one: Json): Account => ({
  upn: own(one, 'userPrincipalName'),
  objectId: own(one, 'aadUserId'),
  name: own(one, 'accountName'),
  is: 'user',
})

const relatedTo = (user: Json): Account => ({ upn: null, objectId: null, name: own(user, 'userName'), is: 'user' })
