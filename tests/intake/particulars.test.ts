import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Reading } from '../../triage/alert.js'
import { read } from '../../intake/read.js'
import { evidence, graph, now, only, pascal } from './alerts.js'

const sampleOf = async (name: string): Promise<Reading> =>
  only(JSON.parse(await readFile(`intake/samples/${name}.json`, 'utf8')))

describe('intake: what only some sources tell', () => {
  const vault = '/subscriptions/s1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v1'
  const ip = (location: object) => ({ Address: '203.0.113.7', Location: location, Type: 'ip' })

  it('keeps the city of an address, and whose network it is in', () => {
    const of = (location: object) => only(pascal({ Entities: [ip(location)] })).addresses
    const place = { ip: '203.0.113.7', country: 'NL' }
    assert.deepEqual(of({ CountryCode: 'NL', City: 'Delft', Asn: 64496, Carrier: 'Example Hosting' }), [
      { ...place, city: 'Delft', network: 'AS64496 Example Hosting' },
    ])
    assert.deepEqual(of({ CountryCode: 'NL', Asn: 'AS64496' }), [{ ...place, network: 'AS64496' }])
    assert.deepEqual(of({ CountryCode: 'NL', Carrier: 'Example' }), [{ ...place, network: 'Example' }])
    assert.deepEqual(of({ CountryCode: 'NL', City: ' ', Asn: 0, Carrier: 7 }), [place])
    const [long] = of({ City: 'x'.repeat(500), Carrier: 'y'.repeat(500) })
    assert.deepEqual([long?.city?.length, long?.network?.length], [80, 80])
  })

  it('keeps the city that Graph tells', () => {
    const location = { city: 'Recife', countryCode: 'BR' }
    const reading = only(graph({ evidence: [evidence('ip', { ipAddress: '198.51.100.7', location })] }))
    assert.deepEqual(reading.addresses, [{ ip: '198.51.100.7', country: 'BR', city: 'Recife' }])
  })

  it('keeps the techniques, by their numbers', async () => {
    assert.deepEqual(only(graph({ mitreTechniques: ['T1078', 'T1550.001', 'T1078', 'no'] })).techniques, [
      'T1078',
      'T1550.001',
    ])
    assert.deepEqual(only(pascal({ Techniques: ['T1098'] })).techniques, ['T1098'])
    assert.equal(only(graph({ mitreTechniques: [7] })).techniques, undefined)
    assert.deepEqual((await sampleOf('impossible-travel')).techniques, ['T1078'])
    const incident = read(JSON.parse(await readFile('intake/samples/sentinel-incident.json', 'utf8')), now)
    assert.deepEqual(
      incident.readings.map(({ techniques }) => techniques),
      [['T1078'], ['T1078']],
    )
  })

  it('keeps the names of operations, and the whole ids of resources, the most exact first', async () => {
    const reading = only(
      pascal({
        ExtendedProperties: { 'operation names': 'Microsoft.KeyVault/vaults/write, Microsoft.KeyVault/vaults/delete' },
        Entities: [{ ResourceId: vault, Type: 'azure-resource' }],
        ResourceIdentifiers: [{ AzureResourceId: '/subscriptions/s1', Type: 'AzureResource' }],
      }),
    )
    assert.deepEqual(reading.operations, ['Microsoft.KeyVault/vaults/write', 'Microsoft.KeyVault/vaults/delete'])
    assert.deepEqual(reading.resources, [vault, '/subscriptions/s1'])
    const sample = await sampleOf('ARM_OperationFromSuspiciousIP')
    assert.deepEqual(sample.operations, ['Microsoft.KeyVault/vaults/write'])
    assert.match(sample.resources[0] ?? '', /\/vaults\/payments-kv$/)
    assert.deepEqual(sample.addresses, [
      { ip: '198.51.100.203', country: 'RO', city: 'Cluj-Napoca', network: 'AS64496' },
    ])
  })
})
