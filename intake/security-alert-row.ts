import type { Family, Source } from '../triage/alert.js'
import { compose } from './compose.js'
import { namedIn, resourcesIn } from './defender-entities.js'
import { firstGiven, listInside, objectInside } from './inside.js'
import { own, type Json, type Outcome } from './outcome.js'
import { given, shown } from './text.js'
import { tactics } from './tactics.js'
import type { Field } from './time.js'
import { familyOfKey, isReadableKey, typeKey } from './type-key.js'

/** True for a row of Log Analytics' table SecurityAlert, in which every field is text. */
export const isSecurityAlertRow = (item: Json): boolean =>
  own(item, 'Type') === 'SecurityAlert' ||
  ['AlertSeverity', 'VendorOriginalId', 'ProviderName', 'AlertName', 'AlertLink', 'SystemAlertId'].filter((name) =>
    Object.hasOwn(item, name),
  ).length > 2

/** The reading of one row; the alert's own product and id are told where the row has them, so that it meets its own case. */
export const readSecurityAlertRow = (item: Json, now: string): Outcome => {
  const field = (name: string): Field => ({ path: [name], value: own(item, name) })
  const status = given(own(item, 'Status'))?.toLowerCase() ?? ''
  const product = productOf(item)
  const ofVendor = given(own(item, 'VendorOriginalId')) !== null && product.source !== 'sentinel'
  const id = field(ofVendor ? 'VendorOriginalId' : 'SystemAlertId')
  if (/^(?:resolved|dismissed|closed)$/.test(status)) {
    return { kind: 'ignored', reason: `the alert ${shown(id.value)} is already ${status} in its product` }
  }
  const { key, simulated } = typeKey(own(item, 'AlertType'))
  // Of scheduled rules the type is two GUIDs, of Defender for Endpoint the name of the product.
  const named = key !== null && isReadableKey(key) && !/^WindowsDefenderAtp$/i.test(key) ? key : null
  const properties = objectInside(own(item, 'ExtendedProperties'))
  const entities = listInside(own(item, 'Entities'))
  return compose(
    {
      id,
      title: given(own(item, 'DisplayName')) === null ? field('AlertName') : field('DisplayName'),
      times: ['StartTime', 'TimeGenerated', 'EndTime', 'ProcessingEndTime'].map(field),
    },
    {
      source: product.source,
      family: product.family ?? (named === null ? 'elsewhere' : familyOfKey(named)),
      key: named,
      description: own(item, 'Description'),
      severity: own(item, 'AlertSeverity'),
      ...namedIn(entities, properties, named),
      resources: resourcesIn([], own(item, 'ResourceId'), own(item, 'CompromisedEntity')),
      tactics: tactics(own(item, 'Tactics')),
      link: own(item, 'AlertLink'),
      sample: simulated,
      otherIds: [own(item, 'SystemAlertId'), own(item, 'VendorOriginalId')],
    },
    now,
  )
}

const productOf = (item: Json): { readonly source: Source; readonly family: Family | null } => {
  const name = `${firstGiven(own(item, 'ProviderName')) ?? ''} ${firstGiven(own(item, 'ProductName')) ?? ''}`
  const short = name.slice(0, 200)
  if (/\bMCAS\b|cloud app security|defender for cloud apps|app governance/i.test(short)) {
    return { source: 'cloud-apps', family: 'cloud-apps' }
  }
  if (/azure security center|defender for cloud\b|azure defender/i.test(short)) {
    return { source: 'defender-for-cloud', family: null }
  }
  return { source: 'sentinel', family: 'elsewhere' }
}
