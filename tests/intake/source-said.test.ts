import assert from 'node:assert/strict'
import { read } from '../../intake/read.js'
import type { SourceSaid } from '../../triage/source-said.js'
import { arm, graph, now, pascal } from './alerts.js'

type Expected = Partial<SourceSaid> & { readonly of?: string }

/** What is told of alerts' standing in a payload of one entry, and whether that is ignored unless its alert is known. */
const isTold = (payload: unknown, isIgnored: boolean, ...expected: readonly Expected[]): void => {
  const { said, ignored, readings } = read(payload, now)
  assert.deepEqual([readings.length, ignored.length], isIgnored ? [0, 1] : [1, 0])
  assert.equal(said.length, expected.length)
  for (const [at, { of, ...fields }] of expected.entries()) {
    const one = said[at]
    assert.equal(one?.ignored, isIgnored ? ignored[0] : null)
    if (of !== undefined) assert.equal(one?.of, of)
    const found: Readonly<Record<string, unknown>> = { ...one?.said }
    for (const [field, value] of Object.entries(fields)) assert.deepEqual(found[field], value, field)
  }
}

describe('intake/source-said: what an alert tells of its standing on its source’s side', () => {
  it('Graph tells status, classification, determination, and who has it', () => {
    const lastUpdateDateTime = '2026-03-09T10:14:00.1234567Z'
    const given = {
      classification: 'truePositive',
      determination: 'compromisedAccount',
      assignedTo: 'lee@contoso.example',
    }
    const told = {
      of: 'graph',
      source: 'graph',
      sourceAlertId: 'ca1',
      ...given,
      changedAt: '2026-03-09T10:14:00.123Z',
    } as const
    isTold(graph({ ...given, status: 'resolved', lastUpdateDateTime }), true, { ...told, status: 'resolved' })
    isTold(graph({ ...given, status: 'inProgress', lastUpdateDateTime }), false, { ...told, status: 'in-progress' })
  })

  it('an empty field tells that there is none, one that is left out tells nothing', () => {
    const none = { classification: null, determination: 'unknown', assignedTo: '' }
    isTold(graph(none), false, {
      status: 'new',
      classification: '',
      determination: '',
      assignedTo: '',
      changedAt: null,
    })
    isTold(graph(), false, { status: 'new', classification: null, determination: null, assignedTo: null })
  })

  it('a word nobody knows tells no status, and nothing that every object has is taken for one', () => {
    for (const status of ['unknownFutureValue', 'constructor', '__proto__', null]) isTold(graph({ status }), false)
  })

  it('words are bounded', () => {
    const { said } = read(graph({ assignedTo: 'x'.repeat(5000), classification: 'y'.repeat(5000) }), now)
    assert.deepEqual([said[0]?.said.assignedTo?.length, said[0]?.said.classification?.length], [256, 256])
  })

  it('Defender for Cloud tells that an alert is resolved or dismissed, in each of its forms', () => {
    const id = { of: 'defender-for-cloud', source: 'defender-for-cloud', sourceAlertId: '2517_aa' } as const
    isTold(pascal({ Status: 'Resolved' }), true, { ...id, status: 'resolved', classification: null })
    isTold(arm({ status: 'Dismissed' }), true, { ...id, status: 'dismissed' })
    isTold(arm({ status: 'InProgress' }), false, { ...id, status: 'in-progress' })
    const row = {
      Type: 'SecurityAlert',
      ProviderName: 'Azure Security Center',
      VendorOriginalId: '2517_aa',
      AlertName: 'x',
    }
    isTold({ ...row, AlertSeverity: 'Low', Status: 'Resolved' }, true, { ...id, status: 'resolved' })
    const event = {
      eventDataId: '2517000000000000001_aa',
      operationName: { value: 'Microsoft.Security/locations/alerts/dismiss/action' },
      eventTimestamp: '2026-03-09T10:00:00Z',
      caller: 'lee@contoso.example',
    }
    isTold(event, true, {
      sourceAlertId: '2517000000000000001_aa',
      status: 'dismissed',
      changedBy: 'lee@contoso.example',
      changedAt: '2026-03-09T10:00:00.000Z',
    })
  })

  it('Defender for Cloud Apps tells how an alert was closed, and by whom', () => {
    const id = '5e1f0000000000000000d201'
    const alert = { _id: id, title: 't', timestamp: 1_772_795_696_475, severityValue: 1 }
    const closed = { ...alert, handledByUser: 'lee', resolveTime: '2026-03-09T10:00:00Z' }
    const told = { of: 'cloud-apps', sourceAlertId: id, changedBy: 'lee', changedAt: '2026-03-09T10:00:00.000Z' }
    isTold({ ...closed, resolutionStatusValue: 4 }, true, {
      ...told,
      status: 'closed',
      classification: 'benignPositive',
    })
    isTold({ ...closed, resolutionStatusValue: 5 }, true, { ...told, status: 'closed', classification: 'truePositive' })
    isTold({ ...closed, resolutionStatusValue: 1 }, true, { ...told, status: 'dismissed', classification: null })
    isTold({ ...alert, statusValue: 2 }, true, { status: 'closed', changedAt: null })
  })

  it('Defender XDR and the older Graph interface tell it in their own words', () => {
    const xdr = { alertId: 'ca9', title: 't', serviceSource: 'MicrosoftCloudAppSecurity', status: 'Resolved' }
    const words = {
      classification: 'TruePositive',
      determination: 'CompromisedAccount',
      lastUpdatedTime: '2026-03-09T10:00:00Z',
    }
    isTold({ ...xdr, ...words }, true, {
      of: 'graph',
      sourceAlertId: 'ca9',
      status: 'resolved',
      classification: 'truePositive',
      determination: 'compromisedAccount',
    })
    const legacy = { id: 'l1', title: 't', category: 'x', vendorInformation: { provider: 'MCAS' }, status: 'dismissed' }
    isTold({ ...legacy, feedback: 'benignPositive' }, true, {
      of: 'cloud-apps',
      status: 'dismissed',
      classification: 'benignPositive',
    })
  })

  it('a closed incident of Sentinel tells it of each of its alerts, by the ids they have cases under, and of itself', () => {
    const alert = (fields: object) => ({ properties: { alertDisplayName: 't', ...fields } })
    const incident = (fields: object) => ({
      name: 'inc-1',
      type: 'Microsoft.SecurityInsights/Incidents',
      properties: {
        title: 't',
        incidentNumber: 12,
        status: 'Closed',
        classification: 'BenignPositive',
        classificationReason: 'SuspiciousButExpected',
        owner: { userPrincipalName: 'lee@contoso.example' },
        lastModifiedTimeUtc: '2026-03-09T10:00:00Z',
        alerts: [
          alert({ systemAlertId: 's1', providerAlertId: 'p1', productName: 'Microsoft Cloud App Security' }),
          alert({ systemAlertId: 's2', providerAlertId: 'p2', productName: 'Azure Sentinel' }),
        ],
        ...fields,
      },
    })
    const told = {
      source: 'sentinel',
      status: 'closed',
      classification: 'benignPositive',
      determination: 'suspiciousButExpected',
      assignedTo: 'lee@contoso.example',
      changedAt: '2026-03-09T10:00:00.000Z',
    } as const
    isTold(
      incident({}),
      true,
      { ...told, of: 'cloud-apps', sourceAlertId: 'p1' },
      { ...told, of: 'sentinel', sourceAlertId: 's2' },
      { ...told, of: 'sentinel', sourceAlertId: 'inc-1' },
    )
    isTold(incident({ labels: [{ labelName: 'Redirected' }] }), true)
    isTold(incident({ status: 'Active', alerts: [alert({ systemAlertId: 's1' })] }), false, {
      ...told,
      sourceAlertId: 's1',
      status: 'in-progress',
    })
    const row = {
      IncidentName: 'inc-1',
      IncidentNumber: 12,
      Title: 't',
      Status: 'Closed',
      ModifiedBy: 'lee',
      Owner: '{"assignedTo":null}',
    }
    isTold({ ...row, LastModifiedTime: '2026-03-09T10:00:00Z' }, true, {
      sourceAlertId: 'inc-1',
      changedBy: 'lee',
      assignedTo: '',
      changedAt: '2026-03-09T10:00:00.000Z',
    })
  })

  it('Azure Monitor and Office 365 tell that an alert is over', () => {
    const essentials = {
      alertId: '/alerts/1',
      alertRule: 'r',
      monitorCondition: 'Resolved',
      resolvedDateTime: '2026-03-09T10:00:00Z',
    }
    isTold({ schemaId: 'azureMonitorCommonAlertSchema', data: { essentials, alertContext: {} } }, true, {
      of: 'azure-monitor',
      sourceAlertId: '/alerts/1',
      status: 'resolved',
      changedAt: '2026-03-09T10:00:00.000Z',
    })
    const record = { RecordType: 40, Operation: 'AlertUpdated', AlertId: 'o1', Name: 't', Status: 'Resolved' }
    isTold({ ...record, CreationTime: '2026-03-09T10:00:00' }, true, {
      of: 'office-365',
      sourceAlertId: 'o1',
      status: 'resolved',
      changedAt: '2026-03-09T10:00:00.000Z',
    })
  })

  it('an alert without an id that could be known tells nothing of anybody', () => {
    const alert = { title: 't', timestamp: 1, severityValue: 1, resolutionStatusValue: 2 }
    for (const id of ['', 'a\u0000b', 'x'.repeat(600), null, 7]) isTold({ ...alert, _id: id }, true)
  })
})
