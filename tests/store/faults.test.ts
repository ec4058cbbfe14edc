import assert from 'node:assert/strict'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Store } from '../../store/store.js'
import { isFault } from '../../triage/fault.js'
import { check, folder, goOn, isStep, type Ledger, openOn, type Snapshot, snapshots } from './crash-world.js'
import { adding, append, closed, notes } from './events.js'
import { type ModelDisk, modelDisk, type Operation, systemError } from './model-disk.js'

/** A disk that works until it is told to fail, and how often it does then. */
type Failing = {
  readonly disk: ModelDisk
  readonly ledger: Ledger
  readonly left: readonly Snapshot[]
  readonly reached: () => boolean
}

/** Fail `times` operations that change something, from step `from` on; look at what is left a few times afterwards. */
function failing(from: number, times: number, fail: (operation: Operation) => number | void): Failing {
  const disk = modelDisk()
  const ledger: Ledger = new Map()
  const left: Snapshot[] = []
  let step = 0
  disk.meddle = (operation) => {
    if (!isStep(operation)) return undefined
    step += 1
    const when = `failed ${times} from step ${from} on; ${step} (${operation.kind} ${operation.path})`
    if (step >= from && step % 29 === 0) left.push(...snapshots(disk, ledger, when, step))
    return step >= from && step < from + times ? fail(operation) : undefined
  }
  return { disk, ledger, left, reached: () => step >= from }
}

const kinds: readonly (readonly [string, number, (operation: Operation) => number | void])[] = [
  [
    'one operation',
    1,
    () => {
      throw systemError('EIO')
    },
  ],
  [
    'a dozen operations',
    12,
    () => {
      throw systemError('EACCES')
    },
  ],
  ['a write, which it cuts short', 1, ({ kind }) => (kind === 'write' ? 10 : undefined)],
  [
    'several writes, for want of room',
    8,
    ({ kind }) => {
      if (kind === 'write' || kind === 'open') throw systemError('ENOSPC')
    },
  ],
]

describe('store/lowdb: a disk that fails', () => {
  for (const [what, times, fail] of kinds) {
    it(`loses nothing acknowledged when it fails ${what}, at any moment, and goes on afterwards`, async () => {
      // The first steps make the folders: without them there is no store, and nothing is acknowledged.
      for (let from = 25; ; from += 9) {
        const { disk, ledger, left, reached } = failing(from, times, fail)
        const store = await openOn(disk, { ms: 20 })
        await goOn(store, ledger)
        await store.close()
        if (!reached()) break
        disk.meddle = () => undefined
        for (const one of left) await (await check(one.disk, one.ledger, one.when)).close()
        await (await check(disk, ledger, `after all, failed from ${from}`)).close()
      }
    }).timeout(120_000)
  }
})

const isJournal = ({ path }: Operation): boolean => path.startsWith(`${folder}/journal/`)
const unwritable = (error: unknown): boolean => isFault(error, 'store/unwritable')
const segments = (disk: ModelDisk): readonly string[] =>
  [...disk.files().keys()].filter((path) => path.startsWith(`${folder}/journal/`))

/** A store that files nothing by itself, on a disk that does what `fails` says. */
async function withStore(
  work: (store: Store, disk: ModelDisk) => Promise<void>,
  limits: Parameters<typeof openOn>[1] = { cases: 1000 },
): Promise<void> {
  const disk = modelDisk()
  const store = await openOn(disk, limits)
  await work(store, disk)
  disk.meddle = () => undefined
  await store.close()
}

/** Fail what is asked for. */
const failWhen =
  (code: string, when: (operation: Operation) => boolean) =>
  (operation: Operation): void => {
    if (when(operation)) throw systemError(code)
  }

describe('store/journal: what fails', () => {
  it('acknowledges nothing after a failed sync, takes back what was waiting, and begins another segment', () =>
    withStore(async (store, disk) => {
      await append(store, 'A', 'one')
      let behind: Promise<number> | null = null
      disk.meddle = failWhen('EIO', (operation) => {
        if (operation.kind !== 'sync' || !isJournal(operation)) return false
        // Somebody who comes while the others wait, and builds on what they wrote.
        behind ??= store.write('A', 3, adding('four'))
        behind.catch(() => undefined)
        return true
      })
      const waiting = [store.write('A', 1, adding('two')), store.write('A', 2, adding(closed))]
      const other = store.write('B', 0, adding('new'))
      const later = store.write('C', 0, adding('nobody waits'), { durable: false })
      for (const write of [...waiting, other]) await assert.rejects(write, unwritable)
      assert.equal(await later, 1)
      await assert.rejects(Promise.resolve(behind), unwritable)
      assert.deepEqual(await store.open(), ['A'])
      assert.deepEqual(notes(await store.read('A')), ['one'])
      assert.equal((await store.read('B')).version, 0)
      assert.equal((await store.read('C')).version, 0)
      assert.match(store.damaged()[0]?.text ?? '', /journal could not be written \(EIO\)/)
      // As long as no new segment can be opened, nothing counts.
      await assert.rejects(store.write('A', 1, adding('still not')), unwritable)
      disk.meddle = () => undefined
      assert.equal(await store.write('A', 1, adding('two')), 2)
      assert.deepEqual(store.damaged(), [])
      assert.equal(segments(disk).length, 2)
      assert.deepEqual(notes(await store.read('A')), ['one', 'two'])
    }))

  it('never shows after a restart what it called lost, nor what builds on that', () =>
    withStore(async (store, disk) => {
      await append(store, 'A', 'one')
      let behind: Promise<number> | null = null
      disk.meddle = failWhen('EIO', ({ kind }) => {
        if (kind !== 'sync' || behind) return false
        behind = store.write('A', 2, adding('builds on it'))
        behind.catch(() => undefined)
        return true
      })
      await assert.rejects(store.write('A', 1, adding('lost')), unwritable)
      await assert.rejects(Promise.resolve(behind), unwritable)
      assert.deepEqual(notes(await store.read('A')), ['one'])
      for (const left of [disk.afterKill(), disk.afterPowerCut(), disk.afterPowerCut(() => true)]) {
        const again = await openOn(left)
        assert.deepEqual(notes(await again.read('A')), ['one'])
        assert.deepEqual(again.damaged(), [])
        await again.close()
      }
    }))

  it('makes durable what it finds before it builds on it', () =>
    withStore(async (store, disk) => {
      await append(store, 'A', 'one')
      let killed: ModelDisk | null = null
      disk.meddle = ({ kind }) => {
        if (kind === 'sync') killed ??= disk.afterKill()
      }
      await store.write('A', 1, adding('written, and killed before the sync'))
      assert.ok(killed)
      const left: ModelDisk = killed
      const next = await openOn(left, { cases: 1000 })
      await next.write('A', 2, adding('three'))
      const again = await openOn(left.afterPowerCut())
      assert.equal((await again.read('A')).version, 3)
      assert.deepEqual(again.damaged(), [])
      await again.close()
      await next.close()
    }))

  it('lets what nobody waits for wait for company', () =>
    withStore(
      async (store, disk) => {
        await append(store, 'A', 'one')
        const done: string[] = []
        disk.meddle = (operation) => {
          if (isStep(operation)) done.push(operation.kind)
        }
        await store.write('B', 0, adding('one'), { durable: false })
        for (let turn = 0; turn < 20; turn += 1) await setImmediate()
        assert.deepEqual(done, [])
        await store.write('A', 1, adding('two'))
        assert.deepEqual(done, ['write', 'sync'])
        const again = await openOn(disk.afterPowerCut())
        assert.equal((await again.read('B')).version, 1)
        await again.close()
      },
      { cases: 1000, patienceMs: 5000 },
    ))

  it('does not go on behind what it could not cut off', () =>
    withStore(async (store, disk) => {
      await append(store, 'A', 'one')
      let isFirst = true
      disk.meddle = failWhen('EIO', ({ kind }) => kind === 'cut' || (kind === 'sync' && isFirst && !(isFirst = false)))
      await assert.rejects(store.write('A', 1, adding('lost')), unwritable)
      await assert.rejects(store.write('A', 1, adding('not yet')), unwritable)
      disk.meddle = () => undefined
      await store.write('A', 1, adding('two'))
      const again = await openOn(disk.afterKill())
      assert.deepEqual(notes(await again.read('A')), ['one', 'two'])
      await again.close()
    }))

  it('takes a short write for a full disk', () =>
    withStore(async (store, disk) => {
      await append(store, 'A', 'one')
      disk.meddle = (operation) => (operation.kind === 'write' ? 20 : undefined)
      await assert.rejects(store.write('A', 1, adding('two')), /ENOSPC/)
      disk.meddle = () => undefined
      await store.write('A', 1, adding('two'))
      assert.deepEqual(notes(await store.read('A')), ['one', 'two'])
    }))

  it('answers a durable write only after the sync, and one that nobody waits for before it', () =>
    withStore(async (store, disk) => {
      await append(store, 'A', 'one')
      const done: string[] = []
      let syncs = 0
      disk.meddle = ({ kind }) => {
        if (kind === 'sync') done.push(`sync ${(syncs += 1)}`)
      }
      const note = (what: string) => () => void done.push(what)
      await Promise.all([
        store.write('A', 1, adding('two')).then(note('durable')),
        store.write('B', 0, adding('one'), { durable: false }).then(note('not waited for')),
      ])
      assert.deepEqual(done, ['not waited for', 'sync 1', 'durable'])
    }))

  it('shows nobody what is not on disk yet', () =>
    withStore(async (store, disk) => {
      await append(store, 'A', 'one')
      let isSynced = false
      disk.meddle = ({ kind }) => {
        isSynced ||= kind === 'sync'
      }
      const writing = store.write('A', 1, adding('two'))
      await Promise.resolve()
      const read = await store.read('A')
      assert.deepEqual([isSynced, notes(read)], [true, ['one', 'two']])
      await writing
    }))

  it('shares one write and one sync among all who wait', () =>
    withStore(async (store, disk) => {
      await append(store, 'A', 'one')
      const done: string[] = []
      disk.meddle = (operation) => {
        if (isStep(operation)) done.push(operation.kind)
      }
      await Promise.all(Array.from({ length: 50 }, (_, index) => store.write(`B-${index}`, 0, adding('one'))))
      assert.deepEqual(done, ['write', 'sync'])
    }))
})

describe('store/lowdb: the files behind the journal', () => {
  it('stay behind when they cannot be written: nothing is lost, it is told, and they follow later', () =>
    withStore(
      async (store, disk) => {
        disk.meddle = failWhen('ENOSPC', (operation) => operation.kind === 'write' && !isJournal(operation))
        for (const id of ['A', 'B', 'C', 'D']) await append(store, id, 'one')
        while (store.damaged().length === 0) await setImmediate()
        assert.match(store.damaged()[0]?.text ?? '', /ENOSPC.*Nothing is lost/)
        assert.equal(await append(store, 'A', 'two'), 2)
        const again = await openOn(disk.afterKill())
        assert.deepEqual(notes(await again.read('A')), ['one', 'two'])
        await again.close()
        disk.meddle = () => undefined
        while (store.damaged().length > 0) await setTimeout(5)
        const files = [...disk.files().keys()]
        assert.ok(files.some((path) => path.endsWith('/A.json')))
        assert.ok(files.every((path) => !/\.json\.\d+$/.test(path)))
      },
      { cases: 2, ms: 20 },
    ))

  it('hold writers up when too much is in the journal, and refuse them when the files cannot follow', () =>
    withStore(
      async (store, disk) => {
        for (let round = 0; round < 20; round += 1) await append(store, `A-${round}`, 'x'.repeat(500))
        const sizes = segments(disk).map((path) => disk.files().get(path)?.length ?? 0)
        assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 4000)
        disk.meddle = failWhen('EACCES', (operation) => operation.kind === 'open' && !isJournal(operation))
        const refused = async () => {
          for (let round = 0; round < 20; round += 1) await append(store, `B-${round}`, 'x'.repeat(500))
        }
        await assert.rejects(refused(), unwritable)
      },
      { cases: 1000, mostBytes: 2000, stayBytes: 0 },
    ))

  it('are written again by a later checkpoint when they could not be made durable', () =>
    withStore(
      async (store, disk) => {
        const state = { failures: 1 }
        disk.meddle = failWhen(
          'EIO',
          ({ kind, path }) => kind === 'sync' && /live.[0-9a-f]{2}$/.test(path) && (state.failures -= 1) >= 0,
        )
        await append(store, 'A', 'one')
        while (state.failures === 1) await setTimeout(5)
        const again = await openOn(disk.afterPowerCut())
        assert.deepEqual(notes(await again.read('A')), ['one'])
        await again.close()
        while (store.damaged().length > 0) await setTimeout(5)
      },
      { cases: 1, ms: 20 },
    ))
})

describe('store/lowdb: a disk that fails at opening', () => {
  it('opens no store, and says which folder it is and why', async () => {
    for (const kind of ['make', 'sync', 'list', 'read'] as const) {
      const disk = modelDisk()
      const store = await openOn(disk, { cases: 1000 })
      await append(store, 'A', 'one')
      const left = disk.afterKill()
      await store.close()
      left.meddle = failWhen('EIO', (operation) => operation.kind === kind && operation.path !== '/')
      await assert.rejects(
        openOn(left),
        (error) => isFault(error) && error.message.includes(folder) && /EIO/.test(error.message),
        kind,
      )
      left.meddle = () => undefined
      const again = await openOn(left)
      assert.deepEqual(notes(await again.read('A')), ['one'])
      await again.close()
    }
  })
})

describe('store/lowdb: a look that fails', () => {
  for (const code of ['EACCES', 'EIO', 'EMFILE', 'ENOTDIR']) {
    for (const kinds of [['read'], ['list', 'has', 'read']]) {
      it(`never takes ${code} of ${kinds.join(', ')} for absence: no case is begun over its diary`, () =>
        withStore(
          async (store, disk) => {
            await append(store, 'A', 'one', closed)
            await append(store, 'B', 'one')
            await store.keep('home', 1)
            while (segments(disk).length > 0) await setImmediate()
            await store.close()
            const again = await openOn(disk)
            disk.meddle = failWhen(code, ({ kind, path }) => kinds.includes(kind) && !path.includes('/journal'))
            const unreadable = (error: unknown): boolean => isFault(error, 'store/unreadable')
            for (const id of ['A', 'B']) {
              await assert.rejects(again.read(id), unreadable)
              await assert.rejects(again.write(id, 0, adding('anew')), unreadable)
            }
            await assert.rejects(again.kept('home'), unreadable)
            await assert.rejects(again.keep('home', 2), unreadable)
            disk.meddle = () => undefined
            assert.deepEqual(notes(await again.read('A')), ['one', 'closed'])
            assert.deepEqual(notes(await again.read('B')), ['one'])
            assert.deepEqual(await again.kept('home'), { value: 1, version: 1 })
            await again.close()
          },
          { cases: 1, ms: 20 },
        ))
    }
  }

  it('needs no list of a folder: what can be read there is, and what is not there is new', () =>
    withStore(
      async (store, disk) => {
        await append(store, 'A', 'one')
        while (segments(disk).length > 0) await setImmediate()
        await store.close()
        const again = await openOn(disk)
        disk.meddle = failWhen('EIO', ({ kind }) => kind === 'list')
        assert.deepEqual(notes(await again.read('A')), ['one'])
        assert.equal((await again.read('B')).version, 0)
        await append(again, 'B', 'one')
        assert.deepEqual(notes(await again.read('B')), ['one'])
        disk.meddle = () => undefined
        await again.close()
      },
      { cases: 1, ms: 20 },
    ))
})
