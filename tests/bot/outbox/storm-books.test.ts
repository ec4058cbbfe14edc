import assert from 'node:assert/strict'
import {
  type DigestCard,
  type KeptStorm,
  openStormBooks,
  owedDigest,
  standingDigest,
} from '../../../bot/outbox/storm-books.js'
import { memoryStore } from '../../../store/memory.js'
import { aStorm } from '../../support/rows.js'
import { home } from './hand.js'

const id = home.conversationId
const posted = { place: { ...home, conversationId: `${id};messageid=m-1` }, messageId: 'm-1' }
const kept = (card: DigestCard): KeptStorm => aStorm(home, card)

describe('bot/outbox/storm-books', () => {
  /** A store whose disk takes nothing while it is told so. */
  const open = async () => {
    const store = memoryStore()
    let isFull = false
    const keep: typeof store.keep = async (...what) => {
      if (isFull) throw new Error('ENOSPC')
      return store.keep(...what)
    }
    const books = await openStormBooks({ ...store, keep })
    return { books, store, fill: () => void (isFull = true) }
  }

  it('say that a digest is owed, for no reason unless one is told', () => {
    assert.deepEqual(owedDigest(), { state: 'missing', posted: null, detail: '' })
    assert.deepEqual(owedDigest('asked for'), { state: 'missing', posted: null, detail: 'asked for' })
  })

  for (const card of [
    owedDigest(),
    standingDigest(posted),
    { state: 'lost', posted: null, detail: 'HTTP 504' },
    { state: 'refused', posted: null, detail: 'BotNotInConversationRoster' },
  ] as const)
    it(`know after a restart of a storm whose digest is ${card.state}, and where that stands`, async () => {
      const { books, store } = await open()
      await books.keep(id, () => kept(card))
      const after = await openStormBooks(store)
      assert.deepEqual([...after.storms()], [[id, kept(card)]])
    })

  it('count a digest as lost whose post was under way when Winnow stopped, and say why', async () => {
    const { books, store } = await open()
    await books.keep(id, () => kept({ state: 'posting', posted: null, detail: '' }))
    const after = await openStormBooks(store)
    assert.deepEqual(after.storms().get(id)?.card, { state: 'lost', posted: null, detail: 'stopped while posting' })
  })

  it('leave a storm as it was where the disk does not take a change of it', async () => {
    const { books, store, fill } = await open()
    await books.keep(id, () => kept(owedDigest()))
    fill()
    await assert.rejects(
      books.keep(id, (one) => one && { ...one, phase: 'calming' }),
      /ENOSPC/,
    )
    assert.deepEqual(books.storms().get(id), kept(owedDigest()))
    await assert.rejects(
      books.keep(id, () => null),
      /ENOSPC/,
    )
    assert.deepEqual(books.storms().get(id), kept(owedDigest()))
    assert.deepEqual([...(await openStormBooks(store)).storms().keys()], [id])
  })

  it('do not know of a storm whose beginning the disk does not take', async () => {
    const { books, fill } = await open()
    fill()
    await assert.rejects(
      books.keep(id, () => kept(owedDigest())),
      /ENOSPC/,
    )
    assert.equal(books.storms().size, 0)
  })
})
