import assert from 'node:assert/strict'
import { startOpenCases } from '../../../bot/cases/open-cases.js'
import { expireDue, startDeadlines } from '../../../bot/cases/deadlines.js'
import { openDesk } from '../../../bot/cases/desk.js'
import { memoryStore } from '../../../store/memory.js'
import { ada, anAlert, caseId, mia, minute } from '../../support/cast.js'
import { noThreads } from '../../support/no-threads.js'
import { travel } from '../../support/guides.js'

describe('bot/cases/deadlines', () => {
  const asked = async (ids: readonly string[]) => {
    const store = memoryStore()
    const desk = openDesk(
      store,
      () => travel,
      () => minute(0),
    )
    const openCases = startOpenCases(noThreads, () => travel)
    desk.onWritten(({ state, cards }) => openCases.note({ state, cards }))
    for (const id of ids) {
      const stamp = { caseId: id, line: null, at: minute(0), by: ada }
      await desk.open(id, anAlert(), 'impossible-travel', [])
      const question = { type: 'ask-manager', manager: mia, about: 'Kim', until: minute(60), ...stamp } as const
      await desk.settle(id, [{ type: 'take', ...stamp }, question])
    }
    return { store, desk, openCases }
  }
  const stateOf = async ({ desk }: Awaited<ReturnType<typeof asked>>, id = caseId) =>
    (await desk.look(id)).state?.confirmation?.state

  it('let a question expire when its time is up, and not a moment before', async () => {
    const rooms = await asked([caseId])
    await expireDue(rooms.openCases, rooms.desk, minute(59))
    assert.equal(await stateOf(rooms), 'asked')
    await expireDue(rooms.openCases, rooms.desk, minute(60))
    assert.equal(await stateOf(rooms), 'expired')
    const { version } = await rooms.store.read(caseId)
    await expireDue(rooms.openCases, rooms.desk, minute(61))
    assert.equal((await rooms.store.read(caseId)).version, version)
  })

  it('let the others expire though one cannot be written, and say so', async () => {
    const ids = ['1111-1111-1111', '2222-2222-2222', '3333-3333-3333']
    const rooms = await asked(ids)
    const settle: typeof rooms.desk.settle = (id, commands) =>
      id === ids[0] ? Promise.reject(new Error('disk full')) : rooms.desk.settle(id, commands)
    await assert.rejects(expireDue(rooms.openCases, { ...rooms.desk, settle }, minute(60)), /disk full/)
    assert.deepEqual(await Promise.all(ids.map((id) => stateOf(rooms, id))), ['asked', 'expired', 'expired'])
  })

  it('let nothing expire while the clock is not to be believed, and what is due as soon as it is', async () => {
    const rooms = await asked([caseId])
    let at: number | null = null
    const stop = startDeadlines(
      rooms.openCases,
      rooms.desk,
      () => at,
      (error) => assert.fail(String(error)),
      1,
    )
    for (let tries = 0; tries < 20; tries += 1) await new Promise((resolve) => setTimeout(resolve, 1))
    assert.equal(await stateOf(rooms), 'asked')
    at = Date.parse(minute(60))
    for (let tries = 0; tries < 500 && (await stateOf(rooms)) !== 'expired'; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 1))
    stop()
    assert.equal(await stateOf(rooms), 'expired')
  })

  it('tick until they are stopped', async () => {
    const rooms = await asked([caseId])
    const failed: unknown[] = []
    const stop = startDeadlines(
      rooms.openCases,
      rooms.desk,
      () => Date.parse(minute(60)),
      (error) => failed.push(error),
      1,
    )
    for (let tries = 0; tries < 500 && (await stateOf(rooms)) !== 'expired'; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 1))
    stop()
    assert.deepEqual([await stateOf(rooms), failed], ['expired', []])
  })
})
