import assert from 'node:assert/strict'
import fc from 'fast-check'
import { read } from '../../intake/read.js'
import type { SourceName } from '../../intake/sources.js'
import type { Reading } from '../../triage/alert.js'
import { camelCase, graph, harmless, now, only, pascal, plain, refusal } from './alerts.js'

type Fields = Readonly<Record<string, unknown>>

const endpoint = (fields: Fields = {}): Fields => ({
  id: 'da1_-2',
  title: 'A tool dumped credentials',
  severity: 'High',
  status: 'New',
  detectionSource: 'WindowsDefenderAtp',
  alertCreationTime: '2026-03-09T09:00:00Z',
  firstEventTime: '2026-03-09T08:00:00Z',
  machineId: 'm1',
  computerDnsName: 'pc.contoso.example',
  evidence: [],
  ...fields,
})
const row = (fields: Fields = {}): Fields => ({
  TimeGenerated: '2026-03-09T08:10:00Z',
  DeviceVendor: 'MCAS',
  DeviceProduct: 'SIEM_Agent',
  DeviceEventClassID: 'ALERT_ANUBIS_DETECTION_RANSOMWARE',
  Activity: 'Ransomware activity',
  LogSeverity: '2',
  ExtID: '5e1f',
  StartTime: '2026-03-09T08:00:00Z',
  Type: 'CommonSecurityLog',
  ...fields,
})
const reading = (payload: unknown, source: SourceName): Reading | undefined => read(payload, now, source).readings[0]

describe('intake/defender-endpoint', () => {
  it('meets the case that the same alert has by way of Graph', () => {
    const { source, sourceAlertId } = only(endpoint())
    assert.deepEqual([source, sourceAlertId], ['graph', only(graph({ id: 'da1_-2' })).sourceAlertId])
  })

  it('tells when it happened by the first event, and else by what it has', () => {
    assert.equal(only(endpoint()).occurredAt, '2026-03-09T08:00:00.000Z')
    assert.equal(only(endpoint({ firstEventTime: null })).occurredAt, '2026-03-09T09:00:00.000Z')
    assert.match(
      refusal(endpoint({ firstEventTime: 'noon', alertCreationTime: '' }), 'intake/malformed'),
      /firstEventTime: expected an ISO/,
    )
  })

  it('names the user it is about, once, with all that is known of them', () => {
    const relatedUser = { userName: 'kim', domainName: 'CONTOSO' }
    assert.deepEqual(only(endpoint({ relatedUser })).people, [{ upn: null, objectId: null, name: 'kim' }])
    const evidence = [
      { entityType: 'Process', accountName: 'bo' },
      { entityType: 'User', accountName: 'Kim', userPrincipalName: 'kim@contoso.example' },
    ]
    assert.deepEqual(only(endpoint({ relatedUser, evidence })).people, [
      { upn: 'kim@contoso.example', objectId: null, name: 'Kim' },
      { upn: null, objectId: null, name: 'bo' },
    ])
  })

  it('takes no alert of Graph or of Defender XDR for its own, nor they one of its own', () => {
    assert.equal(only(graph({ evidence: [], detectionSource: 'antivirus', incidentId: '1' })).title, 'Mass download')
    assert.equal(only(graph({ firstEventTime: 'x', machineId: 'y' })).title, 'Mass download')
    for (const source of ['graph', 'defender-xdr'] as const)
      assert.equal(reading(endpoint(), source)?.resources[0], 'pc.contoso.example')
    assert.throws(() => read(endpoint(), now, 'sentinel'), /Send it to \/api\/alerts\/defender-xdr/)
    for (const other of [pascal(), camelCase(), plain(), row()]) assert.ok(only(other).title !== '')
  })

  it('passes over one that is resolved, and an unspecified severity', () => {
    assert.match(read(endpoint({ status: 'Resolved' }), now).ignored[0]?.reason ?? '', /"da1_-2" is already resolved/)
    assert.equal(only(endpoint({ severity: 'UnSpecified' })).severity, null)
  })
})

describe('intake/common-security-log', () => {
  it('reads a row as the line it was made of, so that both are one case', () => {
    const line =
      '2026-03-09T08:10:00Z CEF:0|MCAS|SIEM_Agent|0.1|ALERT_ANUBIS_DETECTION_RANSOMWARE|Ransomware activity|2|externalId=5e1f start=1773043200000 msg=Files suser=bo@contoso.example src=198.51.100.9'
    const { occurredAt: _, ...ofLine } = only(line)
    const { occurredAt: at, ...ofRow } = only(
      row({ Message: 'Files', SourceUserName: 'bo@contoso.example', SourceIP: '198.51.100.9' }),
    )
    assert.deepEqual(ofRow, ofLine)
    assert.equal(at, '2026-03-09T08:00:00.000Z')
  })

  it('finds the id where the table put it, and the link by its label', () => {
    const { ExtID: _, ...rest } = row()
    assert.equal(only({ ...rest, AdditionalExtensions: 'cat=x;externalId=7a;msg=y' }).sourceAlertId, '7a')
    assert.match(refusal(rest, 'intake/malformed'), /ExtID: expected 1 to 512 characters/)
    const strings = {
      DeviceCustomString1: 'a',
      DeviceCustomString4Label: 'PortalURL',
      DeviceCustomString4: 'https://x.y/z',
    }
    assert.equal(only(row(strings)).link, 'https://x.y/z')
    assert.equal(only(row({ DeviceCustomString1: 'https://x.y/1' })).link, 'https://x.y/1')
  })

  it('takes severities as numbers and as words', () => {
    for (const [level, severity] of [
      ['0', 'informational'],
      [1, 'low'],
      ['3', 'high'],
      ['Medium', 'medium'],
      ['9', null],
      ['constructor', null],
      [{ toString: 1 }, null],
      [['1'], null],
    ] as const)
      assert.equal(only(row({ LogSeverity: level })).severity, severity)
  })

  it('names the product of a row of another one, and passes over activities', () => {
    const other = row({ DeviceVendor: 'Palo Alto Networks', DeviceProduct: 'PAN-OS' })
    assert.match(refusal(other, 'intake/malformed'), /DeviceVendor: expected a row of .*"Palo Alto Networks PAN-OS"/)
    assert.equal(read([row(), other], now).readings.length, 1)
    assert.match(read(row({ DeviceEventClassID: 'EVENT_CATEGORY_X' }), now).ignored[0]?.reason ?? '', /activity/)
  })

  it('is taken under cloud-apps and under sentinel, from where it is queried', () => {
    for (const source of ['cloud-apps', 'sentinel'] as const) assert.equal(reading(row(), source)?.source, 'cloud-apps')
    assert.throws(() => read(row(), now, 'graph'), /Send it to \/api\/alerts\/cloud-apps/)
  })

  it('never throws, whatever its columns hold, and neither do alerts of Defender for Endpoint', () => {
    const names = [...Object.keys(row()), ...Object.keys(endpoint()), 'AdditionalExtensions', 'relatedUser']
    const fields = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })))
    fc.assert(
      fc.property(fields, fc.boolean(), (more, isRow) => harmless(isRow ? row(more) : endpoint(more))),
      { numRuns: 300 },
    )
  })
})
