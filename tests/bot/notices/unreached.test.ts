import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import { ada, caseId, mia } from '../../support/cast.js'
import { asking, home, openRooms, textOf } from '../outbox/hand.js'

describe('bot/notices: a manager who cannot be reached', () => {
  const asked = (on: 'direct' | 'post', ...failures: readonly DeliveryFailure[]) =>
    askedIn(memoryStore(), on, ...failures)
  const askedIn = async (store: Store, on: 'direct' | 'post', ...failures: readonly DeliveryFailure[]) => {
    const rooms = openRooms({ store })
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    for (const failure of failures) rooms.hand.fail(on, failure)
    await rooms.does(ada, asking(mia))
    await rooms.idle()
    const calls = rooms.hand.sent.flatMap(({ to, message }) =>
      textOf(message).startsWith('call:') ? [{ to, message }] : [],
    )
    return { rooms, calls }
  }
  const blocked = new DeliveryFailure('permanent', 'ConversationBlockedByUser')

  it('is called in the case’s thread, by name, together with who asked; in words, once', async () => {
    const { rooms, calls } = await asked('direct', blocked)
    const thread = (await rooms.card())?.posted?.place.conversationId
    assert.deepEqual(calls, [
      {
        to: thread,
        message: { text: `call: ${caseId} Mia Manager they blocked it Ada Analyst`, mentions: [mia, ada] },
      },
    ])
    await rooms.does(ada, { type: 'note', text: 'goes on' })
    await rooms.idle()
    assert.equal(rooms.hand.sent.filter(({ message }) => textOf(message) !== '').length, 1)
  })

  it('is called as well when the chat opens but takes no message', async () => {
    assert.equal((await asked('post', blocked)).calls.length, 1)
  })

  it('is called in the words of the chat where we have none', async () => {
    const { calls } = await asked('direct', new DeliveryFailure('permanent', 'HTTP 418'))
    assert.match(textOf(calls[0]?.message), /HTTP 418/)
  })

  it('is called again until it has surely arrived', async () => {
    const failures = [new DeliveryFailure('transient', 'HTTP 429', 1), new DeliveryFailure('unknown', 'HTTP 504', 1)]
    const { calls } = await asked('post', blocked, ...failures)
    assert.deepEqual(
      calls.map(({ to }) => to),
      [home.conversationId, home.conversationId, home.conversationId],
    )
  })

  it('is called in the chat of who asked where neither thread nor channel takes it', async () => {
    const { calls } = await asked('post', blocked, blocked, blocked)
    assert.equal(calls.at(-1)?.to, `chat-${ada.id}`)
  })

  it('is not called again after a start when that is known to have arrived', async () => {
    const { rooms } = await asked('direct', blocked)
    const before = rooms.hand.sent.length
    rooms.notices.resume({ ...(await rooms.located()), diary: (await rooms.desk.look(caseId)).diary })
    await rooms.idle()
    assert.equal(rooms.hand.sent.length, before)
  })

  it('is called again after a start when nobody knows whether that arrived, as long as nobody has asked again', async () => {
    const store = memoryStore()
    await askedIn(store, 'direct', blocked)
    const rooms = openRooms({ store })
    const before = rooms.hand.sent.length
    const resume = async () => {
      rooms.notices.resume({ ...(await rooms.located()), diary: (await rooms.desk.look(caseId)).diary })
      await rooms.idle()
    }
    await resume()
    assert.deepEqual(
      rooms.hand.sent.slice(before).map(({ message }) => textOf(message)),
      [`call: ${caseId} Mia Manager they blocked it Ada Analyst`],
    )
    await rooms.does(ada, asking(mia))
    await rooms.idle()
    const after = rooms.hand.sent.length
    await resume()
    assert.equal(rooms.hand.sent.length, after)
  })

  it('is not called when the question may have arrived', async () => {
    assert.deepEqual((await asked('post', new DeliveryFailure('unknown', 'HTTP 502'))).calls, [])
  })
})
