import type { Family, Source } from '../triage/alert.js'
import { isOver } from '../triage/source-said.js'
import { compose } from './compose.js'
import { namedIn, resourcesIn } from './defender-entities.js'
import { firstGiven, listInside, objectInside } from './inside.js'
import { own, type Json, type Outcome } from './outcome.js'
import { over, statusOf, saidIn } from './source-said.js'
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
  const told = saidIn(item, statusOf(own(item, 'Status')))
  const product = productOf(item)
  const ofVendor = given(own(item, 'VendorOriginalId')) !== null && product.source !== 'sentinel'
  const id = field(ofVendor ? 'VendorOriginalId' : 'SystemAlertId')
  if (isOver(told.status)) {
    return over(`the alert ${shown(id.value)} is already ${told.status} in its product`, told, [
      [product.source, id.value],
    ])
  }
  const { key, simulated } = typeKey(own(item, 'AlertType'))
  // Of scheduled rules the type is two GUIDs, of Defender for Endpoint the name of the product.
  const named = key !== null && isReadableKey(key) && !/^WindowsDefenderAtp$/i.test(key) ? key : null
  const properties = objectInside(own(item, 'ExtendedProperties'))
  const who = namedIn(listInside(own(item, 'Entities')), properties, named)
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
      ...who,
      resources: resourcesIn([], own(item, 'ResourceId'), own(item, 'CompromisedEntity'), who.azureResources),
      tactics: tactics(own(item, 'Tactics')),
      techniques: own(item, 'Techniques'),
      link: own(item, 'AlertLink'),
      sample: simulated,
      told,
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
