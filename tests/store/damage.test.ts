import assert from 'node:assert/strict'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { caseFileOf } from '../../store/layout.js'
import { openLowdbStore } from '../../store/lowdb.js'
import { readOnlyDiary } from '../../store/read-only.js'
import type { Store } from '../../store/store.js'
import { isFault } from '../../triage/fault.js'
import { closed, noted, notes, settled } from './events.js'
import { withFolder } from './folder.js'

const isDamaged = (error: unknown): boolean => isFault(error, 'store/damaged')
const good = { format: 1, caseId: 'BAD', diary: [noted('one')] }

const damages: readonly (readonly [string, string | Buffer])[] = [
  ['nothing in it', ''],
  ['its end missing', JSON.stringify(good).slice(0, -9)],
  ['zeros only', Buffer.alloc(300)],
  ['no JSON', 'hello'],
  ['bytes that are no UTF-8', Buffer.from(JSON.stringify(good).replace('one', '\u00ff'), 'latin1')],
  ['an array', '[]'],
  ['null', 'null'],
  ['no format', JSON.stringify({ ...good, format: undefined })],
  ['no lines', JSON.stringify({ ...good, diary: [] })],
  ['the id of another case', JSON.stringify({ ...good, caseId: 'OTHER' })],
  ['an event that is a text', JSON.stringify({ ...good, diary: ['noted'] })],
  ['an event by nobody', JSON.stringify({ ...good, diary: [{ type: 'noted', at: '2026-03-01' }] })],
]

/** A store with a good case and one whose file has this content. */
async function withDamage(
  content: string | Buffer,
  work: (folder: string, store: Store, heard: string[]) => Promise<void>,
) {
  await withFolder(async (folder) => {
    const heard: string[] = []
    const store = await openLowdbStore(folder, { settled, onDamaged: (line) => heard.push(line) })
    await store.append('GOOD', 0, [noted('fine')])
    await store.append('BAD', 0, [noted('one')])
    await writeFile(caseFileOf(folder, 'live', 'BAD'), content)
    await work(folder, store, heard)
    await store.close()
  })
}

describe('store/lowdb: damage', () => {
  for (const [what, content] of damages) {
    it(`puts a file with ${what} aside, says so once, and goes on with the others`, () =>
      withDamage(content, async (folder, store, heard) => {
        await assert.rejects(store.read('BAD'), isDamaged)
        await assert.rejects(store.append('BAD', 0, [noted('anew')]), isDamaged)
        await assert.rejects(store.read('BAD'), isDamaged)
        assert.deepEqual(await store.live(), ['GOOD'])
        await store.append('GOOD', 1, [closed])
        assert.equal(store.damaged().length, 1)
        assert.deepEqual(heard, store.damaged())
        assert.match(heard[0] ?? '', /^Case BAD is damaged: it .*quarantine.BAD\.1\.json/)
        assert.deepEqual(await readFile(join(folder, 'quarantine', 'BAD.1.json')), Buffer.from(content))
      }))
  }

  it('quotes nothing of the file in what it says', () =>
    withDamage('secret[', async (_folder, store) => {
      await assert.rejects(store.read('BAD'), (error) => isDamaged(error) && !/secret/.test(String(error)))
      assert.doesNotMatch(store.damaged().join('\n'), /secret/)
    }))

  it('puts a folder in the place of a file aside as well', () =>
    withDamage('', async (folder, store) => {
      await rm(caseFileOf(folder, 'live', 'BAD'))
      await mkdir(caseFileOf(folder, 'live', 'BAD'))
      await assert.rejects(store.read('BAD'), isDamaged)
      assert.deepEqual(await readdir(join(folder, 'quarantine')), ['BAD.1.json'])
    }))

  it('still knows about it after a restart, and tells it at opening', () =>
    withDamage('', async (folder, store) => {
      await assert.rejects(store.read('BAD'), isDamaged)
      await store.close()
      const again = await openLowdbStore(folder, { settled })
      assert.equal(again.damaged().length, 1)
      assert.deepEqual(await again.live(), ['GOOD'])
      await assert.rejects(again.read('BAD'), isDamaged)
      await assert.rejects(readOnlyDiary(folder, 'BAD'), isDamaged)
      assert.equal(again.damaged().length, 1)
      await again.close()
    }))

  it('takes a file back that was put right, with or without a restart', () =>
    withDamage('', async (folder, store) => {
      await assert.rejects(store.read('BAD'), isDamaged)
      await writeFile(caseFileOf(folder, 'live', 'BAD'), JSON.stringify(good))
      assert.deepEqual(notes(await store.read('BAD')), ['one'])
      assert.deepEqual((await store.live()).toSorted(), ['BAD', 'GOOD'])
      await store.close()
      const again = await openLowdbStore(folder, { settled })
      assert.deepEqual((await again.live()).toSorted(), ['BAD', 'GOOD'])
      assert.deepEqual(again.damaged(), [])
      await again.append('BAD', 1, [noted('two')])
      await again.close()
    }))

  it('lets a case start anew when its file was deleted from quarantine', () =>
    withDamage('', async (folder, store) => {
      await assert.rejects(store.read('BAD'), isDamaged)
      await rm(join(folder, 'quarantine', 'BAD.1.json'))
      await store.append('BAD', 0, [noted('anew')])
      assert.deepEqual(notes(await store.read('BAD')), ['anew'])
    }))

  it('numbers what it puts aside, and overwrites nothing there', () =>
    withDamage('first', async (folder, store) => {
      await assert.rejects(store.read('BAD'), isDamaged)
      await writeFile(caseFileOf(folder, 'live', 'BAD'), 'second')
      await assert.rejects(store.read('BAD'), isDamaged)
      assert.deepEqual((await readdir(join(folder, 'quarantine'))).toSorted(), ['BAD.1.json', 'BAD.2.json'])
      assert.equal(store.damaged().length, 2)
    }))

  it('goes on with the good one of two files', () =>
    withDamage(JSON.stringify(good), async (folder, store) => {
      await store.append('BAD', 1, [closed])
      await writeFile(caseFileOf(folder, 'live', 'BAD'), '{')
      assert.deepEqual(notes(await store.read('BAD')), ['one', 'closed'])
      assert.match(store.damaged().join(), /its other file, of 2 lines/i)
    }))

  it('leaves a file of a newer format where it is', () =>
    withDamage(JSON.stringify({ format: 2, anything: true }), async (folder, store) => {
      await assert.rejects(store.read('BAD'), (error) => isDamaged(error) && /newer/.test(String(error)))
      await assert.rejects(store.append('BAD', 0, [noted('anew')]), isDamaged)
      await assert.rejects(readOnlyDiary(folder, 'BAD'), isDamaged)
      assert.equal(store.damaged().length, 1)
      assert.match(await readFile(caseFileOf(folder, 'live', 'BAD'), 'utf8'), /"format":2/)
    }))

  it('counts a damaged setting as never set, and says so', () =>
    withDamage('', async (folder, store) => {
      await store.keep('home', 'channel')
      await writeFile(join(folder, 'settings', 'home.json'), '{"format":1,"name":"other","value":1}')
      assert.equal(await store.kept('home'), undefined)
      assert.match(store.damaged().join(), /setting home is damaged/)
      await store.keep('home', 'channel')
      assert.equal(await store.kept('home'), 'channel')
    }))
})

describe('store/read-only', () => {
  it('reads beside the owner of the folder, and moves nothing', () =>
    withDamage('{', async (folder) => {
      assert.deepEqual(notes(await readOnlyDiary(folder, 'GOOD')), ['fine'])
      assert.deepEqual(await readOnlyDiary(folder, 'NOBODY'), [])
      await assert.rejects(readOnlyDiary(folder, 'BAD'), isDamaged)
      assert.equal(await readFile(caseFileOf(folder, 'live', 'BAD'), 'utf8'), '{')
    }))

  it('does not miss a case that moves while it looks', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder, { settled })
      await store.append('A', 0, [noted('one'), closed])
      await store.append('A', 2, [noted('two')])
      await store.close()
      const [from, to] = [caseFileOf(folder, 'settled', 'A'), caseFileOf(folder, 'live', 'A')]
      for (let round = 0; round < 30; round += 1) {
        await rename(to, from)
        const reads = Array.from({ length: 20 }, () => readOnlyDiary(folder, 'A'))
        await rename(from, to)
        for (const diary of await Promise.all(reads)) assert.equal(diary.length, 3)
      }
    }))

  it('refuses ids that are none, and folders that are not there', () =>
    withFolder(async (folder) => {
      await assert.rejects(readOnlyDiary(folder, '../x'), (error) => isFault(error, 'store/bad-id'))
      await assert.rejects(readOnlyDiary(join(folder, 'none'), 'A'), (error) => isFault(error, 'store/folder'))
    }))
})
