import assert from 'node:assert/strict'
import { openClosedThreads } from '../../../bot/cases/closed-threads.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import { Fault } from '../../../triage/fault.js'
import { until } from '../../support/until.js'

describe('bot/cases/closed-threads', () => {
  /** Two pages of two threads each; what is written is told. */
  const open = async (store: Store, waitMs = 60_000) => {
    const logged: string[] = []
    const written: string[] = []
    const keep: Store['keep'] = async (name, value) => {
      const version = await store.keep(name, value)
      written.push(name)
      return version
    }
    const log = { warn: (_: object, text: string) => void logged.push(text) }
    const threads = await openClosedThreads({ store: { ...store, keep }, log, waitMs, pageSize: 2, pages: 2 })
    const known = (...names: readonly string[]) => names.map((name) => threads.caseIn(name))
    return { ...threads, known, logged, written }
  }

  it('knows after a restart what was closed before', async () => {
    const store = memoryStore()
    const before = await open(store)
    for (const n of ['1', '2', '3']) before.note(`t${n}`, `C${n}`)
    assert.deepEqual(before.known('t1', 't3', 't4'), ['C1', 'C3', null])
    await before.saved()
    const after = await open(store)
    assert.deepEqual(after.known('t1', 't2', 't3', 't4'), ['C1', 'C2', 'C3', null])
  })

  it('writes the newest page alone, and nothing that is known already', async () => {
    const store = memoryStore()
    const threads = await open(store)
    threads.note('t1', 'C1')
    threads.note('t2', 'C2')
    await threads.saved()
    threads.note('t3', 'C3')
    threads.note('t1', 'C1')
    await threads.saved()
    await threads.saved()
    assert.deepEqual(threads.written, ['threads-0', 'threads-1'])
    const again = await open(store)
    again.note('t4', 'C4')
    again.note('t2', 'C2')
    await again.saved()
    assert.deepEqual(again.written, ['threads-1'])
  })

  it('forgets the oldest page when there are too many, in memory as on disk', async () => {
    const store = memoryStore()
    const before = await open(store)
    for (const n of ['1', '2', '3', '4', '5']) before.note(`t${n}`, `C${n}`)
    await before.saved()
    assert.deepEqual(before.known('t1', 't2', 't5'), [null, 'C2', 'C5'])
    const after = await open(store)
    assert.deepEqual(after.known('t1', 't2', 't3', 't4', 't5'), [null, null, 'C3', 'C4', 'C5'])
    after.note('t6', 'C6')
    after.note('t7', 'C7')
    await after.saved()
    assert.deepEqual((await open(store)).known('t3', 't4', 't5', 't6', 't7'), [null, null, 'C5', 'C6', 'C7'])
  })

  it('is written by itself soon after a case was closed', async () => {
    const threads = await open(memoryStore(), 1)
    threads.note('t1', 'C1')
    await until(() => threads.written.length > 0)
    assert.deepEqual(threads.written, ['threads-0'])
  })

  it('keeps what could not be written until it can', async () => {
    const store = memoryStore()
    let isFull = true
    const keep: Store['keep'] = async (name, value) => {
      if (isFull) throw new Fault('store/unwritable', 'the disk is full')
      return store.keep(name, value)
    }
    const threads = await open({ ...store, keep })
    threads.note('t1', 'C1')
    await threads.saved()
    assert.deepEqual(threads.logged, ['the threads of closed cases could not be written down'])
    assert.equal(threads.caseIn('t1'), 'C1')
    isFull = false
    await threads.saved()
    assert.deepEqual((await open(store)).known('t1'), ['C1'])
  })

  it('goes on without a page that can’t be read', async () => {
    const store = memoryStore()
    await store.keep('threads-0', { number: 0, threads: [['t1', 'C1']] })
    await store.keep('threads-1', { number: 'x', threads: 7 })
    const threads = await open(store)
    assert.deepEqual(threads.known('t1'), ['C1'])
    threads.note('t2', 'C2')
    threads.note('t3', 'C3')
    await threads.saved()
    assert.deepEqual((await open(store)).known('t1', 't2', 't3'), ['C1', 'C2', 'C3'])
  })
})
