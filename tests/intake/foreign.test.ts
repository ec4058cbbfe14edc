import assert from 'node:assert/strict'
import { plain, refusal } from './alerts.js'

const context: readonly (readonly [string, unknown, RegExp])[] = [
  ['nothing', null, /^This is nothing, not an alert\. Send /],
  ['text', 'hello', /^This is "hello", not an alert/],
  ['a number', 5, /^This is a number/],
  ['an empty object', {}, /^This is an empty object/],
  ['a list in a list', [[]], /^\[0\] is a list, not an alert/],
  ['an unknown object', { colour: 'red' }, /an object Winnow does not know, with the fields "colour"/],
  [
    'an Azure Monitor metric alert',
    { schemaId: 'azureMonitorCommonAlertSchema', data: { essentials: { signalType: 'Metric' } } },
    /an Azure Monitor metric alert\. .*workflow automation/,
  ],
  [
    'an Azure Monitor activity log alert',
    {
      schemaId: 'azureMonitorCommonAlertSchema',
      data: { essentials: { monitoringService: 'Activity Log - Security' } },
    },
    /an Azure Monitor activity log alert/,
  ],
  [
    'a change notification',
    {
      value: [{ subscriptionId: 's', changeType: 'updated', resource: 'security/alerts/1', resourceData: { id: '1' } }],
    },
    /^value\[0\] is a Graph change notification without the alert\. Get the alert it names/,
  ],
  ['an event', { type: 'Microsoft.Graph.AlertCreated', id: '1', data: {} }, /a Graph change notification/],
  ['a Cloud Apps alert', { _id: 'a', title: 't', severityValue: 1 }, /a Defender for Cloud Apps REST alert.*alerts_v2/],
  [
    'a Cloud Apps list',
    { data: [{ _id: 'a', idValue: 1 }], total: 1 },
    /a list of Defender for Cloud Apps REST alerts/,
  ],
  ['a Cloud Apps activity', { _id: 'a', eventTypeValue: 'LOGIN' }, /a Defender for Cloud Apps activity/],
  [
    'a legacy alert',
    { id: 'a', title: 't', createdDateTime: 'x', vendorInformation: { provider: 'MCAS' } },
    /a legacy Graph alert .*retired/,
  ],
  ['an assessment', { id: 'a', type: 'Microsoft.Security/assessments', properties: {} }, /an assessment, not an alert/],
  [
    'a finding',
    { type: 'Microsoft.Security/assessments/subAssessments', properties: {} },
    /a finding of an assessment, not an alert/,
  ],
  ['a secure score', { type: 'Microsoft.Security/secureScores', properties: {} }, /a secure score, not an alert/],
  [
    'a Log Analytics row',
    { Type: 'SecurityAlert', AlertType: 'x', SystemAlertId: 'y', AlertSeverity: 'High' },
    /a Log Analytics SecurityAlert row/,
  ],
  [
    'a Sentinel incident',
    { objectSchemaType: 'Incident', object: { properties: { incidentNumber: 3 } } },
    /a Microsoft Sentinel incident\. Send its alerts/,
  ],
  ['an XDR incident', { incidentId: 1, incidentName: 'x', alerts: [] }, /a Microsoft Defender XDR incident/],
  ['a Graph incident', { id: '1', displayName: 'x', incidentWebUrl: 'https://x' }, /a Graph incident/],
  ['a hunting row', { category: 'AdvancedHunting-AlertInfo', properties: { AlertId: 'x' } }, /an advanced hunting row/],
  [
    'an XDR alert',
    { alertId: 'ca1', serviceSource: 'MicrosoftCloudAppSecurity', title: 't' },
    /a Microsoft Defender XDR/,
  ],
  [
    'an Activity Log event',
    { id: '/x', eventDataId: 'a', operationName: { value: 'x' }, properties: { severity: 'Low' } },
    /an Azure Activity Log event/,
  ],
  ['a chat activity', { type: 'message', channelId: 'msteams', serviceUrl: 'https://x' }, /a chat activity/],
  ['a patch', { status: 'inProgress', classification: 'truePositive' }, /a change to an alert, not the alert/],
  ['a schema', { $schema: 'x', properties: {} }, /a JSON Schema/],
  ['an error', { error: { code: 'Forbidden' } }, /an error answer/],
]

describe('intake/foreign', () => {
  for (const [name, payload, message] of context) {
    it(`says what it saw, and what to send instead, when sent ${name}`, () => {
      assert.match(refusal(payload, 'intake/unrecognised'), message)
    })
  }

  it('counts the strangers in a list', () => {
    assert.match(refusal([{ a: 1 }, plain(), 3], 'intake/unrecognised'), /^\[0\] is .*\(2 of 3 entries/)
  })

  it('quotes what a sender wrote, short and without control characters', () => {
    const message = refusal({ [`x\n\u001b${'y'.repeat(5_000)}`]: 1 }, 'intake/unrecognised')
    assert.ok(message.length < 500)
    assert.doesNotMatch(message, /\p{Cc}/u)
  })
})
