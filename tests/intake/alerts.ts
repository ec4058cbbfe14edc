import assert from 'node:assert/strict'
import { read, type Read } from '../../intake/read.js'
import type { SourceName } from '../../intake/sources.js'
import type { Reading } from '../../triage/alert.js'
import { isFault } from '../../triage/fault.js'

/** When the tests take place. */
export const now = '2026-03-10T12:00:00.000Z'

type Fields = Readonly<Record<string, unknown>>

/** A Defender for Cloud alert as workflow automation sends it, in PascalCase. */
export const pascal = (fields: Fields = {}): Fields => ({
  AlertType: 'ARM_AnomalousElevateAccess',
  SystemAlertId: '2517_aa',
  AlertDisplayName: 'Suspicious elevate access operation',
  Severity: 'Medium',
  Status: 'New',
  StartTimeUtc: '2026-03-09T08:00:00.1234567Z',
  ...fields,
})

/** The same in camelCase. */
export const camelCase = (fields: Fields = {}): Fields => ({
  alertType: 'ARM_AnomalousElevateAccess',
  systemAlertId: '2517_aa',
  alertDisplayName: 'Suspicious elevate access operation',
  severity: 'Medium',
  status: 'Active',
  startTimeUtc: '2026-03-09T08:00:00.1234567Z',
  ...fields,
})

/** The same as ARM REST gives it. */
export const arm = (fields: Fields = {}): Fields => ({
  id: '/subscriptions/s1/providers/Microsoft.Security/locations/westeurope/alerts/2517_aa',
  name: '2517_aa',
  type: 'Microsoft.Security/Locations/alerts',
  properties: camelCase(fields),
})

/** A Graph alerts_v2 alert of Defender for Cloud Apps. */
export const graph = (fields: Fields = {}): Fields => ({
  '@odata.type': '#microsoft.graph.security.alert',
  id: 'ca1',
  title: 'Mass download',
  serviceSource: 'microsoftDefenderForCloudApps',
  severity: 'high',
  status: 'new',
  createdDateTime: '2026-03-09T09:00:00Z',
  firstActivityDateTime: '2026-03-09T08:00:00Z',
  ...fields,
})

/** Evidence of a Graph alert: `evidence('ip', { ipAddress })`. */
export const evidence = (kind: string, fields: Fields): Fields => ({
  '@odata.type': `#microsoft.graph.security.${kind}Evidence`,
  ...fields,
})

/** An alert in Winnow's own JSON. */
export const plain = (fields: Fields = {}): Fields => ({ id: 'w-1', title: 'Something odd', ...fields })

/** What is read of a payload that must hold exactly one alert. */
export const only = (payload: unknown): Reading => {
  const { readings, ignored } = read(payload, now)
  assert.deepEqual(ignored, [])
  assert.equal(readings.length, 1)
  return readings[0] ?? assert.fail('no reading')
}

/** The message of the fault of that code which the payload must meet. */
export const refusal = (
  payload: unknown,
  code: 'intake/malformed' | 'intake/unrecognised' | 'intake/unreadable',
): string => {
  let result: Read
  try {
    result = read(payload, now)
  } catch (error) {
    assert.ok(isFault(error, code), String(error))
    return error.message
  }
  return assert.fail(`read without complaint: ${JSON.stringify(result)}`)
}

/** True for a message in which nothing hides, turns the line round or is markup; line breaks between its sentences are its own. */
export const isHarmless = (message: string): boolean =>
  !/[\p{C}\p{Zl}\p{Zp}<>&`*]/u.test(message.replaceAll('\n  ', ' '))

/** The payload is read, every text within bounds, or refused with a fault of this room. */
export const harmless = (payload: unknown, source: SourceName | null = null): void => {
  let result: Read
  try {
    result = read(payload, now, source)
  } catch (error) {
    assert.ok(isFault(error) && /^intake\/(?!unreadable)/.test(error.code), String(error))
    assert.ok(error.message.length < 6_000, `a message of ${error.message.length} characters`)
    return
  }
  for (const { reason } of result.ignored) assert.ok(reason.length < 600 && !/reason is unknown/.test(reason), reason)
  for (const reading of result.readings) {
    assert.ok(reading.title.length <= 300 && reading.title.length > 0)
    assert.ok(reading.description.length <= 8_000)
    assert.ok(reading.sourceAlertId.length <= 512 && (reading.key ?? '').length <= 512)
    assert.match(reading.occurredAt, /^2[01]\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ$/)
    assert.ok(reading.link === null || (reading.link.startsWith('https://') && reading.link.length <= 2_048))
    const { people, addresses, apps, resources, tactics, identities = [] } = reading
    for (const list of [people, addresses, apps, resources, tactics, identities]) assert.ok(list.length <= 20)
    const texts = [...people, ...addresses, ...identities].flatMap((one) =>
      Object.values<string | null | undefined>(one),
    )
    for (const text of [...texts, ...apps, ...resources, ...tactics]) assert.ok((text ?? '').length <= 512)
  }
}
