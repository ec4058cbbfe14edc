import { addresses, locationOf, type RawAddress } from './addresses.js'
import { compose } from './compose.js'
import { firstGiven, objectInside } from './inside.js'
import { isJson, own, type Json, type Outcome } from './outcome.js'
import { accounts, type Account } from './people.js'
import { camel } from './shape.js'
import { isAttackTactic, tactics } from './tactics.js'
import { given, quote } from './text.js'
import { fromEpoch } from './time.js'
import { familyOfService, linkOf } from './xdr.js'

/** A row of advanced hunting: what it says, and whether it tells of the alert, of its evidence, or of both. */
export type HuntingRow = { readonly fields: Json; readonly info: boolean; readonly evidence: boolean }

/** The row in an item: streamed under `properties`, or as a query gives it; null for anything else. */
export const huntingRow = (item: Json): HuntingRow | null => {
  const category = /^AdvancedHunting-Alert(Info|Evidence)$/i.exec(given(own(item, 'category')) ?? '')?.[1]
  const properties = own(item, 'properties')
  if (category !== undefined && isJson(properties)) {
    const info = category.toLowerCase() === 'info'
    return { fields: properties, info, evidence: !info }
  }
  if (!Object.hasOwn(item, 'AlertId') || Object.hasOwn(item, 'RecordType')) return null
  const evidence = Object.hasOwn(item, 'EntityType') || Object.hasOwn(item, 'EvidenceRole')
  const info = Object.hasOwn(item, 'Title') && Object.hasOwn(item, 'Severity')
  return (evidence || info) && !Object.hasOwn(item, 'AlertSeverity') ? { fields: item, info, evidence } : null
}

/** The id under which rows of one alert are joined; null when a row names none. */
export const alertOf = ({ fields }: HuntingRow): string | null => given(own(fields, 'AlertId'))?.toLowerCase() ?? null

/** The reading of the rows of one alert, joined: what it is, from its own row; who and where, from all of its evidence. */
export const readRows = (rows: readonly HuntingRow[], now: string): Outcome => {
  const info = rows.find((row) => row.info)?.fields
  const id = own(rows[0]?.fields ?? {}, 'AlertId')
  if (info === undefined) {
    const reason = `this is evidence of the alert ${quote(given(id) ?? '')}, whose own row is not in this payload`
    return { kind: 'ignored', reason }
  }
  const evidence = rows.filter((row) => row.evidence).map(({ fields }) => fields)
  const more = evidence.map((row) => objectInside(own(row, 'AdditionalFields')))
  const path = (name: string): readonly string[] => (rows[0]?.fields === info ? [name] : ['AlertInfo', name])
  return compose(
    {
      id: { path: path('AlertId'), value: own(info, 'AlertId') },
      title: { path: path('Title'), value: own(info, 'Title') },
      times: [{ path: path('Timestamp'), value: fromEpoch(own(info, 'Timestamp')) }],
    },
    {
      source: 'graph',
      family: familyOfService(own(info, 'ServiceSource'), own(info, 'DetectionSource'), null),
      key: null,
      description: own(info, 'Description'),
      severity: own(info, 'Severity'),
      ...accounts(evidence.map((row, at) => accountOf(row, more[at] ?? {}))),
      addresses: addresses(
        evidence.flatMap((row, at): readonly RawAddress[] => {
          const location = own(more[at] ?? {}, 'Location')
          const where = locationOf(isJson(location) ? camel(location) : {})
          return [
            { ip: own(row, 'RemoteIP'), ...where },
            { ip: own(row, 'LocalIP'), country: null },
            { ip: own(more[at] ?? {}, 'Address'), ...where },
          ]
        }),
      ),
      apps: evidence.map((row) => firstGiven(own(row, 'Application'), own(row, 'OAuthApplicationId'))),
      resources: evidence.map((row) =>
        firstGiven(own(row, 'CloudResource'), own(row, 'ResourceID'), own(row, 'DeviceName'), own(row, 'FileName')),
      ),
      tactics: tactics(firstGiven(own(info, 'Category'), own(info, 'Categories'))).filter(isAttackTactic),
      techniques: own(info, 'AttackTechniques'),
      link: linkOf(own(info, 'AlertId')),
      sample: false,
    },
    now,
  )
}

const accountOf = (row: Json, more: Json): Account => {
  const [bare, suffix] = [given(own(more, 'Name')), given(own(more, 'UPNSuffix'))]
  const joined = bare !== null && suffix !== null ? `${bare}@${suffix}` : null
  const isAccount = /^(?:user|account|mailbox)$/i.test((given(own(row, 'EntityType')) ?? '').slice(0, 40))
  return {
    upn: firstGiven(own(row, 'AccountUpn'), isAccount ? joined : null, own(row, 'EmailAddress')),
    objectId: firstGiven(own(row, 'AccountObjectId'), isAccount ? own(more, 'AadUserId') : null),
    name: firstGiven(own(row, 'AccountName'), isAccount ? bare : null),
    is: 'user',
  }
}
