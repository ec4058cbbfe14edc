import { addresses } from './addresses.js'
import { isOver } from '../triage/source-said.js'
import { compose } from './compose.js'
import { accountNamed } from './defender-entities.js'
import { firstGiven, listInside, objectInside } from './inside.js'
import { isJson, own, type Json, type Outcome } from './outcome.js'
import { accounts, isUpn } from './people.js'
import { over, statusOf, saidIn } from './source-said.js'
import { given, shown } from './text.js'
import { tactics } from './tactics.js'
import { fromEpoch, type Field } from './time.js'
import { isCloudAppsKey, isReadableKey, typeKey } from './type-key.js'

/** True for a record of the Office 365 Management Activity API, whatever it records. */
export const isOfficeRecord = (item: Json): boolean =>
  Object.hasOwn(item, 'RecordType') && (Object.hasOwn(item, 'Operation') || Object.hasOwn(item, 'Workload'))

/** The reading of a record of an alert: type 98 of Defender for Cloud Apps, type 40 of the compliance center; all others are ignored. */
export const readOffice = (item: Json, now: string): Outcome => {
  const type = own(item, 'RecordType')
  if (type === undefined || type === null) {
    return { kind: 'malformed', problems: [{ path: ['RecordType'], says: 'expected the type of the record' }] }
  }
  const kind = typeof type === 'number' || typeof type === 'string' ? String(type).slice(0, 60) : ''
  const isCloudApps = /^(?:98|MCAS.*)$/i.test(kind)
  if (!isCloudApps && !/^(?:40|SecurityComplianceAlerts)$/i.test(kind)) {
    return { kind: 'ignored', reason: `this is an Office 365 audit record of type ${shown(type)}, not an alert` }
  }
  const operation = given(own(item, 'Operation')) ?? ''
  const data = objectInside(own(item, 'Data'))
  const field = (name: string): Field => ({ path: [name], value: own(item, name) })
  const id = given(own(item, 'AlertId')) === null ? field('Id') : field('AlertId')
  if (/^AlertEntity/i.test(operation)) {
    const reason = `this names one more entity of the alert ${shown(id.value)}, and is not the alert`
    return { kind: 'ignored', reason }
  }
  const { key, simulated } = typeKey(
    firstGiven(own(data, 'mat'), ...(isCloudApps ? [operation] : []), own(item, 'AlertName')),
  )
  const named = key !== null && isReadableKey(key) ? key : null
  const fromCloudApps =
    isCloudApps ||
    /cloud app/i.test((given(own(item, 'Source')) ?? '').slice(0, 100)) ||
    (named !== null && isCloudAppsKey(named))
  const link = firstGiven(
    own(data, 'alk'),
    own(item, 'AlertLink'),
    own(item, 'AlertUri'),
    ...listInside(own(item, 'AlertLinks')).map((one) => (isJson(one) ? own(one, 'AlertLinkHref') : one)),
  )
  // The link names the alert by the id it has in Defender for Cloud Apps, so that it meets its own case.
  const cloudAppsId = fromCloudApps ? /#\/alerts\/([0-9a-f]{24})$/i.exec((link ?? '').slice(0, 500))?.[1] : undefined
  const source = cloudAppsId === undefined ? 'office-365' : 'cloud-apps'
  const told = saidIn(item, statusOf(own(item, 'Status')), { changedAt: ['CreationTime'] })
  if (isOver(told.status)) {
    const reason = `the alert ${shown(id.value)} is already ${told.status} in Microsoft 365`
    return over(reason, told, [[source, cloudAppsId ?? id.value]])
  }
  const title = firstGiven(
    own(item, 'Name'),
    own(item, 'AlertName'),
    own(item, 'AlertTitle'),
    own(item, 'AlertDisplayName'),
    own(item, 'Title'),
    own(data, 'an'),
    wordsOf(named),
  )
  return compose(
    {
      id: cloudAppsId === undefined ? id : { path: ['Data', 'alk'], value: cloudAppsId },
      title: { path: ['Name'], value: title },
      times: [
        { path: ['Data', 'ts'], value: fromEpoch(own(data, 'ts')) },
        ...['StartTimeUtc', 'AlertTime', 'CreationTime'].map(field),
      ],
    },
    {
      source,
      family: fromCloudApps ? 'cloud-apps' : 'elsewhere',
      key: fromCloudApps ? named : null,
      description: firstGiven(
        own(data, 'ad'),
        own(item, 'Description'),
        own(item, 'AlertDescription'),
        own(item, 'Comments'),
      ),
      severity: firstGiven(own(item, 'Severity'), own(item, 'AlertSeverity'), own(data, 'sev')),
      ...accounts(
        [
          ...usersIn(own(data, 'f3u')),
          own(item, 'AlertEntityId'),
          own(data, 'eid'),
          own(item, 'ObjectId'),
          own(item, 'UserId'),
        ]
          .map((one) => given(one))
          .filter((one) => one !== null && isUpn(one))
          .map(accountNamed),
      ),
      addresses: addresses(
        [own(item, 'ClientIP'), own(item, 'ClientIPAddress'), own(item, 'ActorIpAddress')].map((ip) => ({
          ip,
          country: own(item, 'Country'),
        })),
      ),
      apps: [own(item, 'AppName'), own(item, 'CloudAppName'), own(data, 'app')],
      resources: [],
      tactics: tactics(own(item, 'Tactics')),
      link,
      sample: simulated,
      told,
      otherIds: [own(item, 'AlertId'), own(item, 'Id')],
    },
    now,
  )
}

/** The people in a field that holds one, a list, or several with signs between them. */
const usersIn = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value.slice(0, 100) : (given(value) ?? '').slice(0, 4_000).split(/[\s,;]+/, 100)

/** The words of a key, for records that have no title. */
const wordsOf = (key: string | null): string | null =>
  key === null
    ? null
    : key
        .replace(/^(?:ANUBIS_DETECTION_|CABINET_)/i, '')
        .replace(/_+/g, ' ')
        .toLowerCase()
        .replace(/^./, (letter) => letter.toUpperCase())
