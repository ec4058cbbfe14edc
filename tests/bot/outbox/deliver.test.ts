import assert from 'node:assert/strict'
import { managerCard } from '../../../triage/card.js'
import { ada, caseId, mia } from '../../support/cast.js'
import { asking, cardOf, elsewhere, home, lineOn, openRooms, textOf, until } from './hand.js'

const note = (text: string) => ({ type: 'note', text }) as const
const other = '1111-2222-3333'

describe('bot/outbox/deliver', () => {
  it('writes down that it posts, posts, and writes down where the card stands and what it shows', async () => {
    const rooms = openRooms()
    const release = rooms.hand.hold()
    await rooms.open()
    await until(() => rooms.hand.sent.length === 1)
    assert.deepEqual(rooms.kept(), ['posting channel'])
    release()
    await rooms.idle()
    assert.deepEqual(rooms.kept(), ['posting channel', 'shown channel'])
    const { posted, shownLine, state } = (await rooms.card()) ?? {}
    assert.deepEqual([posted, shownLine, state], [{ place: home, messageId: 'm-1' }, 0, 'shown'])
    assert.deepEqual(
      rooms.hand.of('post').map(({ to }) => to),
      ['c-home'],
    )
  })

  it('updates the card in place after that', async () => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.idle()
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    assert.deepEqual(
      rooms.hand.sent.map(({ on, to }) => `${on} ${to}`),
      ['post c-home', 'update m-1'],
    )
    assert.equal((await rooms.card())?.shownLine, 1)
  })

  it('makes one update of a burst, and it shows the newest state', async () => {
    const rooms = openRooms()
    const release = rooms.hand.hold()
    await rooms.open()
    await until(() => rooms.hand.sent.length === 1)
    for (let count = 0; count < 20; count += 1) await rooms.does(ada, note(`note ${count}`))
    release()
    await rooms.idle()
    assert.deepEqual(
      rooms.hand.sent.map(({ on }) => on),
      ['post', 'update'],
    )
    assert.equal(lineOn(rooms.hand.sent[1]?.message), (await rooms.state()).line - 1)
  })

  it('draws one card at a time in a conversation, but never lets a manager wait for the channel', async () => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    const release = rooms.hand.hold()
    for (let at = 0; at < 9; at += 1) await rooms.open(`1111-2222-333${at}`)
    await until(() => rooms.hand.of('post').length === 2)
    await rooms.does(ada, asking(mia))
    await until(() => rooms.hand.of('direct').length === 1)
    assert.equal(rooms.hand.most(), 2)
    release()
    await rooms.idle()
    assert.equal(rooms.hand.of('post').length, 11)
    assert.equal(rooms.hand.most(), 2)
  })

  it('keeps a case that comes before anybody said where, and posts it then', async () => {
    const rooms = openRooms({ place: null })
    await rooms.open()
    await rooms.idle()
    assert.deepEqual(rooms.hand.sent, [])
    assert.deepEqual(rooms.kept(), [])
    rooms.moveTo(elsewhere)
    await rooms.outbox.resume(await rooms.located(), 'rebound')
    await rooms.idle()
    assert.deepEqual(
      rooms.hand.sent.map(({ to }) => to),
      ['c-elsewhere'],
    )
  })

  it('asks a manager in their own chat, and shows them what became of it', async () => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    const { state } = await rooms.does(ada, asking(mia))
    await rooms.idle()
    assert.deepEqual(
      rooms.hand.of('direct').map(({ to }) => to),
      [mia.id],
    )
    assert.equal(rooms.hand.of('post').filter(({ to }) => to === `chat-${mia.id}`).length, 1)
    const asked = state?.confirmation?.line ?? 0
    await rooms.does(mia, { type: 'answer-confirmation', asked, answer: 'yes', from: null, to: null, note: '' })
    await rooms.idle()
    const last = rooms.hand.sent.filter(({ message }) => cardOf(message) === 'thanks')
    assert.equal(last.length, 1)
  })

  it('posts nothing where a card has come to stand while the chat was being opened', async () => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    const release = rooms.hand.hold()
    const { state } = await rooms.does(ada, asking(mia))
    await until(() => rooms.hand.of('direct').length === 1)
    const name = managerCard(state?.confirmation?.line ?? 0)
    const posted = { place: { ...home, conversationId: `chat-${mia.id}` }, messageId: 'm-other' }
    const card = { audience: 'manager', state: 'shown', posted, shownLine: 9, detail: '', since: rooms.now() } as const
    await rooms.desk.keepCards(caseId, () => ({ [name]: card }))
    release()
    await rooms.idle()
    assert.deepEqual(
      rooms.hand.of('post').map(({ to }) => to),
      ['c-home'],
    )
  })

  it('takes a post that ends in an unforeseen error for lost, and goes on with the others once something arrives there', async () => {
    const rooms = openRooms()
    rooms.hand.fail('post', new Error('unforeseen'))
    await rooms.open()
    await rooms.open(other)
    await rooms.idle()
    assert.deepEqual(
      rooms.hand.of('post').map(({ message }) => textOf(message)),
      ['', `lost: ${caseId} (1)`, ''],
    )
    assert.equal((await rooms.card())?.state, 'lost')
    assert.equal((await rooms.card('channel', other))?.state, 'shown')
  })

  it('stops when what is under way has ended, and begins nothing more', async () => {
    const rooms = openRooms()
    const release = rooms.hand.hold()
    await rooms.open()
    await rooms.open(other)
    await until(() => rooms.hand.sent.length === 1)
    const stopped = rooms.stop()
    release()
    await stopped
    assert.equal(rooms.hand.sent.length, 1)
    assert.deepEqual(rooms.kept(), ['posting channel', 'shown channel'])
    rooms.outbox.wake({ ...(await rooms.desk.look(other)), state: await rooms.state(other), refusal: null })
    await rooms.idle()
    assert.equal(rooms.hand.sent.length, 1)
  })
})
