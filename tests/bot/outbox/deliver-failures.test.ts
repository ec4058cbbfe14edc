import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { managerCard } from '../../../triage/card.js'
import { ada, caseId, mia } from '../../support/cast.js'
import { asking, openRooms, textOf } from './hand.js'

const note = (text: string) => ({ type: 'note', text }) as const

describe('bot/outbox/deliver: failures', () => {
  const rooms = () => openRooms()
  const after = async (failure: DeliveryFailure, on: 'post' | 'update' = 'post') => {
    const all = rooms()
    if (on === 'post') all.hand.fail('post', failure)
    await all.open()
    await all.idle()
    if (on === 'update') {
      all.hand.fail('update', failure)
      await all.does(ada, { type: 'take' })
      await all.idle()
    }
    return all
  }

  it('a post that surely did not arrive is tried again, as soon as the chat says', async () => {
    const { hand, kept } = await after(new DeliveryFailure('transient', 'HTTP 429', 1))
    assert.deepEqual(
      hand.sent.map(({ on }) => on),
      ['post', 'post'],
    )
    assert.deepEqual(kept(), ['posting channel', 'none channel', 'posting channel', 'shown channel'])
  })

  it('or after a moment when it does not say', async () => {
    const { hand, card } = await after(new DeliveryFailure('transient', 'HTTP 412'))
    assert.equal(hand.sent.length, 2)
    assert.equal((await card())?.state, 'shown')
  })

  it('a post that may have arrived is never tried again; the channel is told the code, once', async () => {
    const { hand, kept, does, idle } = await after(new DeliveryFailure('unknown', 'HTTP 504'))
    await does(ada, { type: 'take' })
    await does(ada, note('still here'))
    await idle()
    assert.deepEqual(
      hand.sent.map(({ message }) => textOf(message)),
      ['', `lost: ${caseId} (1)`],
    )
    assert.deepEqual(kept(), ['posting channel', 'lost channel'])
  })

  it('a post that is refused for good is written down and left', async () => {
    const { hand, card, does, idle } = await after(new DeliveryFailure('permanent', 'BotNotInConversationRoster'))
    await does(ada, { type: 'take' })
    await idle()
    assert.equal(hand.sent.length, 1)
    const { state: shown, detail } = (await card()) ?? {}
    assert.deepEqual([shown, detail], ['refused', 'BotNotInConversationRoster'])
  })

  it('an update is repeated after whatever may pass', async () => {
    for (const kind of ['transient', 'unknown'] as const) {
      const { hand, card, kept } = await after(new DeliveryFailure(kind, 'HTTP 503', 1), 'update')
      assert.deepEqual(
        hand.sent.map(({ on }) => on),
        ['post', 'update', 'update'],
      )
      assert.equal((await card())?.shownLine, 1)
      assert.deepEqual(kept(), ['posting channel', 'shown channel', 'shown channel'])
    }
  })

  it('an update of a card that is gone posts it anew', async () => {
    const { hand, card } = await after(new DeliveryFailure('missing', 'ActivityNotFoundInConversation', 1), 'update')
    assert.deepEqual(
      hand.sent.map(({ on }) => on),
      ['post', 'update', 'post'],
    )
    assert.equal((await card())?.posted?.messageId, 'm-3')
  })

  it('an update that is refused for good is left', async () => {
    const { hand, does, idle } = await after(new DeliveryFailure('permanent', 'HTTP 403'), 'update')
    await does(ada, note('more'))
    await idle()
    assert.equal(hand.sent.length, 2)
  })

  it('a manager’s chat that cannot be opened is noted on the case, and the channel’s card shows it', async () => {
    const all = rooms()
    await all.open()
    await all.does(ada, { type: 'take' })
    await all.idle()
    all.hand.fail('direct', new DeliveryFailure('permanent', 'ConversationBlockedByUser'))
    const { state } = await all.does(ada, asking(mia))
    await all.idle()
    const now = await all.state()
    assert.equal((await all.card(managerCard(state?.confirmation?.line ?? 0)))?.state, 'refused')
    assert.deepEqual([now.confirmation?.state, now.confirmation?.detail], ['unreached', 'ConversationBlockedByUser'])
    assert.equal((await all.card())?.shownLine, now.line - 1)
    const again = await all.does(ada, asking(mia))
    assert.equal(again.refusal, null)
    await all.idle()
    assert.equal(all.hand.of('post').filter(({ to }) => to === `chat-${mia.id}`).length, 1)
  })

  it('a question that may have arrived is noted, not repeated, and not told of in the channel by code', async () => {
    const all = rooms()
    await all.open()
    await all.does(ada, { type: 'take' })
    await all.idle()
    all.hand.fail('post', new DeliveryFailure('unknown', 'HTTP 502'))
    await all.does(ada, asking(mia))
    await all.idle()
    assert.equal(all.hand.of('post').filter(({ to }) => to === `chat-${mia.id}`).length, 1)
    const { confirmation } = await all.state()
    assert.deepEqual([confirmation?.state, confirmation?.detail], ['unreached', 'HTTP 502'])
    assert.deepEqual(
      all.hand.sent.filter(({ message }) => textOf(message) !== ''),
      [],
    )
  })

  it('a chat whose opening may have worked is opened again, for it is the same chat', async () => {
    const all = rooms()
    all.hand.fail('direct', new DeliveryFailure('unknown', 'HTTP 504'))
    await all.open()
    await all.does(ada, { type: 'take' })
    await all.does(ada, asking(mia))
    await all.idle()
    assert.equal(all.hand.of('direct').length, 2)
    assert.equal(all.hand.of('post').filter(({ to }) => to === `chat-${mia.id}`).length, 1)
    assert.equal((await all.state()).confirmation?.state, 'asked')
  })
})
