import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { tellAgainMs } from '../../../bot/outbox/owed.js'
import type { Channel } from '../../../bot/outbox/channels.js'
import { memoryStore } from '../../../store/memory.js'
import { everything } from '../../../triage/routing.js'
import type { ConversationRef } from '../../../triage/card.js'
import { fakeClock } from '../../support/fake-clock.js'
import { ada, caseId, mia } from '../../support/cast.js'
import { asking, elsewhere, handMessenger, home, openRooms, textOf } from './hand.js'

const other = '1111-2222-3333'
const refusal = () => new DeliveryFailure('permanent', 'BotNotInConversationRoster')
const loss = () => new DeliveryFailure('unknown', 'HTTP 504')

describe('bot/outbox: cards that were lost or refused', () => {
  const channel = (place: ConversationRef): Channel => ({ place, filter: everything, boundBy: '', onCall: null })

  const open = (store = memoryStore()) => {
    const clock = fakeClock()
    const hand = handMessenger()
    const rooms = openRooms({ store, clock, hand, channels: [channel(home), channel(elsewhere)] })
    const idle = async (): Promise<void> => {
      let isIdle = false
      void rooms.idle().then(() => (isIdle = true))
      await clock.run(() => isIdle)
    }
    const pass = async (ms: number): Promise<void> => {
      let isTime = false
      void clock.sleep(ms).then(() => (isTime = true))
      await clock.run(() => isTime)
    }
    const sent = () => hand.of('post').map(({ to, message }) => `${to} ${textOf(message)}`.trim())
    return { ...rooms, idle, pass, sent }
  }
  const refused = `${elsewhere.conversationId} refused: ${caseId} (1, BotNotInConversationRoster)`
  const lost = `${home.conversationId} lost: ${caseId} (1)`

  it('refused: is told in another channel at once, and counted as owed', async () => {
    const { hand, open: come, idle, sent, outbox, located } = open()
    hand.fail('post', refusal())
    await come()
    await idle()
    assert.deepEqual(sent(), [home.conversationId, refused])
    const since = (await located()).state.openedAt
    assert.deepEqual(outbox.owed(), { count: 1, since, lost: 0, refused: 1 })
  })

  it('refused: is posted again each hour, and told again when it is refused again', async () => {
    const { hand, open: come, idle, pass, sent, outbox } = open()
    hand.fail('post', refusal())
    await come()
    await idle()
    await outbox.remind()
    await idle()
    assert.equal(sent().length, 2)
    hand.fail('post', refusal())
    await pass(tellAgainMs)
    await outbox.remind()
    await idle()
    assert.deepEqual(sent(), [home.conversationId, refused, home.conversationId, refused])
    await pass(tellAgainMs)
    await outbox.remind()
    await idle()
    assert.deepEqual(sent().slice(4), [home.conversationId])
    assert.equal(outbox.owed().count, 0)
  })

  it('refused: is posted again at a start', async () => {
    const store = memoryStore()
    const before = open(store)
    before.hand.fail('post', refusal())
    await before.open()
    await before.idle()
    const { outbox, located, idle, sent, card } = open(store)
    await outbox.resume(await located(), 'start')
    await idle()
    assert.deepEqual([sent(), (await card())?.state], [[home.conversationId], 'shown'])
  })

  it('refused: whoever asks for it has it posted again, but need not wait for that', async () => {
    const { hand, open: come, idle, sent, outbox } = open()
    hand.fail('post', refusal())
    await come()
    await idle()
    assert.equal(await outbox.repost(caseId), false)
    await idle()
    assert.deepEqual(sent().slice(2), [home.conversationId])
  })

  it('lost: is told again each hour, until somebody has the case', async () => {
    const { hand, open: come, idle, pass, sent, outbox, does } = open()
    hand.fail('post', loss())
    await come()
    await idle()
    for (let hours = 0; hours < 2; hours += 1) {
      await pass(tellAgainMs)
      await outbox.remind()
      await idle()
    }
    assert.deepEqual(sent(), [home.conversationId, lost, lost, lost])
    await does(ada, { type: 'take' })
    await pass(tellAgainMs)
    await outbox.remind()
    await idle()
    assert.equal(sent().length, 4)
  })

  it('lost: is told again at a start, and what has been counts as owed', async () => {
    const store = memoryStore()
    const before = open(store)
    before.hand.fail('post', loss())
    await before.open()
    await before.idle()
    const { outbox, located, idle, sent } = open(store)
    await outbox.resume(await located(), 'start')
    await idle()
    assert.deepEqual(sent(), [lost])
    assert.equal(outbox.owed().lost, 1)
  })

  it('lost: no other card is posted there until something has arrived, so that not all of them are lost', async () => {
    const { hand, open: come, idle, sent } = open()
    hand.fail('post', loss())
    hand.fail('post', loss())
    await come()
    await come(other)
    await idle()
    assert.deepEqual(sent(), [home.conversationId, lost, lost, home.conversationId])
  })

  it('lost: who asks for it gets it, and who finds it has it, without waiting for anything', async () => {
    for (const way of ['repost', 'found'] as const) {
      const { hand, open: come, pass, idle, outbox, doubts, card } = open()
      hand.fail('post', loss())
      await come()
      await pass(0)
      assert.equal(doubts.has(home.conversationId), true)
      if (way === 'repost') assert.equal(await outbox.repost(caseId), true)
      else await outbox.found(caseId, { place: home, messageId: 'm-7' })
      assert.equal(doubts.has(home.conversationId), false)
      await idle()
      assert.equal((await card())?.state, 'shown')
      assert.equal(hand.sent.filter(({ message }) => textOf(message) !== '').length, 0)
    }
  })

  it('lost: an update that arrives there is enough for the others to be posted', async () => {
    const { open: come, idle, does, doubts } = open()
    await come()
    await idle()
    doubts.raise(home.conversationId)
    await does(ada, { type: 'take' })
    await idle()
    assert.equal(doubts.has(home.conversationId), false)
  })

  it('lost: where even the notice is refused, the others need not wait for an arrival', async () => {
    const { hand, open: come, idle, sent, clock } = open()
    hand.fail('post', loss())
    hand.fail('post', refusal())
    await come()
    await come(other)
    await idle()
    assert.deepEqual(sent(), [
      home.conversationId,
      lost,
      `${elsewhere.conversationId} lost: ${caseId} (1)`,
      home.conversationId,
    ])
    assert.ok(clock.now() < 60_000)
  })

  it('lost: a question to a manager that may not have arrived keeps no card of the channel waiting', async () => {
    const { hand, open: come, idle, does, doubts } = open()
    await come()
    await does(ada, { type: 'take' })
    await idle()
    hand.fail('post', loss())
    await does(ada, asking(mia))
    const raise = doubts.raise.bind(doubts)
    const raised: string[] = []
    Object.assign(doubts, { raise: (id: string) => (raised.push(id), raise(id)) })
    await idle()
    assert.deepEqual(raised, [])
  })

  it('a question that was lost before a crash could be told in the diary is told after the start', async () => {
    const store = memoryStore()
    const before = open(store)
    await before.open()
    await before.does(ada, { type: 'take' })
    const { state } = await before.does(ada, asking(mia))
    await before.idle()
    const name = `manager/${state?.confirmation?.line ?? 0}`
    await before.desk.keepCards(caseId, ({ cards }) => {
      const known = cards[name]
      return known ? { [name]: { ...known, state: 'lost', posted: null, detail: 'HTTP 504' } } : null
    })
    const { outbox, located, idle, state: now } = open(store)
    await outbox.resume(await located(), 'start')
    await idle()
    const { confirmation } = await now()
    assert.deepEqual([confirmation?.state, confirmation?.detail], ['unreached', 'HTTP 504'])
  })
})
