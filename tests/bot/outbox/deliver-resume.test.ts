import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { memoryStore } from '../../../store/memory.js'
import type { ResumeReason } from '../../../bot/outbox/resume.js'
import { type Cards, chatCard, managerCard } from '../../../triage/card.js'
import { aCard, ada, caseId, mia } from '../../support/cast.js'
import { asking, elsewhere, openRooms, until } from './hand.js'

const other = '1111-2222-3333'

describe('bot/outbox/deliver: taking cases up again', () => {
  const remembered = () => ({ cases: new Map<string, string>(), settings: new Map<string, string>() })

  /** Ended in the middle of a first post, and started again on the same store. */
  const killedWhilePosting = async () => {
    const memory = remembered()
    const first = openRooms({ store: memoryStore(memory) })
    first.hand.hold()
    await first.open()
    await until(() => first.hand.sent.length === 1)
    return openRooms({ store: memoryStore(memory) })
  }

  it('start: a post that was under way at the end is lost, not repeated, and the channel is told the code once', async () => {
    const rooms = await killedWhilePosting()
    await rooms.outbox.resume(await rooms.located(), 'start')
    await rooms.idle()
    assert.deepEqual(
      rooms.hand.sent.map(({ on, message }) => [on, message]),
      [['post', { text: `lost: ${caseId} (1)` }]],
    )
    assert.deepEqual(rooms.kept(), ['lost channel'])
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    assert.equal(rooms.hand.sent.length, 1)
  })

  it('start: a post of this very start is left in peace', async () => {
    const rooms = openRooms()
    const release = rooms.hand.hold()
    await rooms.open()
    await until(() => rooms.hand.sent.length === 1)
    await rooms.outbox.resume(await rooms.located(), 'start')
    release()
    await rooms.idle()
    assert.deepEqual(rooms.kept(), ['posting channel', 'shown channel'])
    assert.equal(rooms.hand.sent.length, 1)
  })

  it('start: also when the channel was changed meanwhile, and whoever asks for it need not have it twice', async () => {
    const rooms = openRooms()
    const release = rooms.hand.hold()
    await rooms.open()
    await until(() => rooms.hand.sent.length === 1)
    rooms.moveTo(elsewhere)
    await rooms.outbox.resume(await rooms.located(), 'start')
    assert.equal(await rooms.outbox.repost(caseId), false)
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(rooms.kept(), ['posting channel'])
    release()
    await rooms.idle()
    assert.deepEqual(rooms.kept(), ['posting channel', 'shown channel'])
    assert.equal(rooms.hand.sent.length, 1)
  })

  it('start: what is behind is redrawn, what is not is left alone', async () => {
    const memory = remembered()
    const first = openRooms({ store: memoryStore(memory) })
    await first.open()
    await first.open(other)
    await first.outbox.idle()
    await first.outbox.stop()
    await first.does(ada, { type: 'take' })
    const rooms = openRooms({ store: memoryStore(memory) })
    for (const id of [caseId, other]) await rooms.outbox.resume(await rooms.located(id), 'start')
    await rooms.idle()
    assert.deepEqual(
      rooms.hand.sent.map(({ on, to }) => `${on} ${to}`),
      ['update m-1'],
    )
  })

  it('fresh: everything is posted anew', async () => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    await rooms.does(ada, asking(mia))
    await rooms.idle()
    const count = rooms.hand.of('post').length
    await rooms.outbox.resume(await rooms.located(), 'fresh')
    await rooms.idle()
    assert.equal(rooms.hand.of('post').length, count + 2)
    assert.deepEqual([...new Set(Object.values((await rooms.located()).cards).map(({ state }) => state))], ['shown'])
  })

  it('rebound: what a former channel refused is posted, what may stand there is not', async () => {
    const rooms = openRooms()
    rooms.hand.fail('post', new DeliveryFailure('permanent', 'ConversationNotFound'))
    await rooms.open()
    await rooms.idle()
    rooms.hand.fail('post', new DeliveryFailure('unknown', 'HTTP 504'))
    await rooms.open(other)
    await rooms.idle()
    rooms.moveTo(elsewhere)
    const before = rooms.hand.sent.length
    for (const id of [caseId, other]) await rooms.outbox.resume(await rooms.located(id), 'rebound')
    await rooms.idle()
    assert.deepEqual(
      rooms.hand.sent.slice(before).map(({ on, to }) => `${on} ${to}`),
      ['post c-elsewhere'],
    )
    assert.equal((await rooms.card('channel', other))?.state, 'lost')
  })

  /** Some cards as they were kept, and what is told of them when the case is taken up. */
  const toldAtStart = async (cards: Cards, why: ResumeReason = 'start') => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.idle()
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    await rooms.desk.keepCards(caseId, () => cards)
    const heard: string[] = []
    rooms.outbox.onCard(({ card, outcome, again }) => heard.push(`${card} ${outcome}${again ? ' again' : ''}`))
    await rooms.outbox.resume(await rooms.located(), why)
    return { heard, rooms }
  }

  it('start: how the card of an open case stands is told again, when it stands there or may', async () => {
    const shown = aCard('channel', { state: 'shown', shownLine: 9 })
    assert.deepEqual((await toldAtStart({ channel: shown })).heard, ['channel posted again'])
    const lost = aCard('channel', { state: 'lost' })
    assert.deepEqual((await toldAtStart({ channel: lost })).heard, ['channel lost again'])
  })

  it('start: nothing is told of a card that is still owed, nor for another reason than a start', async () => {
    assert.deepEqual((await toldAtStart({ channel: aCard('channel', { state: 'missing' }) })).heard, [])
    const shown = aCard('channel', { state: 'shown', shownLine: 9 })
    assert.deepEqual((await toldAtStart({ channel: shown }, 'rebound')).heard, [])
  })

  it('start: what a person’s own chat refused stays refused, what the channel refused is posted again', async () => {
    const { rooms } = await toldAtStart({
      channel: aCard('channel', { state: 'refused' }),
      [chatCard(ada.id)]: aCard(chatCard(ada.id), { state: 'refused' }),
    })
    await rooms.idle()
    const { cards } = await rooms.located()
    assert.deepEqual([cards['channel']?.state, cards[chatCard(ada.id)]?.state], ['shown', 'refused'])
  })

  it('start: a manager who may not have got the question is told of on the case, though that was cut off before', async () => {
    for (const [state, detail] of [
      ['lost', 'HTTP 504'],
      ['refused', 'HTTP 403'],
    ] as const) {
      const rooms = openRooms()
      await rooms.open()
      await rooms.does(ada, { type: 'take' })
      const { state: before } = await rooms.does(ada, asking(mia))
      await rooms.idle()
      const name = managerCard(before?.confirmation?.line ?? 0)
      await rooms.desk.keepCards(caseId, () => ({ [name]: aCard(name, { state, detail }) }))
      await rooms.outbox.resume(await rooms.located(), 'start')
      await rooms.idle()
      const { confirmation } = await rooms.state()
      assert.deepEqual([confirmation?.state, confirmation?.detail], ['unreached', detail])
    }
  })

  it('start: a manager who has the question, or will get it, is not told of', async () => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    await rooms.does(ada, asking(mia))
    await rooms.idle()
    await rooms.outbox.resume(await rooms.located(), 'start')
    await rooms.idle()
    assert.equal((await rooms.state()).confirmation?.state, 'asked')
  })
})
