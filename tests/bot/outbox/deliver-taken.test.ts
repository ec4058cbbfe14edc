import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { ada, ben, caseId } from '../../support/cast.js'
import { elsewhere, handMessenger, home, openRooms, textOf, until } from './hand.js'

describe('bot/outbox/deliver: a case that somebody else has taken over', () => {
  const taken = async (...failures: readonly DeliveryFailure[]) => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    await rooms.outbox.idle()
    for (const failure of failures) rooms.hand.fail('post', failure)
    await rooms.does(ben, { type: 'take-over' })
    await rooms.outbox.idle()
    const calls = () => rooms.hand.of('post').filter(({ message }) => textOf(message).startsWith('taken:'))
    return { rooms, calls }
  }

  it('is told once, in its thread, to who had it', async () => {
    const { rooms, calls } = await taken()
    const thread = (await rooms.card())?.posted?.place.conversationId
    const message = { text: `taken: Ada Analyst Ben Analyst ${caseId}`, mentions: [ada] }
    assert.deepEqual(calls(), [{ on: 'post', to: thread, message }])
    await rooms.does(ben, { type: 'note', text: 'goes on' })
    await rooms.outbox.idle()
    assert.equal(calls().length, 1)
  })

  it('is told to the next one as well, when it goes on to a third or back', async () => {
    const { rooms, calls } = await taken()
    await rooms.does(ada, { type: 'take-over' })
    await rooms.outbox.idle()
    assert.match(textOf(calls()[1]?.message), /^taken: Ben Analyst Ada Analyst/)
    assert.equal(calls().length, 2)
  })

  it('is told again only when the call surely did not arrive', async () => {
    assert.equal((await taken(new DeliveryFailure('not-now', 'HTTP 429', 1))).calls().length, 2)
    const once = await taken(new DeliveryFailure('unknown', 'HTTP 504'))
    assert.equal(once.calls().length, 1)
    assert.deepEqual(once.rooms.logged.slice(-1), ['a case was taken over, and who had it could not be told'])
  })

  it('is told to nobody when nobody had it', async () => {
    const { rooms, calls } = await taken()
    await rooms.does(ben, { type: 'release' })
    await rooms.does(ada, { type: 'take' })
    await rooms.outbox.idle()
    assert.equal(calls().length, 1)
  })
  it('is told in one channel while another one takes nothing', async () => {
    const hand = handMessenger()
    const post: typeof hand.messenger.post = async (place, message) => {
      const posted = await hand.messenger.post(place, message)
      const isShut = textOf(message) !== '' && place.conversationId === home.conversationId
      if (isShut) throw new DeliveryFailure('not-now', 'HTTP 429', 60_000)
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
      await rooms.outbox.idle()
    }
    for (const id of [caseId, '1111-2222-3333']) await rooms.does(ben, { type: 'take-over' }, id)
    const told = () => hand.of('post').flatMap(({ to, message }) => (textOf(message) === '' ? [] : [to]))
    try {
      await until(() => told().length === 2)
    } finally {
      await rooms.outbox.stop()
    }
    assert.deepEqual(told(), [home.conversationId, elsewhere.conversationId])
  })
})
