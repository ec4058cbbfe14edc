import assert from 'node:assert/strict'
import { chmod, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably, type WriteFile } from '../../store/disk.js'
import { caseFileOf } from '../../store/layout.js'
import { openLowdbStore } from '../../store/lowdb.js'
import { readOnlyDiary } from '../../store/read-only.js'
import { isFault } from '../../triage/fault.js'
import { closed, noted, notes, settled } from './events.js'
import { filesIn, startOther, withFolder } from './folder.js'

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8)
const inside = (folder: string, file: string): string => file.slice(folder.length + 1)

describe('store/lowdb', () => {
  it('writes one small JSON file per case, under live or settled', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder, { settled })
      await store.append('A', 0, [noted('one')])
      await store.append('B', 0, [noted('one'), closed])
      await store.keep('home', 1)
      await store.close()
      const [live, done] = [caseFileOf(folder, 'live', 'A'), caseFileOf(folder, 'settled', 'B')]
      assert.match(inside(folder, live), /^live.[0-9a-f]{2}.A\.json$/)
      assert.deepEqual(
        await filesIn(folder),
        [live, done, join(folder, 'settings', 'home.json')].map((file) => inside(folder, file)).toSorted(),
      )
      assert.deepEqual(JSON.parse(await readFile(live, 'utf8')), { format: 1, caseId: 'A', diary: [noted('one')] })
    }))

  it('goes by the rules of triage when it is not told who is settled', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder)
      await store.append('A', 0, [noted('one')])
      assert.deepEqual(await store.live(), ['A'])
      await store.close()
    }))

  it('lets nobody else read what it writes', async function () {
    if (process.platform === 'win32') this.skip()
    await withFolder(async (outer) => {
      const folder = join(outer, 'data')
      const store = await openLowdbStore(folder, { settled })
      await store.append('A', 0, [noted('one')])
      await chmod(caseFileOf(folder, 'live', 'A'), 0o644)
      await store.append('A', 1, [noted('two')])
      await store.keep('home', 1)
      await store.close()
      const file = caseFileOf(folder, 'live', 'A')
      assert.deepEqual(await Promise.all([file, join(folder, 'settings', 'home.json')].map(modeOf)), ['600', '600'])
      const folders = [
        folder,
        join(file, '..'),
        ...['live', 'settings', 'quarantine', 'lock'].map((name) => join(folder, name)),
      ]
      assert.deepEqual(new Set(await Promise.all(folders.map(modeOf))), new Set(['700']))
    })
  })

  it('keeps the old diary when a write fails, and takes the next one', () =>
    withFolder(async (folder) => {
      let broken = false
      const write: WriteFile = async (file, text) => {
        if (broken) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
        await writeDurably(file, text)
      }
      const store = await openLowdbStore(folder, { settled, write })
      await store.append('A', 0, [noted('one')])
      await store.keep('home', 'old')
      broken = true
      await assert.rejects(
        store.append('A', 1, [closed]),
        (error) => isFault(error, 'store/unwritable') && /ENOSPC/.test(error.message),
      )
      await assert.rejects(store.append('B', 0, [noted('new')]), (error) => isFault(error, 'store/unwritable'))
      await assert.rejects(store.keep('home', 'new'), (error) => isFault(error, 'store/unwritable'))
      assert.deepEqual(notes(await store.read('A')), ['one'])
      assert.deepEqual(await store.read('B'), [])
      assert.deepEqual(await store.live(), ['A'])
      assert.equal(await store.kept('home'), 'old')
      broken = false
      await store.append('A', 1, [noted('two')])
      assert.deepEqual(notes(await store.read('A')), ['one', 'two'])
      await store.close()
    }))

  it('does not take a write that the disk cut short for a whole one', async function () {
    if (process.platform === 'win32') this.skip()
    await withFolder(async (folder) => {
      // No file may get larger than some 50 kB: the kernel writes up to there, and says how far it came.
      const other = startOther([folder, 'fill'], 'ulimit -f 100;')
      assert.deepEqual([await other.next(), await other.next(), await other.next()], ['open', 'store/unwritable', '1'])
      assert.deepEqual(notes(await readOnlyDiary(folder, 'CASE')), ['small'])
    })
  })

  it('removes what crashed writes left, and nothing else', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder, { settled })
      await store.append('A', 0, [noted('one')])
      await store.keep('home', 1)
      await store.close()
      const file = caseFileOf(folder, 'live', 'A')
      await writeFile(`${file}.123456`, '{"half')
      await writeFile(join(folder, 'settings', 'home.json.99'), '')
      await writeFile(`${file}.bak`, 'mine')
      const again = await openLowdbStore(folder, { settled })
      assert.deepEqual(await again.live(), ['A'])
      await again.close()
      const left = await filesIn(folder)
      assert.deepEqual(
        left.filter((name) => /\d$/.test(name)),
        [],
      )
      assert.ok(left.includes(inside(folder, `${file}.bak`)))
    }))

  for (const [newer, older] of [
    ['settled', 'live'],
    ['live', 'settled'],
  ] as const) {
    it(`uses the longer of two files when a move from ${older} to ${newer} was cut off, and leaves one`, () =>
      withFolder(async (folder) => {
        const store = await openLowdbStore(folder, { settled })
        await store.append('A', 0, newer === 'live' ? [closed] : [noted('one')])
        await cp(caseFileOf(folder, older, 'A'), join(folder, 'kept.json'))
        await store.append('A', 1, newer === 'live' ? [noted('two')] : [closed])
        const expected = await store.read('A')
        await store.close()
        await cp(join(folder, 'kept.json'), caseFileOf(folder, older, 'A'))
        assert.deepEqual(await readOnlyDiary(folder, 'A'), expected)

        const again = await openLowdbStore(folder, { settled })
        assert.deepEqual(await again.live(), newer === 'live' ? ['A'] : [])
        assert.deepEqual(await again.read('A'), expected)
        assert.deepEqual(again.damaged(), [])
        await assert.rejects(stat(caseFileOf(folder, older, 'A')))
        await again.close()
      }))
  }

  it('throws no diary away when two files of a case disagree', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder, { settled })
      await store.append('A', 0, [noted('one'), noted('two')])
      const other = caseFileOf(folder, 'settled', 'A')
      await mkdir(join(other, '..'), { recursive: true })
      await writeFile(other, JSON.stringify({ format: 1, caseId: 'A', diary: [noted('another story')] }))
      assert.deepEqual(notes(await store.read('A')), ['one', 'two'])
      assert.equal(store.damaged().length, 1)
      assert.match(await readFile(join(folder, 'quarantine', 'A.1.json'), 'utf8'), /another story/)
      await store.close()
    }))

  it('says where a file belongs that lies in the wrong folder', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder, { settled })
      await store.append('A', 0, [noted('one')])
      await store.close()
      const wrong = join(folder, 'live', '00')
      await mkdir(wrong)
      await cp(caseFileOf(folder, 'live', 'A'), join(wrong, 'B.json'))
      const again = await openLowdbStore(folder, { settled })
      assert.deepEqual(await again.live(), ['A'])
      assert.equal(again.damaged().length, 1)
      assert.ok(again.damaged()[0]?.includes(inside(folder, caseFileOf(folder, 'live', 'B'))))
      await again.close()
    }))

  it('refuses a folder that is a file', () =>
    withFolder(async (outer) => {
      const file = join(outer, 'data')
      await writeFile(file, '')
      await assert.rejects(openLowdbStore(file), (error) => isFault(error, 'store/folder'))
      await assert.rejects(openLowdbStore(join(file, 'below')), (error) => isFault(error, 'store/folder'))
    }))

  it('forgets a case whose file was deleted by hand', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder, { settled })
      await store.append('A', 0, [noted('one')])
      await rm(caseFileOf(folder, 'live', 'A'))
      assert.deepEqual(await store.read('A'), [])
      assert.deepEqual(await store.live(), [])
      await store.close()
    }))
})
