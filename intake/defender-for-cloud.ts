import { z } from 'zod'
import { compose, malformed, type Details } from './compose.js'
import { namedIn, resourcesIn } from './defender-entities.js'
import { isJson, own, type Json, type Outcome, type Step } from './outcome.js'
import { anything, camel, list, object, problemsOf, text } from './shape.js'
import { over, statusOf, saidIn } from './source-said.js'
import { given, shown } from './text.js'
import { tactics } from './tactics.js'
import type { Field } from './time.js'
import { familyOfKey, isReadableKey, typeKey } from './type-key.js'

/** True for a Defender for Cloud alert: as workflow automation sends it in either casing, or as ARM REST gives it. */
export const isDefenderForCloud = (item: Json): boolean => {
  if (Object.hasOwn(item, 'AlertSeverity') || Object.hasOwn(item, 'RecordType')) return false
  const type = own(item, 'type') ?? own(item, 'Type')
  return hasMarker(item) || insideOf(item) !== null || (typeof type === 'string' && alertResource.test(type))
}

/** The reading of one Defender for Cloud alert; resolved and dismissed ones are ignored. */
export const readDefenderForCloud = (item: Json, now: string): Outcome => {
  const inside = hasMarker(item) ? null : (insideOf(item) ?? 'properties')
  const sent = inside === null ? item : own(item, inside)
  const path = (field: string): readonly Step[] => [...(inside === null ? [] : [inside]), spelled(sent, field)]
  const alert = isJson(sent) ? camel(sent) : (sent ?? {})
  const field = (name: string): Field => ({ path: path(name), value: isJson(alert) ? alert[name] : undefined })
  // ARM gives the alert's id as the resource's name too.
  const id = given(field('systemAlertId').value) ?? (inside === null ? null : own(item, 'name'))
  const basics = {
    id: { path: path('systemAlertId'), value: id },
    title: field('alertDisplayName'),
    times: times.map(field),
  }

  const parsed = shape.safeParse(alert)
  if (!parsed.success) {
    const problems = problemsOf(parsed.error, alert).map(({ path: [first, ...rest], says }) => ({
      path: first === undefined ? [inside ?? ''] : [...path(String(first)), ...rest],
      says,
    }))
    return malformed(basics, problems, now)
  }
  const found = parsed.data
  const { key, simulated } = typeKey(found.alertType)
  if (key === null) return malformed(basics, [{ path: path('alertType'), says: 'expected the type of the alert' }], now)
  const told = saidIn(item, statusOf(found.status))
  const details = detailsOf(found, key, simulated)
  if (told.status === 'resolved' || told.status === 'dismissed') {
    const reason = `the alert ${shown(id)} is already ${told.status} in Defender for Cloud`
    return over(reason, told, [[details.source, id]])
  }
  return compose(basics, { ...details, told }, now)
}

type Found = z.infer<typeof shape>

const detailsOf = (found: Found, key: string, sample: boolean): Details => {
  const properties = found.extendedProperties ?? {}
  const who = namedIn(found.entities ?? [], properties, key)
  // Sentinel's alert trigger writes alerts of its own rules in the same form; their type is two GUIDs.
  const isSentinel = /\bsentinel\b/i.test((given(found.productName) ?? '').slice(0, 100))
  const named = isSentinel && !isReadableKey(key) ? null : key
  return {
    source: isSentinel ? 'sentinel' : 'defender-for-cloud',
    key: named,
    sample,
    family: isSentinel ? 'elsewhere' : familyOfKey(key),
    description: found.description,
    severity: found.severity,
    ...who,
    resources: resourcesIn(
      found.resourceIdentifiers ?? [],
      found.azureResourceId,
      found.compromisedEntity,
      who.azureResources,
    ),
    tactics: tactics(found.intent),
    techniques: found.techniques,
    link: found.alertUri,
  }
}

const shape = z.object({
  alertType: z.string(),
  systemAlertId: text,
  alertDisplayName: z.string(),
  description: text,
  severity: text,
  status: text,
  productName: anything,
  intent: anything,
  techniques: anything,
  resourceIdentifiers: list,
  azureResourceId: anything,
  compromisedEntity: anything,
  extendedProperties: object,
  entities: list,
  alertUri: anything,
})

const times = [
  'startTimeUtc',
  'timeGeneratedUtc',
  'timeGenerated',
  'endTimeUtc',
  'processingEndTimeUtc',
  'processingEndTime',
]

const alertResource = /^microsoft\.security\/(?:.*\/)?alerts$/i

/** Audit records of Office 365 have an `AlertType` too, so one of the names alone decides nothing. */
const hasMarker = (value: Json): boolean => {
  const sure = count(value, sureMarkers)
  return sure > 1 || (sure === 1 && count(value, otherMarkers) > 0)
}

const count = (value: Json, names: readonly Marker[]): number => {
  let found = 0
  for (const { small, capital } of names) if (Object.hasOwn(value, small) || Object.hasOwn(value, capital)) found += 1
  return found
}

type Marker = { readonly small: string; readonly capital: string }

const marker = (small: string): Marker => ({ small, capital: capitalOf(small) })

const capitalOf = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1)

const sureMarkers = ['alertType', 'systemAlertId', 'alertDisplayName'].map(marker)
const otherMarkers = ['startTimeUtc', 'compromisedEntity', 'alertUri', 'resourceIdentifiers'].map(marker)

const insideOf = (item: Json): string | null => {
  const name = spelled(item, 'properties')
  const inside = own(item, name)
  return isJson(inside) && hasMarker(inside) ? name : null
}

/** A field's name as this sender writes it: with a small or a capital first letter. */
const spelled = (sent: unknown, field: string): string => {
  if (!isJson(sent) || Object.hasOwn(sent, field)) return field
  const capital = capitalOf(field)
  return Object.hasOwn(sent, capital) || Object.hasOwn(sent, 'AlertType') ? capital : field
}
