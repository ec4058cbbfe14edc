import type { Family } from '../triage/alert.js'
import { addresses, type RawAddress } from './addresses.js'
import { compose } from './compose.js'
import { listInside } from './inside.js'
import { isJson, own, type Json, type Outcome } from './outcome.js'
import { accounts } from './people.js'
import type { Part } from './sentinel.js'
import { over, statusOf, saidIn } from './source-said.js'
import { isAttackTactic, tactics } from './tactics.js'
import { given, shown } from './text.js'
import type { Field } from './time.js'
import { familyOfKey, isReadableKey, typeKey } from './type-key.js'

/** True for an incident of Defender XDR, or of Graph with its alerts. */
export const isXdrIncident = (item: Json): boolean =>
  (Object.hasOwn(item, 'incidentId') && (Object.hasOwn(item, 'alerts') || Object.hasOwn(item, 'incidentName'))) ||
  (Object.hasOwn(item, 'incidentWebUrl') && Array.isArray(own(item, 'alerts')))

/** The alerts of an incident; one that was merged or holds none is passed over as a whole. */
export const xdrParts = (item: Json, readOther: Part['read'], most: number): readonly Part[] => {
  const merged = own(item, 'redirectIncidentId')
  const alerts = own(item, 'alerts')
  const to = typeof merged === 'number' || given(merged) !== null
  if (to || !Array.isArray(alerts) || alerts.length === 0) {
    const reason = to ? 'this incident was merged into another one' : 'this incident holds no alerts'
    return [{ path: [], alert: item, read: () => ({ kind: 'ignored', reason }) }]
  }
  return alerts.slice(0, most).map((alert: unknown, at): Part => ({
    path: ['alerts', at],
    alert: isJson(alert) ? alert : {},
    read: isJson(alert) && isXdrAlert(alert) ? readXdrAlert : readOther,
  }))
}

/** True for an alert as Defender XDR's own interface gives it. */
export const isXdrAlert = (item: Json): boolean =>
  Object.hasOwn(item, 'alertId') && !Object.hasOwn(item, 'id') && markers.some((name) => Object.hasOwn(item, name))

const markers = ['serviceSource', 'detectionSource', 'incidentId', 'creationTime', 'firstActivity', 'title']

/** The reading of one alert of Defender XDR, which bears the id it has in Graph as well; resolved ones are ignored. */
export const readXdrAlert = (item: Json, now: string): Outcome => {
  const field = (name: string): Field => ({ path: [name], value: own(item, name) })
  const told = saidIn(item, statusOf(own(item, 'status')), {
    classification: 'classification',
    determination: 'determination',
    assignedTo: 'assignedTo',
    changedAt: ['lastUpdatedTime', 'resolvedTime'],
  })
  if (told.status === 'resolved') {
    const reason = `the alert ${shown(own(item, 'alertId'))} is already resolved in Microsoft Defender`
    return over(reason, told, [['graph', own(item, 'alertId')]])
  }
  const entities = listInside(own(item, 'entities')).filter(isJson)
  const isKind = (entity: Json, kind: RegExp) => kind.test((given(own(entity, 'entityType')) ?? '').slice(0, 40))
  const { key, simulated } = typeKey(own(item, 'detectorId'))
  return compose(
    {
      id: field('alertId'),
      title: field('title'),
      times: ['firstActivity', 'creationTime', 'lastActivity', 'lastUpdatedTime'].map(field),
    },
    {
      source: 'graph',
      family: familyOfService(own(item, 'serviceSource'), own(item, 'detectionSource'), key),
      key: key !== null && isReadableKey(key) ? key : null,
      description: own(item, 'description'),
      severity: own(item, 'severity'),
      ...accounts(
        [
          ...entities.filter((entity) => isKind(entity, /^user$/i)),
          ...entities.filter((entity) => isKind(entity, /^mailbox$/i)),
          ...entities.filter((entity) => !isKind(entity, /^(?:user|mailbox)$/i)),
        ].map((entity) => ({
          upn: given(own(entity, 'userPrincipalName')) ?? own(entity, 'mailboxAddress'),
          objectId: own(entity, 'aadUserId'),
          name: given(own(entity, 'accountName')) ?? own(entity, 'mailboxDisplayName'),
          is: 'user' as const,
        })),
      ),
      addresses: addresses(
        entities.map((entity): RawAddress => ({
          ip: own(entity, 'ipAddress'),
          country: own(entity, 'countryLetterCode') ?? own(entity, 'location'),
        })),
      ),
      apps: entities.map((entity) => own(entity, 'applicationName') ?? own(entity, 'applicationDisplayName')),
      resources: [
        ...listInside(own(item, 'devices')).map((device) =>
          isJson(device) ? (given(own(device, 'deviceDnsName')) ?? own(device, 'deviceName')) : null,
        ),
        ...entities.map((entity) => own(entity, 'resourceId') ?? own(entity, 'deviceDnsName')),
      ],
      tactics: tactics(own(item, 'category')).filter(isAttackTactic),
      techniques: own(item, 'mitreTechniques'),
      link: own(item, 'alertWebUrl') ?? linkOf(own(item, 'alertId')),
      sample: simulated,
      told,
      otherIds: [own(item, 'providerAlertId')],
      incident: own(item, 'incidentId'),
    },
    now,
  )
}

/** Where Defender shows an alert of that id; an id that needs escaping is none of Defender's. */
export const linkOf = (id: unknown): string | null => {
  const text = given(id)
  return text !== null && /^[\w-]{4,100}$/.test(text) ? `https://security.microsoft.com/alerts/${text}` : null
}

/** The product, by the names Defender XDR and advanced hunting have for it. */
export const familyOfService = (service: unknown, detection: unknown, key: string | null): Family => {
  const [one, other] = [service, detection].map((name) => (given(name) ?? '').slice(0, 100).replace(/\s+/g, ''))
  if (/^Microsoft(?:CloudAppSecurity|DefenderforCloudApps|AppGovernance)$|^AppGovernance$/i.test(one ?? ''))
    return 'cloud-apps'
  if (one === '' && /^(?:MCAS|CloudAppSecurity|AppGovernance\w*)$/i.test(other ?? '')) return 'cloud-apps'
  if (/^(?:Microsoft)?DefenderforResourceManager$/i.test(other ?? '')) return 'resource-manager'
  return key === null ? 'elsewhere' : familyOfKey(key)
}
