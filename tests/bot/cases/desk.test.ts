import assert from 'node:assert/strict'
import { openDesk } from '../../../bot/cases/desk.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import type { Command } from '../../../triage/command.js'
import type { Event } from '../../../triage/event.js'
import { Fault, isFault } from '../../../triage/fault.js'
import { ada, anAlert, ben, caseId, now, wrote } from '../../support/cast.js'
import { travel } from '../../support/guides.js'

const as = (by = ada, line: number | null = null) => ({ caseId, line, at: now, by })
const take = (by = ada): Command => ({ type: 'take', ...as(by) })
const note = (text: string): Command => ({ type: 'note', text, ...as() })

describe('bot/cases/desk', () => {
  const open = async (store: Store = memoryStore()) => {
    const desk = openDesk(
      store,
      () => travel,
      () => now,
    )
    await desk.open(caseId, anAlert(), 'impossible-travel', [])
    return { desk, store, types: async () => (await store.read(caseId)).diary.map(({ type }) => type) }
  }

  it('opens a case once; the same alert again changes nothing', async () => {
    const { desk, types } = await open()
    const again = await desk.open(caseId, anAlert({ title: 'Changed' }), 'impossible-travel', [])
    assert.deepEqual([again.written, again.refusal, again.state?.alert.title], [[], null, anAlert().title])
    assert.deepEqual(await types(), ['opened'])
  })

  it('gives back what was written, and the case as it stands then', async () => {
    const { desk } = await open()
    const { written, state, diary, refusal } = await desk.settle(caseId, [take(), note('hello')])
    assert.deepEqual(written, [wrote(ada, { type: 'claimed' }), wrote(ada, { type: 'noted', text: 'hello' })])
    assert.deepEqual([state?.owner, state?.line, diary.length, refusal], [ada, 3, 3, null])
    assert.deepEqual((await desk.look(caseId)).state, state)
  })

  it('settles all of several commands, or none when one is refused', async () => {
    const { desk, types } = await open()
    const settled = await desk.settle(caseId, [note('first'), take(), take(ben), note('last')])
    assert.equal(settled.refusal?.refusal, 'not-owner')
    assert.deepEqual([settled.written, settled.state?.notes, settled.diary.length], [[], [], 1])
    assert.deepEqual(await types(), ['opened'])
  })

  it('decides each command on what those before it have changed', async () => {
    const { desk } = await open()
    const release: Command = { type: 'release', ...as() }
    assert.equal((await desk.settle(caseId, [take(), release, take(ben)])).state?.owner, ben)
  })

  it('refuses what is wished for a case that is not there', async () => {
    const { desk } = await open()
    const { refusal, state } = await desk.settle('0000-0000-0000', [{ ...take(), caseId: '0000-0000-0000' }])
    assert.deepEqual([refusal?.refusal, state], ['no-case', null])
    assert.equal((await desk.look('0000-0000-0000')).state, null)
  })

  it('has thousands of open cases at hand, and four of them for each that is closed', async () => {
    const store = memoryStore()
    const { desk } = await open(store)
    const others = (from: string, count: number) => Array.from({ length: count }, (_, at) => `${from}-${at}`)
    for (const id of others('OPEN', 5000)) await desk.open(id, anAlert(), 'impossible-travel', [])
    assert.notEqual(desk.held(caseId), null)
    const closed = wrote(ada, { type: 'closed' })
    const look = async (id: string) => {
      const opened = { type: 'opened', caseId: id, alert: anAlert(), playbook: 'impossible-travel' } as const
      await store.write(id, 0, { open: false, events: [wrote(ada, opened), closed] })
      await desk.look(id)
    }
    for (const id of others('CLOSED', 749)) await look(id)
    assert.notEqual(desk.held(caseId), null)
    await look('CLOSED-749')
    assert.equal(desk.held(caseId), null)
    assert.notEqual(desk.held('OPEN-0'), null)
  })

  it('decides anew when somebody else wrote first', async () => {
    const store = memoryStore()
    const { desk } = await open(store)
    let raced = false
    const racing = openDesk(
      {
        ...store,
        write: async (...change) => {
          if (!raced) {
            raced = true
            await desk.settle(caseId, [take(ben)])
          }
          return store.write(...change)
        },
      },
      () => travel,
      () => now,
    )
    const { refusal, state } = await racing.settle(caseId, [take(ada)])
    assert.deepEqual([refusal?.refusal, state?.owner], ['not-owner', ben])
  })

  it('gives up after twenty lost races, and at once when the disk fails; then nothing is told', async () => {
    const store = memoryStore()
    await open(store)
    for (const [code, tries] of [
      ['store/stale', 20],
      ['store/unwritable', 1],
    ] as const) {
      let tried = 0
      const failing: Store = {
        ...store,
        write: async () => {
          tried += 1
          throw new Fault(code, 'as the test wants it')
        },
      }
      const desk = openDesk(
        failing,
        () => travel,
        () => now,
      )
      desk.onWritten(() => assert.fail('nothing was written'))
      await assert.rejects(desk.settle(caseId, [take()]), (error) => isFault(error, code))
      assert.equal(tried, tries)
    }
  })

  it('lets a hundred who click at once in, one after the other, and only the first has it', async () => {
    const { desk, types } = await open()
    const people = Array.from({ length: 100 }, (_, at) => ({ id: `u-${at}`, name: 'x' }))
    const settled = await Promise.all(people.map((by) => desk.settle(caseId, [{ type: 'take', ...as(by, 0) }])))
    assert.equal(settled.filter(({ refusal }) => refusal === null).length, 1)
    assert.ok(settled.every(({ refusal }) => refusal === null || refusal.refusal === 'old-card'))
    assert.deepEqual(await types(), ['opened', 'claimed'])
  })

  it('tells what was written only when it is on disk, and nothing when nothing was', async () => {
    const store = memoryStore()
    const order: string[] = []
    const slow: Store = {
      ...store,
      write: async (...change) => {
        await new Promise((resolve) => setImmediate(resolve))
        const version = await store.write(...change)
        order.push('on disk')
        return version
      },
    }
    const desk = openDesk(
      slow,
      () => travel,
      () => now,
    )
    const heard: (readonly Event[])[] = []
    desk.onWritten(({ state, written }) => {
      order.push(`told of line ${state.line}`)
      heard.push(written)
    })
    await desk.open(caseId, anAlert(), 'impossible-travel', [])
    await desk.open(caseId, anAlert(), 'impossible-travel', [])
    await desk.settle(caseId, [take(), note('x')])
    await desk.settle(caseId, [take(ben)])
    await desk.look(caseId)
    assert.deepEqual(order, ['on disk', 'told of line 1', 'on disk', 'told of line 3'])
    assert.deepEqual(
      heard.map((events) => events.map(({ type }) => type)),
      [['opened'], ['claimed', 'noted']],
    )
  })

  describe('may tell a moment later that a case was opened', () => {
    const other = '0000-0000-0001'
    const begin = () => {
      const told: string[] = []
      const failures: string[] = []
      const waiting: (() => void)[] = []
      const desk = openDesk(
        memoryStore(),
        () => travel,
        () => now,
        () => false,
        {
          soon: (work) => void waiting.push(work),
          failed: (error, id) => void failures.push(`${id} ${String(error)}`),
        },
      )
      desk.onWritten(({ state, written }) => void told.push(`${state.id} ${written.map(({ type }) => type).join(' ')}`))
      const opened = (id: string) => desk.open(id, anAlert({ sourceAlertId: id }), 'impossible-travel', [])
      return { desk, told, failures, waiting, opened }
    }

    it('so that nobody waits for those who hear of it, and once for all who came meanwhile', async () => {
      const { told, waiting, opened } = begin()
      await Promise.all([opened(caseId), opened(other)])
      assert.deepEqual([told, waiting.length], [[], 1])
      waiting[0]?.()
      assert.deepEqual(told, [`${caseId} opened`, `${other} opened`])
      waiting[0]?.()
      assert.equal(told.length, 2)
    })

    it('to one hearer after the other, in the order of writing', async () => {
      const { desk, told, opened } = begin()
      desk.onWritten(({ state }) => void told.push(`again ${state.id}`))
      await opened(caseId)
      await opened(other)
      await desk.idle()
      assert.deepEqual(told, [`${caseId} opened`, `${other} opened`, `again ${caseId}`, `again ${other}`])
    })

    it('but before anything that comes after it', async () => {
      const { desk, told, opened } = begin()
      await opened(other)
      await opened(caseId)
      await desk.settle(caseId, [take()])
      assert.deepEqual(told, [`${other} opened`, `${caseId} opened`, `${caseId} claimed`])
    })

    it('and at once to whoever waits for all of it', async () => {
      const { desk, told, opened } = begin()
      await opened(caseId)
      assert.equal(await desk.idle(), true)
      assert.deepEqual(told, [`${caseId} opened`])
      assert.equal(await desk.idle(), false)
    })

    it('to everybody but those who fail, which is told as well', async () => {
      const { desk, told, failures, opened } = begin()
      desk.onWritten(({ state }) => {
        if (state.id === caseId) throw new Error('cannot hear')
      })
      desk.onWritten(({ state }) => void told.push(`again ${state.id}`))
      await opened(caseId)
      await opened(other)
      await desk.idle()
      assert.deepEqual(told, [`${caseId} opened`, `${other} opened`, `again ${caseId}`, `again ${other}`])
      assert.deepEqual(failures, [`${caseId} Error: cannot hear`])
    })
  })

  describe('tells how a case will stand while the disk takes it', () => {
    /** A disk that takes writes when it is told to, or fails them. */
    const openSlow = async () => {
      const store = memoryStore()
      const waiting: ((fault: Fault | null) => void)[] = []
      let isQuick = true
      const slow: Store = {
        ...store,
        write: async (...change) => {
          const fault = isQuick ? null : await new Promise<Fault | null>((go) => waiting.push(go))
          if (fault) throw fault
          return store.write(...change)
        },
      }
      const desk = openDesk(
        slow,
        () => travel,
        () => now,
      )
      const other = '1111-1111-1111'
      for (const id of [caseId, other]) await desk.open(id, anAlert(), 'impossible-travel', [])
      isQuick = false
      const order: string[] = []
      const named = (owner: { readonly id: string } | null) => owner?.id ?? 'nobody'
      desk.onComing(({ state, written, diary }) => {
        order.push(`coming: ${named(state.owner)}, ${written.map(({ type }) => type).join()}, ${diary.length} lines`)
      })
      desk.onWritten(({ state }) => order.push(`written: ${named(state.owner)}`))
      return {
        desk,
        other,
        order,
        /** Let all that waits go on, once it has waited for a while: turns of the loop, for a busy machine lets no time pass between two of them. */
        end: async (fault: Fault | null = null) => {
          for (let turn = 0; turn < 20; turn += 1) await new Promise((go) => setImmediate(go))
          for (const go of waiting.splice(0)) go(fault)
        },
      }
    }

    it('before it is written, as it stands then', async () => {
      const { desk, order, end } = await openSlow()
      const states: unknown[] = []
      desk.onComing(({ state }) => states.push(state))
      desk.onWritten(({ state }) => states.push(state))
      await Promise.all([desk.settle(caseId, [take()]), end()])
      assert.deepEqual(order, [`coming: ${ada.id}, claimed, 2 lines`, `written: ${ada.id}`])
      assert.equal(states[0], states[1])
    })

    it('and nothing more when it comes to nothing', async () => {
      const { desk, order, end } = await openSlow()
      await Promise.all([assert.rejects(desk.settle(caseId, [take()])), end(new Fault('store/unwritable', 'full'))])
      assert.deepEqual(order, [`coming: ${ada.id}, claimed, 2 lines`])
      assert.equal((await desk.look(caseId)).state?.owner, null)
    })

    it('not where several are written at once, for then there is other work, nor what is bookkeeping', async () => {
      const { desk, other, order, end } = await openSlow()
      const both = [desk.settle(caseId, [take()]), desk.settle(other, [{ ...take(ben), caseId: other }])]
      await Promise.all([...both, end()])
      const kept = desk.keepCards(caseId, () => ({ channel: null }))
      await Promise.all([kept, end()])
      assert.deepEqual(order, [`written: ${ada.id}`, `written: ${ben.id}`])
    })

    it('not when the disk was quicker', async () => {
      const { desk } = await open()
      desk.onComing(() => assert.fail('there was no time'))
      await desk.settle(caseId, [take()])
      await new Promise((go) => setTimeout(go, 20))
    })
  })
})
