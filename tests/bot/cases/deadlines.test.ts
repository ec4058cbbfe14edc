import assert from 'node:assert/strict'
import { type Paged, openClocks } from '../../../bot/cases/clocks.js'
import { startDeadlines } from '../../../bot/cases/deadlines.js'
import { openDesk } from '../../../bot/cases/desk.js'
import { memoryStore } from '../../../store/memory.js'
import { channelCard } from '../../../triage/card.js'
import { usualClocks } from '../../../triage/clocks.js'
import type { Command } from '../../../triage/command.js'
import type { Person } from '../../../triage/person.js'
import { aCard, ada, anAlert, ben, caseId, eve, mia, minute } from '../../support/cast.js'
import { travel } from '../../support/guides.js'
import { until } from '../../support/until.js'

const nobody: Paged = { again: [], leads: [], next: [] }

describe('bot/cases/deadlines', () => {
  const opened = async (
    ids: readonly string[],
    { people = nobody, standIn = null }: { readonly people?: Paged; readonly standIn?: Person | null } = {},
  ) => {
    const store = memoryStore()
    const desk = openDesk(
      store,
      () => travel,
      () => minute(0),
    )
    let elapsed = 0
    const full = new Set<string>()
    const loaded: string[] = []
    const via = {
      look: (id: string) => desk.look(id),
      settle: (id: string, commands: readonly Command[]) => desk.settle(id, commands),
    }
    const clocks = openClocks({
      desk: via,
      clocks: usualClocks,
      paged: () => people,
      standIn: async () => standIn && { to: standIn, as: 'deputy' },
      load: { isFull: (id) => full.has(id), note: (id) => void loaded.push(id) },
      confirmationHours: 1,
      monotonic: () => elapsed,
    })
    desk.onWritten(({ state }) => clocks.note(state))
    for (const id of ids) await desk.open(id, anAlert(), 'impossible-travel', [])
    const settle: typeof desk.settle = (id, commands) => desk.settle(id, commands)
    /** So many minutes after everything began. */
    const look = (at: number) => {
      elapsed = at * 60_000
      return clocks.look(minute(at))
    }
    const typesOf = async (id = caseId) => (await desk.look(id)).diary.map(({ type }) => type)
    return { store, desk, via, settle, clocks, look, typesOf, full, loaded }
  }
  const asked = async (ids: readonly string[], standIn: Person | null = null) => {
    const rooms = await opened(ids, { standIn })
    for (const id of ids) {
      const stamp = { caseId: id, line: null, at: minute(0), by: ada }
      const question = { type: 'ask-manager', manager: mia, about: 'Kim', until: minute(60), ...stamp } as const
      await rooms.settle(id, [{ type: 'take', ...stamp }, question])
    }
    return rooms
  }
  const stateOf = async ({ desk }: Awaited<ReturnType<typeof opened>>, id = caseId) =>
    (await desk.look(id)).state?.confirmation?.state

  it('let a question expire when its time is up, and not a moment before', async () => {
    const rooms = await asked([caseId])
    await rooms.look(59)
    assert.equal(await stateOf(rooms), 'asked')
    await rooms.look(60)
    assert.equal(await stateOf(rooms), 'expired')
    const { version } = await rooms.store.read(caseId)
    await rooms.look(61)
    assert.equal((await rooms.store.read(caseId)).version, version)
  })

  it('pass a question on to a deputy once, and let it expire when they do not answer either', async () => {
    const rooms = await asked([caseId], eve)
    await rooms.look(60)
    const { state } = await rooms.desk.look(caseId)
    assert.deepEqual(
      [state?.confirmation?.state, state?.confirmation?.manager, state?.confirmation?.until],
      ['asked', eve, minute(120)],
    )
    await rooms.look(119)
    assert.equal(await stateOf(rooms), 'asked')
    await rooms.look(120)
    assert.equal(await stateOf(rooms), 'expired')
  })

  it('count a question that is passed on as one of the day, and put it on one card with others where there were enough', async () => {
    const few = await asked([caseId], eve)
    await few.look(60)
    assert.deepEqual([(await few.desk.look(caseId)).state?.confirmation?.together, few.loaded], [undefined, [eve.id]])
    const many = await asked([caseId], eve)
    many.full.add(eve.id)
    await many.look(60)
    const { confirmation } = (await many.desk.look(caseId)).state ?? {}
    assert.deepEqual([confirmation?.manager, confirmation?.together, many.loaded], [eve, true, []])
  })

  it('let the others expire though one cannot be written, and say so', async () => {
    const ids = ['1111-1111-1111', '2222-2222-2222', '3333-3333-3333']
    const rooms = await asked(ids)
    const { settle } = rooms.via
    Object.assign(rooms.via, {
      settle: (id: string, commands: Parameters<typeof settle>[1]) =>
        id === ids[0] ? Promise.reject(new Error('disk full')) : settle(id, commands),
    })
    await assert.rejects(rooms.look(60), /disk full/)
    assert.deepEqual(await Promise.all(ids.map((id) => stateOf(rooms, id))), ['asked', 'expired', 'expired'])
    Object.assign(rooms.via, { settle })
    await rooms.look(61)
    assert.equal(await stateOf(rooms, ids[0]), 'expired')
  })

  it('page for an unassigned case whoever can be reached, one step after the other, and stop when someone takes it', async () => {
    const people = { again: [ben], leads: [eve], next: [mia] }
    const rooms = await opened([caseId], { people })
    for (const at of [30, 59, 60, 61, 119, 120, 239, 240]) await rooms.look(at)
    const pages = (await rooms.desk.look(caseId)).diary.flatMap((event) =>
      event.type === 'paged' ? [[event.step, event.to[0]?.id, event.at]] : [],
    )
    assert.deepEqual(pages, [
      ['again', ben.id, minute(60)],
      ['leads', eve.id, minute(120)],
      ['next', mia.id, minute(240)],
    ])
    await rooms.settle(caseId, [{ type: 'take', caseId, line: null, at: minute(241), by: ada }])
    await rooms.look(241 + 200)
    assert.equal((await rooms.typesOf()).filter((type) => type === 'paged').length, 3)
  })

  it('remind a silent owner, then release the case with everything that was found out', async () => {
    const rooms = await opened([caseId])
    const stamp = { caseId, line: null, at: minute(0), by: ada }
    await rooms.settle(caseId, [
      { type: 'take', ...stamp },
      { type: 'answer', check: 'address', option: 'ours', finding: 'In our list.', ...stamp },
    ])
    for (const at of [239, 240, 1439]) await rooms.look(at)
    assert.deepEqual(await rooms.typesOf(), ['opened', 'claimed', 'answered', 'reminded'])
    await rooms.look(1440)
    const { state, diary } = await rooms.desk.look(caseId)
    assert.equal(diary.at(-1)?.type, 'released')
    assert.deepEqual(
      [state?.owner, state?.closed, state?.answers.map(({ option, finding }) => [option, finding])],
      [null, null, [['ours', 'In our list.']]],
    )
  })

  it('release nothing when the owner acts between the look and the write', async () => {
    const rooms = await opened([caseId])
    const stamp = { caseId, line: null, at: minute(0), by: ada }
    await rooms.settle(caseId, [{ type: 'take', ...stamp }])
    await rooms.look(240)
    const before = (await rooms.desk.look(caseId)).state?.line ?? 0
    await rooms.settle(caseId, [{ type: 'note', text: 'On it.', ...stamp, at: minute(1439) }])
    const late = { caseId, line: before - 1, at: minute(1440), by: ada }
    const { written } = await rooms.settle(caseId, [{ type: 'release-silent', from: ada, ...late }])
    assert.deepEqual(written, [])
  })

  it('do nothing while the clock is not to be believed, and what is due as soon as it is', async () => {
    const rooms = await asked([caseId])
    let at: number | null = null
    const stop = startDeadlines(
      rooms.clocks,
      () => at,
      (error) => assert.fail(String(error)),
      1,
    )
    for (let tries = 0; tries < 20; tries += 1) await new Promise((resolve) => setTimeout(resolve, 1))
    assert.equal(await stateOf(rooms), 'asked')
    at = Date.parse(minute(60))
    await until(async () => (await stateOf(rooms)) === 'expired')
    stop()
  })

  it('look at a case no sooner than anything can be due', async () => {
    const rooms = await opened([caseId])
    await rooms.desk.keepCards(caseId, () => ({ [channelCard]: aCard(channelCard, { state: 'shown' }) }))
    let looks = 0
    const { look } = rooms.via
    Object.assign(rooms.via, {
      look: (id: string) => {
        looks += 1
        return look(id)
      },
    })
    for (let at = 0; at < 10; at += 1) await rooms.look(at)
    assert.equal(looks, 0)
    await rooms.look(10)
    assert.equal(looks, 1)
  })
})
