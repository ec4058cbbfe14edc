import assert from 'node:assert/strict'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { openLowdbStore } from '../../store/lowdb.js'
import { ownFolder, socketFolder } from '../../store/one-process.js'
import { isFault } from '../../triage/fault.js'
import { settled } from './events.js'
import { kill, startOther, withFolder } from './folder.js'

const inUse = (folder: string) => (error: unknown) =>
  isFault(error, 'store/in-use') && error.message.includes(folder) && /Stop that one/.test(error.message)

describe('store/one-process', () => {
  it('refuses a folder that this process has open already, and gives it away after closing', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder, { settled })
      await assert.rejects(openLowdbStore(folder, { settled }), inUse(folder))
      await store.close()
      await store.close()
      await (await openLowdbStore(folder, { settled })).close()
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
        await owner.value()
      }
      assert.equal((await readdir(join(folder, 'lock'))).filter((name) => /^\d+$/.test(name)).length, 1)
    }))

  it('never has two owners while many come and go', () =>
    withFolder(async (folder) => {
      let owners = 0
      let owned = 0
      const comeAndGo = async (): Promise<void> => {
        for (let round = 0; round < 60; round += 1) {
          const release = await ownFolder(folder).catch(() => null)
          if (!release) continue
          owners += 1
          owned += 1
          assert.equal(owners, 1)
          await setImmediate()
          owners -= 1
          await release()
        }
      }
      await Promise.all(Array.from({ length: 8 }, comeAndGo))
      assert.ok(owned > 1)
    }))

  it('puts its socket elsewhere when the name would be too long for one', () =>
    withFolder(async (outer) => {
      const folder = join(outer, 'long-'.repeat(20))
      await mkdir(folder)
      const elsewhere = await socketFolder(folder)
      assert.ok(elsewhere.startsWith(tmpdir()))
      const release = await ownFolder(folder)
      await assert.rejects(ownFolder(folder), inUse(folder))
      await release()
      await rm(elsewhere, { recursive: true })
    }))

  it('refuses a folder that another process has open, and has it at once when that one is killed', () =>
    withFolder(async (folder) => {
      const other = startOther([folder])
      try {
        assert.equal(await other.next(), 'open')
        await assert.rejects(openLowdbStore(folder, { settled }), inUse(folder))
        await kill(other.process)
        await (await openLowdbStore(folder, { settled })).close()
      } finally {
        await kill(other.process)
      }
    })).timeout(30_000)

  it('lets another process not in either', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder, { settled })
      const other = startOther([folder])
      assert.equal(await other.next(), 'store/in-use')
      await store.close()
    })).timeout(30_000)

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
    })).timeout(60_000)

  it('loses nothing acknowledged when it is killed while it writes', () =>
    withFolder(async (folder) => {
      const other = startOther([folder, 'write'])
      assert.equal(await other.next(), 'open')
      let acknowledged = 0
      while (acknowledged < 50) acknowledged = Number(await other.next())
      await kill(other.process)
      for (let line = await other.next(); line !== 'ended'; line = await other.next()) acknowledged = Number(line)
      const store = await openLowdbStore(folder, { settled })
      const lines = (await store.read('CASE')).length
      assert.ok(lines === acknowledged || lines === acknowledged + 1, `${lines} lines, ${acknowledged} acknowledged`)
      assert.deepEqual(store.damaged(), [])
      await store.close()
    })).timeout(30_000)
})
