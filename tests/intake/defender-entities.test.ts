import assert from 'node:assert/strict'
import { camelCase, only, pascal } from './alerts.js'

const vault = '/subscriptions/s1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v1'
const objectId = '0a1b2c3d-1111-4aaa-8bbb-0123456789ab'
const nobody = '00000000-0000-0000-0000-000000000000'

describe('intake/defender-entities', () => {
  it('finds people and addresses that are spelled out inside another entity and only referred to in the list', () => {
    const reading = only(
      camelCase({
        entities: [
          { $id: '2', type: 'network-connection', sourceAddress: { $id: '3', type: 'ip', address: '203.0.113.9' } },
          {
            $id: '4',
            type: 'process',
            account: { $id: '5', type: 'account', name: 'sam', upnSuffix: 'contoso.example' },
          },
          { $ref: '3' },
          { $ref: '5' },
        ],
      }),
    )
    assert.deepEqual(reading.addresses, [{ ip: '203.0.113.9', country: null }])
    assert.deepEqual(reading.people, [{ upn: 'sam@contoso.example', objectId: null, name: 'sam' }])
  })

  it('leaves out accounts of machines, empty ones, and the zeros of unknown ids', () => {
    const account = (fields: object): object => ({ type: 'account', ...fields })
    const { people } = only(
      camelCase({
        entities: [
          account({ name: 'SYSTEM', ntDomain: 'NT AUTHORITY' }),
          account({ name: 'root' }),
          account({ name: 'WEB01$', upnSuffix: 'contoso.example' }),
          account({ aadUserId: nobody, isValid: false }),
          account({ name: '', upnSuffix: 'null' }),
          account({ name: 'kim', UPNSuffix: 'contoso.example', aadUserId: nobody }),
          account({ name: 'KIM', upnSuffix: 'contoso.example', aadUserId: objectId }),
          account({ name: 5, upnSuffix: [] }),
        ],
      }),
    )
    assert.deepEqual(people, [{ upn: 'kim@contoso.example', objectId, name: 'kim' }])
  })

  it('looks for people in the extended properties when no entity is one', () => {
    const from = (extendedProperties: object): unknown => only(camelCase({ extendedProperties })).people
    const upn = { upn: 'alex@contoso.example', objectId: null, name: null }
    assert.deepEqual(from({ 'client Principal Name': 'alex@contoso.example' }), [upn])
    const bare = only(camelCase({ extendedProperties: { caller: objectId } }))
    assert.deepEqual([bare.people, bare.identities], [[], [{ kind: 'object-id', name: null, id: objectId }]])
    assert.deepEqual(from({ 'User Name': 'build agent' }), [{ upn: null, objectId: null, name: 'build agent' }])
    assert.deepEqual(from({ 'user name': 'root', caller: '', 'Account Session Id': '0x4', 'role name': 'Owner' }), [])
  })

  it('takes addresses from extended properties too, valid ones once each', () => {
    const { addresses } = only(
      camelCase({
        entities: [
          { type: 'ip', address: '203.0.113.7', location: { countryName: 'US' } },
          { type: 'ip', address: '0.0.0.0' },
          { type: 'ip', address: 'not one' },
        ],
        extendedProperties: {
          'client IP Address': '203.0.113.7',
          'sample Source IP Addresses': '198.51.100.1, 2001:db8::1;999.1.1.1',
          'client IP Location': '192.0.2.1',
          PID: 944,
        },
      }),
    )
    assert.deepEqual(addresses, [
      { ip: '203.0.113.7', country: 'US' },
      { ip: '198.51.100.1', country: null },
      { ip: '2001:db8::1', country: null },
    ])
  })

  it('names the compromised entity only where no resource has an id', () => {
    const some = [{ type: 'LogAnalytics', workspaceId: 'w' }, null, 3]
    assert.deepEqual(only(camelCase({ resourceIdentifiers: some, compromisedEntity: 'vm1' })).resources, ['vm1'])
    assert.deepEqual(only(pascal({ AzureResourceId: vault, CompromisedEntity: 'v1' })).resources, [vault])
    const twice = [{ azureResourceId: vault }, { azureResourceId: vault.toUpperCase() }]
    assert.deepEqual(only(camelCase({ resourceIdentifiers: twice })).resources, [vault])
  })
})
