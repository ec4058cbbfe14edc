import assert from 'node:assert/strict'
import { openChannels } from '../../../bot/outbox/channels.js'
import { startOpenCases } from '../../../bot/cases/open-cases.js'
import { openRebind } from '../../../bot/outbox/rebind.js'
import type { Case } from '../../../triage/case.js'
import type { CommandResult } from '../../../bot/cases/desk.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import { Fault } from '../../../triage/fault.js'
import { ada, ben, caseId } from '../../support/cast.js'
import { travel } from '../../support/guides.js'
import { noThreads } from '../../support/no-threads.js'
import { elsewhere, openRooms, until } from './hand.js'

describe('bot/outbox/rebind', () => {
  /** A case that Ada works on. What is read next is read at once and told only when `tell` is called. */
  const open = async () => {
    const memory = memoryStore()
    let slow: Promise<void> | null = null
    const store: Store = {
      ...memory,
      read: async (id) => {
        const diary = await memory.read(id)
        const told = slow
        slow = null
        await told
        return diary
      },
    }
    const before = openRooms({ store })
    await before.open()
    await before.does(ada, { type: 'take' })
    await before.outbox.idle()
    // Started again, so that nothing is held in memory yet.
    const rooms = openRooms({ store })
    const openCases = startOpenCases(noThreads, () => travel)
    const note = (settled: CommandResult & { readonly state: Case }) => {
      openCases.note({ state: settled.state, cards: settled.cards })
    }
    rooms.desk.onWritten(note)
    const parts = {
      desk: rooms.desk,
      outbox: rooms.outbox,
      log: rooms.log,
      now: rooms.now,
      bound: () => {},
      isLocal: false,
    }
    const rebind = openRebind({ ...parts, store, binding: await openChannels(store), note })
    const hold = (): (() => void) => {
      let tell = (): void => {}
      slow = new Promise((resolve) => (tell = resolve))
      return () => tell()
    }
    return { rooms, rebind, openCases, hold, isReading: () => slow === null }
  }

  it('takes a case up later when that fails at first, but leaves a damaged one in peace', async () => {
    for (const [code, posts] of [
      ['store/unwritable', 1],
      ['store/damaged', 0],
    ] as const) {
      const { rooms, rebind, openCases } = await open()
      const settle = rooms.desk.settle.bind(rooms.desk)
      let isFull = true
      const failing: typeof settle = (...what) =>
        isFull ? Promise.reject(new Fault(code, 'as the test wants it')) : settle(...what)
      Object.assign(rooms.desk, { settle: failing })
      await rebind.resume('fresh')
      assert.deepEqual([await openCases.rows(), rooms.hand.sent], [[], []])
      isFull = false
      for (let times = 0; times < 2; times += 1) {
        await rebind.retry()
        await rooms.idle()
      }
      assert.deepEqual([(await openCases.rows()).length, rooms.hand.of('post').length], [posts, posts])
    }
  })

  it('tells a case at a start that its guide has changed, also when the chat has forgotten every card', async () => {
    for (const [why, expected] of [
      ['start', ['update-guide']],
      ['fresh', ['update-guide']],
      ['rebound', []],
    ] as const) {
      const { rooms, rebind } = await open()
      const settle = rooms.desk.settle.bind(rooms.desk)
      const told: string[] = []
      const listening: typeof settle = (id, commands) => {
        told.push(...commands.map(({ type }) => type))
        return settle(id, commands)
      }
      Object.assign(rooms.desk, { settle: listening })
      await rebind.resume(why)
      assert.deepEqual(told, expected, why)
    }
  })

  it('takes cases up while people go on with them: what was read before never hides what was written since', async () => {
    const { rooms, rebind, openCases, hold, isReading } = await open()
    const tell = hold()
    const resumed = rebind.resume('rebound')
    await until(isReading)
    const taken = rooms.does(ben, { type: 'take-over' })
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    tell()
    await Promise.all([resumed, taken])
    await rooms.idle()
    assert.equal(rooms.desk.held(caseId)?.state?.owner?.id, ben.id)
    assert.equal((await openCases.rows())[0]?.owner?.id, ben.id)
  })

  /** Who takes up what, and why. */
  const opened = async (isLocal = false, fail: (id: string) => Fault | null = () => null) => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.idle()
    const taken: string[] = []
    const bound: string[] = []
    const { desk, log, now } = rooms
    const rebind = openRebind({
      desk,
      outbox: {
        resume: async ({ state }, why) => {
          const fault = fail(state.id)
          if (fault) throw fault
          taken.push(why)
        },
        respeak: ({ state }, conversationId) => void taken.push(`${state.id} in ${conversationId}`),
      },
      log,
      now,
      isLocal,
      store: rooms.store,
      binding: {
        setChannel: async ({ conversationId }, filter, boundBy) =>
          void bound.push(`bind ${conversationId} ${filter?.atLeast} ${boundBy}`),
        removeChannel: async (id) => void bound.push(`unbind ${id}`),
      },
      note: () => {},
      bound: () => void bound.push('told'),
    })
    return { rebind, taken, bound, logged: rooms.logged }
  }

  it('takes the open cases up anew whenever there is another channel, or one less', async () => {
    const { rebind, taken, bound } = await opened()
    await rebind.setChannel(elsewhere, { family: null, atLeast: 'high' }, 'Ada')
    assert.deepEqual([bound, taken], [[`bind ${elsewhere.conversationId} high Ada`, 'told'], ['rebound']])
    await rebind.removeChannel('c-home')
    assert.deepEqual([bound.slice(2), taken], [['unbind c-home'], ['rebound', 'rebound']])
  })

  it('has the cards of open cases follow the language of a channel', async () => {
    const { rebind, taken } = await opened()
    await rebind.respeak('c-home')
    assert.deepEqual(taken, [`${caseId} in c-home`])
  })

  it('takes them up anew when Winnow was added again; the local client has then forgotten everything', async () => {
    const { rebind, taken } = await opened()
    for (let times = 0; times < 2; times += 1) await rebind.rebindAll()
    assert.deepEqual(taken, ['rebound', 'rebound'])
    const local = await opened(true)
    for (let times = 0; times < 2; times += 1) await local.rebind.rebindAll()
    assert.deepEqual(local.taken, ['fresh', 'fresh'])
  })

  it('does not post everything twice for the first page of the local client', async () => {
    const { rebind, taken } = await opened(true)
    await rebind.resume('fresh')
    for (let times = 0; times < 2; times += 1) await rebind.rebindAll()
    assert.deepEqual(taken, ['fresh', 'rebound', 'fresh'])
    const other = await opened(true)
    await other.rebind.resume('fresh')
    await other.rebind.resume('start')
    await other.rebind.rebindAll()
    assert.deepEqual(other.taken, ['fresh', 'start', 'fresh'])
  })

  it('tries again for the same reason, and only as long as it fails', async () => {
    for (const [code, times] of [
      ['store/unwritable', 1],
      ['store/damaged', 0],
      ['store/closed', 0],
    ] as const) {
      let failures = 2
      const { rebind, taken, logged } = await opened(false, () => ((failures -= 1) >= 0 ? new Fault(code, 'no') : null))
      await rebind.resume('start')
      failures = Math.min(failures, times)
      for (let count = 0; count < 4; count += 1) await rebind.retry()
      assert.deepEqual(taken, times > 0 ? ['start'] : [])
      assert.deepEqual(
        logged,
        Array.from({ length: times + 1 }, () => `a case could not be taken up: ${code}`),
      )
    }
  })
})
