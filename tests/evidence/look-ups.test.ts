import assert from 'node:assert/strict'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { openLookUps } from '../../evidence/look-ups.js'
import type { Alert } from '../../triage/alert.js'
import type { LookUp } from '../../triage/look-up.js'
import { bareAlert } from '../support/cast.js'

const userId = '00000000-0000-4000-8000-00000000000b'
const subscription = '00000000-0000-4000-8000-00000000000a'

const place = (id: string, ...links: readonly string[]): LookUp => ({
  id,
  say: `Open ${id}`,
  links,
  what: id,
  query: null,
  read: null,
  hours: { before: 24, after: 2 },
  checked: '2026-11-28',
})
const query = (id: string, text: string): LookUp => ({ ...place(id), query: text })

const anna = { upn: 'anna@contoso.example', objectId: null, name: 'Anna' }
const urls = (lookUps: readonly LookUp[], alert: Alert) =>
  openLookUps(lookUps)(
    alert,
    lookUps.map(({ id }) => id),
  ).map(({ url }) => url)

/** The query as the portal reads it out of the link. */
const filledIn = (url: string): string =>
  gunzipSync(Buffer.from(new URL(url).searchParams.get('query') ?? '', 'base64url')).toString('utf16le')

describe('evidence/look-ups', () => {
  it('fills a link with values of the right shape, and takes the first of several that the alert has the values for', () => {
    const user = place(
      'user',
      'https://a.example/?aad={user-id}&upn={upn}',
      'https://a.example/?upn={upn}',
      'https://a.example/',
    )
    assert.deepEqual(urls([user], bareAlert({ people: [{ ...anna, objectId: userId }] })), [
      `https://a.example/?aad=${userId}&upn=anna%40contoso.example`,
    ])
    assert.deepEqual(urls([user], bareAlert({ people: [anna] })), ['https://a.example/?upn=anna%40contoso.example'])
    assert.deepEqual(urls([user], bareAlert({})), ['https://a.example/'])
  })

  it('leaves out what the alert has too little for, and keeps the order it is asked for', () => {
    const all = [
      place('one', 'https://a.example/{user}'),
      place('two', 'https://a.example/two'),
      place('three', 'https://a.example/3'),
    ]
    const ready = openLookUps(all)
    assert.deepEqual(
      ready(bareAlert({}), ['three', 'one', 'two', 'four']).map(({ id }) => id),
      ['three', 'two'],
    )
  })

  it('takes no value of another shape into a link', () => {
    const all = [
      place('user', 'https://a.example/{user}'),
      place('address', 'https://a.example/{address}'),
      place('resource', 'https://a.example{resource}'),
      place('subscription', 'https://a.example/{subscription}'),
      place('app', 'https://a.example/{app-id}'),
    ]
    for (const bad of [
      '../x',
      'a b',
      'javascript:alert(1)',
      '"><x>',
      `/subscriptions/${subscription}/a b`,
      `x/subscriptions/${subscription}`,
      'user@host',
      '1;2',
      '',
    ]) {
      const alert = bareAlert({
        people: [{ upn: bad, objectId: bad, name: bad }],
        identities: [{ kind: 'service-principal', name: bad, id: bad }],
        addresses: [{ ip: bad, country: null }],
        resources: [bad],
      })
      assert.deepEqual(
        urls(all, alert).filter((url) => !url.endsWith(`/${subscription}`)),
        [],
        bad,
      )
    }
    const good = bareAlert({
      people: [{ ...anna, upn: 'guest_x.example#EXT#@contoso.example' }],
      addresses: [{ ip: '2001:db8::1', country: null }],
      resources: [`/subscriptions/${subscription}/resourceGroups/prod`],
      identities: [{ kind: 'managed-identity', name: null, id: userId }],
    })
    assert.deepEqual(urls(all, good), [
      'https://a.example/guest_x.example%23EXT%23%40contoso.example',
      'https://a.example/2001%3Adb8%3A%3A1',
      `https://a.example/subscriptions/${subscription}/resourceGroups/prod`,
      `https://a.example/${subscription}`,
      `https://a.example/${userId}`,
    ])
  })

  it('fills a query in, in the form that advanced hunting reads, with the time around the alert', () => {
    const [url = ''] = urls(
      [query('q', 'T | where At between ({from} .. {to}) | where Who in~ ({users}) and Ip == {address}')],
      bareAlert({ people: [{ ...anna, objectId: userId }], addresses: [{ ip: '198.51.100.7', country: 'BR' }] }),
    )
    assert.match(url, /^https:\/\/security\.microsoft\.com\/v2\/advanced-hunting\?query=[\w-]+&timeRangeId=month$/)
    assert.equal(
      filledIn(url),
      `T | where At between (datetime(2026-11-11T08:30:00.000Z) .. datetime(2026-11-12T10:30:00.000Z)) | where Who in~ (dynamic(["anna@contoso.example", "${userId}"])) and Ip == "198.51.100.7"`,
    )
  })

  it('lets nothing of an alert out of its literal, whatever stands in it', () => {
    const template =
      'let u = {users}; T | where A in~ (u) and B == {user} and C in ({addresses}) and D in~ ({apps}) // end'
    const hostile = fc.oneof(
      fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }),
      fc.string({
        minLength: 1,
        maxLength: 40,
        unit: fc.constantFrom('"', "'", '\\', '\n', '\r', ')', ']', '/', '*', '`', '\u2028', '|', ' ', 'x'),
      }),
    )
    fc.assert(
      fc.property(hostile, hostile, hostile, (upn, ip, app) => {
        const alert = bareAlert({
          people: [{ upn, objectId: null, name: null }],
          addresses: [{ ip, country: null }],
          apps: [app],
        })
        const [url = ''] = urls([query('q', template)], alert)
        const text = filledIn(url)
        // With every literal blanked, what is left is the template, and nothing but printable ASCII was written.
        assert.equal(
          text.replace(literal, '""'),
          'let u = dynamic([""]); T | where A in~ (u) and B == "" and C in (dynamic([""])) and D in~ (dynamic([""])) // end',
        )
        assert.match(text, /^[\x20-\x7e]*$/)
        const [inUsers] = [...text.matchAll(literal)].map(([one]): unknown => JSON.parse(one))
        assert.equal(inUsers, upn.slice(0, 200))
      }),
      { numRuns: 1000 },
    )
  })

  it('bounds what gets into a query', () => {
    const many = Array.from({ length: 50 }, (_, at) => ({ ...anna, upn: `${'x'.repeat(400)}${at}` }))
    const [url = ''] = urls([query('q', '{users}')], bareAlert({ people: many }))
    assert.ok(filledIn(url).length < 2200)
  })
})

/** A KQL string literal. */
const literal = /"(?:[^"\\]|\\.)*"/g
