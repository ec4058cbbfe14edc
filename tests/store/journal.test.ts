import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import type { Disk } from '../../store/disk.js'
import { type Journal, openJournal } from '../../store/journal.js'
import { readSegment, recordText } from '../../store/records.js'
import { noted } from './events.js'
import { modelDisk } from './model-disk.js'

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
})
