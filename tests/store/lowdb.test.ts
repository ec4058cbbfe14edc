import assert from 'node:assert/strict'
import { chmod, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { caseFileOf } from '../../store/layout.js'
import { type Limits, openLowdbStore } from '../../store/lowdb.js'
import { readOnlyCase } from '../../store/read-only.js'
import { isFault } from '../../triage/fault.js'
import { adding, append, card, closed, noted, notes } from './events.js'
import { filesIn, startOther, withFolder } from './folder.js'

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8)
const inside = (folder: string, file: string): string => file.slice(folder.length + 1)
const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

describe('store/lowdb', () => {
  it('writes one small JSON file per case, under live or settled, and leaves nothing else behind', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder)
      await store.write('A', 0, { events: [noted('one')], cards: { channel: card(0) }, open: true })
      await append(store, 'B', 'one', closed)
      await store.keep('home', 1)
      await store.close()
      const [live, done] = [caseFileOf(folder, 'live', 'A'), caseFileOf(folder, 'settled', 'B')]
      const setting = join(folder, 'settings', 'home.json')
      assert.match(inside(folder, live), /^live.[0-9a-f]{2}.A\.json$/)
      assert.deepEqual(await filesIn(folder), [live, done, setting].map((file) => inside(folder, file)).toSorted())
      assert.deepEqual(JSON.parse(await readFile(live, 'utf8')), {
        format: 2,
        caseId: 'A',
        version: 1,
        diary: [noted('one')],
        cards: { channel: card(0) },
      })
      assert.deepEqual(JSON.parse(await readFile(setting, 'utf8')), { format: 2, name: 'home', version: 1, value: 1 })
    }))

  it('writes to the journal alone, and to the files a while later', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder, { limits: { ms: 100 } })
      await append(store, 'A', 'one')
      assert.deepEqual(await filesIn(folder), [join('journal', '0000000001.log')])
      while (!(await isThere(caseFileOf(folder, 'live', 'A')))) await setTimeout(10)
      assert.deepEqual(notes(await store.read('A')), ['one'])
      await store.close()
    }))

  for (const [what, limits] of [
    ['so many cases', { cases: 10 }],
    ['so many bytes', { bytes: 5000 }],
  ] as const) {
    it(`writes the files when there are ${what} in the journal`, () =>
      withFolder(async (folder) => {
        const store = await openLowdbStore(folder, { limits })
        for (let count = 0; count < 10; count += 1) await append(store, `A-${count}`, 'x'.repeat(500))
        while (!(await isThere(caseFileOf(folder, 'live', 'A-0')))) await setTimeout(5)
        await store.close()
      }))
  }

  describe('while there are writes that somebody waits for', () => {
    const slow = (folder: string, limits: Partial<Limits>, now: () => number) => {
      const sleeping: (() => void)[] = []
      const sleep = (ms: number) =>
        new Promise<void>((wake) => {
          assert.equal(ms, 50)
          sleeping.push(wake)
        })
      return { sleeping, store: openLowdbStore(folder, { limits, now, sleep }) }
    }
    const filed = (folder: string) => isThere(caseFileOf(folder, 'live', 'A'))

    it('writes one file, and then lets them go first', () =>
      withFolder(async (folder) => {
        const { sleeping, store: opening } = slow(folder, { cases: 1 }, () => 0)
        const store = await opening
        await append(store, 'A', 'one')
        while (sleeping.length === 0) await setTimeout(5)
        assert.equal(await filed(folder), false)
        sleeping[0]?.()
        while (!(await filed(folder))) await setTimeout(5)
        await store.close()
      }))

    for (const [when, limits, later] of [
      ['when the last of them was a while ago', { ms: 100 }, 60],
      ['when there are more bytes than memory should hold', { ms: 100, bytes: 1 }, 0],
    ] as const) {
      it(`waits for nobody ${when}`, () =>
        withFolder(async (folder) => {
          let clock = 0
          const { sleeping, store: opening } = slow(folder, limits, () => clock)
          const store = await opening
          await append(store, 'A', 'one')
          clock = later
          while (!(await filed(folder))) await setTimeout(5)
          assert.equal(sleeping.length, 0)
          await store.close()
        }))
    }

    it('waits for nobody when it is closed', () =>
      withFolder(async (folder) => {
        const { sleeping, store: opening } = slow(folder, { cases: 1000 }, () => 0)
        const store = await opening
        await append(store, 'A', 'one')
        await store.close()
        assert.equal(await filed(folder), true)
        assert.equal(sleeping.length, 0)
      }))
  })

  it('appends what is new and not the rest: a long case costs a short one’s bytes', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder)
      const many = Array.from({ length: 2000 }, (_, line) => noted(`line ${line}`))
      await store.write('A', 0, { events: many, open: true })
      const segment = join(folder, 'journal', '0000000001.log')
      const before = (await stat(segment)).size
      await store.write('A', 1, adding('one more'))
      assert.ok((await stat(segment)).size - before < 300)
      await store.close()
    }))

  it('lets nobody else read what it writes', async function () {
    if (process.platform === 'win32') this.skip()
    await withFolder(async (outer) => {
      const folder = join(outer, 'data')
      const store = await openLowdbStore(folder)
      await append(store, 'A', 'one')
      const segment = join(folder, 'journal', '0000000001.log')
      assert.equal(await modeOf(segment), '600')
      await store.close()
      const file = caseFileOf(folder, 'live', 'A')
      await chmod(file, 0o644)
      const again = await openLowdbStore(folder)
      await append(again, 'A', 'two')
      await again.keep('home', 1)
      await again.close()
      assert.deepEqual(await Promise.all([file, join(folder, 'settings', 'home.json')].map(modeOf)), ['600', '600'])
      const names = ['live', 'settings', 'settled', 'quarantine', 'journal', 'lock']
      const folders = [folder, join(file, '..'), ...names.map((name) => join(folder, name))]
      assert.deepEqual(new Set(await Promise.all(folders.map(modeOf))), new Set(['700']))
    })
  })

  it('does not take a write that the disk cut short for a whole one', async function () {
    if (process.platform === 'win32') this.skip()
    await withFolder(async (folder) => {
      // No file may get larger than some 50 kB: the kernel writes up to there, and says how far it came.
      const other = startOther([folder, 'fill'], 'ulimit -f 100;')
      assert.deepEqual([await other.next(), await other.next(), await other.next()], ['open', 'store/unwritable', '1'])
      assert.equal(await other.next(), 'ended')
      assert.deepEqual(notes(await readOnlyCase(folder, 'CASE')), ['small', 'small again'])
    })
  }).timeout(120_000)

  it('removes what crashed writes left, and nothing else', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder)
      await append(store, 'A', 'one')
      await store.keep('home', 1)
      await store.close()
      const file = caseFileOf(folder, 'live', 'A')
      await writeFile(`${file}.123456`, '{"half')
      await writeFile(join(folder, 'settings', 'home.json.99'), '')
      await writeFile(`${file}.bak`, 'mine')
      const again = await openLowdbStore(folder)
      assert.deepEqual(await again.open(), ['A'])
      await append(again, 'A', 'two')
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
    it(`uses the newer of two files when a move from ${older} to ${newer} was cut off, and leaves one`, () =>
      withFolder(async (folder) => {
        const first = await openLowdbStore(folder)
        await append(first, 'A', newer === 'live' ? closed : 'one')
        await first.close()
        await cp(caseFileOf(folder, older, 'A'), join(folder, 'kept.json'))
        const second = await openLowdbStore(folder)
        await append(second, 'A', newer === 'live' ? 'two' : closed)
        const expected = await second.read('A')
        await second.close()
        await cp(join(folder, 'kept.json'), caseFileOf(folder, older, 'A'))
        assert.deepEqual(await readOnlyCase(folder, 'A'), expected)

        const again = await openLowdbStore(folder)
        assert.deepEqual(await again.read('A'), expected)
        assert.deepEqual(await again.open(), newer === 'live' ? ['A'] : [])
        assert.deepEqual(again.damaged(), [])
        assert.equal(await isThere(caseFileOf(folder, older, 'A')), false)
        await again.close()
      }))
  }

  it('throws no diary away when two files of a case disagree', () =>
    withFolder(async (folder) => {
      const first = await openLowdbStore(folder)
      await append(first, 'A', 'one', 'two')
      await append(first, 'A', 'three')
      await first.close()
      const other = caseFileOf(folder, 'settled', 'A')
      await mkdir(join(other, '..'), { recursive: true })
      await writeFile(other, JSON.stringify({ format: 1, caseId: 'A', diary: [noted('another story')] }))
      const store = await openLowdbStore(folder)
      assert.deepEqual(notes(await store.read('A')), ['one', 'two', 'three'])
      assert.equal(store.damaged().length, 1)
      assert.match(await readFile(join(folder, 'quarantine', 'A.settled.1.json'), 'utf8'), /another story/)
      await store.close()
    }))

  it('says where a file belongs that lies in the wrong folder', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder)
      await append(store, 'A', 'one')
      await store.close()
      const wrong = join(folder, 'live', '00')
      await mkdir(wrong)
      await cp(caseFileOf(folder, 'live', 'A'), join(wrong, 'B.json'))
      const again = await openLowdbStore(folder)
      assert.deepEqual(await again.open(), ['A'])
      const [damage] = again.damaged()
      assert.equal(damage?.caseId, 'B')
      assert.ok(damage?.text.includes(inside(folder, caseFileOf(folder, 'live', 'B'))))
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
      const first = await openLowdbStore(folder)
      await append(first, 'A', 'one')
      await first.close()
      const store = await openLowdbStore(folder)
      await rm(caseFileOf(folder, 'live', 'A'))
      assert.equal((await store.read('A')).version, 0)
      assert.deepEqual(await store.open(), [])
      await store.close()
    }))

  it('lets others have their turn while thousands of cases are read', () =>
    withFolder(async (folder) => {
      const first = await openLowdbStore(folder)
      const ids = Array.from({ length: 500 }, (_, index) => `A-${index}`)
      await Promise.all(ids.map((id) => first.write(id, 0, adding('x'.repeat(1000)))))
      await first.close()
      // Each look at the clock takes a millisecond: so every second read has to wait for its turn.
      let clock = 0
      const store = await openLowdbStore(folder, { limits: { sliceMs: 2 }, now: () => (clock += 1) })
      const state = { isRead: false, turns: 0 }
      const others = (async () => {
        for (; !state.isRead; state.turns += 1) await setImmediate()
      })()
      await Promise.all(ids.map((id) => store.read(id)))
      state.isRead = true
      await others
      assert.ok(state.turns > 100, `${state.turns} turns`)
      await store.close()
    }))
})
