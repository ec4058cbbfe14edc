import assert from 'node:assert/strict'
import { type QuestionBook, emptyBook, openQuestionBooks } from '../../../bot/outbox/question-books.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import { eve, mia, minute } from '../../support/cast.js'
import { home } from './hand.js'

const hour = 3_600_000
const row = (caseId: string, isNew: boolean) => ({ caseId, line: 2, isNew })
const postedOn = (managerId: string, ...rows: QuestionBook['rows']): QuestionBook => ({
  ...emptyBook(managerId),
  posted: { place: home, messageId: 'm-1' },
  at: minute(0),
  rows,
})

describe('bot/outbox/question-books', () => {
  /** What is forgotten after an hour; how often it was written is counted. */
  const open = async (store: Store = memoryStore()) => {
    let time = minute(0)
    let [written, isFull] = [0, false]
    const keep: Store['keep'] = async (...what) => {
      if (isFull) throw new Error('ENOSPC')
      written += 1
      return store.keep(...what)
    }
    const books = await openQuestionBooks({ ...store, keep }, () => time, hour)
    return {
      books,
      store,
      is: (at: string) => void (time = at),
      written: () => written,
      fill: (full: boolean) => void (isFull = full),
      managers: () => books.all().map(({ managerId }) => managerId),
    }
  }

  it('forget a card that was posted longer ago than that, with the next that is kept', async () => {
    const { books, is, managers, store } = await open()
    await books.keep(postedOn(mia.id, row('1111-1111-1111', false)))
    is(minute(60))
    await books.keep(emptyBook(eve.id))
    assert.deepEqual(managers(), [mia.id, eve.id])
    is(minute(61))
    await books.keep(emptyBook(eve.id))
    assert.deepEqual(managers(), [eve.id])
    assert.equal((await openQuestionBooks(store, () => minute(61), hour)).get(mia.id), undefined)
  })

  it('remember a card however old it is while one of its questions is still to be put on it', async () => {
    const { books, is, managers } = await open()
    await books.keep(postedOn(mia.id, row('1111-1111-1111', false), row('2222-2222-2222', true)))
    is(minute(24 * 60))
    await books.keep(emptyBook(eve.id))
    assert.deepEqual(managers(), [mia.id, eve.id])
  })

  it('remember what was never posted', async () => {
    const { books, is, managers } = await open()
    await books.keep({ ...emptyBook(mia.id), rows: [row('1111-1111-1111', false)] })
    is(minute(24 * 60))
    await books.keep(emptyBook(eve.id))
    assert.deepEqual(managers(), [mia.id, eve.id])
  })

  it('write nothing again that is on disk, and once what could not be written', async () => {
    const { books, written, fill, store } = await open()
    await books.catchUp()
    assert.equal(written(), 0)
    await books.keep(emptyBook(mia.id))
    await books.catchUp()
    assert.equal(written(), 1)
    fill(true)
    await assert.rejects(books.keep(postedOn(mia.id)), /ENOSPC/)
    assert.deepEqual(books.get(mia.id), postedOn(mia.id))
    await assert.rejects(books.catchUp(), /ENOSPC/)
    fill(false)
    await books.catchUp()
    await books.catchUp()
    assert.equal(written(), 2)
    assert.deepEqual((await openQuestionBooks(store, () => minute(0), hour)).all(), [postedOn(mia.id)])
  })

  it('take a card that was kept before one could be lost for one that is where it says', async () => {
    const store = memoryStore()
    const { managerId, posted, at, rows } = postedOn(mia.id)
    await store.keep('questions', [{ managerId, posted, at, rows }])
    const { books } = await open(store)
    assert.deepEqual(books.get(mia.id), postedOn(mia.id))
  })
})
