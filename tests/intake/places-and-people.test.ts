import assert from 'node:assert/strict'
import fc from 'fast-check'
import { addresses, plainAddress } from '../../intake/addresses.js'
import { countryOf } from '../../intake/countries.js'
import { accounts } from '../../intake/people.js'
import { fromEpoch, occurred } from '../../intake/time.js'
import { now } from './alerts.js'

const id = '0a1b2c3d-1111-4aaa-8bbb-0123456789ab'
const account = (upn: unknown, objectId: unknown = null, name: unknown = null) => ({ upn, objectId, name })

describe('intake/countries', () => {
  it('makes a code of codes, of names as sources write them, and of "City, Region, CC"', () => {
    const expected: Readonly<Record<string, readonly string[]>> = {
      US: ['us', 'USA', 'United States', 'united states of america', 'U.S.', 'Ashburn, Virginia, US'],
      GB: ['UK', 'GBR', 'United Kingdom', 'Great Britain', 'London, England, GB'],
      KR: ['South Korea', 'Korea, Republic of', 'Republic of Korea'],
      CZ: ['Czechia', 'Czech Republic'],
      TR: ['Turkey', 'Türkiye', 'Turkiye'],
      CI: ["Côte d'Ivoire", 'Ivory Coast', 'Cote d’Ivoire'],
      NL: ['The Netherlands', 'Netherlands', 'NLD', 'Amsterdam, Noord-Holland, NL'],
      RU: ['Russia', 'Russian Federation'],
      LC: ['St. Lucia', 'Saint Lucia'],
      BR: ['Sao Paulo, Brazil', 'Brazil'],
    }
    for (const [code, names] of Object.entries(expected))
      for (const name of names) assert.equal(countryOf(name), code, name)
  })

  it('keeps what is none of these, bounded, and knows of nothing from nothing', () => {
    assert.equal(countryOf('Atlantis'), 'Atlantis')
    assert.equal(countryOf('x'.repeat(5_000))?.length, 100)
    for (const nothing of ['', ' ', 'null', null, 5, {}]) assert.equal(countryOf(nothing), null)
  })

  it('has a code of two letters for each of three, each once', () => {
    const codes = ['AFG', 'SWE', 'ZWE', 'CHE', 'DEU', 'AUT', 'IRL', 'PRT', 'SVK', 'SVN', 'XKX'].map((code) =>
      countryOf(code),
    )
    assert.deepEqual(codes, ['AF', 'SE', 'ZW', 'CH', 'DE', 'AT', 'IE', 'PT', 'SK', 'SI', 'XK'])
  })
})

describe('intake/addresses', () => {
  it('gives an address one spelling, without port, brackets, zone or prefix', () => {
    const spellings: Readonly<Record<string, readonly string[]>> = {
      '198.51.100.7': [
        '198.51.100.7:443',
        '::ffff:198.51.100.7',
        '::FFFF:c633:6407',
        '[::ffff:198.51.100.7]:80',
        '198.51.100.7/32',
      ],
      '2001:db8::1': [
        '2001:DB8::1',
        '2001:0db8:0000:0000:0000:0000:0000:0001',
        '[2001:db8::1]:443',
        '2001:db8::1%eth0',
        '2001:db8::1/128',
      ],
    }
    for (const [plain, all] of Object.entries(spellings))
      for (const one of all) assert.equal(plainAddress(one), plain, one)
    assert.deepEqual(addresses(['198.51.100.7', '::ffff:198.51.100.7'].map((ip) => ({ ip, country: null }))), [
      { ip: '198.51.100.7', country: null },
    ])
    for (const none of ['0.0.0.0', '::', '[::]:80', '999.1.1.1', '198.51.100.7:port', 'host', '', '1'.repeat(500)])
      assert.equal(plainAddress(none), null, none)
  })

  it('marks the ranges that are nobody’s on the internet', () => {
    const isPrivate = (ip: string) => addresses([{ ip, country: null }])[0]?.range === 'private'
    for (const ip of [
      '10.1.2.3',
      '172.16.0.1',
      '172.31.9.9',
      '192.168.1.1',
      '127.0.0.1',
      '169.254.1.1',
      '100.64.0.1',
      'fd00::1',
      'fe80::1%en0',
      '::1',
      '::ffff:10.0.0.1',
    ])
      assert.ok(isPrivate(ip), ip)
    for (const ip of ['172.32.0.1', '11.0.0.1', '192.169.0.1', '100.128.0.1', '198.51.100.1', '2001:db8::1'])
      assert.ok(!isPrivate(ip), ip)
  })

  it('never makes anything but an address of a text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.ipV4Extended(), fc.ipV6()), (text) => {
        const plain = plainAddress(text)
        assert.ok(plain === null || plainAddress(plain) === plain, text)
      }),
    )
  })
})

describe('intake/people', () => {
  it('makes one person of a UPN, an object id, and accounts in other casing', () => {
    const { people, identities } = accounts([
      account('Kim@contoso.example'),
      account('kim@CONTOSO.example', id, 'Kim Larsen'),
      account(null, id.toUpperCase()),
    ])
    assert.deepEqual(people, [{ upn: 'Kim@contoso.example', objectId: id, name: 'Kim Larsen' }])
    assert.deepEqual(identities, [])
  })

  it('keeps apart who is no person: apps, managed identities, accounts of the machine, and bare ids', () => {
    const other = id.replace('1111', '2222')
    const { people, identities } = accounts([
      { ...account(null, id, 'build-agent'), is: 'service-principal' },
      { ...account('mi@x', null, null), is: 'managed-identity' },
      account(null, null, 'NT AUTHORITY\\SYSTEM'),
      account('WEB01$@contoso.example'),
      account(null, other),
      account(null, id),
      account(null, null, other),
      account(null, null, 'Unknown'),
    ])
    assert.deepEqual(people, [])
    assert.deepEqual(identities, [
      { kind: 'service-principal', name: 'build-agent', id },
      { kind: 'managed-identity', name: 'mi@x', id: null },
      { kind: 'machine', name: 'NT AUTHORITY\\SYSTEM', id: null },
      { kind: 'machine', name: 'WEB01$@contoso.example', id: null },
      { kind: 'object-id', name: null, id: other },
    ])
  })

  it('takes an id alone for a person where the source says that it is a user', () => {
    assert.deepEqual(accounts([{ ...account(null, id), is: 'user' }]).people, [{ upn: null, objectId: id, name: null }])
  })
})

describe('intake/time', () => {
  const field = (value: unknown) => [{ path: ['t'], value }]

  it('says what had to be assumed about a time', () => {
    const at = '2026-03-09T08:00:00.000Z'
    assert.deepEqual(occurred(field('2026-03-09T09:00:00+01:00'), now), { at, is: null })
    assert.deepEqual(occurred(field('2026-03-09 08:00:00.123456789'), now), {
      at: '2026-03-09T08:00:00.123Z',
      is: 'zoneless',
    })
    assert.deepEqual(occurred(field(null), now), { at: now, is: 'arrival' })
  })

  it('reads milliseconds since 1970, and nothing out of this century', () => {
    for (const ms of [1_772_795_696_475, '1772795696475']) assert.equal(fromEpoch(ms), '2026-03-06T11:14:56.475Z')
    for (const other of [5, 9e15, NaN, '12', 'x', null, {}]) assert.deepEqual(fromEpoch(other), other)
  })
})
