import assert from 'node:assert/strict'
import { forCards } from '../../../bot/pacing/rate-window.js'
import { DeliveryFailure } from '../../../bot/chat.js'
import { Fault } from '../../../triage/fault.js'
import { ada, ben, caseId } from '../../support/cast.js'
import { home, openRooms, textOf, until } from '../outbox/hand.js'
import { simulatedTeams } from '../outbox/simulated-teams.js'

describe('bot/notices/pages', () => {
  const onCall = { person: ben, atLeast: 'medium' } as const
  const other = '2222-3333-4444'
  const out = (code: string) => `post out: ${ben.name} ${code}`
  const sent = ({ hand }: ReturnType<typeof openRooms>) =>
    hand.sent.map(({ on, message }) => `${on} ${textOf(message)}`.trim())
  /** A case is opened and its card posted; the page for it is on its way until what this returns is called. */
  const holdPage = async (rooms: ReturnType<typeof openRooms>): Promise<() => void> => {
    const releaseCard = rooms.hand.hold()
    await rooms.open()
    await until(() => rooms.hand.sent.length === 1)
    const releasePage = rooms.hand.hold()
    releaseCard()
    await until(() => rooms.hand.sent.length === 2)
    return releasePage
  }

  it('calls in the thread of a card that was just posted, by name, and not when it is redrawn', async () => {
    const rooms = openRooms({ onCall })
    await rooms.open()
    await rooms.idle()
    const thread = (await rooms.card())?.posted?.place.conversationId
    const message = { text: `out: ${ben.name} ${caseId}`, mentions: [ben] }
    assert.deepEqual(rooms.hand.sent[1], { on: 'post', to: thread, message })
    await rooms.does(ada, { type: 'note', text: 'still new' })
    await rooms.idle()
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    assert.deepEqual(sent(rooms), ['post', out(caseId), 'update', 'update'])
  })

  it('calls nobody when nobody is on call', async () => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.idle()
    assert.deepEqual(sent(rooms), ['post'])
  })

  it('calls nobody for a case that somebody took before', async () => {
    const rooms = openRooms({ onCall })
    const release = rooms.hand.hold()
    await rooms.open()
    await until(() => rooms.hand.sent.length === 1)
    await rooms.does(ada, { type: 'take' })
    release()
    await rooms.idle()
    assert.deepEqual(sent(rooms), ['post', 'update'])
  })

  it('calls again when a card is posted anew, as long as the case is new', async () => {
    const rooms = openRooms({ onCall })
    const gone = new DeliveryFailure('missing', 'ActivityNotFoundInConversation')
    await rooms.open()
    await rooms.idle()
    rooms.hand.fail('update', gone)
    await rooms.does(ada, { type: 'note', text: 'still new' })
    await rooms.idle()
    assert.deepEqual(sent(rooms), ['post', out(caseId), 'update', 'post', out(caseId)])
    rooms.hand.fail('update', gone)
    await rooms.does(ada, { type: 'take' })
    await rooms.idle()
    assert.deepEqual(sent(rooms).slice(5), ['update', 'post'])
  })

  it('calls in the channel itself when nobody knows whether the card arrived, and once', async () => {
    const rooms = openRooms({ onCall })
    rooms.hand.fail('post', new DeliveryFailure('unknown', 'HTTP 504'))
    await rooms.open()
    await rooms.idle()
    assert.deepEqual(sent(rooms).toSorted(), ['post', `post lost: ${caseId} (1)`, out(caseId)])
    assert.equal(rooms.hand.sent.find(({ message }) => textOf(message).startsWith('out'))?.to, home.conversationId)
    await rooms.does(ada, { type: 'note', text: 'still new' })
    await rooms.idle()
    assert.equal(rooms.hand.sent.length, 3)
  })

  it('calls after a start for a card that may be lost, as long as its case is new', async () => {
    const rooms = openRooms({ onCall, place: null })
    await rooms.open()
    const begun = {
      audience: 'channel',
      state: 'posting',
      posted: null,
      shownLine: -1,
      detail: '',
      since: rooms.now(),
    } as const
    await rooms.desk.keepCards(caseId, () => ({ channel: begun }))
    rooms.moveTo(home)
    await rooms.outbox.resume(await rooms.located(), 'start')
    await rooms.idle()
    assert.deepEqual(sent(rooms).toSorted(), [`post lost: ${caseId} (1)`, out(caseId)])
    await rooms.outbox.resume(await rooms.located(), 'start')
    await rooms.idle()
    assert.deepEqual(sent(rooms).filter((one) => one === out(caseId)).length, 2)
    await rooms.does(ada, { type: 'take' })
    await rooms.outbox.resume(await rooms.located(), 'start')
    await rooms.idle()
    assert.deepEqual(sent(rooms).filter((one) => one === out(caseId)).length, 2)
  })

  it('pages after a start for a card that stands there, when its case came within the last hour', async () => {
    const rooms = openRooms({ onCall })
    await rooms.open()
    await rooms.idle()
    await rooms.outbox.resume(await rooms.located(), 'start')
    await rooms.idle()
    assert.deepEqual(sent(rooms), ['post', out(caseId), out(caseId)])
    for (let minutes = 0; minutes < 60; minutes += 1) rooms.now()
    await rooms.outbox.resume(await rooms.located(), 'start')
    await rooms.idle()
    assert.equal(sent(rooms).length, 3)
  })

  it('tells of the others when the card of the worst is not there any more', async () => {
    const rooms = openRooms({ onCall, pagePauseMs: 50 })
    const look = rooms.desk.look.bind(rooms.desk)
    const isGone = async (id: string) => {
      const record = await look(id)
      const card = record.cards['channel']
      if (id !== caseId || card?.state !== 'shown') return record
      return { ...record, cards: { channel: { ...card, state: 'missing' as const, posted: null } } }
    }
    Object.assign(rooms.desk, { look: isGone })
    const first = '1111-3333-4444'
    for (const code of [first, caseId, other]) await rooms.open(code)
    await rooms.idle()
    assert.deepEqual(
      sent(rooms).filter((one) => one.startsWith('post out')),
      [out(first), out(other)],
    )
  })

  it('pages until it has surely arrived; the card stands in either case', async () => {
    const calls = async (failure: DeliveryFailure) => {
      const rooms = openRooms({ onCall })
      const releasePage = await holdPage(rooms)
      rooms.hand.fail('post', failure)
      releasePage()
      await rooms.idle()
      assert.equal((await rooms.card())?.state, 'shown')
      return sent(rooms).filter((one) => one === out(caseId)).length
    }
    assert.equal(await calls(new DeliveryFailure('transient', 'HTTP 429', 1)), 2)
    assert.equal(await calls(new DeliveryFailure('unknown', 'HTTP 504', 1)), 2)
  })

  it('pages in the channel where the thread is gone, and in the chat of who is on call where the channel takes nothing', async () => {
    const rooms = openRooms({ onCall })
    const releasePage = await holdPage(rooms)
    rooms.hand.fail('post', new DeliveryFailure('missing', 'HTTP 404'))
    rooms.hand.fail('post', new DeliveryFailure('permanent', 'HTTP 403'))
    releasePage()
    await rooms.idle()
    assert.deepEqual(
      rooms.hand
        .of('post')
        .slice(1)
        .map(({ to }) => to),
      [home.conversationId, home.conversationId, `chat-${ben.id}`],
    )
  })

  it('pages in the chat of who is on call when the channel refuses the card', async () => {
    const rooms = openRooms({ onCall })
    rooms.hand.fail('post', new DeliveryFailure('permanent', 'BotNotInConversationRoster'))
    await rooms.open()
    await rooms.idle()
    assert.deepEqual(
      rooms.hand.of('post').map(({ to }) => to),
      [home.conversationId, `chat-${ben.id}`],
    )
  })

  it('stops paging as soon as somebody has taken the case', async () => {
    const rooms = openRooms({ onCall })
    const releasePage = await holdPage(rooms)
    rooms.hand.fail('post', new DeliveryFailure('unknown', 'HTTP 504', 1))
    await rooms.does(ada, { type: 'take' })
    releasePage()
    await rooms.idle()
    assert.deepEqual(sent(rooms), ['post', out(caseId), 'update'])
  })

  it('of a burst makes a few calls, half a minute apart, that leave none out', async () => {
    const { clock, messenger, shown, limits, last } = simulatedTeams()
    const rooms = openRooms({ messenger, clock, limits: forCards, pagePauseMs: 30_000, onCall })
    for (let n = 0; n < 100; n += 1) await rooms.open(`7K3F-9QXM-${n + 2222}`)
    let isIdle = false
    void rooms.idle().then(() => (isIdle = true))
    await clock.run(() => isIdle)
    assert.deepEqual(limits.refused, [])
    const [first = '', ...others] = [...shown.values()].map(textOf).filter((text) => text !== '')
    assert.equal(first, `out: ${ben.name} 7K3F-9QXM-2222`)
    assert.equal(others.length, Math.ceil(last() / 30_000) - 1)
    const told = others.map((text) => Number(/ \+(\d+)$/.exec(text)?.[1]) + 1)
    assert.equal(
      told.reduce((sum, one) => sum + one, 1),
      100,
    )
  })

  it('tells of the others when one case cannot be read', async () => {
    const rooms = openRooms({ onCall })
    const look = rooms.desk.look.bind(rooms.desk)
    const isLost = async (id: string) => {
      const settled = await look(id)
      if (id === caseId && settled.cards['channel']?.state === 'shown')
        throw new Fault('store/damaged', 'as the test wants it')
      return settled
    }
    Object.assign(rooms.desk, { look: isLost })
    await rooms.open()
    await rooms.open(other)
    await rooms.idle()
    assert.deepEqual(sent(rooms).toSorted(), ['post', 'post', out(other)])
  })
})
