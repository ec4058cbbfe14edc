import assert from 'node:assert/strict'
import fc from 'fast-check'
import { read } from '../../intake/read.js'
import { timeOf } from '../../intake/time.js'
import { camelCase, evidence, graph, harmless, now, only, pascal, plain } from './alerts.js'

describe('intake: bounds', () => {
  it('either reads a payload or refuses it with a fault of its own, whatever it is', () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true })
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), anything, hostile), (body) => harmless(body)),
      { numRuns: 1_500 },
    )
  })

  it('cuts long titles and descriptions, and says how much of a description is missing', () => {
    const reading = only(plain({ title: 't'.repeat(5_000), description: 'd'.repeat(40_000) }))
    assert.equal(reading.title.length, 300)
    assert.ok(reading.title.endsWith('t…'))
    assert.ok(reading.description.length <= 8_000)
    assert.match(reading.description, /d… \(cut here; 32100 more characters in the source\)$/)
  })

  it('cuts no character in two', () => {
    const title = only(plain({ title: `${'t'.repeat(298)}🔑🔑🔑` })).title
    assert.equal(title, `${'t'.repeat(298)}…`)
    assert.doesNotMatch(title, /\p{Cs}/u)
  })

  it('keeps twenty of everything', () => {
    const many = Array.from({ length: 50 }, (_, at) => at)
    const reading = only(
      graph({
        evidence: many.flatMap((at) => [
          evidence('user', { userAccount: { userPrincipalName: `u${at}@contoso.example` } }),
          evidence('ip', { ipAddress: `203.0.113.${at}` }),
          evidence('cloudApplication', { displayName: `app ${at}` }),
          evidence('device', { deviceDnsName: `d${at}${'x'.repeat(1_000)}` }),
        ]),
      }),
    )
    for (const list of [reading.people, reading.addresses, reading.apps, reading.resources])
      assert.equal(list.length, 20)
    assert.equal(reading.resources[0]?.length, 512)
  })

  it('stands entities nested 100,000 deep and lists of 100,000', () => {
    let deep: unknown = { type: 'account', name: 'sam', upnSuffix: 'contoso.example' }
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 ? [deep] : { inside: deep }
    const wide = Array.from({ length: 100_000 }, () => ({ type: 'ip', address: '203.0.113.7' }))
    assert.equal(only(camelCase({ entities: [deep, wide[0]] })).addresses.length, 1)
    assert.equal(only(camelCase({ entities: wide })).addresses.length, 1)
    for (const body of [deep, [deep], { value: deep }, { body: deep }, pascal({ Intent: deep })]) harmless(body)
  })

  it('gives texts of attackers back as they are: showing them safely is not for the reader', () => {
    const title = '[x](https://evil.example) <at>all</at> ${secret} \u202etxt'
    assert.equal(only(plain({ title })).title, title)
  })

  it('is not misled by __proto__ and other names of objects', () => {
    const alert: unknown = JSON.parse('{"__proto__":{"id":"x","title":"y"},"constructor":1,"hasOwnProperty":2}')
    assert.throws(() => read(alert, now), { code: 'intake/unrecognised' })
    const properties: unknown = JSON.parse('{"__proto__":{"caller":"x@y.example"},"user name":"sam"}')
    assert.deepEqual(only(camelCase({ extendedProperties: properties })).people, [
      { upn: null, objectId: null, name: 'sam' },
    ])
    assert.equal('caller' in {}, false)
  })

  it('takes a time only when the calendar has it, between 2000 and 2100', () => {
    assert.equal(timeOf('2026-03-09T08:00:00.1234567Z'), '2026-03-09T08:00:00.123Z')
    assert.equal(timeOf('2026-03-09T08:00:00-05:30'), '2026-03-09T13:30:00.000Z')
    assert.equal(timeOf('2026-03-09 08:00:00.188461+00:00'), '2026-03-09T08:00:00.188Z')
    assert.equal(timeOf('2026-03-09T08:00'), '2026-03-09T08:00:00.000Z')
    assert.equal(timeOf('2028-02-29T24:00:00z'), '2028-03-01T00:00:00.000Z')
    assert.equal(timeOf('2100-12-31T23:59:59Z'), '2100-12-31T23:59:59.000Z')
    for (const bad of [
      '2026-02-30T08:00:00Z',
      '2026-13-01T08:00:00Z',
      '2026-00-09T08:00:00Z',
      '2026-03-00T08:00:00Z',
      '2026-04-31T08:00:00+01:00',
      '2026-03-09T25:00:00Z',
      '2026-03-09T08:60:00Z',
      '2026-03-09T08:00:60Z',
      '99999-01-01T00:00:00Z',
      '+099999-01-01T00:00:00Z',
      '1999-12-31T23:59:59Z',
      '2101-01-01T00:00:00Z',
      '2026-03-09',
      '12/11/2019 12:34:27 AM',
      1_770_000_000_000,
    ]) {
      assert.equal(timeOf(bad), null, String(bad))
    }
  })
})

/** Alerts of all sources with anything at all in their fields. */
const hostile = fc
  .tuple(fc.constantFrom(pascal(), camelCase(), graph(), plain()), fc.dictionary(fc.string(), fc.jsonValue()), fc.nat())
  .chain(([alert, more, at]) => {
    const names = [...Object.keys(alert), 'entities', 'Entities', 'evidence', 'extendedProperties', 'people', 'link']
    const name = names[at % names.length] ?? 'id'
    const part = fc.record({ type: fc.constantFrom('ip', 'account', 3), '@odata.type': fc.string(), x: fc.jsonValue() })
    return fc
      .oneof(fc.jsonValue(), fc.array(part), fc.string({ minLength: 9_000, maxLength: 9_100 }))
      .map((value) => ({ ...more, ...alert, [name]: value }))
  })
