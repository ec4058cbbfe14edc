import assert from 'node:assert/strict'
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { caseFileOf } from '../../store/layout.js'
import { openLowdbStore } from '../../store/lowdb.js'
import { readOnlyCase, readOnlyCases, readOnlyEach, readOnlyIds } from '../../store/read-only.js'
import type { StoredCase } from '../../store/store.js'
import { frame, recordText } from '../../store/records.js'
import type { Damage, Store } from '../../store/store.js'
import { isFault } from '../../triage/fault.js'
import { folder as worldFolder, openOn } from './crash-world.js'
import { adding, append, card, closed, noted, notes, reopened } from './events.js'
import { withFolder } from './folder.js'
import { modelDisk, systemError } from './model-disk.js'

const isDamaged = (error: unknown): boolean => isFault(error, 'store/damaged')
const good = { format: 2, caseId: 'BAD', version: 1, diary: [noted('one')], cards: {} }
const texts = (damages: readonly Damage[]): string => damages.map(({ text }) => text).join('\n')

const damages: readonly (readonly [string, string | Buffer])[] = [
  ['nothing in it', ''],
  ['its end missing', JSON.stringify(good).slice(0, -9)],
  ['zeros only', Buffer.alloc(300)],
  ['no JSON', 'hello'],
  ['bytes that are no UTF-8', Buffer.from(JSON.stringify(good).replace('one', '\u00ff'), 'latin1')],
  ['an array', '[]'],
  ['null', 'null'],
  ['no format', JSON.stringify({ ...good, format: undefined })],
  ['a format of its own', JSON.stringify({ ...good, format: 'two' })],
  ['no lines', JSON.stringify({ ...good, diary: [] })],
  ['no diary', JSON.stringify({ ...good, diary: undefined })],
  ['no version', JSON.stringify({ ...good, version: undefined })],
  ['a version that is none', JSON.stringify({ ...good, version: 0 })],
  ['no cards', JSON.stringify({ ...good, cards: undefined })],
  ['a card that is none', JSON.stringify({ ...good, cards: { channel: { ...card(0), state: 'odd' } } })],
  ['the id of another case', JSON.stringify({ ...good, caseId: 'OTHER' })],
  ['an event that is a text', JSON.stringify({ ...good, diary: ['noted'] })],
  ['an event by nobody', JSON.stringify({ ...good, diary: [{ type: 'noted', at: '2026-03-01' }] })],
  ['a first format without lines', JSON.stringify({ format: 1, caseId: 'BAD', diary: [] })],
  [
    'a card of the first format that is nowhere',
    JSON.stringify({
      format: 1,
      caseId: 'BAD',
      diary: [noted('one'), { type: 'shown', at: '2026', by: {}, surface: 'channel', seat: 'channel' }],
    }),
  ],
]

/** A store with a good case and one whose file has this content. */
async function withDamage(
  content: string | Buffer,
  work: (folder: string, store: Store, heard: Damage[]) => Promise<void>,
) {
  await withFolder(async (folder) => {
    const first = await openLowdbStore(folder)
    await append(first, 'GOOD', 'fine')
    await append(first, 'BAD', 'one')
    await first.close()
    await writeFile(caseFileOf(folder, 'live', 'BAD'), content)
    const heard: Damage[] = []
    const store = await openLowdbStore(folder, { onDamaged: (damage) => heard.push(damage) })
    await work(folder, store, heard)
    await store.close()
  })
}

describe('store/lowdb: damage', () => {
  for (const [what, content] of damages) {
    it(`puts a file with ${what} aside, says so once, and goes on with the others`, () =>
      withDamage(content, async (folder, store, heard) => {
        await assert.rejects(store.read('BAD'), isDamaged)
        await assert.rejects(store.write('BAD', 0, adding('anew')), isDamaged)
        await assert.rejects(store.read('BAD'), isDamaged)
        assert.deepEqual(await store.open(), ['GOOD'])
        await append(store, 'GOOD', closed)
        assert.equal(store.damaged().length, 1)
        assert.deepEqual(heard, store.damaged())
        const [damage] = heard
        assert.deepEqual([damage?.caseId, damage?.open], ['BAD', true])
        assert.match(damage?.text ?? '', /^Case BAD is damaged: (it|an?) .*quarantine.BAD\.1\.json/)
        assert.deepEqual(await readFile(join(folder, 'quarantine', 'BAD.1.json')), Buffer.from(content))
      }))
  }

  it('puts it aside once when several come to it at the same time', () =>
    withDamage('{', async (folder, store) => {
      const reads = await Promise.allSettled([
        store.read('BAD'),
        store.read('BAD'),
        store.write('BAD', 0, adding('anew')),
        store.read('BAD'),
      ])
      assert.ok(reads.every((read) => read.status === 'rejected' && isDamaged(read.reason)))
      assert.deepEqual(await readdir(join(folder, 'quarantine')), ['BAD.1.json'])
    }))

  it('quotes nothing of the file in what it says', () =>
    withDamage('secret[', async (_folder, store) => {
      await assert.rejects(store.read('BAD'), (error) => isDamaged(error) && !/secret/.test(String(error)))
      assert.doesNotMatch(texts(store.damaged()), /secret/)
    }))

  it('says of a settled case that it was settled, also after a restart', () =>
    withDamage('{', async (folder, store) => {
      const [from, to] = [caseFileOf(folder, 'live', 'BAD'), caseFileOf(folder, 'settled', 'BAD')]
      await mkdir(join(to, '..'), { recursive: true })
      await rename(from, to)
      await assert.rejects(store.read('BAD'), isDamaged)
      assert.deepEqual(
        store.damaged().map(({ caseId, open }) => [caseId, open]),
        [['BAD', false]],
      )
      await store.close()
      const again = await openLowdbStore(folder)
      assert.deepEqual(
        again.damaged().map(({ caseId, open }) => [caseId, open]),
        [['BAD', false]],
      )
      assert.match(texts(again.damaged()), /BAD\.settled\.1\.json.*move it to settled/)
      await again.close()
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
      const again = await openLowdbStore(folder)
      assert.deepEqual(
        again.damaged().map(({ caseId, open }) => [caseId, open]),
        [['BAD', true]],
      )
      assert.deepEqual(await again.open(), ['GOOD'])
      await assert.rejects(again.read('BAD'), isDamaged)
      await assert.rejects(readOnlyCase(folder, 'BAD'), isDamaged)
      assert.equal(again.damaged().length, 1)
      await again.close()
    }))

  it('takes a file back that was put right, with or without a restart', () =>
    withDamage('', async (folder, store) => {
      await assert.rejects(store.read('BAD'), isDamaged)
      await writeFile(caseFileOf(folder, 'live', 'BAD'), JSON.stringify(good))
      assert.deepEqual(notes(await store.read('BAD')), ['one'])
      assert.deepEqual((await store.open()).toSorted(), ['BAD', 'GOOD'])
      assert.deepEqual(store.damaged(), [])
      await store.close()
      const again = await openLowdbStore(folder)
      assert.deepEqual((await again.open()).toSorted(), ['BAD', 'GOOD'])
      assert.deepEqual(again.damaged(), [])
      await append(again, 'BAD', 'two')
      await again.close()
    }))

  it('lets a case start anew when its file was deleted from quarantine', () =>
    withDamage('', async (folder, store) => {
      await assert.rejects(store.read('BAD'), isDamaged)
      await rm(join(folder, 'quarantine', 'BAD.1.json'))
      await append(store, 'BAD', 'anew')
      assert.deepEqual(notes(await store.read('BAD')), ['anew'])
      assert.deepEqual(store.damaged(), [])
    }))

  it('numbers what it puts aside, and overwrites nothing there', () =>
    withDamage('first', async (folder, store, heard) => {
      await assert.rejects(store.read('BAD'), isDamaged)
      await writeFile(caseFileOf(folder, 'live', 'BAD'), 'second')
      await assert.rejects(store.read('BAD'), isDamaged)
      assert.deepEqual((await readdir(join(folder, 'quarantine'))).toSorted(), ['BAD.1.json', 'BAD.2.json'])
      assert.equal(heard.length, 2)
      assert.match(texts(store.damaged()), /BAD\.2\.json/)
    }))

  it('goes on with the good one of two files', () =>
    withDamage('{', async (folder, store) => {
      const other = caseFileOf(folder, 'settled', 'BAD')
      await mkdir(join(other, '..'), { recursive: true })
      await writeFile(other, JSON.stringify({ ...good, version: 2, diary: [noted('one'), closed] }))
      assert.deepEqual(notes(await store.read('BAD')), ['one', 'closed'])
      assert.deepEqual(await store.open(), ['GOOD'])
      assert.match(texts(store.damaged()), /its other file, of version 2/i)
    }))

  it('leaves a file of a newer format where it is', () =>
    withDamage(JSON.stringify({ format: 3, caseId: 'BAD' }), async (folder, store) => {
      await assert.rejects(store.read('BAD'), (error) => isDamaged(error) && /newer/.test(String(error)))
      await assert.rejects(store.write('BAD', 0, adding('anew')), isDamaged)
      await assert.rejects(readOnlyCase(folder, 'BAD'), isDamaged)
      assert.equal(store.damaged().length, 1)
      assert.match(await readFile(caseFileOf(folder, 'live', 'BAD'), 'utf8'), /"format":3/)
    }))

  it('counts a damaged setting as never set, and says so', () =>
    withDamage('', async (folder, store) => {
      await store.keep('home', 'channel')
      await writeFile(join(folder, 'settings', 'home.json'), '{"format":1,"name":"other","value":1}')
      assert.deepEqual(await store.kept('home'), { value: undefined, version: 0 })
      assert.match(texts(store.damaged()), /setting home is damaged/)
      assert.equal(await store.keep('home', 'channel', 0), 1)
      assert.deepEqual(await store.kept('home'), { value: 'channel', version: 1 })
    }))

  it('loses nothing of a case whose file is damaged while it is written to: all of it goes to quarantine', () =>
    withFolder(async (folder) => {
      const first = await openLowdbStore(folder)
      await append(first, 'A', 'one')
      await first.close()
      const store = await openLowdbStore(folder)
      const { version } = await store.read('A')
      await writeFile(caseFileOf(folder, 'live', 'A'), '{"half')
      // Nothing is read any more before it is written, so this can't know.
      assert.equal(await store.write('A', version, adding('two')), 2)
      await store.close()
      const again = await openLowdbStore(folder)
      await assert.rejects(again.read('A'), isDamaged)
      await assert.rejects(again.write('A', 2, adding('three')), isDamaged)
      assert.deepEqual(
        again.damaged().map(({ caseId, open }) => [caseId, open]),
        [['A', true]],
      )
      assert.equal(await readFile(join(folder, 'quarantine', 'A.1.json'), 'utf8'), '{"half')
      assert.match(await readFile(join(folder, 'quarantine', 'A.2.json'), 'utf8'), /"text":"two"/)
      await again.close()
    }))
})

/** A folder in which everything is still in the journal, as a crash leaves it. */
async function withJournal(
  write: (store: Store) => Promise<void>,
  work: (folder: string, segment: string) => Promise<void>,
): Promise<void> {
  await withFolder(async (outer) => {
    const store = await openLowdbStore(join(outer, 'first'))
    await write(store)
    const folder = join(outer, 'left')
    await cp(join(outer, 'first'), folder, { recursive: true, filter: (path) => !path.endsWith('lock') })
    await store.close()
    await work(folder, join(folder, 'journal', '0000000001.log'))
  })
}

const linesOf = async (segment: string): Promise<readonly string[]> =>
  (await readFile(segment, 'utf8')).split('\n').slice(0, -1)

describe('store/journal: damage', () => {
  const some = async (store: Store): Promise<void> => {
    await append(store, 'A', 'a1')
    await append(store, 'B', 'b1')
    await append(store, 'A', 'a2')
    await append(store, 'B', 'b2')
    await append(store, 'C', 'c1')
  }

  it('drops what was cut off at the end, at whichever byte, and says nothing: it was never acknowledged', () =>
    withJournal(some, async (folder, segment) => {
      const whole = await readFile(segment)
      const last = whole.lastIndexOf('\n', whole.length - 2) + 1
      for (let at = last; at < whole.length; at += 1) {
        await writeFile(segment, whole.subarray(0, at))
        assert.deepEqual(
          [(await readOnlyCase(folder, 'B')).version, (await readOnlyCase(folder, 'C')).version],
          [2, 0],
          `cut at ${at}`,
        )
      }
      await writeFile(segment, Buffer.concat([whole.subarray(0, last + 30), Buffer.alloc(200)]))
      const store = await openLowdbStore(folder)
      assert.deepEqual(notes(await store.read('B')), ['b1', 'b2'])
      assert.equal((await store.read('C')).version, 0)
      assert.deepEqual(store.damaged(), [])
      await store.write('C', 0, adding('c1 again'))
      await store.close()
      const again = await openLowdbStore(folder)
      assert.deepEqual(notes(await again.read('C')), ['c1 again'])
      await again.close()
    }))

  it('uses everything around a damaged line, keeps a copy, and calls a case damaged that lacks a write in between', () =>
    withJournal(some, async (folder, segment) => {
      const lines = await linesOf(segment)
      const damaged = lines.map((line) => (line.includes('"b1"') ? line.replace('"b1"', '"bX"') : line)).join('\n')
      await writeFile(segment, `${damaged}\n`)
      const store = await openLowdbStore(folder)
      assert.deepEqual(notes(await store.read('A')), ['a1', 'a2'])
      assert.deepEqual(notes(await store.read('C')), ['c1'])
      await assert.rejects(store.read('B'), isDamaged)
      await assert.rejects(store.write('B', 0, adding('anew')), isDamaged)
      assert.deepEqual((await store.open()).toSorted(), ['A', 'C'])
      assert.match(texts(store.damaged()), /1 of the journal's lines.*perhaps of B/)
      assert.ok(store.damaged().some(({ caseId, open }) => caseId === 'B' && open))
      assert.equal(await readFile(join(folder, 'quarantine', 'journal.0000000001.1.json'), 'utf8'), `${damaged}\n`)
      assert.match(await readFile(join(folder, 'quarantine', 'B.1.json'), 'utf8'), /"b2"/)
      await store.close()
      const again = await openLowdbStore(folder)
      await assert.rejects(again.read('B'), isDamaged)
      assert.deepEqual(notes(await again.read('A')), ['a1', 'a2'])
      await again.close()
    }))

  it('tells of a damaged line at the end, for it may have been acknowledged', () =>
    withJournal(some, async (folder, segment) => {
      const whole = await readFile(segment, 'utf8')
      await writeFile(segment, whole.replace('"c1"', '"cX"'))
      const store = await openLowdbStore(folder)
      assert.equal((await store.read('C')).version, 0)
      assert.match(texts(store.damaged()), /perhaps of C/)
      await store.close()
    }))

  it('keeps one copy of a damaged segment, however often it is found', () =>
    withJournal(some, async (folder, segment) => {
      const damaged = (await readFile(segment, 'utf8')).replace('"a2"', '"aX"')
      for (let round = 0; round < 2; round += 1) {
        await writeFile(segment, damaged)
        await (await openLowdbStore(folder)).close()
      }
      assert.deepEqual(await readdir(join(folder, 'quarantine')), ['journal.0000000001.1.json'])
    }))

  it('changes nothing when what it has is in the files already', () =>
    withFolder(async (outer) => {
      const [folder, left] = [join(outer, 'one'), join(outer, 'left')]
      const store = await openLowdbStore(folder)
      await some(store)
      await cp(join(folder, 'journal'), left, { recursive: true })
      await store.close()
      for (let round = 0; round < 3; round += 1) {
        await cp(left, join(folder, 'journal'), { recursive: true })
        const again = await openLowdbStore(folder)
        assert.deepEqual(await again.read('B'), {
          version: 2,
          diary: [noted('b1'), noted('b2')],
          cards: {},
        })
        assert.deepEqual(again.damaged(), [])
        await again.close()
      }
      const again = await openLowdbStore(folder)
      await append(again, 'B', closed)
      await again.close()
      await cp(left, join(folder, 'journal'), { recursive: true })
      const last = await openLowdbStore(folder)
      assert.deepEqual(notes(await last.read('B')), ['b1', 'b2', 'closed'])
      assert.deepEqual((await last.open()).toSorted(), ['A', 'C'])
      await last.close()
    }))

  it('opens no folder whose journal a newer Winnow wrote', () =>
    withJournal(some, async (folder, segment) => {
      await writeFile(segment, frame('{"journal":2}'))
      await assert.rejects(openLowdbStore(folder), (error) => isFault(error, 'store/newer'))
      assert.equal((await readFile(segment)).length, frame('{"journal":2}').length)
    }))
})

describe('store/read-only', () => {
  it('reads beside the owner of the folder, and moves nothing', () =>
    withDamage('{', async (folder, store) => {
      await append(store, 'GOOD', 'in the journal')
      await append(store, 'NEW', 'only there')
      assert.deepEqual(notes(await readOnlyCase(folder, 'GOOD')), ['fine', 'in the journal'])
      assert.deepEqual(notes(await readOnlyCase(folder, 'NEW')), ['only there'])
      assert.deepEqual(await readOnlyCase(folder, 'NOBODY'), { version: 0, diary: [], cards: {} })
      await assert.rejects(readOnlyCase(folder, 'BAD'), isDamaged)
      assert.equal(await readFile(caseFileOf(folder, 'live', 'BAD'), 'utf8'), '{')
      assert.deepEqual(readOnlyIds(folder).toSorted(), ['BAD', 'GOOD', 'NEW'])
    }))

  it('does not miss a case that moves while it looks', async () => {
    const model = modelDisk()
    const [from, to] = ['settled', 'live'].map((side) => caseFileOf('/data', side === 'live' ? 'live' : 'settled', 'A'))
    const text = JSON.stringify({ ...good, caseId: 'A' })
    for (const path of [dirname(from ?? ''), dirname(to ?? '')]) await model.disk.makeFolder(path)
    model.put(from ?? '', text)
    let looks = 0
    model.meddle = ({ kind, path }) => {
      if (kind !== 'has' || path === '/data' || (looks += 1) !== 2) return
      model.put(from ?? '', null)
      model.put(to ?? '', text)
    }
    assert.equal((await readOnlyCase('/data', 'A', model.disk)).version, 1)
    assert.ok(looks > 2)
  })

  it('reads what is being written to all the time', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder, { limits: { cases: 1, bytes: 1, stayMs: 0 } })
      const state = { version: 0 }
      const writing = (async () => {
        for (; state.version < 100; state.version += 1) {
          await store.write('A', state.version, adding(state.version % 2 ? 'x' : closed))
        }
      })()
      while (state.version < 100) {
        const before = state.version
        const stored = await readOnlyCase(folder, 'A')
        assert.ok(stored.version >= before && stored.diary.length === stored.version)
        await new Promise((go) => setImmediate(go))
      }
      await writing
      await store.close()
    }))

  it('refuses ids that are none, and folders that are not there', () =>
    withFolder(async (folder) => {
      await assert.rejects(readOnlyCase(folder, '../x'), (error) => isFault(error, 'store/bad-id'))
      await assert.rejects(readOnlyCase(join(folder, 'none'), 'A'), (error) => isFault(error, 'store/folder'))
      assert.throws(
        () => readOnlyIds(join(folder, 'none')),
        (error) => isFault(error, 'store/folder'),
      )
    }))

  it('says of a case in quarantine where it is, and of one that lacks a write that Winnow has to look after it', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'quarantine', 'BAD.settled.2.json')
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, '{')
      await assert.rejects(readOnlyCase(folder, 'BAD'), (error) => isDamaged(error) && String(error).includes(file))
      await mkdir(join(folder, 'journal'))
      await writeFile(join(folder, 'journal', '0000000001.log'), frame(recordText('GAP', 3, adding('four'))))
      await assert.rejects(readOnlyCase(folder, 'GAP'), /Case GAP cannot be put together\. Start Winnow/)
      const { cases, unreadable } = readOnlyCases(folder)
      assert.deepEqual([cases.size, unreadable], [0, ['case GAP cannot be read: lines of the journal are missing']])
    }))

  it('reads all cases of a folder at once, with what of them is still in the journal', () =>
    withDamage('{', async (folder, store) => {
      await append(store, 'GOOD', 'in the journal', closed)
      await append(store, 'GOOD', reopened)
      await append(store, 'NEW', 'only there')
      const { cases, unreadable } = readOnlyCases(folder)
      assert.deepEqual([...cases.keys()].toSorted(), ['GOOD', 'NEW'])
      for (const id of ['GOOD', 'NEW']) assert.deepEqual(cases.get(id), await store.read(id))
      assert.deepEqual(unreadable, [`case BAD cannot be read: ${caseFileOf(folder, 'live', 'BAD')}`])
    }))

  it('reads them one after the other while they are written to, and says which cannot be read', () =>
    withDamage('{', async (folder, store) => {
      await append(store, 'GOOD', 'in the journal', closed)
      await append(store, 'NEW', 'only there')
      const found = new Map<string, StoredCase | null>()
      for await (const { caseId, stored } of readOnlyEach(folder)) {
        found.set(caseId, stored)
        if (caseId === 'BAD') await append(store, 'LATER', 'too late')
      }
      assert.deepEqual([...found.keys()], ['BAD', 'GOOD', 'NEW'])
      assert.equal(found.get('BAD'), null)
      for (const id of ['GOOD', 'NEW']) assert.deepEqual(found.get(id), await store.read(id))
      await assert.rejects(readOnlyEach(join(folder, 'none')).next(), { code: 'store/folder' })
    }))

  it('and tells nothing of one that was removed meanwhile', () =>
    withFolder(async (folder) => {
      const store = await openLowdbStore(folder)
      for (const id of ['A', 'B', 'C']) await append(store, id, 'one')
      await store.close()
      const found: string[] = []
      for await (const { caseId } of readOnlyEach(folder)) {
        found.push(caseId)
        if (caseId === 'A') await rm(caseFileOf(folder, 'live', 'B'))
      }
      assert.deepEqual(found, ['A', 'C'])
    }))
})

describe('store/survey', () => {
  it('sees the cases that lie where they belong, and nothing that merely looks like one', () =>
    withFolder(async (folder) => {
      const first = await openLowdbStore(folder)
      for (const id of ['A', 'B']) await append(first, id, 'one')
      await append(first, 'C', 'one', closed)
      await first.close()
      const shard = dirname(caseFileOf(folder, 'live', 'A'))
      for (const name of ['README', 'A', 'A.json.bak', 'a.json', '.json', 'A.json.123'])
        await writeFile(join(shard, name), '')
      for (const odd of ['x' + shard.slice(-2), `${shard.slice(-2)}x`, 'ZZ', 'lost+found']) {
        await mkdir(join(folder, 'live', odd))
        await writeFile(join(folder, 'live', odd, 'A.json'), '')
      }
      const store = await openLowdbStore(folder)
      assert.deepEqual((await store.open()).toSorted(), ['A', 'B'])
      assert.deepEqual(store.damaged(), [])
      await store.close()
    }))

  it('tells of a case in the wrong folder where it has to go', () =>
    withFolder(async (folder) => {
      const first = await openLowdbStore(folder)
      await append(first, 'A', 'one')
      await first.close()
      const right = dirname(caseFileOf(folder, 'live', 'A')).slice(-2)
      const wrong = right === '00' ? '01' : '00'
      await mkdir(join(folder, 'live', wrong))
      await rename(caseFileOf(folder, 'live', 'A'), join(folder, 'live', wrong, 'A.json'))
      const store = await openLowdbStore(folder)
      const text = `Case A lies in the folder ${join('live', wrong)} and is not seen there. Move it to ${join('live', right, 'A.json')}.`
      assert.deepEqual(store.damaged(), [{ caseId: 'A', open: true, text }])
      assert.deepEqual(await store.open(), [])
      await store.close()
    }))

  it('tells of a disk that fails on a case in quarantine, and opens the others', async () => {
    const model = modelDisk()
    const first = await openOn(model)
    await append(first, 'A', 'one')
    await append(first, 'B', 'one')
    await first.close()
    model.put(`${worldFolder}/quarantine/A.1.json`, '{')
    model.meddle = ({ kind, path }) => {
      if (kind === 'read' && path.endsWith('/A.json')) throw systemError('EIO')
    }
    const store = await openOn(model)
    assert.deepEqual(await store.open(), ['B'])
    const [damage] = store.damaged()
    assert.deepEqual([damage?.caseId, damage?.open], ['A', true])
    assert.match(damage?.text ?? '', /A\.json cannot be read \(EIO\)/)
    model.meddle = () => undefined
    await store.close()
  })
})
