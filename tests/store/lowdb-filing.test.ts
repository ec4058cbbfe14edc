import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { openLowdbStore } from '../../store/lowdb.js'
import { isFault } from '../../triage/fault.js'
import { folder, openOn } from './crash-world.js'
import { adding, append, closed, notes } from './events.js'
import { modelDisk, systemError } from './model-disk.js'
import { until } from '../support/until.js'

const turns = async (count = 60): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await setImmediate()
}

/** A store on a model disk, and how often the file of a case was begun. */
const open = async (limits: Parameters<typeof openOn>[1]) => {
  const model = modelDisk()
  const state = { clock: 0, begun: 0, fails: false }
  const store = await openOn(model, { ms: 60_000, ...limits }, { now: () => state.clock, sleep: async () => {} })
  model.meddle = ({ kind, path }) => {
    if (kind !== 'open' || !path.includes('.json')) return
    state.begun += 1
    if (state.fails) throw systemError('ENOSPC')
  }
  return { model, state, store }
}

/** Again until it works: a look before the write may fail as well. */
const untilKept = async (write: () => Promise<unknown>): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      await write()
      return
    } catch (error) {
      if (tries === 10) throw error
    }
  }
}

describe('store/lowdb: when the files are written', () => {
  it('with so many cases in the journal, and not with one less', async () => {
    const { state, store } = await open({ cases: 3 })
    await append(store, 'A', 'one')
    await append(store, 'B', 'one')
    await append(store, 'B', 'two')
    await turns()
    assert.equal(state.begun, 0)
    await append(store, 'C', 'one')
    await turns()
    assert.equal(state.begun, 3)
    await store.close()
  })

  it('with so many bytes in the journal', async () => {
    const { state, store } = await open({ cases: 1000, bytes: 1000 })
    await append(store, 'A', 'x'.repeat(500))
    await turns()
    assert.equal(state.begun, 0)
    await append(store, 'A', 'x'.repeat(500))
    await turns()
    assert.equal(state.begun, 1)
    await store.close()
  })

  it('not for every write of a disk that fails: it is left in peace for a while', async () => {
    const { state, store } = await open({ cases: 1 })
    state.fails = true
    for (let version = 0; version < 5; version += 1) await append(store, 'A', `line ${version}`)
    await turns()
    assert.equal(state.begun, 1)
    state.clock = 59_999
    await append(store, 'A', 'not yet')
    await turns()
    assert.equal(state.begun, 1)
    state.clock = 60_000
    state.fails = false
    await append(store, 'A', 'again')
    await turns()
    assert.equal(state.begun, 2)
    await append(store, 'A', 'at once, as before')
    await turns()
    assert.equal(state.begun, 3)
    await store.close()
  })

  it('again when all is filed and only what is left over could not be removed: then nothing is said to be wrong any more', async () => {
    const { model, store } = await open({ ms: 20, cases: 1000, stayMs: 0, stayBytes: 0 })
    let isIll = true
    model.meddle = ({ kind, path }) => {
      if (isIll && kind === 'remove' && path.endsWith('.log')) throw systemError('EIO')
    }
    await append(store, 'A', 'one')
    await until(() => store.damaged().length === 1)
    assert.match(store.damaged()[0]?.text ?? '', /could not be written into the cases' files \(EIO\)/)
    isIll = false
    await until(() => store.damaged().length === 0)
    await store.close()
  })

  it('soon after the disk is well, whatever of it failed before, and then nothing is said to be wrong any more', async () => {
    const model = modelDisk()
    const store = await openOn(model, { ms: 10, cases: 1000, stayMs: 0, stayBytes: 0 })
    const failed = new Set<string>()
    // Each thing fails the first time it is asked for, once in a folder: what is remembered of a failure must not outlive it.
    model.meddle = ({ kind, path }) => {
      const what = `${kind} ${path.replace(/\/[^/]*$/, '')}`
      if (path.includes('/journal') || failed.has(what)) return
      failed.add(what)
      throw systemError('EIO')
    }
    for (const caseId of ['A', 'B', 'C']) await untilKept(() => append(store, caseId, 'one'))
    const isFiled = (caseId: string) => [...model.files().keys()].some((path) => path.endsWith(`/${caseId}.json`))
    await until(() => ['A', 'B', 'C'].every(isFiled) && store.damaged().length === 0)
    await untilKept(() => append(store, 'A', closed))
    const isSettled = () => [...model.files().keys()].some((path) => /settled\/..\/A\.json$/.test(path))
    await until(() => isSettled() && store.damaged().length === 0)
    for (const kind of ['has', 'list', 'make', 'open', 'write', 'sync', 'close', 'rename'])
      assert.ok(
        [...failed].some((what) => what.startsWith(`${kind} `)),
        kind,
      )
    await store.close()
  })

  it('at the end, whatever is in the journal, and nothing of it is left then', async () => {
    const { model, store } = await open({ cases: 1000, stayMs: 3_600_000, stayBytes: 1_000_000 })
    await append(store, 'A', 'one')
    await append(store, 'A', closed)
    await append(store, 'B', 'one')
    await store.close()
    const files = [...model.files().keys()].map((path) => path.slice(folder.length)).toSorted()
    assert.equal(files.length, 2)
    assert.match(files.join(' '), /^\/live\/[0-9a-f]{2}\/B\.json \/settled\/[0-9a-f]{2}\/A\.json$/)
  })

  it('at the end as well when they can’t be: then the journal stays', async () => {
    const { model, state, store } = await open({ cases: 1000 })
    await append(store, 'A', 'one')
    state.fails = true
    await store.close()
    const again = await openOn(model.afterPowerCut())
    assert.deepEqual(notes(await again.read('A')), ['one'])
    await again.close()
  })
})

describe('store/lowdb: what it remembers', () => {
  it('reads no file again for a write to an open case that it has read or written before', async () => {
    const { model, store } = await open({ cases: 1 })
    await append(store, 'A', 'one')
    await append(store, 'B', 'one', closed)
    await turns()
    let looks = 0
    model.meddle = ({ kind, path }) => {
      if ((kind === 'read' || kind === 'has') && path.includes('/A.json')) looks += 1
    }
    await store.write('A', 1, adding('two'))
    assert.equal(looks, 0)
    await store.close()
  })

  it('is closed while it closes, and waits for what was begun', async () => {
    const { store } = await open({})
    const writing = store.write('A', 0, adding('one'))
    const closing = store.close()
    assert.equal(store.close(), closing)
    await assert.rejects(store.read('A'), (error) => isFault(error, 'store/closed'))
    assert.equal(await writing, 1)
    await closing
  })
})

describe('store/lowdb: its owner', () => {
  it('owns the folder before it looks into it, and lets it go when it can’t be opened or is closed', async () => {
    for (const fails of [true, false]) {
      const model = modelDisk()
      const done: string[] = []
      const own = async () => {
        done.push('own')
        return { check: () => undefined, release: async () => void done.push('release') }
      }
      model.meddle = ({ kind, path }) => {
        if (kind === 'list' && path === `${folder}/journal`) {
          done.push('look')
          if (fails) throw systemError('EIO')
        }
      }
      const opening = openLowdbStore(folder, { disk: model.disk, own })
      if (fails) {
        await assert.rejects(opening, (error) => {
          assert.ok(isFault(error, 'store/folder'))
          assert.equal(
            error.message,
            `The folder ${folder} cannot be used (EIO). Set a folder that this user may make and write to, on a disk that is well.`,
          )
          return true
        })
      } else await (await opening).close()
      assert.deepEqual([done[0], done[1], done.at(-1)], ['own', 'look', 'release'])
    }
  })

  it('makes the folder for good, with those above it: a power cut leaves it there', async () => {
    const model = modelDisk()
    const store = await openLowdbStore('/a/b/c', {
      disk: model.disk,
      own: async () => ({ check: () => undefined, release: async () => undefined }),
    })
    const { disk } = model.afterPowerCut()
    assert.deepEqual([disk.list('/'), disk.list('/a'), disk.list('/a/b')], [['a'], ['b'], ['c']])
    assert.deepEqual([...(disk.list('/a/b/c') ?? [])].toSorted(), [
      'journal',
      'live',
      'quarantine',
      'settings',
      'settled',
    ])
    await store.close()
  })

  it('opens although a folder above can’t be synced: it may be closed to this user', async () => {
    const model = modelDisk()
    model.meddle = ({ kind, path }) => {
      if (kind === 'sync' && path === '/') throw systemError('EACCES')
    }
    await (await openOn(model)).close()
  })
})
