import { isJson, own, ownAt, type Json } from './outcome.js'
import { given } from './text.js'

/** How a kind of payload is known, what it is called, what to send in its place, and whether it may come with alerts. */
export type Kind = {
  readonly is: (item: Json) => boolean
  readonly seen: string | ((item: Json) => string)
  readonly instead: string
  readonly harmless?: boolean
  /** It says that an alert has changed, and names it at most. */
  readonly notifies?: boolean
}

const graphAlert = 'the alert as Microsoft Graph gives it under /security/alerts_v2.'
const sendGraph = `Send ${graphAlert}`
const sendAlerts = 'Send its alerts, as Microsoft Graph gives them under /security/alerts_v2.'

// Every alert is asked all of this.
const has = (item: Json, key: string, other = key): boolean => Object.hasOwn(item, key) && Object.hasOwn(item, other)
const says = (item: Json, key: string, pattern: RegExp): boolean =>
  Object.hasOwn(item, key) && pattern.test(given(item[key]) ?? '')

const resources: readonly (readonly [string, string])[] = [
  ['subassessments', 'a finding of an assessment'],
  ['assessments', 'an assessment'],
  ['securescore', 'a secure score'],
  ['regulatorycompliance', 'a regulatory compliance result'],
]

const resourceOf = (item: Json): string => {
  const type = (given(own(item, 'type')) ?? given(own(item, 'Type')) ?? '').toLowerCase()
  return resources.find(([part]) => type.includes(part))?.[1] ?? 'a Defender for Cloud resource'
}

const isOtherResource = (item: Json, key: string): boolean => says(item, key, /^microsoft\.security\/(?!.*alerts$)/i)

/** Payloads that are no alerts. Tried from the top: the surest marks first. */
export const kinds: readonly Kind[] = [
  {
    is: (item) => has(item, 'properties') && (has(item, '$schema') || says(item, 'type', /^object$/)),
    seen: 'a JSON Schema, not an alert',
    instead: 'Send an alert.',
  },
  {
    is: (item) =>
      has(item, 'changeType', 'subscriptionId') ||
      has(item, 'resourceData') ||
      says(item, 'type', /^Microsoft\.Graph\./) ||
      says(item, 'eventType', /^Microsoft\.Graph\./),
    seen: 'a Graph change notification without the alert',
    instead: `If Winnow pulls alerts from Microsoft Graph, it fetches that alert now. If not, send ${graphAlert}`,
    harmless: true,
    notifies: true,
  },
  {
    is: (item) => says(item, 'eventType', /^Microsoft\.EventGrid\./),
    seen: 'an Event Grid handshake, not an alert',
    instead: 'Winnow takes alerts by plain POST; it is no Event Grid endpoint.',
  },
  {
    is: (item) => has(item, '_id', 'eventTypeValue') || has(item, '_id', 'eventRouting'),
    seen: 'a Defender for Cloud Apps activity, not an alert',
    instead: 'Send the alerts alone.',
    harmless: true,
  },
  {
    is: (item) => isOtherResource(item, 'type') || isOtherResource(item, 'Type'),
    seen: (item) => `${resourceOf(item)}, not an alert`,
    instead: 'Narrow the export or the automation to security alerts.',
    harmless: true,
  },
  {
    is: (item) => has(item, 'incidentWebUrl', 'displayName') && !has(item, 'title') && !has(item, 'alerts'),
    seen: 'a Graph incident without its alerts',
    instead: 'Ask for the incident with "$expand=alerts", or send its alerts.',
    harmless: true,
  },
  {
    is: (item) => says(item, 'category', /^AdvancedHunting-(?!Alert(?:Info|Evidence)$)/),
    seen: 'an advanced hunting row that is no alert',
    instead: 'Stream AlertInfo and AlertEvidence alone.',
    harmless: true,
  },
  {
    is: (item) =>
      has(item, 'serviceUrl', 'channelId') || (has(item, 'name', 'value') && says(item, 'type', /^invoke$/)),
    seen: 'a chat activity, not an alert',
    instead: 'Messages to the bot go to another endpoint.',
  },
  {
    is: (item) =>
      !has(item, 'id') &&
      !has(item, 'title') &&
      !has(item, 'alertId') &&
      (has(item, 'classification') ||
        has(item, 'determination') ||
        has(item, 'assignedTo') ||
        has(item, 'vendorInformation') ||
        has(item, 'filters', 'comment')),
    seen: 'a change to an alert, not the alert',
    instead: sendGraph,
  },
  {
    is: (item) => has(item, 'closed_true_positive') || has(item, 'closed_false_positive') || has(item, 'closed_benign'),
    seen: 'the answer to a change of alerts, not an alert',
    instead: sendAlerts,
  },
  {
    is: (item) =>
      has(item, 'displayName') &&
      !has(item, 'title') &&
      (has(item, 'manager') || has(item, 'jobTitle') || says(item, '@odata.type', /graph\.user$/)),
    seen: 'a person of the directory, not an alert',
    instead: sendGraph,
  },
  {
    is: (item) => has(item, 'activity', 'isGroup') || has(item, 'activityId'),
    seen: 'a request or an answer of a chat service, not an alert',
    instead: 'Messages to the bot go to another endpoint.',
  },
  {
    is: (item) => has(item, 'id') && Object.keys(item).length === 1,
    seen: 'an id alone, not an alert',
    instead: sendGraph,
  },
  {
    is: (item) => has(item, 'error') && (isJson(own(item, 'error')) || typeof ownAt(item, 'error') === 'string'),
    seen: 'an error answer, not an alert',
    instead: 'Find out why the source refused.',
  },
]
