import assert from 'node:assert/strict'
import { read } from '../../intake/read.js'
import { arm, camelCase, now, only, pascal, refusal } from './alerts.js'

const vault = '/subscriptions/s1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v1'
const objectId = '0a1b2c3d-1111-4aaa-8bbb-0123456789ab'

describe('intake/defender-for-cloud', () => {
  it('reads a whole alert', () => {
    const reading = only(
      pascal({
        Description: 'What happened.',
        Intent: 'DefenseEvasion, LateralMovement',
        Entities: [
          { $id: '4', Name: 'alex', UpnSuffix: 'contoso.example', AadUserId: objectId, Type: 'account' },
          { $id: '5', Address: '203.0.113.7', Location: { CountryCode: 'nl', CountryName: 'Netherlands' }, Type: 'ip' },
        ],
        ResourceIdentifiers: [{ AzureResourceId: vault, Type: 'AzureResource' }],
        CompromisedEntity: 'v1',
        AlertUri: 'https://portal.azure.com/#blade/x',
      }),
    )
    assert.deepEqual(reading, {
      source: 'defender-for-cloud',
      sourceAlertId: '2517_aa',
      family: 'resource-manager',
      key: 'ARM_AnomalousElevateAccess',
      title: 'Suspicious elevate access operation',
      description: 'What happened.',
      severity: 'medium',
      occurredAt: '2026-03-09T08:00:00.123Z',
      people: [{ upn: 'alex@contoso.example', objectId, name: 'alex' }],
      addresses: [{ ip: '203.0.113.7', country: 'NL' }],
      apps: [],
      resources: [vault],
      tactics: ['defense-evasion', 'lateral-movement'],
      link: 'https://portal.azure.com/#blade/x',
      sample: false,
    })
  })

  it('takes the id from the resource name where the alert itself has none', () => {
    assert.equal(only(arm({ systemAlertId: null })).sourceAlertId, '2517_aa')
  })

  it('ignores what is resolved or dismissed, and reads what is in progress', () => {
    for (const status of ['Resolved', 'Dismissed', 'dismissed']) {
      const { readings, ignored } = read(arm({ status }), now)
      assert.deepEqual(readings, [])
      assert.match(
        ignored[0]?.reason ?? '',
        /^the alert "2517_aa" is already (resolved|dismissed) in Defender for Cloud$/,
      )
    }
    assert.equal(only(arm({ status: 'InProgress' })).sourceAlertId, '2517_aa')
  })

  it('reads an incident like an alert: nothing that arrives is lost', () => {
    assert.equal(only(pascal({ IsIncident: true })).sourceAlertId, '2517_aa')
  })

  it('reads sample alerts as such, without the marks the product puts on them', () => {
    const reading = only(
      camelCase({
        alertType: 'SIMULATED_ARM_OperationFromSuspiciousIP',
        alertDisplayName: '[SAMPLE ALERT] Operation from suspicious IP',
        description: 'THIS IS A SAMPLE ALERT: Somebody did something.',
      }),
    )
    assert.equal(reading.sample, true)
    assert.equal(reading.key, 'ARM_OperationFromSuspiciousIP')
    assert.equal(reading.title, 'Operation from suspicious IP')
    assert.equal(reading.description, 'Somebody did something.')
  })

  it('knows a sample by any one of the three marks', () => {
    assert.equal(only(camelCase({ alertType: 'simulated_VM_X' })).sample, true)
    assert.equal(only(camelCase({ alertDisplayName: '[SAMPLE ALERT] X' })).sample, true)
    assert.equal(only(camelCase({ description: 'THIS IS A SAMPLE ALERT: x' })).sample, true)
    assert.equal(only(camelCase()).sample, false)
  })

  it('knows the family of Resource Manager by the key, however it is published', () => {
    const family = (alertType: string): unknown => only(camelCase({ alertType })).family
    for (const key of ['Arm_Suspicious_Vault_Recovering', 'RM_MicroBurst.AzureRmVMBulkCMD', 'ARM_ X']) {
      assert.equal(family(key), 'resource-manager', key)
    }
    for (const key of ['VM_X', 'ARMORED_X', 'RM_Other', 'Storage.Blob_ARM_X'])
      assert.equal(family(key), 'elsewhere', key)
    assert.equal(only(camelCase({ alertType: 'ARM_ MicroBurst. X' })).key, 'ARM_MicroBurst.X')
  })

  it('reads tactics from a comma list, from a list as text, and none from "Unknown"', () => {
    const from = (intent: unknown): unknown => only(camelCase({ intent })).tactics
    assert.deepEqual(from('PreAttack, CommandAndControl'), ['pre-attack', 'command-and-control'])
    assert.deepEqual(from('["Persistence","Initial Access"]'), ['persistence', 'initial-access'])
    assert.deepEqual(from(['Impact', 3]), ['impact'])
    assert.deepEqual(from('Unknown'), [])
    assert.deepEqual(from(null), [])
  })

  it('uses the first valid time', () => {
    const at = (fields: Record<string, unknown>): string => only(pascal(fields)).occurredAt
    const generated = { TimeGenerated: '2026-03-09T10:00:00+02:00' }
    assert.equal(at({ StartTimeUtc: '0001-01-01T00:00:00Z', ...generated }), '2026-03-09T08:00:00.000Z')
    assert.equal(at({ StartTimeUtc: 'garbage', ...generated }), '2026-03-09T08:00:00.000Z')
    assert.equal(at({ StartTimeUtc: undefined, ProcessingEndTime: '2026-03-09 07:00:00' }), '2026-03-09T07:00:00.000Z')
  })

  it('takes severities in any case and leaves unknown ones open', () => {
    assert.equal(only(pascal({ Severity: 'HIGH' })).severity, 'high')
    assert.equal(only(pascal({ Severity: 'Critical' })).severity, 'high')
    assert.equal(only(pascal({ Severity: 'Catastrophic' })).severity, null)
    assert.equal(only(pascal({ Severity: null })).severity, null)
  })

  it('names what an alert lacks or has wrong', () => {
    assert.match(refusal({ ...arm(), properties: {} }, 'intake/malformed'), /properties\.alertType: .*missing/)
    assert.match(
      refusal({ ...arm(), properties: 7 }, 'intake/malformed'),
      /properties: expected an object, not a number/,
    )
    assert.match(refusal({ ...arm(), properties: undefined }, 'intake/malformed'), /properties\.alertType/)
    assert.match(
      refusal(pascal({ ExtendedProperties: [] }), 'intake/malformed'),
      /ExtendedProperties: expected an object/,
    )
    assert.match(
      refusal(pascal({ AlertDisplayName: '[SAMPLE ALERT] ' }), 'intake/malformed'),
      /AlertDisplayName: .*title/,
    )
  })
})
