import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadGuides } from '../content/guides.js'
import { read, type Read } from '../../intake/read.js'
import { sampleNames } from '../../intake/samples.js'
import type { SourceName } from '../../intake/sources.js'
import type { Reading } from '../../triage/alert.js'
import { match } from '../../triage/match.js'
import { camelCase, graph, now, only, pascal, plain, refusal } from './alerts.js'

const folder = 'intake/samples'
const payload = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))

const [kim, bo, app] = ['1111', '2222', '9999'].map((part) => `0a1b2c3d-${part}-4aaa-8bbb-0123456789ab`)
const kimByUpn = { upn: 'kim@contoso.example', objectId: null, name: null }
const boByUpn = { upn: 'bo@contoso.example', objectId: null, name: null }

/** What must be read of each sample, and of each alert in it. */
const expected: Readonly<
  Record<string, { readonly of: SourceName; readonly alerts: readonly Partial<Reading>[]; readonly ignored: number }>
> = {
  'azure-monitor': {
    of: 'azure-monitor',
    ignored: 0,
    alerts: [
      {
        source: 'azure-monitor',
        title: 'Key vault opened at night',
        severity: 'high',
        occurredAt: '2026-03-06T17:58:24.371Z',
      },
    ],
  },
  'cloud-apps': {
    of: 'cloud-apps',
    ignored: 1,
    alerts: [
      {
        source: 'cloud-apps',
        family: 'cloud-apps',
        key: 'ANUBIS_DETECTION_VELOCITY',
        severity: 'medium',
        occurredAt: '2026-03-06T11:14:56.475Z',
        people: [{ upn: 'kim@contoso.example', objectId: kim ?? '', name: 'Kim Larsen' }],
        addresses: [
          { ip: '198.51.100.80', country: 'NO' },
          { ip: '203.0.113.80', country: 'BR' },
        ],
        apps: ['Microsoft Exchange Online'],
        tactics: ['initial-access'],
      },
      { key: 'CABINET_EVENT_MATCH_FILE', severity: 'high', people: [], resources: ['plan.docx'] },
    ],
  },
  'cloud-apps-siem': {
    of: 'cloud-apps',
    ignored: 1,
    alerts: [
      {
        source: 'cloud-apps',
        sourceAlertId: '5e1f00000000000000d10001',
        key: 'ANUBIS_DETECTION_RANSOMWARE',
        severity: 'medium',
        occurredAt: '2026-03-06T13:30:30.531Z',
        description: "Bo Ek changed 99 files; 'Ransomware activity' matched",
        people: [boByUpn],
        addresses: [{ ip: '198.51.100.90', country: null }],
        apps: ['Microsoft OneDrive for Business'],
      },
      { key: 'CABINET_EVENT_MATCH_AUDIT', title: 'Impossible travel', severity: 'high', people: [kimByUpn] },
    ],
  },
  'common-security-log': {
    of: 'cloud-apps',
    ignored: 1,
    alerts: [
      {
        source: 'cloud-apps',
        sourceAlertId: '5e1f00000000000000d20001',
        family: 'cloud-apps',
        key: 'ANUBIS_DETECTION_VELOCITY',
        title: 'Impossible travel',
        description: "'Impossible travel' matched for Bo Ek",
        severity: 'high',
        occurredAt: '2026-03-06T16:20:05.531Z',
        people: [boByUpn],
        addresses: [
          { ip: '198.51.100.150', country: null },
          { ip: '2001:db8::96', country: null },
        ],
        apps: ['Microsoft Exchange Online'],
        link: 'https://contoso.portal.cloudappsecurity.com/#/alerts/5e1f00000000000000d20001',
      },
    ],
  },
  'defender-endpoint': {
    of: 'defender-xdr',
    ignored: 1,
    alerts: [
      {
        source: 'graph',
        sourceAlertId: 'da5e1f00000000000001_1200000001',
        family: 'elsewhere',
        key: null,
        title: 'Credential store of a browser was copied',
        severity: 'medium',
        occurredAt: '2026-03-06T15:09:02.765Z',
        people: [{ upn: 'kim@contoso.example', objectId: kim ?? '', name: 'kim' }],
        identities: [{ kind: 'machine', name: 'SYSTEM', id: null }],
        addresses: [{ ip: '198.51.100.140', country: null }],
        resources: ['laptop-17.contoso.example'],
        tactics: ['credential-access'],
        link: 'https://security.microsoft.com/alerts/da5e1f00000000000001_1200000001',
      },
    ],
  },
  'defender-for-cloud-activity-log': {
    of: 'defender-for-cloud',
    ignored: 0,
    alerts: [
      {
        source: 'defender-for-cloud',
        sourceAlertId: '2517000000000000013_5e1f0000-0000-4000-8000-00000000b003',
        title: 'PREVIEW - Role binding to the cluster-admin role detected',
        severity: 'low',
        people: [kimByUpn],
        resources: ['aks-contoso'],
        tactics: ['persistence'],
      },
    ],
  },
  'defender-for-cloud-event-grid': {
    of: 'defender-for-cloud',
    ignored: 0,
    alerts: [
      {
        source: 'defender-for-cloud',
        key: 'Arm_Suspicious_Vault_Recovering',
        people: [{ ...boByUpn, name: 'bo' }],
        addresses: [{ ip: '2001:db8::17', country: 'GB' }],
      },
    ],
  },
  'defender-for-cloud-export': {
    of: 'defender-for-cloud',
    ignored: 1,
    alerts: [
      {
        source: 'defender-for-cloud',
        family: 'resource-manager',
        people: [],
        identities: [{ kind: 'service-principal', name: 'build-agent', id: app ?? '' }],
        addresses: [{ ip: '198.51.100.23', country: 'SE' }],
        apps: ['Azure CLI'],
      },
    ],
  },
  'defender-for-cloud-row': {
    of: 'defender-for-cloud',
    ignored: 0,
    alerts: [
      {
        source: 'defender-for-cloud',
        sourceAlertId: '2517000000000000012_5e1f0000-0000-4000-8000-00000000b002',
        key: 'ARM_AnomalousElevateAccess',
        title: 'Suspicious elevate access operation',
        sample: true,
        people: [{ upn: 'kim@contoso.example', objectId: kim ?? '', name: 'kim' }],
        addresses: [{ ip: '203.0.113.44', country: 'NO', city: 'Oslo' }],
      },
    ],
  },
  'defender-xdr-incident': {
    of: 'defender-xdr',
    ignored: 1,
    alerts: [
      {
        source: 'graph',
        family: 'cloud-apps',
        people: [{ upn: 'bo@contoso.example', objectId: bo ?? '', name: 'bo' }],
        addresses: [{ ip: '198.51.100.120', country: null }],
        tactics: ['impact'],
        link: 'https://security.microsoft.com/alerts/ca5e1f0000-0000-4000-8000-00000000ad01',
      },
    ],
  },
  'graph-legacy': {
    of: 'graph',
    ignored: 1,
    alerts: [
      {
        source: 'cloud-apps',
        key: 'ANUBIS_DETECTION_REPEATED_ACTIVITY_FAILED_LOGIN',
        apps: ['Microsoft SharePoint Online'],
      },
      { source: 'graph', family: 'elsewhere', addresses: [{ ip: '198.51.100.71', country: 'SE' }] },
    ],
  },
  hunting: {
    of: 'defender-xdr',
    ignored: 0,
    alerts: [
      {
        source: 'graph',
        title: 'Sign-in from a new device',
        timeIs: 'zoneless',
        people: [{ upn: 'kim@contoso.example', objectId: kim ?? '', name: 'kim' }],
        addresses: [{ ip: '198.51.100.130', country: 'SE' }],
      },
    ],
  },
  'office-365': {
    of: 'office-365',
    ignored: 1,
    alerts: [
      {
        source: 'office-365',
        key: 'ANUBIS_DETECTION_NEW_COUNTRY',
        severity: 'medium',
        timeIs: 'zoneless',
        people: [kimByUpn],
        addresses: [{ ip: '198.51.100.101', country: null }],
      },
      { key: 'ANUBIS_DETECTION_REPEATED_ACTIVITY_DOWNLOAD', severity: 'high', people: [boByUpn] },
    ],
  },
  'sentinel-incident': {
    of: 'sentinel',
    ignored: 0,
    alerts: [
      {
        source: 'sentinel',
        sourceAlertId: '5e1f0000-0000-4000-8000-00000000aa03',
        key: null,
        severity: 'high',
        people: [{ upn: 'kim@contoso.example', objectId: kim ?? '', name: 'Kim Larsen' }],
        addresses: [{ ip: '198.51.100.110', country: 'JP', city: 'Osaka' }],
        apps: ['Office 365'],
      },
      { source: 'cloud-apps', sourceAlertId: '5e1f00000000000000d30001', family: 'cloud-apps', severity: 'medium' },
    ],
  },
  'sentinel-row': {
    of: 'sentinel',
    ignored: 0,
    alerts: [{ source: 'sentinel', key: null, title: 'Odd query in the log', people: [{ ...boByUpn, name: 'bo' }] }],
  },
}

const isRead = ({ readings, ignored }: Read, name: string): void => {
  const wanted = expected[name]
  assert.equal(readings.length, wanted?.alerts.length)
  assert.equal(ignored.length, wanted?.ignored, JSON.stringify(ignored))
  for (const [at, fields] of (wanted?.alerts ?? []).entries()) {
    const reading: Readonly<Record<string, unknown>> = { ...readings[at] }
    for (const [field, value] of Object.entries(fields)) assert.deepEqual(reading[field], value, field)
  }
}

describe('intake: every source', () => {
  for (const [name, { of }] of Object.entries(expected)) {
    it(`reads ${name}, whether its source is told or not`, () => {
      isRead(read(payload(name), now), name)
      isRead(read(payload(name), now, of), name)
    })
  }

  it('reads each sample under the source it is of, and refuses it under any other', () => {
    const others: readonly SourceName[] = ['office-365', 'azure-monitor', 'winnow']
    for (const [name, { of }] of Object.entries(expected)) {
      for (const other of others.filter((one) => one !== of)) {
        assert.throws(() => {
          const { readings } = read(payload(name), now, other)
          assert.fail(`${name} as ${other}: ${readings.length}`)
        }, /intake\/|not for|stored|is /)
      }
    }
  })

  it('has no sample that no test knows', async () => {
    // Those named after a type are read by their guides: see samples.test.
    const others = ['several', 'forwarding-then-travel']
    const types = (await loadGuides()).map(({ type }) => type)
    assert.deepEqual(
      sampleNames(folder).filter((name) => !types.includes(name)),
      [...Object.keys(expected), ...others].filter((name) => !types.includes(name)).toSorted(),
    )
  })

  it('says where an alert of another source belongs', () => {
    const message = messageOf(() => read(graph(), now, 'sentinel'))
    assert.match(message, /an alert of the source graph, which this address or key is not for/)
    assert.match(message, /Send it to \/api\/alerts\/graph/)
  })

  it('names what an alert of a told source lacks, where nothing in it says what it is', () => {
    assert.match(
      messageOf(() => read({ a: 1 }, now, 'graph')),
      /id: expected text, but it is missing/,
    )
    assert.match(
      messageOf(() => read([{ a: 1 }], now, 'cloud-apps')),
      /\[0\]\._id: expected 1 to 512 characters/,
    )
  })

  it('lets no field decide alone that other sources have as well', () => {
    const office = {
      RecordType: 40,
      Operation: 'AlertTriggered',
      AlertType: 'System',
      AlertId: 'a',
      Name: 'Odd',
      Source: 'x',
    }
    assert.equal(only(office).source, 'office-365')
    assert.match(refusal({ AlertType: 'System' }, 'intake/unrecognised'), /does not know/)
    assert.match(refusal({ evidence: [] }, 'intake/unrecognised'), /does not know/)
    assert.match(refusal(plain({ evidence: [] }), 'intake/malformed'), /"evidence" is not a field Winnow knows/)
  })

  it('opens the same case for an alert by whichever door it comes', () => {
    const id = '2517000000000000012_5e1f0000-0000-4000-8000-00000000b002'
    const row = only(payload('defender-for-cloud-row'))
    const alert = only(camelCase({ systemAlertId: id }))
    assert.deepEqual([row.source, row.sourceAlertId], [alert.source, alert.sourceAlertId])
    const link = { alk: 'https://contoso.portal.cloudappsecurity.com/#/alerts/5e1f00000000000000d20002' }
    const record = only({ RecordType: 98, Operation: 'MCAS_ALERT_X', Id: '1', Name: 'x', Data: JSON.stringify(link) })
    assert.deepEqual([record.source, record.sourceAlertId], ['cloud-apps', '5e1f00000000000000d20002'])
  })

  it('leads the older Resource Manager types of Cloud Apps to the Cloud Apps guides', async () => {
    const guides = await loadGuides()
    const guide = (key: string) => match(only(camelCase({ alertType: key, alertDisplayName: 'x' })), guides).guide.type
    assert.equal(guide('ARM.MCAS_ImpossibleTravelActivity'), 'impossible-travel')
    assert.equal(guide('ARM.MCAS_ActivityFromInfrequentCountry'), 'activity-from-infrequent-country')
    assert.equal(guide('SIMULATED_ARM.MCAS_ActivityFromAnonymousIPAddresses'), 'activity-from-anonymous-ip')
    assert.equal(only(camelCase({ alertType: 'ARM.MCAS_X' })).family, 'cloud-apps')
  })

  it('never takes a policy people wrote for the anomaly it is named after', async () => {
    const guides = await loadGuides()
    for (const name of ['cloud-apps', 'cloud-apps-siem']) {
      const custom = read(payload(name), now).readings[1]
      assert.match(custom?.title ?? '', /^Impossible travel/)
      assert.equal(custom && match(custom, guides).guide.type, 'other')
    }
  })

  it('knows a policy people wrote by its kind, where its number is not known', () => {
    const key = (policyType: string) =>
      only({
        _id: 'a',
        title: 't',
        idValue: 1,
        timestamp: 1_772_795_696_475,
        policy: { type: 'policyRule', policyType },
      }).key
    assert.equal(key('ANOMALY_DETECTION'), null)
    assert.equal(key('FILE'), 'CABINET_EVENT_MATCH_FILE')
    assert.equal(key('ACTIVITY'), 'CABINET_EVENT_MATCH_AUDIT')
    assert.equal(key('SESSION'), 'CABINET_POLICY')
  })

  it('ignores records that only name one more entity of an alert', () => {
    const { readings, ignored } = read(
      { RecordType: 40, Operation: 'AlertEntityGenerated', AlertId: 'a', Name: 't' },
      now,
    )
    assert.equal(readings.length, 0)
    assert.match(ignored[0]?.reason ?? '', /one more entity of the alert "a"/)
  })

  it('reads tables of Log Analytics, events, records in a list, and the answers of hunting', () => {
    const row: unknown = Object(payload('defender-for-cloud-row'))
    const columns = Object.keys(Object(row)).map((name) => ({ name, type: 'string' }))
    const table = { tables: [{ name: 'PrimaryResult', columns, rows: [Object.values(Object(row))] }] }
    assert.deepEqual(only(table), only(row))
    assert.deepEqual(only([{ records: [camelCase()] }]), only(camelCase()))
    assert.deepEqual(only({ type: 'x', specversion: '1.0', data: camelCase() }), only(camelCase()))
    const hunting: readonly { properties: object }[] = Object(payload('hunting'))
    assert.deepEqual(only({ results: hunting.map(({ properties }) => properties) }).people, only(hunting).people)
  })

  it('reads the alerts that the older trigger of Sentinel hands on: lists and objects in them are text', () => {
    const reading = only(
      pascal({
        AlertType: '5e1f0000-3333-4000-8000-00000000c0de_5e1f0000-0000-4000-8000-00000000ab03',
        ProductName: 'Azure Sentinel',
        Entities: JSON.stringify([{ Type: 'account', Name: 'kim', UPNSuffix: 'contoso.example' }]),
        ExtendedProperties: '{"Query":"x"}',
      }),
    )
    const { source, key, family, people } = reading
    assert.deepEqual([source, key, family], ['sentinel', null, 'elsewhere'])
    assert.deepEqual(people, [{ ...kimByUpn, name: 'kim' }])
  })

  it('joins rows of hunting by their alert, in whatever order they come', () => {
    const rows: readonly object[] = Object(payload('hunting'))
    assert.deepEqual(only(rows.toReversed()), only(rows))
  })

  it('reads an incident that spells out no alerts as one, and a row of incidents', () => {
    const incident = {
      name: 'i-1',
      type: 'Microsoft.SecurityInsights/Incidents',
      properties: { title: 'Odd', severity: 'Low' },
    }
    const row = { Type: 'SecurityIncident', IncidentNumber: 7, IncidentName: 'i-1', Title: 'Odd', Severity: 'Low' }
    for (const body of [incident, row]) {
      const { source, sourceAlertId, title, severity } = only(body)
      assert.deepEqual([source, sourceAlertId, title, severity], ['sentinel', 'i-1', 'Odd', 'low'])
    }
  })

  it('reads the Defender for Cloud alert that an Azure Monitor alert carries', () => {
    const context = Object(payload('defender-for-cloud-activity-log'))
    const essentials = { alertRule: 'Rule', monitoringService: 'Activity Log - Security', monitorCondition: 'Fired' }
    const common = { schemaId: 'azureMonitorCommonAlertSchema', data: { essentials, alertContext: context } }
    assert.equal(only(common).sourceAlertId, context.eventDataId)
    assert.equal(
      only({ schemaId: 'Microsoft.Insights/activityLogs', data: { context: { activityLog: context } } }).title,
      context.eventName.value,
    )
  })

  it('ignores what is resolved already, in every source', () => {
    const cases: readonly unknown[] = [
      { _id: 'a', title: 't', statusValue: 2 },
      { id: 'a', title: 't', status: 'dismissed', vendorInformation: { provider: 'ASC' } },
      { Type: 'SecurityAlert', SystemAlertId: 'a', AlertName: 't', Status: 'Resolved' },
      { eventDataId: 'a', operationName: 'Microsoft.Security/locations/alerts/dismiss/action', category: 'Security' },
      { RecordType: 40, Operation: 'AlertUpdated', AlertId: 'a', Name: 't', Status: 'Resolved' },
      { data: { essentials: { alertId: 'a', alertRule: 't', monitorCondition: 'Resolved' } } },
      { alertId: 'a', title: 't', serviceSource: 'x', status: 'Resolved' },
    ]
    for (const one of cases) {
      const { readings, ignored } = read(one, now)
      assert.equal(readings.length, 0)
      assert.match(
        ignored[0]?.reason ?? '',
        /^the alert "a" is already (?:archived|dismissed|resolved)/,
        JSON.stringify(one),
      )
    }
  })
})

const messageOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return assert.fail('nothing was thrown')
}
