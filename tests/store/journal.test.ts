import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import type { Disk } from '../../store/disk.js'
import { type Journal, openJournal, segmentsIn } from '../../store/journal.js'
import { readSegment, recordText } from '../../store/records.js'
import { Fault, isFault } from '../../triage/fault.js'
import { noted } from './events.js'
import { type ModelDisk, modelDisk, systemError } from './model-disk.js'

const open = (disk: Disk, patienceMs = 0): Journal =>
  openJournal({
    disk,
    folder: '/journal',
    found: [],
    check: () => undefined,
    troubled: () => undefined,
    patienceMs,
    now: () => 0,
  })

const withJournal = async (work: (journal: Journal, texts: () => readonly string[]) => Promise<void>) => {
  const model = modelDisk()
  await model.disk.makeFolder('/journal')
  const journal = open(model.disk)
  await work(journal, () => [...model.files().values()])
  await journal.close()
}

const text = (version: number): string => recordText('A', version, { events: [noted('one')], open: true })
const silent = { kept: () => undefined, lost: () => undefined }

describe('store/journal', () => {
  it('ends a segment between two writes, though somebody always waits', () =>
    withJournal(async (journal, texts) => {
      const state = { version: 0, isOver: false }
      const next = (): void => {
        if (state.isOver) return
        state.version += 1
        // Before this one is done, the next is waiting.
        journal.put({ ...silent, text: text(state.version), kept: next }, true)
      }
      next()
      next()
      while (state.version < 10) await setImmediate()
      const ended = await journal.end()
      state.isOver = true
      await journal.flush()
      assert.deepEqual(ended, ['/journal/0000000001.log'])
      assert.equal(texts().length, 2)
    }))

  it('keeps the order in which it was given entries, whoever is in a hurry', () =>
    withJournal(async (journal, texts) => {
      const kept: number[] = []
      for (let version = 0; version < 50; version += 1) {
        journal.put({ ...silent, text: text(version), kept: () => kept.push(version) }, version % 3 === 0)
      }
      await journal.flush()
      const inOrder = Array.from({ length: 50 }, (_, version) => version)
      assert.deepEqual(kept, inOrder)
      const records = texts().flatMap((one) => readSegment(Buffer.from(one)).records)
      assert.deepEqual(
        records.map(({ record }) => record.version),
        inOrder,
      )
    }))

  it('writes what nobody waits for after a while, also when nobody comes', async () => {
    const model = modelDisk()
    await model.disk.makeFolder('/journal')
    const journal = open(model.disk, 5)
    await new Promise<void>((resolve) => journal.put({ ...silent, text: text(0), kept: resolve }, false))
    await journal.close()
  })

  it('reads any text back as it was', () => {
    for (const said of ['', 'ü ‮ \ud800 \u0000 \n', '"\\'.repeat(100), 'x'.repeat(100_000)]) {
      const model = recordText('A', 3, { events: [noted(said)], open: false })
      assert.equal(JSON.parse(model).events[0].text, said)
    }
  })

  describe('its segments', () => {
    const opened = async (found: readonly { readonly name: string; readonly bytes: number }[] = []) => {
      const model = modelDisk()
      await model.disk.makeFolder('/journal')
      await model.disk.syncFolder('/')
      const time = { now: 0 }
      const told: (string | null)[] = []
      const checks: { fault: Fault | null } = { fault: null }
      const journal = openJournal({
        disk: model.disk,
        folder: '/journal',
        found,
        check: () => {
          if (checks.fault) throw checks.fault
        },
        troubled: (fault) => told.push(fault && fault.message),
        patienceMs: 0,
        now: () => time.now,
      })
      const write = async (version: number): Promise<string> =>
        new Promise((resolve) =>
          journal.put({ text: text(version), kept: () => resolve('kept'), lost: ({ code }) => resolve(code) }, true),
        )
      const names = () => [...model.files().keys()].map((path) => path.slice('/journal/'.length))
      return { model, journal, write, names, time, told, checks }
    }
    const size = (model: ModelDisk, name: string): number =>
      Buffer.byteLength(model.files().get(`/journal/${name}`) ?? '')
    const [first, second, third] = ['0000000001.log', '0000000002.log', '0000000003.log']

    it('are begun with the first entry, and for good before it counts', async () => {
      const { model, journal, write, names } = await opened()
      assert.deepEqual([names(), journal.bytes()], [[], 0])
      assert.equal(await write(0), 'kept')
      const left = model.afterPowerCut().files().get(`/journal/${first}`) ?? ''
      assert.deepEqual(
        readSegment(Buffer.from(left)).records.map(({ record }) => record.version),
        [0],
      )
      assert.equal(journal.bytes(), Buffer.byteLength(left))
      await journal.close()
    })

    it('count on from those that were found, which count as well until they are dropped', async () => {
      const found = [
        { name: '0000000007.log', bytes: 100 },
        { name: '0000000004.log', bytes: 20 },
      ]
      const { model, journal, write, names } = await opened(found)
      assert.equal(journal.bytes(), 120)
      await write(0)
      assert.deepEqual(names(), ['0000000008.log'])
      assert.equal(journal.bytes(), 120 + size(model, '0000000008.log'))
      const paths = ['0000000007.log', '0000000004.log', '0000000008.log'].map((name) => `/journal/${name}`)
      assert.deepEqual(await journal.end(), paths)
      journal.drop(paths.slice(0, 1))
      assert.equal(journal.bytes(), 20 + size(model, '0000000008.log'))
      assert.deepEqual(await journal.end(), paths.slice(1))
      await journal.close()
    })

    it('are none when nothing was written: what is ended twice is ended once', async () => {
      const { journal, write, names } = await opened()
      assert.deepEqual(await journal.end(), [])
      await write(0)
      assert.deepEqual(await Promise.all([journal.end(), journal.end()]), [
        [`/journal/${first}`],
        [`/journal/${first}`],
      ])
      await write(1)
      assert.deepEqual(names(), [first, second])
      await journal.close()
    })

    it('stay when they are dropped, until they are old enough; the oldest goes first', async () => {
      const { journal, write, names, time } = await opened()
      for (const version of [0, 1, 2]) {
        time.now = version * 100
        await write(version)
        journal.drop(await journal.end())
      }
      time.now = 1099
      await journal.tidy(1000, 1_000_000)
      assert.deepEqual(names(), [second, third])
      time.now = 1100
      await journal.tidy(1000, 1_000_000)
      assert.deepEqual(names(), [third])
      await journal.tidy(0, 1_000_000)
      assert.deepEqual(names(), [])
      await journal.close()
    })

    it('go before their time when together they are too large, and no more of them than needed', async () => {
      const { model, journal, write, names } = await opened()
      for (const version of [0, 1, 2]) {
        await write(version)
        journal.drop(await journal.end())
      }
      const two = size(model, second ?? '') + size(model, third ?? '')
      await journal.tidy(1000, two)
      assert.deepEqual(names(), [second, third])
      await journal.tidy(1000, two - 1)
      assert.deepEqual(names(), [third])
      await journal.close()
    })

    it('never go when they were not dropped', async () => {
      const { journal, write, names } = await opened()
      await write(0)
      await journal.end()
      await write(1)
      journal.drop([`/journal/${second}`, '/journal/other.log'])
      await journal.tidy(0, 0)
      assert.deepEqual(names(), [first, second])
      await journal.close()
    })

    it('leave nothing behind when they could not be begun, and a number is used once', async () => {
      for (const kind of ['write', 'sync'] as const) {
        const { model, journal, write, names, told } = await opened()
        model.meddle = (operation) => {
          if (operation.kind === kind) throw systemError('EIO')
        }
        assert.equal(await write(0), 'store/unwritable')
        assert.deepEqual(names(), [])
        model.meddle = () => undefined
        assert.equal(await write(0), 'kept')
        assert.deepEqual(names(), [second])
        assert.deepEqual(
          told.map((one) => one && one.startsWith('The journal could not be written (EIO)')),
          [true, null],
        )
        await journal.close()
      }
    })

    it('begin no segment with a first line that was cut short', async () => {
      const { model, journal, write, names } = await opened()
      model.meddle = ({ kind }) => (kind === 'write' ? 5 : undefined)
      assert.equal(await write(0), 'store/unwritable')
      assert.deepEqual(names(), [])
      model.meddle = () => undefined
      await journal.close()
    })

    it('are cut back after a write that failed, durably, and written to no more', async () => {
      const { model, journal, write, names } = await opened()
      await write(0)
      const before = model.files().get(`/journal/${first}`)
      let failures = 1
      model.meddle = ({ kind }) => {
        if (kind === 'sync' && (failures -= 1) >= 0) throw systemError('EIO')
      }
      assert.equal(await write(1), 'store/unwritable')
      for (const left of [model, model.afterPowerCut(), model.afterPowerCut(() => true)])
        assert.equal(left.files().get(`/journal/${first}`), before)
      assert.equal(journal.bytes(), Buffer.byteLength(before ?? ''))
      assert.equal(await write(1), 'kept')
      assert.equal(model.files().get(`/journal/${first}`), before)
      assert.deepEqual(names(), [first, second])
      assert.deepEqual(await journal.end(), [`/journal/${first}`, `/journal/${second}`])
      await journal.close()
    })

    it('can’t be ended as long as what failed can’t be cut off, and are counted all the same', async () => {
      const { model, journal, write } = await opened()
      await write(0)
      const bytes = journal.bytes()
      model.meddle = ({ kind }) => {
        if (kind === 'sync' || kind === 'cut') throw systemError('EIO')
      }
      assert.equal(await write(1), 'store/unwritable')
      await assert.rejects(journal.end(), (error) => isFault(error, 'store/unwritable') && /EIO/.test(error.message))
      assert.equal(journal.bytes(), bytes)
      model.meddle = () => undefined
      assert.deepEqual(await journal.end(), [`/journal/${first}`])
      await journal.close()
    })

    it('get nothing more once the folder is not ours: what was just written is not kept, and nothing is cut', async () => {
      const { model, journal, write, names, checks, told } = await opened()
      await write(0)
      checks.fault = new Fault('store/in-use', 'gone')
      assert.equal(await write(1), 'store/in-use')
      assert.equal(await write(2), 'store/in-use')
      await assert.rejects(journal.end(), (error) => isFault(error, 'store/in-use'))
      assert.deepEqual(names(), [first])
      const { records } = readSegment(Buffer.from(model.files().get(`/journal/${first}`) ?? ''))
      assert.equal(records.length, 2)
      assert.deepEqual(told, ['gone', 'gone'])
      await journal.close()
    })

    it('are closed with the journal, each descriptor once', async () => {
      const { model, journal, write } = await opened()
      const going: string[] = []
      model.meddle = ({ kind, path }) => {
        if ((kind === 'open' || kind === 'close') && path.endsWith('.log')) going.push(`${kind} ${path}`)
      }
      await write(0)
      await journal.end()
      await write(1)
      await journal.close()
      await journal.close()
      assert.deepEqual(going, [
        `open /journal/${first}`,
        `close /journal/${first}`,
        `open /journal/${second}`,
        `close /journal/${second}`,
      ])
    })

    it('are known by their names, oldest first', () => {
      const others = ['1.log', '00000000011.log', 'x0000000001.log', '0000000001.log.bak', '0000000001_log']
      assert.deepEqual(segmentsIn(['0000000010.log', ...others, '0000000009.log']), [
        '0000000009.log',
        '0000000010.log',
      ])
    })
  })

  it('tells of trouble once it is over only when something was written', async () => {
    const model = modelDisk()
    await model.disk.makeFolder('/journal')
    const told: unknown[] = []
    const journal = openJournal({
      disk: model.disk,
      folder: '/journal',
      found: [],
      check: () => undefined,
      troubled: (fault) => told.push(fault && fault.code),
      patienceMs: 0,
      now: () => 0,
    })
    model.meddle = ({ kind }) => {
      if (kind === 'write') throw systemError('EIO')
    }
    const lost = new Promise<string>((resolve) =>
      journal.put({ text: text(0), kept: () => resolve('kept'), lost: ({ code }) => resolve(code) }, true),
    )
    assert.equal(await lost, 'store/unwritable')
    model.meddle = () => undefined
    await journal.flush()
    assert.deepEqual(told, ['store/unwritable'])
    await new Promise<void>((resolve) => journal.put({ ...silent, text: text(0), kept: resolve }, true))
    await journal.flush()
    assert.deepEqual(told, ['store/unwritable', null])
    await journal.close()
  })

  it('takes back what waits behind a write that failed, for it may build on that', async () => {
    const model = modelDisk()
    await model.disk.makeFolder('/journal')
    const journal = open(model.disk)
    const ends: string[] = []
    const put = (version: number): void =>
      journal.put(
        { text: text(version), kept: () => ends.push(`kept ${version}`), lost: () => ends.push(`lost ${version}`) },
        true,
      )
    let isFirst = true
    model.meddle = ({ kind }) => {
      if (kind !== 'sync' || !isFirst) return
      isFirst = false
      put(1)
      throw systemError('EIO')
    }
    put(0)
    await journal.flush()
    put(2)
    await journal.flush()
    assert.deepEqual(ends, ['lost 0', 'lost 1', 'kept 2'])
    await journal.close()
  })
})
