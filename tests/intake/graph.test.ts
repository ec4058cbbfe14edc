import assert from 'node:assert/strict'
import { evidence, graph, only, refusal } from './alerts.js'

const objectId = '0a1b2c3d-1111-4aaa-8bbb-0123456789ab'

describe('intake/graph', () => {
  it('reads a whole alert', () => {
    const reading = only(
      graph({
        description: 'What happened.',
        category: 'InitialAccess',
        detectorId: 'AnomalousToken',
        alertWebUrl: 'https://security.microsoft.com/alerts/ca1?tid=t',
        evidence: [
          evidence('user', {
            userAccount: {
              accountName: 'alex',
              azureAdUserId: objectId,
              displayName: 'Alex Doorn',
              userPrincipalName: 'alex@contoso.example',
            },
          }),
          evidence('ip', { ipAddress: '203.0.113.7', countryLetterCode: 'NL' }),
          evidence('ip', { ipAddress: '198.51.100.7', location: { countryName: 'Brazil' } }),
          evidence('cloudApplication', { displayName: 'Microsoft 365' }),
          evidence('oauthApplication', { displayName: 'Expense Helper' }),
          evidence('azureResource', { resourceId: '/subscriptions/s1', resourceName: 's1' }),
          evidence('device', { deviceDnsName: 'laptop-7' }),
          evidence('file', { fileDetails: { fileName: 'a.txt' } }),
        ],
      }),
    )
    assert.deepEqual(reading, {
      source: 'graph',
      sourceAlertId: 'ca1',
      family: 'cloud-apps',
      key: 'AnomalousToken',
      title: 'Mass download',
      description: 'What happened.',
      severity: 'high',
      occurredAt: '2026-03-09T08:00:00.000Z',
      people: [{ upn: 'alex@contoso.example', objectId, name: 'Alex Doorn' }],
      addresses: [
        { ip: '203.0.113.7', country: 'NL' },
        { ip: '198.51.100.7', country: 'BR' },
      ],
      apps: ['Microsoft 365', 'Expense Helper'],
      resources: ['/subscriptions/s1', 'laptop-7'],
      tactics: ['initial-access'],
      link: 'https://security.microsoft.com/alerts/ca1?tid=t',
      sample: false,
    })
  })

  it('tells the family by the service, and by the product where the service is hidden', () => {
    const family = (serviceSource: unknown, productName?: string, more: object = {}): unknown =>
      only(graph({ serviceSource, productName, ...more })).family
    assert.equal(family('microsoftAppGovernance'), 'cloud-apps')
    assert.equal(family('unknownFutureValue', 'Microsoft Defender for Cloud Apps'), 'cloud-apps')
    assert.equal(family(undefined, 'Microsoft Cloud App Security'), 'cloud-apps')
    assert.equal(family(null, 'App Governance'), 'cloud-apps')
    assert.equal(family('unknownFutureValue', 'Microsoft Defender for Cloud'), null, 'the plan is hidden as well')
    assert.equal(family('microsoftDefenderForCloud', undefined, { detectionSource: 'unknownFutureValue' }), null)
    assert.equal(
      family('microsoftDefenderForCloud', undefined, { detectionSource: 'microsoftDefenderForServers' }),
      'elsewhere',
    )
    assert.equal(family('microsoftDefenderForIdentity', 'Microsoft Defender for Identity'), 'elsewhere')
    assert.equal(family('microsoftDefenderForIdentity', 'Microsoft Defender for Cloud Apps'), 'elsewhere')
    const manager = { detectionSource: 'microsoftDefenderForResourceManager' }
    assert.equal(family('microsoftDefenderForCloud', undefined, manager), 'resource-manager')
    assert.equal(
      family('unknownFutureValue', 'Microsoft Defender for Cloud', { detectorId: 'ARM_X' }),
      'resource-manager',
    )
  })

  it('takes a key only where it is a name', () => {
    const key = (fields: Record<string, unknown>): unknown => only(graph(fields)).key
    assert.equal(key({ detectorId: 'e0da400f-affd-43ef-b1d5-afc2eb6f2756' }), null)
    assert.equal(key({ detectorId: '5bfd18bfab73c36ba10d38ca' }), null)
    assert.equal(key({ detectorId: 'e0da400f-affd-43ef-b1d5-afc2eb6f2756_rule' }), null)
    assert.equal(key({ detectorId: 'SIMULATED_ARM_X' }), 'ARM_X')
    assert.equal(key({ detectorId: 'MCAS_ALERT_ANUBIS_DETECTION_VELOCITY' }), 'ANUBIS_DETECTION_VELOCITY')
    assert.equal(key({ detectorId: null, additionalData: { AlertType: 'ALERT_CABINET_X' } }), 'CABINET_X')
    assert.equal(key({ additionalData: 'AlertType', alertPolicyId: 'PolicyName' }), 'PolicyName')
    assert.equal(key({}), null)
  })

  it('reads evidence whose type key was renamed, and evidence without types', () => {
    const userAccount = { userPrincipalName: 'sam@contoso.example' }
    const renamed = [{ at_sign_odata_type: '#microsoft.graph.security.userEvidence', userAccount }]
    const typeless = [
      { userAccount },
      { ipAddress: '203.0.113.7', countryLetterCode: null },
      { processId: 3, userAccount: { userPrincipalName: 'other@contoso.example' } },
      { saasAppId: 1, displayName: 'App' },
    ]
    const sam = [{ upn: 'sam@contoso.example', objectId: null, name: null }]
    assert.deepEqual(only(graph({ evidence: renamed })).people, sam)
    const reading = only(graph({ evidence: typeless }))
    const other = { upn: 'other@contoso.example', objectId: null, name: null }
    assert.deepEqual(reading.people, [...sam, other], 'the account of a process comes last')
    assert.deepEqual(reading.addresses, [{ ip: '203.0.113.7', country: null }])
    assert.deepEqual(reading.apps, ['App'])
  })

  it('names mailboxes after users, each person once', () => {
    const { people } = only(
      graph({
        evidence: [
          evidence('mailbox', { primaryAddress: 'sales@contoso.example', displayName: 'Sales' }),
          evidence('mailbox', { upn: 'sam@contoso.example', userAccount: { azureAdUserId: objectId } }),
          evidence('user', { userAccount: { userPrincipalName: 'Sam@contoso.example', displayName: 'Sam' } }),
        ],
      }),
    )
    assert.deepEqual(people, [
      { upn: 'Sam@contoso.example', objectId, name: 'Sam' },
      { upn: 'sales@contoso.example', objectId: null, name: 'Sales' },
    ])
  })

  it('leaves out the accounts of machines and addresses that are none', () => {
    const blank = { userPrincipalName: null, azureAdUserId: null, displayName: '', userSid: '' }
    const reading = only(
      graph({
        evidence: [
          evidence('user', { userAccount: { ...blank, accountName: 'root' } }),
          evidence('user', { userAccount: { ...blank, accountName: 'SYSTEM', domainName: 'NT AUTHORITY' } }),
          evidence('user', { userAccount: { ...blank, userPrincipalName: 'null', accountName: 'null' } }),
          evidence('user', { userAccount: 'alex' }),
          evidence('ip', { ipAddress: '0.0.0.0' }),
          evidence('ip', { ipAddress: '203.0.113.7/24' }),
          null,
          'user',
        ],
      }),
    )
    assert.deepEqual(reading.people, [])
    assert.deepEqual(reading.addresses, [])
  })

  it('keeps only categories that are tactics', () => {
    assert.deepEqual(only(graph({ category: 'CommandAndControl' })).tactics, ['command-and-control'])
    for (const category of ['AnonymousLogin', 'None', 'SuspiciousActivity', null]) {
      assert.deepEqual(only(graph({ category })).tactics, [])
    }
  })

  it('knows sample alerts by their title', () => {
    const reading = only(graph({ title: '[SAMPLE ALERT] Suspicious elevate access operation' }))
    assert.equal(reading.title, 'Suspicious elevate access operation')
    assert.equal(reading.sample, true)
  })

  it('leaves the severity open where the source does not know', () => {
    assert.equal(only(graph({ severity: 'unknown' })).severity, null)
    assert.equal(only(graph({ severity: 'unknownFutureValue' })).severity, null)
  })

  it('shows links only when they are https and hide no other host', () => {
    const link = (alertWebUrl: unknown): unknown => only(graph({ alertWebUrl })).link
    for (const bad of [
      'http://x.example',
      'javascript:alert(1)',
      'https://security.microsoft.com@x.example/',
      'x',
      3,
      '',
    ]) {
      assert.equal(link(bad), null, String(bad))
    }
    assert.equal(link(`https://x.example/${'a'.repeat(3_000)}`), null)
    assert.equal(link('https://x.example/a"b<c> d\n'), 'https://x.example/a%22b%3Cc%3E%20d')
  })

  it('names what an alert lacks or has wrong', () => {
    assert.match(refusal(graph({ id: undefined }), 'intake/malformed'), /\n {2}id: expected text, but it is missing/)
    assert.match(refusal(graph({ title: null }), 'intake/malformed'), /\n {2}title: expected text, not nothing/)
    assert.match(refusal(graph({ evidence: {} }), 'intake/malformed'), /\n {2}evidence: expected a list, not an object/)
    assert.match(
      refusal([graph({ status: ['new'] })], 'intake/malformed'),
      /\n {2}\[0\]\.status: expected text, not a list/,
    )
  })
})
