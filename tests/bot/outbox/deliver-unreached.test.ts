import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { ada, caseId, mia } from '../../support/cast.js'
import { asking, home, openRooms, textOf } from './hand.js'

describe('bot/outbox/deliver: a manager who cannot be reached', () => {
  const asked = async (on: 'direct' | 'post', ...failures: readonly DeliveryFailure[]) => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    await rooms.outbox.idle()
    for (const failure of failures) rooms.hand.fail(on, failure)
    await rooms.does(ada, asking(mia))
    await rooms.outbox.idle()
    const calls = rooms.hand.sent.flatMap(({ to, message }) =>
      textOf(message).startsWith('call:') ? [{ to, message }] : [],
    )
    return { rooms, calls }
  }
  const blocked = new DeliveryFailure('never', 'ConversationBlockedByUser')

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
    await rooms.outbox.idle()
    assert.equal(rooms.hand.sent.filter(({ message }) => textOf(message) !== '').length, 1)
  })

  it('is called as well when the chat opens but takes no message', async () => {
    assert.equal((await asked('post', blocked)).calls.length, 1)
  })

  it('is called in the words of the chat where we have none', async () => {
    const { calls } = await asked('direct', new DeliveryFailure('never', 'HTTP 418'))
    assert.match(textOf(calls[0]?.message), /HTTP 418/)
  })

  it('is called again only when the call surely did not arrive', async () => {
    const slow = new DeliveryFailure('not-now', 'HTTP 429', 1)
    const again = await asked('post', blocked, slow)
    assert.deepEqual(
      again.calls.map(({ to }) => to),
      [home.conversationId, home.conversationId],
    )
    const once = await asked('post', blocked, new DeliveryFailure('unknown', 'HTTP 504'))
    assert.equal(once.calls.length, 1)
    assert.deepEqual(once.rooms.logged.slice(-1), ['a manager could not be asked, and the channel could not be told'])
  })

  it('is not called when the question may have arrived', async () => {
    assert.deepEqual((await asked('post', new DeliveryFailure('unknown', 'HTTP 502'))).calls, [])
  })
})
