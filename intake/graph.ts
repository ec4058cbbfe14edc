import { z } from 'zod'
import type { Family } from '../triage/alert.js'
import { compose, malformed } from './compose.js'
import { evidenceIn } from './graph-evidence.js'
import { isJson, own, type Json, type Outcome } from './outcome.js'
import { anything, list, problemsOf, text } from './shape.js'
import { over, statusOf, saidIn } from './source-said.js'
import { isAttackTactic, tactics } from './tactics.js'
import { given, quote } from './text.js'
import type { Field } from './time.js'
import { familyOfKey, isReadableKey, typeKey } from './type-key.js'

/** True for an alert of Graph's `security/alerts_v2`, complete or not. */
export const isGraphAlert = (item: Json): boolean =>
  item['@odata.type'] === '#microsoft.graph.security.alert' ||
  (!Object.hasOwn(item, 'alertId') && markers.filter((name) => Object.hasOwn(item, name)).length > 1)

/** The reading of one alert of Graph's `security/alerts_v2`; resolved ones are ignored. */
export const readGraph = (item: Json, now: string): Outcome => {
  const field = (name: string): Field => ({ path: [name], value: own(item, name) })
  const basics = { id: field('id'), title: field('title'), times: times.map(field) }
  const parsed = shape.safeParse(item)
  if (!parsed.success) return malformed(basics, problemsOf(parsed.error, item), now)

  const found = parsed.data
  const told = saidIn(item, statusOf(found.status), {
    classification: 'classification',
    determination: 'determination',
    assignedTo: 'assignedTo',
    changedAt: ['lastUpdateDateTime', 'resolvedDateTime'],
  })
  if (told.status === 'resolved') {
    const reason = `the alert ${quote(found.id)} is already resolved in Microsoft Defender`
    return over(reason, told, [['graph', found.id]])
  }
  const { key, simulated } = typeKey(keyIn(found))
  const details = {
    source: 'graph',
    family: familyOf(found, key),
    key,
    description: found.description,
    severity: found.severity,
    ...evidenceIn(found.evidence ?? []),
    tactics: tactics(found.category).filter(isAttackTactic),
    techniques: found.mitreTechniques,
    link: found.alertWebUrl,
    sample: simulated,
    told,
    otherIds: [own(item, 'providerAlertId')],
    incident: own(item, 'incidentId'),
  } as const
  return compose(basics, details, now)
}

const shape = z.object({
  id: z.string(),
  title: z.string(),
  description: text,
  severity: text,
  status: text,
  category: text,
  serviceSource: text,
  detectionSource: text,
  productName: text,
  detectorId: text,
  alertPolicyId: text,
  additionalData: anything,
  evidence: list,
  alertWebUrl: anything,
  mitreTechniques: anything,
})

const times = ['firstActivityDateTime', 'createdDateTime', 'lastActivityDateTime', 'lastUpdateDateTime']

/** Fields that this kind of alert has and our own small JSON has not. Others have one of them too, such as `evidence`; none has two. */
const markers = [
  'serviceSource',
  'detectionSource',
  'detectorId',
  'providerAlertId',
  'evidence',
  'alertWebUrl',
  'incidentWebUrl',
  'mitreTechniques',
  'createdDateTime',
  'firstActivityDateTime',
]

/** Cloud Apps alerts have no documented key of their own; detections of the Entra kind are named in `detectorId`. */
const keyIn = (found: z.infer<typeof shape>): string | null => {
  const more = isJson(found.additionalData) ? Object.entries(found.additionalData) : []
  const typed = more.filter(([name]) => /^(?:original)?alert_?type$/i.test(name)).map(([, value]) => value)
  const candidates = [found.detectorId, ...typed, found.alertPolicyId]
  return candidates.map(given).find((name) => name !== null && isReadableKey(name)) ?? null
}

const familyOf = (found: z.infer<typeof shape>, key: string | null): Family | null => {
  const service = given(found.serviceSource)
  const product = given(found.productName) ?? ''
  // Graph hides newer services behind this word unless the request asks for them.
  const hidden = service === null || service === 'unknown' || service === 'unknownFutureValue'
  if (service === 'microsoftDefenderForCloudApps' || service === 'microsoftAppGovernance') return 'cloud-apps'
  if (hidden && /\bcloud app(?:s|\b)|\bapp governance\b/i.test(product)) return 'cloud-apps'
  if (hidden && /^(?:cloudAppSecurity$|appGovernance)/.test(given(found.detectionSource) ?? '')) return 'cloud-apps'
  if (given(found.detectionSource) === 'microsoftDefenderForResourceManager') return 'resource-manager'
  if (hidden && /\bdefender for resource manager\b/i.test(product)) return 'resource-manager'
  if (key !== null) return familyOfKey(key)
  // Which plan of Defender for Cloud it was is hidden as well: then only the title can tell.
  const detection = given(found.detectionSource)
  const isPlanHidden = detection === null || detection === 'unknown' || detection === 'unknownFutureValue'
  const isForCloud = service === 'microsoftDefenderForCloud' || (hidden && /\bdefender for cloud$/i.test(product))
  return isForCloud && isPlanHidden ? null : 'elsewhere'
}
