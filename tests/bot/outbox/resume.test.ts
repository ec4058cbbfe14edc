import assert from 'node:assert/strict'
import type { Retry } from '../../../bot/pacing/queue.js'
import { type ResumeReason, openResume } from '../../../bot/outbox/resume.js'
import { memoryStore } from '../../../store/memory.js'
import { type Cards, managerCard } from '../../../triage/card.js'
import { aCard, ada, caseId, mia } from '../../support/cast.js'
import { type Rooms, asking, openRooms } from './hand.js'

const other = '1111-2222-3333'
const question = managerCard(2)

describe('bot/outbox/resume', () => {
  /** A case of Ada’s with these cards, taken up; Mia was asked unless told. What is queued is not done yet. */
  const taken = async (cards: Cards, { asks = true, why = 'start' }: { asks?: boolean; why?: ResumeReason } = {}) => {
    const rooms = openRooms({ place: null })
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    if (asks) await rooms.does(ada, asking(mia))
    await rooms.idle()
    await rooms.desk.keepCards(caseId, () => cards)
    const queued: { readonly card: string; readonly work: () => Promise<Retry> }[] = []
    const failed: string[] = []
    let [kept, noted] = [0, 0]
    const resume = openResume({
      ...rooms,
      desk: { ...rooms.desk, keepCards: (...what) => ((kept += 1), rooms.desk.keepCards(...what)) },
      put: (_, card, work) => void queued.push({ card, work }),
      note: () => void (noted += 1),
      tell: () => {},
      isBusy: () => false,
      keepFailed: async (id, name, _, outcome, detail) => void failed.push(`${id} ${name} ${outcome} ${detail}`),
    })
    await resume(await rooms.located(), why)
    return { rooms, failed, queued: queued.map(({ card }) => card), first: queued[0]?.work, kept, noted }
  }

  /** Both cases are taken up at once, as many are at a start. */
  const takeUp = async (rooms: Rooms): Promise<void> => {
    const records = await Promise.all([caseId, other].map((id) => rooms.located(id)))
    await Promise.all(records.map((record) => rooms.outbox.resume(record, 'start')))
    await rooms.idle()
  }

  it('keeps nothing of a case whose cards all stand, and looks at what it is owed', async () => {
    const { kept, noted } = await taken({ channel: aCard('channel', { state: 'shown' }) })
    assert.deepEqual([kept, noted], [0, 1])
  })

  it('keeps once what is gone of a case', async () => {
    const { kept, rooms } = await taken({ channel: aCard('channel', { state: 'shown' }) }, { why: 'fresh' })
    assert.equal(kept, 1)
    assert.deepEqual(
      [(await rooms.card())?.state, (await rooms.card())?.posted, (await rooms.card())?.detail],
      ['missing', null, 'fresh'],
    )
  })

  it('takes a post whose end nobody knows for lost, and says that Winnow was stopped meanwhile', async () => {
    const { first, failed } = await taken({ channel: aCard('channel', { state: 'posting' }) })
    assert.equal(await first?.(), null)
    assert.deepEqual(failed, [`${caseId} channel lost stopped while posting`])
  })

  it('does not take for lost what somebody asked for again before its turn came', async () => {
    const { rooms, first, failed } = await taken({ channel: aCard('channel', { state: 'posting' }) })
    await rooms.desk.keepCards(caseId, () => ({ channel: aCard('channel', { state: 'missing' }) }))
    assert.equal(await first?.(), null)
    assert.deepEqual(failed, [])
  })

  it('does not take for lost what was taken away before its turn came', async () => {
    const { rooms, first, failed } = await taken({ channel: aCard('channel', { state: 'posting' }) })
    await rooms.desk.keepCards(caseId, () => ({ channel: null }))
    assert.equal(await first?.(), null)
    assert.deepEqual(failed, [])
  })

  it('has two cases whose posts in one channel were cut off both lost', async () => {
    const memory = { cases: new Map<string, string>(), settings: new Map<string, string>() }
    const former = openRooms({ store: memoryStore(memory), place: null })
    const rooms = openRooms({ store: memoryStore(memory) })
    for (const id of [caseId, other]) {
      await former.open(id)
      await former.idle()
      await former.desk.keepCards(id, () => ({ channel: aCard('channel', { state: 'posting' }) }))
    }
    await takeUp(rooms)
    for (const id of [caseId, other]) {
      const card = await rooms.card('channel', id)
      assert.deepEqual([card?.state, card?.detail], ['lost', 'stopped while posting'])
    }
  })

  it('tells of both cases in which a question to one manager did not arrive', async () => {
    const rooms = openRooms()
    for (const id of [caseId, other]) {
      await rooms.open(id)
      await rooms.does(ada, { type: 'take' }, id)
      await rooms.does(ada, asking(mia), id)
    }
    await rooms.idle()
    for (const id of [caseId, other])
      await rooms.desk.keepCards(id, () => ({ [question]: aCard(question, { state: 'lost', detail: `504 ${id}` }) }))
    await takeUp(rooms)
    for (const id of [caseId, other]) {
      const { confirmation } = await rooms.state(id)
      assert.deepEqual([confirmation?.state, confirmation?.detail], ['unreached', `504 ${id}`])
    }
  })

  it('tells once that a question did not arrive, and is done with it', async () => {
    const { queued, first, failed } = await taken({
      [question]: aCard(question, { state: 'refused', detail: 'HTTP 403' }),
    })
    assert.deepEqual(queued, [question])
    assert.equal(await first?.(), null)
    assert.deepEqual(failed, [`${caseId} ${question} refused HTTP 403`])
  })

  it('tells nothing of a question that stands there, is owed, or has no card yet', async () => {
    for (const cards of [
      { [question]: aCard(question, { state: 'shown' }) },
      { [question]: aCard(question, { state: 'missing' }) },
      {},
    ]) {
      const { queued, noted } = await taken(cards)
      assert.deepEqual([queued, noted], [[], 1])
    }
  })

  it('tells nothing of a former question that did not arrive when none is open', async () => {
    const { queued, noted } = await taken({ [question]: aCard(question, { state: 'lost' }) }, { asks: false })
    assert.deepEqual([queued, noted], [[], 1])
  })
})
