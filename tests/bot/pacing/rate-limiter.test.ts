import assert from 'node:assert/strict'
import { openRateLimiter } from '../../../bot/pacing/rate-limiter.js'
import { unlimited } from '../../../bot/pacing/rate-window.js'

describe('bot/pacing/rate-limiter', () => {
  const limits = { conversation: [{ most: 2, withinMs: 1000 }], tenant: [{ most: 3, withinMs: 1000 }] }
  const open = () => {
    let now = 0
    const rateLimiter = openRateLimiter(() => now, limits)
    const ask = (conversationId: string, tenantId = 't'): number => {
      const turn = rateLimiter.ask({ conversationId, tenantId })
      if (typeof turn === 'number') return turn
      turn()
      return 0
    }
    return { rateLimiter, ask, goOn: (ms: number) => void (now += ms) }
  }

  it('counts a channel with all of its threads, and other conversations apart', () => {
    const { ask } = open()
    assert.deepEqual([ask('c1'), ask('c1;messageid=1'), ask('c1;messageid=2'), ask('c2')], [0, 0, 1000, 0])
  })

  it('counts all conversations of a tenant together, and other tenants apart', () => {
    const { ask } = open()
    assert.deepEqual([ask('a'), ask('b'), ask('c'), ask('d'), ask('e', 'other')], [0, 0, 0, 1000, 0])
  })

  it('takes nothing for what has to wait', () => {
    const { ask, goOn } = open()
    for (const time of [0, 0, 1000, 1000, 1000]) assert.equal(ask('c'), time)
    goOn(1000)
    assert.deepEqual([ask('c'), ask('c')], [0, 0])
  })

  it('counts what does not wait, and others wait for it', () => {
    const { rateLimiter, ask } = open()
    for (let count = 0; count < 2; count += 1) rateLimiter.count({ conversationId: 'c', tenantId: 't' })()
    assert.equal(ask('c'), 1000)
  })

  it('counts a request once, however often its end is told', () => {
    const { rateLimiter, ask, goOn } = open()
    const ended = rateLimiter.count({ conversationId: 'c', tenantId: 't' })
    ended()
    ended()
    assert.equal(ask('c'), 0)
    goOn(1000)
    assert.deepEqual([ask('c'), ask('c'), ask('c')], [0, 0, 1000])
  })

  it('lets everything go at once where there are no limits', () => {
    const pacer = openRateLimiter(() => 0, unlimited)
    for (let count = 0; count < 2000; count += 1) {
      assert.equal(typeof pacer.ask({ conversationId: 'c', tenantId: 't' }), 'function')
    }
  })
})
