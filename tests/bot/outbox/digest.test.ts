import assert from 'node:assert/strict'
import { DeliveryFailure } from '../../../bot/chat.js'
import { type DigestNews, openDigests } from '../../../bot/outbox/digest.js'
import { type DigestCard, openStormBooks, owedDigest, standingDigest } from '../../../bot/outbox/storm-books.js'
import { openBackoff } from '../../../bot/pacing/backoff.js'
import { memoryStore } from '../../../store/memory.js'
import { aStorm } from '../../support/rows.js'
import { cardOf, handMessenger, home, openRooms } from './hand.js'

const id = home.conversationId
const posted = { place: home, messageId: 'm-0' }

describe('bot/outbox/digest', () => {
  /** A channel with a storm whose digest is kept like that; none where it is null. */
  const open = async (card: DigestCard | null) => {
    const hand = handMessenger()
    const rooms = openRooms({ hand })
    const store = memoryStore()
    let takes = Infinity
    const keep: typeof store.keep = async (...what) => {
      takes -= 1
      if (takes === -1) throw new Error('ENOSPC')
      return store.keep(...what)
    }
    const books = await openStormBooks({ ...store, keep })
    if (card) await books.keep(id, () => aStorm(home, card))
    const told: DigestNews[] = []
    const logged: (readonly [object, string])[] = []
    const log = (details: object, text: string) => void logged.push([details, text])
    const digests = openDigests({
      ...rooms,
      books,
      backoff: openBackoff(() => 0),
      rowsOf: async () => [],
      everyMs: 20_000,
      tell: (news) => void told.push(news),
      log: { warn: log, error: log },
    })
    return {
      ...rooms,
      digests,
      told,
      logged,
      hand,
      card: () => books.storms().get(id)?.card,
      /** The disk takes so much more, and then fails once. */
      failAfter: (count: number) => void (takes = count),
    }
  }

  it('is posted where it is owed, and kept with its place', async () => {
    const { digests, hand, card, told } = await open(owedDigest())
    assert.equal(await digests.draw(id), null)
    assert.deepEqual(
      hand.sent.map(({ on, to, message }) => [on, to, cardOf(message)]),
      [['post', id, 'digest']],
    )
    assert.deepEqual(card(), { state: 'shown', posted: { place: home, messageId: 'm-1' }, detail: '' })
    assert.deepEqual(
      told.map(({ outcome }) => outcome),
      ['shown'],
    )
  })

  it('is not drawn any more when its storm is forgotten before its turn comes', async () => {
    const { digests, hand, told } = await open(null)
    assert.equal(await digests.draw(id), null)
    assert.deepEqual([hand.sent, told], [[], []])
  })

  for (const state of ['posting', 'lost', 'refused'] as const)
    it(`is neither posted nor updated by itself while it is ${state}`, async () => {
      for (const where of [null, posted]) {
        const { digests, hand, card, told } = await open({ state, posted: where, detail: 'x' })
        assert.equal(await digests.draw(id), null)
        assert.deepEqual([hand.sent, told, card()], [[], [], { state, posted: where, detail: 'x' }])
      }
    })

  it('counts as lost, and people are told, when something went wrong of which the chat says nothing', async () => {
    const { digests, hand, card, told, logged, doubts } = await open(owedDigest())
    const failure = new TypeError('no such thing')
    hand.fail('post', failure)
    assert.equal(await digests.draw(id), null)
    assert.deepEqual(card(), { state: 'lost', posted: null, detail: 'Error' })
    assert.deepEqual(
      told.map(({ outcome, posted }) => [outcome, posted]),
      [['lost', null]],
    )
    assert.equal(doubts.has(id), true)
    assert.deepEqual(logged, [
      [{ err: failure, channel: id }, 'a digest may not have been posted'],
      [{ channel: id, kind: 'unknown', code: 'Error' }, 'a digest was not delivered'],
    ])
  })

  it('that the chat refuses stays refused, nobody is told that it is lost, and operators find why', async () => {
    const { digests, hand, card, told, logged } = await open(owedDigest())
    hand.fail('post', new DeliveryFailure('permanent', 'BotNotInConversationRoster'))
    assert.equal(await digests.draw(id), null)
    assert.deepEqual(card(), { state: 'refused', posted: null, detail: 'BotNotInConversationRoster' })
    assert.deepEqual(told, [])
    assert.deepEqual(logged, [
      [{ channel: id, kind: 'permanent', code: 'BotNotInConversationRoster' }, 'a digest was not delivered'],
    ])
  })

  it('is still owed when its post surely did not happen', async () => {
    const { digests, hand, card } = await open(owedDigest())
    hand.fail('post', new DeliveryFailure('transient', 'HTTP 503', 2000))
    assert.deepEqual(await digests.draw(id), { againInMs: 2000, everybody: true })
    assert.deepEqual(card(), owedDigest('HTTP 503'))
    assert.equal(await digests.draw(id), null)
    assert.equal(card()?.state, 'shown')
  })

  it('that someone has deleted is owed anew', async () => {
    const { digests, hand, card } = await open(standingDigest(posted))
    hand.fail('update', new DeliveryFailure('missing', 'HTTP 404'))
    assert.deepEqual(await digests.draw(id), { againInMs: 500, everybody: false })
    assert.deepEqual(card(), owedDigest('HTTP 404'))
    await digests.draw(id)
    assert.deepEqual(
      hand.sent.map(({ on }) => on),
      ['update', 'post'],
    )
  })

  it('is kept as standing there, once the disk takes that, where it took nothing after the post', async () => {
    const { digests, hand, card, failAfter, told } = await open(owedDigest())
    failAfter(1)
    await assert.rejects(digests.draw(id), /ENOSPC/)
    assert.equal(await digests.draw(id), null)
    assert.deepEqual(card(), standingDigest({ place: home, messageId: 'm-1' }))
    assert.equal(hand.of('post').length, 1)
    assert.deepEqual(
      told.map(({ outcome, posted }) => [outcome, posted?.messageId]),
      [['shown', 'm-1']],
    )
  })

  it('is posted once the disk takes it where neither its post nor the disk went well', async () => {
    const { digests, hand, card, failAfter } = await open(owedDigest())
    hand.fail('post', new DeliveryFailure('transient', 'HTTP 503'))
    failAfter(1)
    await assert.rejects(digests.draw(id), /ENOSPC/)
    assert.equal(await digests.draw(id), null)
    assert.equal(card()?.state, 'shown')
  })

  it('counts as lost, and is told once, as soon as the disk takes that a post may have arrived', async () => {
    const { digests, hand, card, failAfter, doubts, told } = await open(owedDigest())
    hand.fail('post', new DeliveryFailure('unknown', 'HTTP 504'))
    failAfter(1)
    await assert.rejects(digests.draw(id), /ENOSPC/)
    assert.deepEqual([doubts.has(id), told], [true, []])
    assert.equal(await digests.draw(id), null)
    assert.equal(await digests.draw(id), null)
    assert.deepEqual(card(), { state: 'lost', posted: null, detail: 'HTTP 504' })
    assert.deepEqual(
      told.map(({ outcome }) => outcome),
      ['lost'],
    )
    assert.equal(hand.of('post').length, 1)
  })
})
