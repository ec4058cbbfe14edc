import assert from 'node:assert/strict'
import { openBackoff } from '../../../bot/pacing/backoff.js'
import { DeliveryFailure } from '../../../bot/chat.js'

describe('bot/backoff', () => {
  const busy = new DeliveryFailure('transient', 'HTTP 502')
  const throttled = new DeliveryFailure('transient', 'HTTP 429', null, { everybody: true })

  it('waits twice as long after each failure, up to a minute, and begins anew after a success', () => {
    const backoff = openBackoff(() => 1)
    const waits = Array.from({ length: 9 }, () => backoff.failed('a', 'lane', busy).againInMs)
    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
    backoff.worked('a', 'lane')
    assert.deepEqual(backoff.failed('a', 'lane', busy), { againInMs: 1000, everybody: false })
    backoff.gaveUp('a')
    assert.equal(backoff.failed('a', 'lane', busy).againInMs, 1000)
  })

  it('scatters, by half at the most', () => {
    assert.equal(openBackoff(() => 0).failed('a', 'lane', busy).againInMs, 500)
  })

  it('waits as long as the chat says, or a little longer, never shorter', () => {
    const told = new DeliveryFailure('transient', 'HTTP 429', 7000)
    assert.deepEqual(openBackoff(() => 0).failed('a', 'lane', told), { againInMs: 7000, everybody: true })
    assert.equal(openBackoff(() => 1).failed('a', 'lane', told).againInMs, 7700)
  })

  it('counts what is too fast by conversation, whatever was sent', () => {
    const backoff = openBackoff(() => 1)
    const waits = ['a', 'b', 'c'].map((name) => backoff.failed(name, 'lane', throttled).againInMs)
    assert.deepEqual(waits, [1000, 2000, 4000])
    assert.equal(backoff.failed('a', 'other', throttled).againInMs, 1000)
    assert.equal(backoff.failed('a', 'lane', busy).againInMs, 1000)
  })

  it('counts anew in a conversation as soon as something went well there', () => {
    const backoff = openBackoff(() => 1)
    for (const name of ['a', 'b', 'c']) backoff.failed(name, 'lane', throttled)
    backoff.worked('d', 'lane')
    assert.deepEqual(backoff.failed('a', 'lane', throttled), { againInMs: 1000, everybody: true })
  })

  it('forgets nothing of the others when something went well', () => {
    const backoff = openBackoff(() => 1)
    backoff.failed('a', 'lane', busy)
    backoff.failed('a', 'lane', throttled)
    backoff.worked('b', 'other')
    assert.equal(backoff.failed('a', 'lane', busy).againInMs, 2000)
    assert.equal(backoff.failed('a', 'lane', throttled).againInMs, 2000)
  })
})
