import assert from 'node:assert/strict'
import { createHmac, createSecretKey } from 'node:crypto'
import * as fc from 'fast-check'
import { openIntakeSignatures, signatureOf } from '../../../bot/http/intake-signatures.js'

const secret = 'winnow_0123456789_0123456789_0123456789'
const key = createSecretKey(secret, 'utf8')
const other = createSecretKey(secret.toUpperCase(), 'utf8')
const start = 1_772_000_000

describe('bot/http/intake-signatures', () => {
  let wall: number
  let time: number
  let signatures: ReturnType<typeof openIntakeSignatures>
  const opened = (most?: number) => {
    wall = start * 1000
    time = 50
    const callers = [
      { name: 'feed', source: 'graph', secret: key },
      { name: 'siem', secret: other },
    ] as const
    const clocks = { now: () => wall, monotonic: () => time, ...(most !== undefined && { most }) }
    signatures = openIntakeSignatures({ callers, seconds: 300 }, clocks)
  }
  beforeEach(() => opened())
  /** A moment later, by both clocks. */
  const later = (seconds: number) => {
    wall += seconds * 1000
    time += seconds * 1000
  }

  const head = (body: string, more: Record<string, string | undefined> = {}, at = Math.floor(wall / 1000)) => ({
    'x-winnow-key': 'feed',
    'x-winnow-timestamp': String(at),
    'x-winnow-signature': signatureOf(key, String(at), body),
    ...more,
  })
  /** Who signed: the name, or why it is refused; `head` when that was known before the body. */
  const who = (headers: Record<string, string | undefined>, body: string): string => {
    const signed = signatures(headers)
    if (signed === null) return 'unsigned'
    if ('refusal' in signed) return `head ${signed.refusal.status} ${signed.why}`
    const refused = signed.check(body)
    return refused === null ? signed.caller.name : `body ${refused.refusal.status} ${refused.why}`
  }

  it('are HMAC-SHA256 over the timestamp, a dot and the body, in hex behind v1=', () => {
    const expected = createHmac('sha256', secret).update(`${start}.{"ä":1}`).digest('hex')
    assert.equal(signatureOf(key, String(start), '{"ä":1}'), `v1=${expected}`)
  })

  it('prove whoever has the secret, and are looked for only where a request bears one', () => {
    assert.equal(who(head('{}'), '{}'), 'feed')
    assert.equal(who(head('{"a":"ä"}', { 'x-winnow-key': 'Feed' }), '{"a":"ä"}'), 'feed')
    assert.equal(who({ authorization: 'Bearer k' }, '{}'), 'unsigned')
  })

  it('refuse another secret, a body that was changed, and another time or name than was signed', () => {
    const at = String(start)
    const forged = { 'x-winnow-signature': signatureOf(other, at, '{}') }
    assert.match(who(head('{}', forged), '{}'), /^body 401 .*does not hold/)
    assert.match(who(head('{}'), '{} '), /^body 401/)
    assert.match(who(head('{}', { 'x-winnow-timestamp': String(start + 1) }), '{}'), /^body 401/)
    assert.match(who(head('{}', { 'x-winnow-key': 'siem' }), '{}'), /^body 401/)
  })

  it('refuse by the head an unknown key, a time that is too old or ahead, and what has another form', () => {
    assert.match(who(head('{}', { 'x-winnow-key': 'nobody' }), '{}'), /^head 401 .*unknown key/)
    assert.match(who(head('{}', {}, start - 301), '{}'), /^head 401 .*301 s past/)
    assert.match(who(head('{}', {}, start + 301), '{}'), /^head 401 .*301 s ahead/)
    for (const at of [start - 300, start + 300]) assert.equal(who(head('{}', {}, at), '{}'), 'feed')
    for (const more of [
      { 'x-winnow-key': undefined },
      { 'x-winnow-timestamp': undefined },
      { 'x-winnow-signature': undefined },
      { 'x-winnow-timestamp': `${start}.5` },
      { 'x-winnow-timestamp': `${start}000` },
      { 'x-winnow-timestamp': `0x${start.toString(16)}` },
      { 'x-winnow-timestamp': 'Infinity' },
      { 'x-winnow-signature': signatureOf(key, String(start), '{}').slice(3) },
      { 'x-winnow-signature': `${signatureOf(key, String(start), '{}')}00` },
      { 'x-winnow-signature': signatureOf(key, String(start), '{}').toUpperCase() },
      { 'x-winnow-signature': '' },
    ])
      assert.match(who(head('{}', more), '{}'), /^head 401/, JSON.stringify(more))
  })

  it('refuse what was received before, for as long as its time is good', () => {
    const first = head('{}', {}, start + 300)
    assert.equal(who(first, '{}'), 'feed')
    for (const wait of [0, 299, 301]) {
      later(wait)
      assert.match(who(first, '{}'), /^body 409 .*received before/)
    }
    later(1)
    assert.match(who(first, '{}'), /^head 401 .*past/)
  })

  it('take the same body with a new time, and another body at the same time', () => {
    assert.equal(who(head('{}'), '{}'), 'feed')
    assert.equal(who(head('{"a":1}'), '{"a":1}'), 'feed')
    later(1)
    assert.equal(who(head('{}'), '{}'), 'feed')
  })

  it('let one of two at once through', () => {
    const headers = head('{}')
    const both = [signatures(headers), signatures(headers)].map((signed) =>
      signed !== null && 'check' in signed ? signed.check('{}') : assert.fail(),
    )
    assert.deepEqual(
      both.map((refused) => refused?.refusal.status),
      [undefined, 409],
    )
  })

  it('may come again when nothing was stored of it', () => {
    const headers = head('{}')
    const signed = signatures(headers)
    assert.ok(signed !== null && 'check' in signed)
    assert.equal(signed.check('{}'), null)
    signed.forget()
    assert.equal(who(headers, '{}'), 'feed')
  })

  it('remember nothing of a forger, and of senders no more than a bound, which time clears', () => {
    opened(3)
    for (let at = 0; at < 10; at += 1) assert.match(who(head('{}'), `{${at}}`), /^body 401/)
    for (const body of ['1', '2', '3']) assert.equal(who(head(body), body), 'feed')
    assert.match(who(head('4'), '4'), /^body 429/)
    assert.match(who(head('3'), '3'), /^body 409/)
    later(602)
    assert.equal(who(head('4'), '4'), 'feed')
  })

  it('never throw, whatever the headers hold', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom(undefined, 'feed', String(start), `v1=${'0'.repeat(64)}`))
    fc.assert(
      fc.property(value, value, value, fc.string(), (name, at, signature, body) => {
        const headers = { 'x-winnow-key': name, 'x-winnow-timestamp': at, 'x-winnow-signature': signature }
        assert.match(who(headers, body), /^(?:unsigned|head 401|body 401)/)
      }),
    )
  })
})
