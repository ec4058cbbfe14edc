import assert from 'node:assert/strict'
import { Undelivered } from '../../bot/talk.js'
import { ada, ben, caseId } from '../support/cast.js'
import { openRooms, textOf } from './hand.js'

describe('bot/deliver: a case that somebody else has taken over', () => {
  const taken = async (...failures: readonly Undelivered[]) => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.does(ada, { type: 'claim' })
    await rooms.deliver.idle()
    for (const failure of failures) rooms.hand.fail('post', failure)
    await rooms.does(ben, { type: 'take-over' })
    await rooms.deliver.idle()
    const calls = () => rooms.hand.of('post').filter(({ message }) => textOf(message).startsWith('taken:'))
    return { rooms, calls }
  }

  it('is told once, in its thread, to who had it', async () => {
    const { rooms, calls } = await taken()
    const thread = (await rooms.state()).surfaces['channel']?.posted?.place.conversationId
    const message = { text: `taken: Ada Analyst Ben Analyst ${caseId}`, mentions: [ada] }
    assert.deepEqual(calls(), [{ on: 'post', to: thread, message }])
    await rooms.does(ben, { type: 'note', text: 'goes on' })
    await rooms.deliver.idle()
    assert.equal(calls().length, 1)
  })

  it('is told to the next one as well, when it goes on to a third or back', async () => {
    const { rooms, calls } = await taken()
    await rooms.does(ada, { type: 'take-over' })
    await rooms.deliver.idle()
    assert.match(textOf(calls()[1]?.message), /^taken: Ben Analyst Ada Analyst/)
    assert.equal(calls().length, 2)
  })

  it('is told again only when the call surely did not arrive', async () => {
    assert.equal((await taken(new Undelivered('not-now', 'HTTP 429', 1))).calls().length, 2)
    const once = await taken(new Undelivered('unknown', 'HTTP 504'))
    assert.equal(once.calls().length, 1)
    assert.deepEqual(once.rooms.logged.slice(-1), ['a case was taken over, and who had it could not be told'])
  })

  it('is told to nobody when nobody had it', async () => {
    const { rooms, calls } = await taken()
    await rooms.does(ben, { type: 'release' })
    await rooms.does(ada, { type: 'claim' })
    await rooms.deliver.idle()
    assert.equal(calls().length, 1)
  })
})
