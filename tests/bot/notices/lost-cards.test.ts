import assert from 'node:assert/strict'
import { machineClock } from '../../../bot/pacing/clock.js'
import { openQueue } from '../../../bot/pacing/queue.js'
import { unlimited } from '../../../bot/pacing/rate-window.js'
import { openRateLimiter } from '../../../bot/pacing/rate-limiter.js'
import { DeliveryFailure } from '../../../bot/chat.js'
import { openLostNotices } from '../../../bot/notices/lost-cards.js'
import type { ConversationRef } from '../../../triage/card.js'
import { elsewhere, handMessenger, home, textOf } from '../outbox/hand.js'

describe('bot/tell-lost', () => {
  const open = (place: () => ConversationRef | null = () => home) => {
    const hand = handMessenger()
    const logged: string[] = []
    const deliveryQueue = openQueue((error) => logged.push(String(error)))
    const log = { error: (_: object, text: string) => void logged.push(text) }
    const phrases = { lost: '{codes} ({count})' }
    const rateLimiter = openRateLimiter(machineClock.now, unlimited)
    const waits = { clock: machineClock, rateLimiter, collectMs: 1 }
    const tellIn = openLostNotices({ messenger: hand.messenger, phrases, log, deliveryQueue, ...waits })
    const tell = (code: string, where = place) => tellIn(code, where)
    return { hand, logged, deliveryQueue, tell, texts: () => hand.sent.map(({ message }) => textOf(message)) }
  }

  it('tells all codes of a moment in one message, each once', async () => {
    const { tell, deliveryQueue, texts } = open()
    for (const code of ['A', 'B', 'A']) tell(code)
    await deliveryQueue.idle()
    assert.deepEqual(texts(), ['A, B (2)'])
    tell('C')
    await deliveryQueue.idle()
    assert.deepEqual(texts(), ['A, B (2)', 'C (1)'])
  })

  it('tells many in messages that can be read, and leaves none out', async () => {
    const { tell, deliveryQueue, texts } = open()
    const codes = Array.from({ length: 45 }, (_, at) => `N${at}`)
    for (const code of codes) tell(code)
    await deliveryQueue.idle()
    const told = texts().flatMap((text) => text.replace(/ \(\d+\)$/, '').split(', '))
    assert.deepEqual(told, codes)
    assert.ok(texts().every((text) => text.length < 200))
  })

  it('keeps the codes until there is a channel', async () => {
    let place: ConversationRef | null = null
    const { tell, deliveryQueue, texts } = open(() => place)
    tell('A')
    await deliveryQueue.idle()
    assert.deepEqual(texts(), [])
    place = home
    tell('B')
    await deliveryQueue.idle()
    assert.deepEqual(texts(), ['A, B (2)'])
  })

  it('tells each channel of its own', async () => {
    const { hand, tell, deliveryQueue, texts } = open()
    tell('A')
    tell('B', () => elsewhere)
    tell('C')
    await deliveryQueue.idle()
    assert.deepEqual(texts(), ['A, C (2)', 'B (1)'])
    assert.deepEqual(
      hand.sent.map(({ to }) => to),
      [home.conversationId, elsewhere.conversationId],
    )
  })

  it('tells the others while one channel takes nothing', async () => {
    const { hand, tell, deliveryQueue, texts } = open()
    hand.fail('post', new DeliveryFailure('transient', 'HTTP 429', 60))
    tell('A')
    tell('B', () => elsewhere)
    await deliveryQueue.idle()
    assert.deepEqual(texts(), ['A (1)', 'B (1)', 'A (1)'])
  })

  it('tries again when the channel cannot hear just now, and logs the codes when it may have or never will', async () => {
    const { hand, tell, deliveryQueue, texts, logged } = open()
    hand.fail('post', new DeliveryFailure('transient', 'HTTP 429', 1))
    tell('A')
    await deliveryQueue.idle()
    assert.deepEqual(texts(), ['A (1)', 'A (1)'])
    assert.deepEqual(logged, [])
    hand.fail('post', new DeliveryFailure('unknown', 'HTTP 504'))
    tell('B')
    await deliveryQueue.idle()
    assert.equal(texts().length, 3)
    assert.deepEqual(logged, ['these cases may have no card, and the channel could not be told'])
  })
})
