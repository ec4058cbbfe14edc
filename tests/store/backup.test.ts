import assert from 'node:assert/strict'
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openLowdbStore } from '../../store/lowdb.js'
import type { Store } from '../../store/store.js'
import { adding, closed, noted } from './events.js'
import { withFolder } from './folder.js'

const parts = ['journal', 'live', 'settled', 'settings', 'quarantine']
const orders: readonly (readonly [string, readonly string[]])[] = [
  ['the journal first, as the handbook says', parts],
  ['the journal last', parts.toReversed()],
  ['the journal in the middle', ['live', 'journal', 'settled', 'settings', 'quarantine']],
  ['the settled cases first', ['settled', 'settings', 'journal', 'quarantine', 'live']],
]

/** Copy a folder file by file, slowly, as a copier does: it lists names first, and what has gone by then it leaves out. */
async function copySlowly(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copySlowly(source, target)
    else {
      await copyFile(source, target).catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      })
    }
    if (Math.random() < 0.2) await setTimeout(1)
  }
}

/** Writers that open, close and reopen cases and write settings until they are stopped; `told` is what was acknowledged. */
function keepWriting(store: Store) {
  const told = new Map<string, number>()
  const state = { isOver: false }
  const write = async (caseId: string): Promise<void> => {
    for (let version = 0; !state.isOver; version += 1) {
      await store.write(caseId, version, adding(noted(`line ${version}`), ...(version % 2 === 1 ? [closed] : [])))
      told.set(caseId, version + 1)
      await setTimeout(version % 4)
    }
  }
  const writers = Array.from({ length: 8 }, (_, index) => write(`CASE-${index}`))
  return {
    told,
    stop: async () => {
      state.isOver = true
      await Promise.all(writers)
    },
  }
}

describe('store/lowdb: a copy of the folder while it runs', () => {
  for (const [what, order] of orders) {
    it(`has everything that was acknowledged when it began, copied with ${what}`, () =>
      withFolder(async (outer) => {
        const folder = join(outer, 'data')
        // The files follow after every few writes, so that cases move and segments go all the time.
        const store = await openLowdbStore(folder, { limits: { cases: 4, ms: 5 } })
        const { told, stop } = keepWriting(store)
        while (told.size < 8) await setTimeout(1)
        for (let round = 0; round < 3; round += 1) {
          const copy = join(outer, `copy-${round}`)
          const atLeast = new Map(told)
          for (const part of order) await copySlowly(join(folder, part), join(copy, part))
          const atMost = new Map(told)
          const opened = await openLowdbStore(copy)
          for (const [caseId, version] of atLeast) {
            const stored = await opened.read(caseId)
            const most = (atMost.get(caseId) ?? 0) + 1
            assert.ok(stored.version >= version && stored.version <= most, `${caseId}: ${stored.version} of ${version}`)
            const lines = stored.diary.flatMap((event) => (event.type === 'noted' ? [event.text] : []))
            assert.deepEqual(
              lines,
              lines.map((_, line) => `line ${line}`),
            )
            assert.equal((await opened.open()).includes(caseId), stored.version % 2 === 1)
          }
          assert.deepEqual(opened.damaged(), [])
          await opened.close()
        }
        await stop()
        await store.close()
      })).timeout(120_000)
  }

  it('needs what was kept for it: old segments and the former side’s files go only after a while', () =>
    withFolder(async (folder) => {
      let clock = 0
      const store = await openLowdbStore(folder, { now: () => clock, limits: { cases: 1, ms: 5, stayMs: 1000 } })
      const names = async (part: string): Promise<readonly string[]> =>
        (await readdir(join(folder, part), { recursive: true })).filter((name) => /\.(json|log)$/.test(name))
      const until = async (isSo: () => Promise<boolean>): Promise<void> => {
        while (!(await isSo())) await setTimeout(2)
      }
      await store.write('A', 0, adding('one'))
      await until(async () => (await names('live')).length === 1)
      await store.write('A', 1, adding(closed))
      await until(async () => (await names('settled')).length === 1)
      await setTimeout(30)
      assert.equal((await names('live')).length, 1)
      assert.ok((await names('journal')).length > 0)
      clock = 2000
      await store.write('B', 0, adding('one'))
      await until(async () => (await names('live')).every((name) => name.endsWith('B.json')))
      assert.ok((await names('journal')).every((name) => !name.startsWith('0000000001')))
      assert.equal((await store.read('A')).version, 2)
      assert.deepEqual(await store.open(), ['B'])
      await store.close()
    }))

  it('keeps no more of the journal for it than there is room for', () =>
    withFolder(async (folder) => {
      const limits = { bytes: 1000, ms: 5, stayBytes: 5000 }
      const store = await openLowdbStore(folder, { limits })
      for (let count = 0; count < 40; count += 1) await store.write(`A-${count}`, 0, adding('x'.repeat(1000)))
      while ((await sizeOf(join(folder, 'journal'))) > 8000) await setTimeout(5)
      assert.ok((await readdir(join(folder, 'journal'))).every((name) => name !== '0000000001.log'))
      await store.close()
    }))
})

const sizeOf = async (folder: string): Promise<number> => {
  const sizes = (await readdir(folder)).map(async (name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
