import assert from 'node:assert/strict'
import { openBookkeeping } from '../../../bot/outbox/bookkeeping.js'
import type { Desk } from '../../../bot/cases/desk.js'
import { Fault, isFault } from '../../../triage/fault.js'
import { aCard, caseId, minute, posted } from '../../support/cast.js'
import { openRooms } from './hand.js'

const unwritable = (error: unknown): boolean => isFault(error, 'store/unwritable')
const other = '1111-2222-3333'

describe('bot/outbox/bookkeeping', () => {
  /** Over a desk whose disk takes nothing as long as `disk.fails`; `late` takes it all the same, and says it did not. */
  const open = async () => {
    const rooms = openRooms({ place: null })
    for (const id of [caseId, other]) await rooms.open(id)
    await rooms.idle()
    const disk = { fails: false, late: false, writes: 0 }
    const keepCards: Desk['keepCards'] = async (...what) => {
      disk.writes += 1
      if (disk.late || !disk.fails) {
        const isKept = await rooms.desk.keepCards(...what)
        if (!disk.late) return isKept
      }
      throw new Fault('store/unwritable', 'as the test wants it')
    }
    const books = openBookkeeping({ ...rooms.desk, keepCards }, () => minute(9))
    const state = async (id = caseId) => (await rooms.card('channel', id))?.state ?? 'none'
    return { books, disk, state, card: rooms.card, desk: rooms.desk, kept: rooms.kept }
  }

  it('keeps that a post begins once: a case does not get two', async () => {
    const { books, state, card } = await open()
    assert.equal(await books.startPost(caseId, 'channel'), true)
    assert.equal(await state(), 'posting')
    assert.deepEqual(await card(), {
      audience: 'channel',
      state: 'posting',
      posted: null,
      shownLine: -1,
      detail: '',
      since: minute(9),
    })
    assert.deepEqual([books.isBusy(caseId, 'channel'), books.isBusy(other, 'channel')], [true, false])
    assert.equal(await books.startPost(caseId, 'channel'), false)
    assert.equal(books.isBusy(caseId, 'channel'), true)
    await books.keepShown(caseId, 'channel', posted(), { line: 0 })
    assert.deepEqual([books.isBusy(caseId, 'channel'), await books.startPost(caseId, 'channel')], [false, false])
    assert.equal(books.isBusy(caseId, 'channel'), false)
  })

  it('begins no post of a card that was found meanwhile, though its begin could not be kept before', async () => {
    const { books, disk, desk, card } = await open()
    disk.late = true
    await assert.rejects(books.startPost(caseId, 'channel'), unwritable)
    disk.late = false
    const found = aCard('channel', { state: 'shown', posted: posted('m-9') })
    await desk.keepCards(caseId, () => ({ channel: found }))
    assert.equal(await books.startPost(caseId, 'channel'), false)
    assert.deepEqual(await card(), found)
  })

  it('keeps whether its owner fills in a card, and says nothing of it where they do not', async () => {
    const { books, card } = await open()
    const shown = aCard('channel', { state: 'shown', shownLine: 1, since: minute(9) })
    await books.startPost(caseId, 'channel')
    await books.keepShown(caseId, 'channel', posted(), { line: 1 })
    assert.deepEqual(await card(), shown)
    await books.keepShown(caseId, 'channel', posted(), { line: 2, holds: true })
    assert.deepEqual(await card(), { ...shown, shownLine: 2, holds: true })
    await books.keepShown(caseId, 'channel', posted(), { line: 3 })
    assert.deepEqual(await card(), { ...shown, shownLine: 3 })
  })

  it('writes nothing when a card was drawn again as it stood', async () => {
    const { books, kept } = await open()
    await books.startPost(caseId, 'channel')
    for (let times = 0; times < 2; times += 1) await books.keepShown(caseId, 'channel', posted(), { line: 5 })
    assert.deepEqual(kept(), ['posting channel', 'shown channel'])
  })

  it('knows that nothing was sent although the post is kept as begun, and begins it then', async () => {
    const { books, disk, state } = await open()
    disk.late = true
    await assert.rejects(books.startPost(caseId, 'channel'), unwritable)
    assert.deepEqual([await state(), books.isNotBegun(caseId, 'channel')], ['posting', true])
    assert.equal(books.isNotBegun(other, 'channel'), false)
    disk.late = false
    assert.equal(await books.startPost(caseId, 'channel'), true)
    assert.equal(books.isNotBegun(caseId, 'channel'), false)
  })

  it('remembers what could not be written, and writes it later, once', async () => {
    const { books, disk, state, card } = await open()
    await books.startPost(caseId, 'channel')
    disk.fails = true
    await assert.rejects(books.keepShown(caseId, 'channel', posted(), { line: 0 }), unwritable)
    assert.deepEqual([books.isBusy(caseId, 'channel'), await state()], [true, 'posting'])
    await assert.rejects(books.catchUp(caseId, 'channel'), unwritable)
    assert.equal(books.isBusy(caseId, 'channel'), true)
    disk.fails = false
    assert.equal(await books.catchUp(caseId, 'channel'), true)
    assert.deepEqual((await card())?.posted, posted())
    const { writes } = disk
    assert.deepEqual([await books.catchUp(caseId, 'channel'), books.isBusy(caseId, 'channel')], [false, false])
    assert.equal(disk.writes, writes)
  })

  it('never goes back to what a card showed before', async () => {
    const { books, card } = await open()
    await books.startPost(caseId, 'channel')
    await books.keepShown(caseId, 'channel', posted(), { line: 5 })
    await books.keepShown(caseId, 'channel', posted(), { line: 4 })
    assert.equal((await card())?.shownLine, 5)
    await books.keepShown(caseId, 'channel', posted('m-2'), { line: 4 })
    assert.deepEqual([(await card())?.shownLine, (await card())?.posted], [4, posted('m-2')])
  })

  it('writes at the end what is left, tells by case what fails again, and nothing of it twice', async () => {
    const { books, disk, state } = await open()
    for (const id of [caseId, other]) await books.startPost(id, 'channel')
    disk.fails = true
    for (const id of [caseId, other])
      await assert.rejects(books.keepShown(id, 'channel', posted(), { line: 0 }), unwritable)
    const failed: string[] = []
    const note = (error: unknown, id: string) => void failed.push(`${id} ${unwritable(error)}`)
    await books.finish(note)
    assert.deepEqual(failed, [`${caseId} true`, `${other} true`])
    disk.fails = false
    await books.finish(note)
    assert.deepEqual([failed.length, await state(), await state(other)], [2, 'shown', 'shown'])
    const { writes } = disk
    await books.finish(note)
    assert.equal(disk.writes, writes)
  })

  it('does what goes with a failure together with it, both again when one of both fails', async () => {
    const { books, disk, state } = await open()
    await books.startPost(caseId, 'channel')
    let times = 0
    let isTold = false
    const andThen = async () => {
      times += 1
      if (!isTold) throw new Fault('store/unwritable', 'as the test wants it')
    }
    const failure = { caseId, name: 'channel', update: null, outcome: 'lost', detail: 'HTTP 504', andThen } as const
    await assert.rejects(books.keepFailed(failure), unwritable)
    assert.deepEqual([await state(), times, books.isBusy(caseId, 'channel')], ['lost', 1, true])
    isTold = true
    disk.writes = 0
    assert.equal(await books.catchUp(caseId, 'channel'), true)
    assert.deepEqual([times, disk.writes, books.isBusy(caseId, 'channel')], [2, 1, false])
  })

  it('keeps the failure of a card that could not even be begun', async () => {
    const { books, card } = await open()
    const failure = { caseId, name: 'channel', update: null, outcome: 'refused', detail: 'HTTP 403' } as const
    await books.keepFailed({ ...failure, andThen: async () => {} })
    assert.deepEqual(await card(), {
      audience: 'channel',
      state: 'refused',
      posted: null,
      shownLine: -1,
      detail: 'HTTP 403',
      since: minute(9),
    })
  })
})
