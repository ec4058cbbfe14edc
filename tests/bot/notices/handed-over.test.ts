import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { memoryStore } from '../../../store/memory.js'
import { ada, ben, caseId } from '../../support/cast.js'
import { elsewhere, handMessenger, home, openRooms, textOf, until } from '../outbox/hand.js'

describe('bot/notices: a case that somebody else has taken over', () => {
  const taken = async (...failures: readonly DeliveryFailure[]) => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    for (const failure of failures) rooms.hand.fail('post', failure)
    await rooms.does(ben, { type: 'take-over' })
    await rooms.idle()
    const calls = () => rooms.hand.of('post').filter(({ message }) => textOf(message).startsWith('taken:'))
    return { rooms, calls }
  }

  it('is told once, in its thread, to who had it', async () => {
    const { rooms, calls } = await taken()
    const thread = (await rooms.card())?.posted?.place.conversationId
    const message = { text: `taken: Ada Analyst Ben Analyst ${caseId}`, mentions: [ada] }
    assert.deepEqual(calls(), [{ on: 'post', to: thread, message }])
    await rooms.does(ben, { type: 'note', text: 'goes on' })
    await rooms.idle()
    assert.equal(calls().length, 1)
  })

  it('is told to the next one as well, when it goes on to a third or back', async () => {
    const { rooms, calls } = await taken()
    await rooms.does(ada, { type: 'take-over' })
    await rooms.idle()
    assert.match(textOf(calls()[1]?.message), /^taken: Ben Analyst Ada Analyst/)
    assert.equal(calls().length, 2)
  })

  it('is told again until it has surely arrived', async () => {
    const failures = [new DeliveryFailure('transient', 'HTTP 429', 1), new DeliveryFailure('unknown', 'HTTP 504', 1)]
    assert.equal((await taken(...failures)).calls().length, 3)
  })

  it('is told in the channel, or in the chat of who had it, where the thread takes nothing', async () => {
    const { calls } = await taken(
      new DeliveryFailure('missing', 'HTTP 404'),
      new DeliveryFailure('permanent', 'HTTP 403'),
    )
    assert.deepEqual(
      calls().map(({ to }) => to),
      [home.conversationId, home.conversationId, `chat-${ada.id}`],
    )
  })

  it('is told again after a start when that was shortly before, for nobody knows whether it arrived', async () => {
    const store = memoryStore()
    const before = openRooms({ store })
    await before.open()
    await before.does(ada, { type: 'take' })
    await before.does(ben, { type: 'take-over' })
    await before.idle()
    await before.does(ben, { type: 'note', text: 'goes on' })
    const rooms = openRooms({ store })
    const resume = async () =>
      rooms.notices.resume({ ...(await rooms.located()), diary: (await rooms.desk.look(caseId)).diary })
    await resume()
    await rooms.notices.idle()
    assert.deepEqual(
      rooms.hand.sent.map(({ message }) => textOf(message)),
      [`taken: Ada Analyst Ben Analyst ${caseId}`],
    )
    for (let minutes = 0; minutes < 70; minutes += 1) rooms.now()
    await resume()
    await rooms.notices.idle()
    assert.equal(rooms.hand.sent.length, 1)
  })

  it('is told to nobody when nobody had it', async () => {
    const { rooms, calls } = await taken()
    await rooms.does(ben, { type: 'release' })
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    assert.equal(calls().length, 1)
  })
  it('is told in one channel while another one takes nothing', async () => {
    const hand = handMessenger()
    const post: typeof hand.messenger.post = async (place, message) => {
      const posted = await hand.messenger.post(place, message)
      const isShut = textOf(message) !== '' && place.conversationId === home.conversationId
      if (isShut) throw new DeliveryFailure('transient', 'HTTP 429', 60_000)
      return posted
    }
    const rooms = openRooms({ hand, messenger: { ...hand.messenger, post } })
    for (const [place, id] of [
      [home, caseId],
      [elsewhere, '1111-2222-3333'],
    ] as const) {
      rooms.moveTo(place)
      await rooms.open(id)
      await rooms.does(ada, { type: 'take' }, id)
      await rooms.idle()
    }
    for (const id of [caseId, '1111-2222-3333']) await rooms.does(ben, { type: 'take-over' }, id)
    const told = () => hand.of('post').flatMap(({ to, message }) => (textOf(message) === '' ? [] : [to]))
    try {
      await until(() => told().length === 2)
    } finally {
      await rooms.stop()
    }
    assert.deepEqual(told(), [home.conversationId, elsewhere.conversationId])
  })
})
