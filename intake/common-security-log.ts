import { addresses } from './addresses.js'
import { compose } from './compose.js'
import { accountNamed } from './defender-entities.js'
import { firstGiven } from './inside.js'
import { own, type Json, type Outcome } from './outcome.js'
import { accounts } from './people.js'
import { given, quote } from './text.js'
import { fromEpoch } from './time.js'
import { typeKey } from './type-key.js'

/** True for a row of Log Analytics' table CommonSecurityLog, in which the parts of a CEF line are columns. */
export const isCommonSecurityLogRow = (item: Json): boolean =>
  own(item, 'Type') === 'CommonSecurityLog' ||
  ['DeviceVendor', 'DeviceProduct', 'DeviceEventClassID'].every((name) => Object.hasOwn(item, name))

/**
 * The reading of one row of the SIEM agent of Defender for Cloud Apps, which bears the id its line has; its activities are
 * ignored, and rows of other products are none of ours.
 */
export const readCommonSecurityLog = (item: Json, now: string): Outcome => {
  const [vendor, product] = [given(own(item, 'DeviceVendor')) ?? '', given(own(item, 'DeviceProduct')) ?? '']
  if (vendor.toUpperCase() !== 'MCAS') {
    const says = `expected a row of Defender for Cloud Apps (MCAS), not of ${quote(`${vendor} ${product}`)}`
    return { kind: 'malformed', problems: [{ path: ['DeviceVendor'], says }] }
  }
  const type = given(own(item, 'DeviceEventClassID')) ?? ''
  if (/^EVENT_/i.test(type)) return { kind: 'ignored', reason: 'this is an activity of a person, not an alert' }
  const { key, simulated } = typeKey(type)
  const message = firstGiven(own(item, 'Message'), more(item, 'msg'))
  const title = firstGiven(own(item, 'Activity'), message) ?? key ?? undefined
  return compose(
    {
      id: { path: ['ExtID'], value: firstGiven(own(item, 'ExtID'), own(item, 'ExternalID'), more(item, 'externalId')) },
      title: { path: ['Activity'], value: title },
      times: ['StartTime', 'ReceiptTime', 'EndTime', 'TimeGenerated'].map((name) => ({
        path: [name],
        value: fromEpoch(own(item, name)),
      })),
    },
    {
      source: 'cloud-apps',
      family: 'cloud-apps',
      key,
      description: message?.replaceAll("''", "'"),
      severity: severityOf(own(item, 'LogSeverity')),
      ...accounts([accountNamed(own(item, 'SourceUserName')), accountNamed(more(item, 'suser'))]),
      addresses: addresses(
        ['SourceIP', 'DeviceCustomIPv6Address1', 'DeviceAddress'].map((name) => ({
          ip: own(item, name),
          country: null,
        })),
      ),
      apps: [own(item, 'DestinationServiceName')],
      resources: [],
      tactics: [],
      link: linkIn(item),
      sample: simulated,
    },
    now,
  )
}

/** The link stands in one of six columns that are free for each product, named by the column beside it. */
const linkIn = (item: Json): unknown => {
  const names = [1, 2, 3, 4, 5, 6].map((at) => `DeviceCustomString${at}`)
  const named = names.find((name) => /^portalURL$/i.test((given(own(item, `${name}Label`)) ?? '').slice(0, 40)))
  return own(item, named ?? 'DeviceCustomString1')
}

/** What no column is for stands together in one, as `key=value` with semicolons between. */
const more = (item: Json, key: string): string | undefined =>
  (given(own(item, 'AdditionalExtensions')) ?? '')
    .slice(0, 20_000)
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.toLowerCase().startsWith(`${key.toLowerCase()}=`))
    ?.slice(key.length + 1)

/** As the line has it: 1 to 3 are low to high. Tables may spell it out. */
const severityOf = (value: unknown): unknown =>
  typeof value === 'string' || typeof value === 'number' ? (levels[String(value).trim()] ?? value) : null

const levels: Readonly<Record<string, string>> = { 0: 'informational', 1: 'low', 2: 'medium', 3: 'high' }
