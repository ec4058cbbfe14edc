import assert from 'node:assert/strict'
import { link, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { openLowdbStore } from '../../store/lowdb.js'
import { type Lock, isSameFile, ownFolder } from '../../store/one-process.js'
import { readOnlyCase } from '../../store/read-only.js'
import { isFault } from '../../triage/fault.js'
import { adding, append, notes } from './events.js'
import { filesIn, kill, startOther, withFolder } from './folder.js'

const inUse = (folder: string) => (error: unknown) =>
  isFault(error, 'store/in-use') && error.message.includes(folder) && /Stop that one/.test(error.message)

const taken = (error: unknown): boolean => isFault(error, 'store/in-use') && /lock.*was removed/.test(error.message)

const numbersIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(folder, 'lock'))).filter((name) => /^\d+$/.test(name))

describe('store/one-process', () => {
  it('refuses a folder that this process has open already, and gives it away after closing', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder)
      await assert.rejects(openLowdbStore(folder), inUse(folder))
      await store.close()
      await store.close()
      await (await openLowdbStore(folder)).close()
    }))

  it('lets exactly one of many have it that start at the same moment, whatever was there before', () =>
    withFolder(async (folder) => {
      for (let round = 0; round < 20; round += 1) {
        const starts = await Promise.allSettled(Array.from({ length: 12 }, () => ownFolder(folder)))
        const [owner, ...others] = starts.filter((start) => start.status === 'fulfilled')
        assert.equal(others.length, 0)
        assert.ok(owner)
        for (const start of starts) {
          if (start.status === 'rejected') assert.ok(inUse(folder)(start.reason))
        }
        owner.value.check()
        await owner.value.release()
      }
      assert.equal((await numbersIn(folder)).length, 1)
    }))

  it('never has two owners while many come and go', () =>
    withFolder(async (folder) => {
      let owners = 0
      let owned = 0
      const comeAndGo = async (): Promise<void> => {
        for (let round = 0; round < 60; round += 1) {
          const lock = await ownFolder(folder).catch(() => null)
          if (!lock) continue
          owners += 1
          owned += 1
          assert.equal(owners, 1)
          await setImmediate()
          owners -= 1
          await lock.release()
        }
      }
      await Promise.all(Array.from({ length: 8 }, comeAndGo))
      assert.ok(owned > 1)
    }))

  it('has one owner, however late somebody acts on what they saw before', () =>
    withFolder(async (folder) => {
      await (await ownFolder(folder)).release()
      assert.deepEqual(await numbersIn(folder), ['1'])
      // Who comes late saw a dead owner 1. Meanwhile 2 came and went, and 3 came and tidied up.
      const owners: Lock[] = []
      const late = ownFolder(folder, async () => {
        if (owners.length > 0) return
        // Who tidies up removes one name after the other, and the latecomer's own may be the last.
        const door = (await readdir(join(folder, 'lock'))).find((name) => name.endsWith('.new')) ?? ''
        await link(join(folder, 'lock', door), join(folder, 'saved'))
        await (await ownFolder(folder)).release()
        owners.push(await ownFolder(folder))
        await rename(join(folder, 'saved'), join(folder, 'lock', door))
      })
      await assert.rejects(late, inUse(folder))
      assert.deepEqual(await numbersIn(folder), ['3'])
      assert.equal(owners.length, 1)
      owners[0]?.check()
      await owners[0]?.release()
    }))

  it('stands back when somebody took the number it wanted', () =>
    withFolder(async (folder) => {
      const owners: Lock[] = []
      const late = ownFolder(folder, async () => {
        if (owners.length === 0) owners.push(await ownFolder(folder))
      })
      await assert.rejects(late, inUse(folder))
      owners[0]?.check()
      await owners[0]?.release()
    }))

  it('keeps its socket in the folder itself, whatever its name is and wherever temporary files go', async function () {
    if (process.platform !== 'linux') this.skip()
    await withFolder(async (outer) => {
      const folder = join(outer, 'long-'.repeat(20), 'long-'.repeat(20))
      await mkdir(folder, { recursive: true })
      const lock = await ownFolder(folder)
      assert.equal((await numbersIn(folder)).length, 1)
      await assert.rejects(ownFolder(folder), inUse(folder))
      const other = startOther([folder], 'export TMPDIR=/var/tmp;')
      assert.equal(await other.next(), 'store/in-use')
      lock.check()
      await lock.release()
      await (await ownFolder(folder)).release()
    })
  }).timeout(120_000)

  it('knows a folder by another name as well', () =>
    withFolder(async (outer) => {
      const folder = join(outer, 'data')
      await mkdir(folder)
      await symlink(folder, join(outer, 'same'))
      const store = await openLowdbStore(folder)
      await assert.rejects(openLowdbStore(join(outer, 'same')), inUse(join(outer, 'same')))
      await store.close()
    }))

  for (const [what, remove] of [
    ['the lock', (folder: string) => rm(join(folder, 'lock'), { recursive: true })],
    [
      'what is in the lock',
      async (folder: string) => {
        for (const name of await readdir(join(folder, 'lock'))) await rm(join(folder, 'lock', name))
      },
    ],
    ['the folder', (folder: string) => rename(folder, `${folder}-moved`)],
  ] as const) {
    it(`acknowledges nothing and writes no file any more once ${what} is gone: another may have the folder`, () =>
      withFolder(async (outer) => {
        const folder = join(outer, 'data')
        const store = await openLowdbStore(folder)
        assert.equal(await append(store, 'A', 'one'), 1)
        await remove(folder)
        const next = await openLowdbStore(folder)
        const before = await filesIn(folder)
        await assert.rejects(store.write('A', 1, adding('two')), taken)
        await assert.rejects(store.write('B', 0, adding('one')), taken)
        await assert.rejects(store.keep('home', 1), taken)
        assert.ok(store.damaged().some(({ text }) => /lock.*was removed/.test(text)))
        await store.close()
        assert.deepEqual(await filesIn(folder), before)
        // Whoever has it now is not disturbed.
        await assert.rejects(openLowdbStore(folder), inUse(folder))
        assert.deepEqual(notes(await next.read('A')), what === 'the folder' ? [] : ['one'])
        await append(next, 'A', 'next')
        await next.close()
      }))
  }

  it('writes nothing at its end either when its lock was removed', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder)
      await append(store, 'A', 'one')
      await rm(join(folder, 'lock'), { recursive: true })
      const before = await filesIn(folder)
      await store.close()
      assert.deepEqual(await filesIn(folder), before)
      const next = await openLowdbStore(folder)
      assert.deepEqual(notes(await next.read('A')), ['one'])
      await next.close()
    }))

  it('is not fooled by a file that has the lock’s name', () =>
    withFolder(async (folder) => {
      const lock = await ownFolder(folder)
      await rm(join(folder, 'lock', '1'))
      await writeFile(join(folder, 'lock', '1'), '')
      assert.throws(() => lock.check(), taken)
      await lock.release()
    }))

  it('takes another file, one of another device and none at all for another', () => {
    const own = { ino: 7, dev: 1 }
    assert.equal(isSameFile(own, { ino: 7, dev: 1 }), true)
    assert.equal(isSameFile(own, { ino: 8, dev: 1 }), false)
    assert.equal(isSameFile(own, { ino: 7, dev: 2 }), false)
    assert.equal(isSameFile(own, undefined), false)
  })

  it('refuses a folder that another process has open, and has it at once when that one is killed', () =>
    withFolder(async (folder) => {
      const other = startOther([folder])
      try {
        assert.equal(await other.next(), 'open')
        await assert.rejects(openLowdbStore(folder), inUse(folder))
        await kill(other.process)
        await (await openLowdbStore(folder)).close()
      } finally {
        await kill(other.process)
      }
    })).timeout(120_000)

  it('lets another process not in either', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder)
      const other = startOther([folder])
      assert.equal(await other.next(), 'store/in-use')
      await store.close()
    })).timeout(120_000)

  it('lets one of several processes in that start after a kill', () =>
    withFolder(async (folder) => {
      const first = startOther([folder])
      assert.equal(await first.next(), 'open')
      await kill(first.process)
      const others = Array.from({ length: 4 }, () => startOther([folder]))
      try {
        const said = await Promise.all(others.map((other) => other.next()))
        assert.deepEqual(said.toSorted(), ['open', 'store/in-use', 'store/in-use', 'store/in-use'])
      } finally {
        await Promise.all(others.map((other) => kill(other.process)))
      }
    })).timeout(120_000)

  it('loses nothing acknowledged when it is killed while it writes', () =>
    withFolder(async (folder) => {
      const other = startOther([folder, 'many'])
      assert.equal(await other.next(), 'open')
      const told = new Map<string, number>()
      const hear = (line: string): void => {
        const [caseId = '', version] = line.split(' ')
        told.set(caseId, Number(version))
      }
      for (let heard = 0; heard < 1500; heard += 1) hear(await other.next())
      await kill(other.process)
      for (let line = await other.next(); line !== 'ended'; line = await other.next()) hear(line)
      const beside = new Map(
        await Promise.all([...told.keys()].map(async (id) => [id, await readOnlyCase(folder, id)] as const)),
      )
      const store = await openLowdbStore(folder)
      for (const [caseId, version] of told) {
        const stored = await store.read(caseId)
        assert.ok(stored.version === version || stored.version === version + 1, `${stored.version} of ${version}`)
        assert.deepEqual(stored, beside.get(caseId))
        assert.deepEqual(
          notes(stored).filter((note) => note !== 'closed'),
          Array.from({ length: stored.version }, (_, line) => `line ${line}`),
        )
        assert.equal((await store.open()).includes(caseId), stored.version % 3 !== 0)
      }
      assert.deepEqual(store.damaged(), [])
      await store.close()
    })).timeout(120_000)
})
