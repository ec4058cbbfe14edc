import type { Address, Family, Identity, Involved, Source } from '../triage/alert.js'
import { isOver } from '../triage/source-said.js'
import { compose } from './compose.js'
import { namedIn } from './defender-entities.js'
import { firstGiven, listInside, objectInside } from './inside.js'
import { isJson, own, ownAt, type Json, type Outcome, type Reader, type Step } from './outcome.js'
import { camel } from './shape.js'
import { over, statusOf, saidIn, type Told } from './source-said.js'
import { cut, given, shown } from './text.js'
import { tactics } from './tactics.js'
import type { Field } from './time.js'
import { familyOfKey, isReadableKey, typeKey } from './type-key.js'

/** One alert of an incident, or the incident itself where it names none, and what reads it. */
export type Part = { readonly path: readonly Step[]; readonly alert: Json; readonly read: Reader }

/** True for an incident of Sentinel: as its trigger hands it on, or as its interface gives it. */
export const isSentinelIncident = (item: Json): boolean =>
  (isJson(own(item, 'object')) &&
    (Object.hasOwn(item, 'objectSchemaType') ||
      Object.hasOwn(item, 'SchemaType') ||
      isIncident(own(item, 'object')))) ||
  isIncident(item)

/** True for a row of Log Analytics' table SecurityIncident. */
export const isIncidentRow = (item: Json): boolean =>
  own(item, 'Type') === 'SecurityIncident' ||
  (Object.hasOwn(item, 'IncidentNumber') && Object.hasOwn(item, 'IncidentName'))

/** The alerts of an incident, each to be read with what the incident knows; one that was closed or merged is read as a whole. */
export const incidentParts = (item: Json, most: number): readonly Part[] => {
  const inObject = isJson(own(item, 'object'))
  const incident = inObject ? own(item, 'object') : item
  const path: readonly Step[] = inObject ? ['object'] : []
  const properties = objectInside(ownAt(incident, 'properties'))
  const alerts = listInside(own(properties, 'alerts')).filter(isJson)
  const whole: Part = { path, alert: isJson(incident) ? incident : {}, read: readIncident }
  if (alerts.length === 0 || endOf(properties) !== null) return [whole]
  const shared = sharedOf(properties, alerts.length)
  return listInside(own(properties, 'alerts'))
    .slice(0, most)
    .map((alert, at): Part => ({
      path: [...path, 'properties', 'alerts', at],
      alert: isJson(alert) ? alert : {},
      read: (one, now) => readAlert(one, shared, now),
    }))
}

/** The reading of a row of the table SecurityIncident: it names its alerts by their ids alone, so the incident is what is read. */
export const readIncidentRow = (item: Json, now: string): Outcome => {
  const field = (name: string): Field => ({ path: [name], value: own(item, name) })
  const properties = camel(item)
  const end = endOf(properties)
  const told = toldOf(properties)
  if (end !== null)
    return end.isMerged ? ignored(end) : over(end.reason, told, [['sentinel', own(item, 'IncidentName')]])
  return compose(
    {
      id: field('IncidentName'),
      title: field('Title'),
      times: ['FirstActivityTime', 'CreatedTime', 'LastActivityTime', 'TimeGenerated'].map(field),
    },
    {
      source: 'sentinel',
      family: 'elsewhere',
      key: null,
      description: own(item, 'Description'),
      severity: own(item, 'Severity'),
      people: [],
      addresses: [],
      apps: [],
      resources: [],
      tactics: tactics(ownAt(objectInside(own(item, 'AdditionalData')), 'tactics')),
      link: own(item, 'IncidentUrl'),
      sample: false,
      told,
    },
    now,
  )
}

const isIncident = (value: unknown): boolean =>
  isJson(value) &&
  (/\/incidents$/i.test((given(own(value, 'type')) ?? '').slice(0, 200)) ||
    Object.hasOwn(objectInside(own(value, 'properties')), 'incidentNumber'))

type End = { readonly reason: string; readonly isMerged: boolean }

const ignored = ({ reason }: End): Outcome => ({ kind: 'ignored', reason })

/** Why an incident is nothing to work on: closed, or merged into another. */
const endOf = (properties: Json): End | null => {
  const number = own(properties, 'incidentNumber')
  const name = `the incident${typeof number === 'number' || typeof number === 'string' ? ` ${shown(number)}` : ''}`
  const labels = listInside(own(properties, 'labels')).map((label) =>
    given(isJson(label) ? (own(label, 'labelName') ?? own(label, 'LabelName')) : label),
  )
  if (labels.some((label) => label?.toLowerCase() === 'redirected')) {
    return { reason: `${name} was merged into another one`, isMerged: true }
  }
  return given(own(properties, 'status'))?.toLowerCase() === 'closed'
    ? { reason: `${name} is already closed in Sentinel`, isMerged: false }
    : null
}

/** Where the incident stands: an active one is being worked on. The table writes its owner as text. */
const toldOf = (properties: Json): Told => {
  const status = given(own(properties, 'status'))?.toLowerCase() === 'active' ? 'in-progress' : null
  const told = saidIn(properties, status ?? statusOf(own(properties, 'status')), {
    classification: 'classification',
    determination: 'classificationReason',
    changedBy: 'modifiedBy',
    changedAt: ['lastModifiedTimeUtc', 'lastModifiedTime', 'closedTime'],
  })
  const owner = objectInside(own(properties, 'owner'))
  const name = firstGiven(own(owner, 'userPrincipalName'), own(owner, 'assignedTo'), own(owner, 'email'))
  return { ...told, source: 'sentinel', assignedTo: Object.hasOwn(properties, 'owner') ? cut(name ?? '', 256) : null }
}

/** The alerts of an incident that is over, as they are known by where they have cases of their own, and the incident itself. */
const knownBy = (incident: Json, properties: Json): readonly (readonly [Source, unknown])[] => [
  ...listInside(own(properties, 'alerts'))
    .filter(isJson)
    .map((alert) => {
      const { source, id } = idOf(alert)
      return [source, id.value] as const
    }),
  ['sentinel', own(incident, 'name')],
]

type Shared = {
  readonly people: readonly Involved[]
  readonly identities: readonly Identity[]
  readonly addresses: readonly Address[]
  readonly apps: readonly unknown[]
  readonly resources: readonly unknown[]
  readonly description: unknown
  readonly link: unknown
  readonly severity: unknown
  readonly tactics: unknown
  readonly techniques: unknown
  readonly operations: readonly unknown[]
  readonly title: unknown
  readonly times: readonly unknown[]
  readonly told: Told
  readonly incident: unknown
}

/** What the incident knows of every one of its alerts: the entities are its own, whichever alert brought them. */
const sharedOf = (properties: Json, count: number): Shared => {
  const entities = listInside(own(properties, 'relatedEntities')).filter(isJson).map(entityOf)
  return {
    ...namedIn(entities, {}),
    resources: entities.map(
      (entity) =>
        given(own(entity, 'resourceId')) ??
        (/^host$/i.test(given(own(entity, 'type')) ?? '') ? own(entity, 'hostName') : null),
    ),
    description: own(properties, 'description'),
    link: own(properties, 'incidentUrl'),
    severity: own(properties, 'severity'),
    tactics: ownAt(own(properties, 'additionalData'), 'tactics'),
    techniques: ownAt(own(properties, 'additionalData'), 'techniques'),
    title: count === 1 ? own(properties, 'title') : undefined,
    times: ['firstActivityTimeUtc', 'createdTimeUtc'].map((name) => own(properties, name)),
    told: toldOf(properties),
    incident: own(properties, 'providerIncidentId') ?? own(properties, 'incidentNumber'),
  }
}

/** An entity of Sentinel in the form Defender for Cloud writes. */
const entityOf = (entity: Json): Json => {
  const fields = objectInside(own(entity, 'properties'))
  const kind = given(own(entity, 'kind')) ?? given(own(entity, 'type')) ?? ''
  return {
    ...fields,
    type: /azureresource/i.test(kind) ? 'azure-resource' : /cloudapplication/i.test(kind) ? 'cloud-application' : kind,
    name: own(fields, 'accountName') ?? own(fields, 'name') ?? own(fields, 'appName'),
    displayName: own(fields, 'displayName') ?? own(fields, 'friendlyName'),
    aadUserId: own(fields, 'aadUserId') ?? own(fields, 'objectGuid'),
  }
}

const readAlert = (alert: Json, shared: Shared, now: string): Outcome => {
  const found = objectInside(own(alert, 'properties'))
  const at = (name: string): Field => ({ path: ['properties', name], value: own(found, name) })
  const { named, simulated, source, family, id, systemId } = idOf(alert)
  const status = statusOf(own(found, 'status'))
  if (isOver(status)) {
    const reason = `the alert ${shown(systemId ?? '')} is already ${status} in Sentinel`
    return over(reason, saidIn(found, status), [[source, id.value]])
  }
  const severity = given(own(found, 'severity')) ?? shared.severity
  return compose(
    {
      id,
      title: {
        path: ['properties', 'alertDisplayName'],
        value: firstGiven(own(found, 'alertDisplayName'), own(found, 'friendlyName'), shared.title),
      },
      times: [
        ...['startTimeUtc', 'timeGenerated', 'endTimeUtc', 'processingEndTime'].map(at),
        ...shared.times.map((value) => ({ path: ['properties', 'startTimeUtc'], value })),
      ],
    },
    {
      ...shared,
      source,
      family,
      key: named,
      description: firstGiven(own(found, 'description'), shared.description),
      severity,
      resources: [
        ...listInside(own(found, 'resourceIdentifiers')).map(
          (one) => ownAt(one, 'azureResourceId') ?? ownAt(one, 'resourceId'),
        ),
        ...shared.resources,
        given(own(found, 'compromisedEntity')),
      ],
      tactics: tactics(listInside(own(found, 'tactics')).length > 0 ? own(found, 'tactics') : shared.tactics),
      techniques: listInside(own(found, 'techniques')).length > 0 ? own(found, 'techniques') : shared.techniques,
      link: firstGiven(own(found, 'alertLink'), shared.link),
      sample: simulated,
      otherIds: [own(found, 'systemAlertId'), own(found, 'providerAlertId'), own(alert, 'name')],
    },
    now,
  )
}

/** What an alert of an incident is known by: the id its own product gave it, where it has one. */
const idOf = (alert: Json) => {
  const found = objectInside(own(alert, 'properties'))
  const { key, simulated } = typeKey(own(found, 'alertType'))
  const named = key !== null && isReadableKey(key) && !/^WindowsDefenderAtp$/i.test(key) ? key : null
  const { source, family } = productOf(found, named)
  const vendorId = given(own(found, 'providerAlertId'))
  const systemId = given(own(found, 'systemAlertId')) ?? given(own(alert, 'name'))
  const useVendor = source !== 'sentinel' && vendorId !== null
  const id: Field = useVendor
    ? { path: ['properties', 'providerAlertId'], value: vendorId }
    : { path: ['properties', 'systemAlertId'], value: systemId }
  return { named, simulated, source, family, id, systemId }
}

const productOf = (found: Json, key: string | null): { readonly source: Source; readonly family: Family } => {
  const product = `${given(own(found, 'productName')) ?? ''} ${given(own(found, 'productComponentName')) ?? ''}`.slice(
    0,
    200,
  )
  if (/cloud app security|defender for cloud apps|app governance/i.test(product)) {
    return { source: 'cloud-apps', family: 'cloud-apps' }
  }
  if (/azure security center|defender for cloud\b|azure defender/i.test(product)) {
    return { source: 'defender-for-cloud', family: key === null ? 'elsewhere' : familyOfKey(key) }
  }
  return { source: 'sentinel', family: 'elsewhere' }
}

/** The reading of an incident that spells out no alerts. */
const readIncident = (incident: Json, now: string): Outcome => {
  const properties = objectInside(own(incident, 'properties'))
  const end = endOf(properties)
  if (end !== null)
    return end.isMerged ? ignored(end) : over(end.reason, toldOf(properties), knownBy(incident, properties))
  const at = (name: string): Field => ({ path: ['properties', name], value: own(properties, name) })
  const shared = sharedOf(properties, 1)
  const products = listInside(ownAt(own(properties, 'additionalData'), 'alertProductNames')).map(
    (name) => given(name) ?? '',
  )
  const only = products.length > 0 && products.every((name) => /cloud app/i.test(name.slice(0, 100)))
  return compose(
    {
      id: { path: ['name'], value: own(incident, 'name') },
      title: at('title'),
      times: ['firstActivityTimeUtc', 'createdTimeUtc', 'lastActivityTimeUtc', 'lastModifiedTimeUtc'].map(at),
    },
    {
      ...shared,
      source: 'sentinel',
      family: only ? 'cloud-apps' : 'elsewhere',
      key: null,
      tactics: tactics(shared.tactics),
      sample: false,
    },
    now,
  )
}
