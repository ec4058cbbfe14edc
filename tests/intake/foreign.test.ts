import assert from 'node:assert/strict'
import { read } from '../../intake/read.js'
import { now, refusal } from './alerts.js'

const context: readonly (readonly [string, unknown, RegExp])[] = [
  ['nothing', null, /^This is nothing, not an alert\. Send /],
  ['text', 'hello', /^This is "hello", not an alert/],
  ['a number', 5, /^This is a number/],
  ['an empty object', {}, /^This is an empty object/],
  ['a list in a list', [[]], /^\[0\] is a list, not an alert/],
  ['an unknown object', { colour: 'red' }, /an object Winnow does not know, with the fields "colour"/],
  [
    'an Event Grid handshake',
    { eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: {} },
    /a handshake|handshake/,
  ],
  ['a person', { id: '1', displayName: 'Kim', jobTitle: 'x' }, /a person of the directory, not an alert/],
  ['an id alone', { id: '1' }, /an id alone, not an alert/],
  ['the answer to a change', { closed_benign: 1 }, /the answer to a change of alerts/],
  ['the answer to another', { closed_true_positive: 1 }, /the answer to a change of alerts/],
  ['the answer to a third', { closed_false_positive: 1 }, /the answer to a change of alerts/],
  ['an invoke', { type: 'invoke', name: 'x', value: {} }, /a chat activity/],
  ['a chat activity', { type: 'message', channelId: 'msteams', serviceUrl: 'https://x' }, /a chat activity/],
  ['a patch', { status: 'inProgress', classification: 'truePositive' }, /a change to an alert, not the alert/],
  ['a schema', { $schema: 'x', properties: {} }, /a JSON Schema/],
  ['an error', { error: { code: 'Forbidden' } }, /an error answer/],
]

/** What travels beside alerts and is none. */
const beside: readonly (readonly [string, unknown, RegExp])[] = [
  [
    'a change notification',
    {
      value: [{ subscriptionId: 's', changeType: 'updated', resource: 'security/alerts/1', resourceData: { id: '1' } }],
    },
    /^value\[0\]: this is a Graph change notification without the alert\. If Winnow pulls alerts/,
  ],
  ['an event', { type: 'Microsoft.Graph.AlertCreated', id: '1', data: {} }, /a Graph change notification/],
  ['a Cloud Apps activity', { _id: 'a', eventTypeValue: 'LOGIN' }, /a Defender for Cloud Apps activity/],
  ['an assessment', { id: 'a', type: 'Microsoft.Security/assessments', properties: {} }, /an assessment, not an alert/],
  [
    'a finding',
    { type: 'Microsoft.Security/assessments/subAssessments', properties: {} },
    /a finding of an assessment, not an alert/,
  ],
  ['a secure score', { type: 'Microsoft.Security/secureScores', properties: {} }, /a secure score, not an alert/],
  [
    'a compliance result',
    { type: 'Microsoft.Security/regulatoryComplianceStandards', properties: {} },
    /a regulatory compliance result, not an alert/,
  ],
  [
    'a Graph incident',
    { id: '1', displayName: 'x', incidentWebUrl: 'https://x' },
    /a Graph incident without its alerts/,
  ],
  ['another hunting row', { category: 'AdvancedHunting-DeviceEvents', properties: {} }, /hunting row that is no alert/],
  ['evidence alone', { AlertId: 'x', EntityType: 'Ip' }, /evidence of the alert "x", whose own row is not in this/],
  ['an XDR incident', { incidentId: 1, incidentName: 'x', alerts: [] }, /this incident holds no alerts/],
  ['a merged incident', { incidentId: 1, redirectIncidentId: 2, alerts: [{}] }, /this incident was merged/],
  [
    'a Sentinel incident that was merged',
    { object: { properties: { incidentNumber: 3, labels: [{ labelName: 'Redirected' }] } } },
    /the incident "3" was merged into another one/,
  ],
  ['a closed one', { properties: { incidentNumber: 3, status: 'Closed' } }, /the incident "3" is already closed/],
  ['an audit record', { RecordType: 15, Operation: 'UserLoggedIn', AlertType: 'x' }, /audit record of type "15"/],
  [
    'the health of a resource',
    { alertContext: { eventSource: 'ResourceHealth' } },
    /the health of a resource or service/,
  ],
  [
    'another event of the Activity Log',
    { eventDataId: 'a', operationName: { value: 'Microsoft.Compute/virtualMachines/start/action' } },
    /Activity Log event that is no security alert/,
  ],
  [
    'a log line of a person',
    'CEF:0|MCAS|SIEM_Agent|1|EVENT_CATEGORY_LOGIN|Log on|0|externalId=1',
    /an activity of a person/,
  ],
]

describe('intake/foreign', () => {
  for (const [name, payload, reason] of beside) {
    it(`ignores ${name} and says why`, () => {
      const { readings, ignored } = read(payload, now)
      assert.deepEqual(readings, [])
      assert.match(ignored[0]?.reason ?? '', reason)
    })
  }

  it('says when a payload notifies of alerts that it does not hold', () => {
    const notice = { changeType: 'created', subscriptionId: 's', resourceData: { id: 'a' } }
    assert.equal(read({ value: [notice] }, now).notifies, true)
    assert.equal(read({ value: [] }, now).notifies, false)
  })

  for (const [name, payload, message] of context) {
    it(`says what it saw, and what to send instead, when sent ${name}`, () => {
      assert.match(refusal(payload, 'intake/unrecognised'), message)
    })
  }

  it('counts the strangers in a list', () => {
    assert.match(refusal([{ a: 1 }, [], 3], 'intake/unrecognised'), /^\[0\] is .*\(3 of 3 entries/)
  })

  it('quotes what a sender wrote, short and without control characters', () => {
    const message = refusal({ [`x\n\u001b${'y'.repeat(5_000)}`]: 1 }, 'intake/unrecognised')
    assert.ok(message.length < 500)
    assert.doesNotMatch(message, /\p{Cc}/u)
  })
})
