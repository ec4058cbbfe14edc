import { isActivityLogEvent, readEvent } from './activity-log.js'
import { compose } from './compose.js'
import { isJson, own, ownAt, type Json, type Outcome, type Step } from './outcome.js'
import { over, saidIn } from './source-said.js'
import { given, quote } from './text.js'
import type { Field } from './time.js'

/** True for an alert of Azure Monitor: its common schema, whole or one part of it, or the older form of activity log alerts. */
export const isAzureMonitor = (item: Json): boolean =>
  /^(?:azureMonitor|Microsoft\.Insights\/)/i.test(given(own(item, 'schemaId')) ?? '') ||
  isJson(ownAt(item, 'data', 'essentials')) ||
  isJson(own(item, 'essentials')) ||
  isJson(own(item, 'alertContext'))

/**
 * The reading of one alert of Azure Monitor. One that carries a Defender for Cloud alert is read as that. Resolved ones are ignored,
 * and so are those about the health of resources and services.
 */
export const readAzureMonitor = (item: Json, now: string): Outcome => {
  const older = ownAt(item, 'data', 'context', 'activityLog')
  if (isJson(older)) return readEvent(older, ['data', 'context', 'activityLog'], {}, now)
  const inData = isJson(own(item, 'data'))
  const data = inData ? own(item, 'data') : item
  const path: readonly Step[] = inData ? ['data'] : []
  const essentials = ownAt(data, 'essentials')
  const context = ownAt(data, 'alertContext')
  const field = (name: string): Field => ({ path: [...path, 'essentials', name], value: ownAt(essentials, name) })
  const id = given(field('originAlertId').value) ?? given(field('alertId').value)
  const service = given(field('monitoringService').value) ?? ''
  const about = given(ownAt(context, 'eventSource')) ?? given(ownAt(context, 'channels')) ?? ''
  if (/health/i.test(`${service.slice(0, 100)} ${about.slice(0, 100)}`)) {
    return { kind: 'ignored', reason: 'this tells of the health of a resource or service, and is no security alert' }
  }
  if (given(field('monitorCondition').value)?.toLowerCase() === 'resolved') {
    const told = saidIn(isJson(essentials) ? essentials : {}, 'resolved', { changedAt: ['resolvedDateTime'] })
    const known = given(field('alertId').value) ?? id
    return over(`the alert ${quote(id ?? '')} is already resolved in Azure Monitor`, told, [['azure-monitor', known]])
  }
  const targets = ownAt(essentials, 'alertTargetIDs')
  const resources = Array.isArray(targets) ? targets.slice(0, 100) : []
  if (isJson(context) && (isActivityLogEvent(context) || /security/i.test(service))) {
    const title = service === '' ? null : field('alertRule').value
    return readEvent(
      context,
      [...path, 'alertContext'],
      { title, description: field('description').value, resources },
      now,
    )
  }
  return compose(
    {
      id: { path: field('alertId').path, value: given(field('alertId').value) ?? id },
      title: field('alertRule'),
      times: [field('firedDateTime')],
    },
    {
      source: 'azure-monitor',
      family: 'elsewhere',
      key: null,
      description: field('description').value,
      severity: severities[given(field('severity').value)?.toLowerCase() ?? ''] ?? null,
      people: [],
      addresses: [],
      apps: [],
      resources: resources.length > 0 ? resources : listOf(ownAt(essentials, 'configurationItems')),
      tactics: [],
      link: ownAt(essentials, 'investigationLink'),
      sample: false,
    },
    now,
  )
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, 100) : [])

/** The severities of rules: critical, error, warning, informational, verbose. */
const severities: Readonly<Record<string, string>> = {
  sev0: 'high',
  sev1: 'high',
  sev2: 'medium',
  sev3: 'low',
  sev4: 'informational',
}
