import assert from 'node:assert/strict'
import { openRegister } from '../../../evidence/registers/match.js'
import { readRegister } from '../../../evidence/registers/read.js'
import type { Alert } from '../../../triage/alert.js'
import type { RegisterName } from '../../../triage/register.js'
import { bareAlert } from '../../support/cast.js'

const from = (ip: string, country: string | null = null): Partial<Alert> => ({ addresses: [{ ip, country }] })
const by = (upn: string): Partial<Alert> => ({ people: [{ upn, objectId: null, name: null }] })

const asked = (register: RegisterName, yaml: string, but: Partial<Alert>) => {
  const { entries, problems } = readRegister(register, yaml, 'yaml')
  assert.deepEqual(problems, [])
  return openRegister(register, entries, '2026-11-12')(bareAlert(but))
}
const entriesOf = (...all: Parameters<typeof asked>): readonly string[] =>
  asked(...all).map(({ entry, standing }) => `${entry} ${standing}`)

describe('evidence/registers/match', () => {
  it('names register, entry, kind, owner, what of the alert is in it, and as of when', () => {
    const yaml = '- { name: sao-paulo-vpn, kind: vpn, owner: network team, ranges: [198.51.100.0/24] }'
    assert.deepEqual(asked('networks', yaml, from('198.51.100.77')), [
      {
        register: 'networks',
        entry: 'sao-paulo-vpn',
        kind: 'vpn',
        owner: 'network team',
        matched: '198.51.100.77',
        from: null,
        to: null,
        standing: 'current',
        countries: [],
        asOf: '2026-11-12',
      },
    ])
    assert.deepEqual(asked('networks', yaml, from('198.51.101.1')), [])
  })

  it('knows IPv4 and IPv6 ranges, single addresses, and nothing that is no address', () => {
    const yaml = '- { name: six, ranges: ["2001:db8::/32"] }\n- { name: one, ranges: [192.0.2.1] }'
    assert.deepEqual(entriesOf('networks', yaml, from('2001:db8:1::5')), ['six current'])
    assert.deepEqual(entriesOf('networks', yaml, from('192.0.2.1')), ['one current'])
    assert.deepEqual(entriesOf('networks', yaml, from('192.0.2.2')), [])
    assert.deepEqual(entriesOf('networks', yaml, from('not an address')), [])
  })

  it('holds from its first day to the end of its last, and says when it does not', () => {
    const test = (range: string) =>
      `- { name: T1, lead: x }`.replace('lead: x', `people: [anna@contoso.example], ${range}`)
    const anna = by('Anna@Contoso.example')
    assert.deepEqual(entriesOf('tests', test('from: 2026-11-12, to: 2026-11-12'), anna), ['T1 current'])
    assert.deepEqual(entriesOf('tests', test('from: 2026-11-01, to: 2026-11-11'), anna), ['T1 expired'])
    assert.deepEqual(entriesOf('tests', test('from: 2026-11-13'), anna), ['T1 not-yet'])
    assert.deepEqual(entriesOf('tests', test('to: "2026-11-12T08:29:59Z"'), anna), ['T1 expired'])
    assert.deepEqual(entriesOf('tests', test('to: "2026-11-12T09:30:00+01:00"'), anna), ['T1 current'])
  })

  it('asks of an entry that each kind of thing it names is in the alert', () => {
    const yaml = '- { name: T1, people: [anna@contoso.example], ranges: [192.0.2.0/24] }'
    assert.deepEqual(entriesOf('tests', yaml, { ...by('anna@contoso.example'), ...from('192.0.2.9') }), ['T1 current'])
    assert.deepEqual(entriesOf('tests', yaml, by('anna@contoso.example')), [])
    assert.deepEqual(entriesOf('tests', yaml, { ...by('ben@contoso.example'), ...from('192.0.2.9') }), [])
  })

  it('says of a journey to other countries that it does not cover the alert', () => {
    const yaml = '- { name: Lisbon, people: [anna@contoso.example], countries: [PT], from: 2026-11-10, to: 2026-11-14 }'
    assert.deepEqual(entriesOf('travel', yaml, { ...by('anna@contoso.example'), ...from('192.0.2.1', 'PT') }), [
      'Lisbon current',
    ])
    assert.deepEqual(entriesOf('travel', yaml, { ...by('anna@contoso.example'), ...from('192.0.2.1', 'BR') }), [
      'Lisbon elsewhere',
    ])
  })

  it('says so as well when one of several countries is another', () => {
    const yaml = '- { name: Lisbon, people: [anna@contoso.example], countries: [PT, SE] }'
    const names = (...countries: readonly string[]) => ({
      ...by('anna@contoso.example'),
      addresses: countries.map((country) => ({ ip: '192.0.2.1', country })),
    })
    assert.deepEqual(entriesOf('travel', yaml, names('SE', 'PT')), ['Lisbon current'])
    assert.deepEqual(entriesOf('travel', yaml, names('PT', 'BR')), ['Lisbon elsewhere'])
    assert.deepEqual(entriesOf('travel', yaml, by('anna@contoso.example')), ['Lisbon elsewhere'])
  })

  it('knows apps and resources by their names, by ids, and by a beginning or an end', () => {
    const id = '00000000-0000-4000-8000-00000000000c'
    const apps = `- { name: A, kind: approved, apps: ["${id}"] }\n- { name: B, apps: ["backup*"] }`
    assert.deepEqual(entriesOf('apps', apps, { identities: [{ kind: 'service-principal', name: 'x', id }] }), [
      'A current',
    ])
    assert.deepEqual(entriesOf('apps', apps, { apps: ['Backup Agent'] }), ['B current'])
    assert.deepEqual(entriesOf('apps', apps, { apps: ['My backup'] }), [])
    const resources = '- { name: C, resources: [prod-data] }'
    assert.deepEqual(entriesOf('changes', resources, { resources: ['/subscriptions/x/storageAccounts/prod-data'] }), [
      'C current',
    ])
    assert.deepEqual(
      entriesOf('changes', resources, { resources: ['/subscriptions/x/storageAccounts/prod-data2'] }),
      [],
    )
  })

  it('tells what holds before what does not', () => {
    const yaml = '- { name: old, people: [a@b.example], to: 2026-11-01 }\n- { name: new, people: [a@b.example] }'
    assert.deepEqual(entriesOf('changes', yaml, by('a@b.example')), ['new current', 'old expired'])
  })
})
