import { isJson, own, type Json } from './outcome.js'
import { given } from './text.js'

/** How a kind of payload is known, what it is called, and what to send in its place. */
export type Kind = readonly [is: (item: Json) => boolean, seen: string | ((item: Json) => string), instead: string]

const sendGraph = 'Send the alert as Microsoft Graph gives it under /security/alerts_v2.'
const sendAlerts = 'Send its alerts one by one, as Microsoft Graph gives them under /security/alerts_v2.'

const has = (item: unknown, ...keys: readonly string[]): boolean =>
  isJson(item) && keys.every((key) => Object.hasOwn(item, key))
const says = (item: unknown, key: string, pattern: RegExp): boolean =>
  isJson(item) && pattern.test(given(own(item, key)) ?? '')
const inside = (item: unknown, key: string): unknown => (isJson(item) ? own(item, key) : undefined)

const isCloudAppsAlert = (item: unknown): boolean =>
  has(item, '_id') && ['statusValue', 'severityValue', 'idValue', 'resolutionStatusValue'].some((key) => has(item, key))

const signalOf = (item: Json): string => {
  const essentials = inside(own(item, 'data'), 'essentials')
  const context = own(item, 'alertContext')
  if (says(essentials, 'monitoringService', /security/i) || says(context, 'eventSource', /^security$/i)) {
    return 'activity log '
  }
  if (says(essentials, 'signalType', /^metric$/i) || says(item, 'schemaId', /metric/i)) return 'metric '
  return says(essentials, 'signalType', /^log$/i) ? 'log search ' : ''
}

const resources: readonly (readonly [string, string])[] = [
  ['subassessments', 'a finding of an assessment'],
  ['assessments', 'an assessment'],
  ['securescore', 'a secure score'],
  ['regulatorycompliance', 'a regulatory compliance result'],
]

const resourceOf = (item: Json): string => {
  const type = (given(own(item, 'type')) ?? '').toLowerCase()
  return resources.find(([part]) => type.includes(part))?.[1] ?? 'a Defender for Cloud resource'
}

/** Payloads that come by mistake and deserve a better answer than "unknown". Tried from the top: the surest marks first. */
export const kinds: readonly Kind[] = [
  [
    (item) => has(item, 'properties') && (has(item, '$schema') || says(item, 'type', /^object$/)),
    'a JSON Schema, not an alert',
    'Send an alert.',
  ],
  [
    (item) =>
      says(item, 'schemaId', /^azureMonitor/i) || has(own(item, 'data'), 'essentials') || has(item, 'alertContext'),
    (item) => `an Azure Monitor ${signalOf(item)}alert`,
    'Defender for Cloud alerts reach Winnow through a workflow automation, not through an Azure Monitor action group.',
  ],
  [
    (item) =>
      has(item, 'changeType', 'subscriptionId') ||
      has(item, 'resourceData') ||
      says(item, 'type', /^Microsoft\.Graph\./),
    'a Graph change notification without the alert',
    `Get the alert it names from Microsoft Graph and send that. ${sendGraph}`,
  ],
  [
    (item) => says(item, 'eventType', /^Microsoft\.EventGrid\./),
    'an Event Grid handshake, not an alert',
    'Winnow takes alerts by plain POST; it is no Event Grid endpoint.',
  ],
  [isCloudAppsAlert, 'a Defender for Cloud Apps REST alert', sendGraph],
  [
    (item) => Array.isArray(item['data']) && isCloudAppsAlert(item['data'][0]),
    'a list of Defender for Cloud Apps REST alerts',
    sendGraph,
  ],
  [(item) => has(item, '_id', 'eventTypeValue'), 'a Defender for Cloud Apps activity, not an alert', sendGraph],
  [
    (item) =>
      has(item, 'vendorInformation') ||
      has(item, 'vendorInformation_provider') ||
      has(item, 'azureTenantId', 'category'),
    'a legacy Graph alert (/security/alerts)',
    `That interface is retired. ${sendGraph}`,
  ],
  [
    (item) => says(item, 'type', /^microsoft\.security\/(?!.*alerts$)/i),
    (item) => `${resourceOf(item)}, not an alert`,
    'Narrow the export or the automation to security alerts.',
  ],
  [
    (item) => says(item, 'Type', /^SecurityAlert$/) || has(item, 'AlertSeverity') || has(item, 'VendorOriginalId'),
    'a Log Analytics SecurityAlert row, whose ids are not those of the alert',
    'Send the alert where it comes from: the body of a Defender for Cloud workflow automation, or Graph alerts_v2.',
  ],
  [
    (item) =>
      has(item, 'objectSchemaType') ||
      has(inside(own(item, 'object'), 'properties'), 'incidentNumber') ||
      has(own(item, 'properties'), 'incidentNumber'),
    'a Microsoft Sentinel incident',
    sendAlerts,
  ],
  [
    (item) => has(item, 'incidentId', 'alerts') || has(item, 'incidentName'),
    'a Microsoft Defender XDR incident',
    sendAlerts,
  ],
  [(item) => has(item, 'incidentWebUrl', 'displayName') && !has(item, 'title'), 'a Graph incident', sendAlerts],
  [
    (item) => says(item, 'category', /^AdvancedHunting-/),
    'an advanced hunting row from the XDR streaming interface',
    sendGraph,
  ],
  [(item) => has(item, 'alertId', 'serviceSource') && !has(item, 'id'), 'a Microsoft Defender XDR alert', sendGraph],
  [
    (item) => has(item, 'operationName') && (has(item, 'eventDataId') || has(item, 'eventTimestamp')),
    'an Azure Activity Log event, which does not name the type of the alert',
    'Send the alert itself: let a Defender for Cloud workflow automation post its body.',
  ],
  [
    (item) => has(item, 'serviceUrl', 'channelId'),
    'a chat activity, not an alert',
    'Messages to the bot go to another endpoint.',
  ],
  [
    (item) =>
      !has(item, 'id') &&
      !has(item, 'title') &&
      (has(item, 'classification') || has(item, 'determination') || has(item, 'assignedTo')),
    'a change to an alert, not the alert',
    sendGraph,
  ],
  [
    (item) => has(item, 'error') && isJson(own(item, 'error')),
    'an error answer, not an alert',
    'Find out why the source refused.',
  ],
]
