import assert from 'node:assert/strict'
import type { CaseFiles } from '../../store/case-files.js'
import { openCheckpoint } from '../../store/checkpoint.js'
import { openDamages } from '../../store/damages.js'
import type { Journal } from '../../store/journal.js'
import { recordText } from '../../store/records.js'
import { nothingUnfiled, type UnfiledCase, type Write } from '../../store/unfiled.js'
import { Fault } from '../../triage/fault.js'
import { noted } from './events.js'

const write = (caseId: string, version: number, kept = true, open = true): Write => ({
  version,
  open,
  kept,
  text: recordText(caseId, version, { events: [noted(`${caseId} ${version}`)], open }),
})

/** A case of which nothing is in a file yet, with these writes. */
const unfiledCase = (caseId: string, ...writes: readonly Write[]): UnfiledCase => ({
  ...nothingUnfiled(caseId, writes[0]?.version ?? 0, true),
  writes: [...writes],
})

/** A checkpoint over files and a journal that only note what is asked of them. */
const open = (...cases: readonly UnfiledCase[]) => {
  const done: string[] = []
  const hooks = { on: (_what: string): Promise<void> | void => {}, most: 0 }
  let going = 0
  const step = async (what: string): Promise<void> => {
    hooks.most = Math.max(hooks.most, (going += 1))
    done.push(what)
    try {
      await Promise.resolve(hooks.on(what))
    } finally {
      going -= 1
    }
  }
  const files: CaseFiles = {
    load: async (caseId) => {
      await step(`load ${caseId}`)
      const diary = [noted('in the file')]
      return { side: 'live', file: `${caseId}.json`, stored: { version: 1, diary, cards: {} } }
    },
    put: (caseId, side, { version, diary }) => step(`put ${caseId} ${side} ${version} ${diary.length}`),
    sync: () => step('sync'),
    mustSync: () => {},
    tidy: (ms) => step(`tidy files ${ms}`),
    condemn: async (caseId, why, written) => {
      await step(`condemn ${caseId}: ${why}`)
      done.push(...written.split('\n'))
      return new Fault('store/damaged', 'in quarantine')
    },
    noteIll: () => {},
  }
  const journal: Journal = {
    put: () => {},
    flush: () => step('flush'),
    end: async () => {
      await step('end')
      return ['segment 1']
    },
    drop: (names) => void done.push(`drop ${names.join()}`),
    tidy: (ms, bytes) => step(`tidy journal ${ms} ${bytes}`),
    bytes: () => 0,
    close: async () => {},
  }
  const unfiled = new Map(cases.map((one) => [one.caseId, one]))
  const damages = openDamages()
  const checkpoint = openCheckpoint({
    files,
    journal,
    damages,
    unfiled,
    stayMs: 7,
    stayBytes: 8,
    filed: (caseId, version, isOpen) => void done.push(`filed ${caseId} ${version} ${isOpen ? 'open' : 'settled'}`),
    lost: (caseId) => void done.push(`lost ${caseId}`),
    check: () => void hooks.on('check'),
    afterWriters: async () => void hooks.on('after writers'),
  })
  return { checkpoint, done, hooks, unfiled, damages }
}

const ends = ['drop segment 1', 'tidy journal 7 8', 'tidy files 7']

describe('store/checkpoint', () => {
  it('drops segments only when the files of all their cases are there for good', async () => {
    const a = unfiledCase('A', write('A', 0), write('A', 1))
    const b = unfiledCase('B', write('B', 0, true, false))
    const { checkpoint, done, unfiled } = open(a, b)
    assert.equal(await checkpoint.run(), true)
    assert.deepEqual(done, [
      'end',
      'put A live 2 2',
      'put B settled 1 1',
      'sync',
      'filed A 2 open',
      'filed B 1 settled',
      ...ends,
    ])
    assert.equal(unfiled.size, 0)
    assert.deepEqual([a.filed, a.writes], [{ version: 2, open: true }, []])
  })

  it('adds to what is in the file already', async () => {
    const { checkpoint, done } = open(unfiledCase('A', write('A', 1)))
    await checkpoint.run()
    assert.deepEqual(done, ['end', 'load A', 'put A live 2 2', 'sync', 'filed A 2 open', ...ends])
  })

  for (const what of ['end', 'load A', 'put A live 2 2', 'sync', 'check'] as const) {
    it(`drops nothing when it fails (${what}): everything stays in the journal, it is told, and done later`, async () => {
      const { checkpoint, done, hooks, unfiled, damages } = open(unfiledCase('A', write('A', 1)))
      hooks.on = (step) => {
        if (step === what) throw Object.assign(new Error('no'), { code: 'ENOSPC' })
      }
      assert.equal(await checkpoint.run(), false)
      assert.ok(
        done.every((step) => !/drop|filed|tidy/.test(step)),
        done.join(),
      )
      assert.deepEqual([unfiled.size, unfiled.get('A')?.writes.length], [1, 1])
      assert.deepEqual(damages.all(), [
        {
          caseId: null,
          open: false,
          text: "What is in the journal could not be written into the cases' files (ENOSPC). Nothing is lost, and it is tried again; make sure that the disk has room and this user may write there.",
        },
      ])
      hooks.on = () => {}
      assert.equal(await checkpoint.run(), true)
      assert.deepEqual([damages.all(), unfiled.size], [[], 0])
      assert.ok(done.includes('drop segment 1'))
    })
  }

  it('drops nothing when the folder was taken away while it worked', async () => {
    const { checkpoint, done, hooks, damages } = open(unfiledCase('A', write('A', 0)))
    let checks = 0
    hooks.on = (step) => {
      if (step === 'check' && (checks += 1) === 2) throw new Fault('store/in-use', 'it was taken')
    }
    assert.equal(await checkpoint.run(), false)
    assert.deepEqual(done, ['end', 'put A live 1 1', 'sync'])
    assert.match(damages.all()[0]?.text ?? '', /\(it was taken\)/)
  })

  it('keeps what was written while it worked, and what is not on disk yet, for the next time', async () => {
    const a = unfiledCase('A', write('A', 0), write('A', 1, false))
    const { checkpoint, done, hooks, unfiled } = open(a)
    hooks.on = (step) => {
      if (step === 'sync' && a.writes.length === 2) a.writes.push(write('A', 2, false))
    }
    await checkpoint.run()
    assert.deepEqual(done, ['end', 'put A live 1 1', 'sync', ...ends])
    assert.deepEqual([a.filed, a.writes.map(({ version }) => version)], [{ version: 1, open: true }, [1, 2]])
    assert.equal(unfiled.get('A'), a)
  })

  it('writes nothing of a case of which nothing is kept yet', async () => {
    const { checkpoint, done, unfiled } = open(unfiledCase('A', write('A', 0, false)))
    assert.equal(await checkpoint.run(), true)
    assert.deepEqual(done, ['end', 'sync', ...ends])
    assert.equal(unfiled.size, 1)
  })

  it('is done one at a time, and once more for all who ask meanwhile', async () => {
    const a = unfiledCase('A', write('A', 0))
    const { checkpoint, done, hooks, unfiled } = open(a)
    let more: Promise<readonly boolean[]> | null = null
    hooks.on = (step) => {
      if (step !== 'sync' || more) return
      unfiled.set('B', unfiledCase('B', write('B', 0)))
      more = Promise.all([checkpoint.run(), checkpoint.run()])
    }
    const first = checkpoint.run()
    assert.equal(await first, true)
    assert.deepEqual(await Promise.resolve(more), [true, true])
    assert.equal(done.filter((step) => step === 'end').length, 2)
    assert.deepEqual(
      done.filter((step) => step.startsWith('put')),
      ['put A live 1 1', 'put B live 1 1'],
    )
    assert.equal(await checkpoint.run(), true)
    assert.equal(done.filter((step) => step === 'end').length, 3)
  })

  it('works on few files at a time as long as somebody waits for the journal, and on many at the end', async () => {
    const cases = () => Array.from({ length: 40 }, (_, index) => unfiledCase(`A-${index}`, write(`A-${index}`, 0)))
    for (const [how, most] of [
      ['run', 2],
      ['runLast', 16],
    ] as const) {
      const { checkpoint, hooks } = open(...cases())
      hooks.on = () => new Promise<void>((go) => setImmediate(go))
      await checkpoint[how]()
      assert.equal(hooks.most, most)
    }
  })

  it('begins no file more once one has failed, and lets those under way come to their end', async () => {
    const cases = Array.from({ length: 20 }, (_, index) => unfiledCase(`A-${index}`, write(`A-${index}`, 0)))
    const { checkpoint, done, hooks } = open(...cases)
    let ended = 0
    hooks.on = async (step) => {
      if (step === 'put A-0 live 1 1') throw new Error('no')
      if (!step.startsWith('put')) return
      await new Promise<void>((go) => setImmediate(go))
      ended += 1
    }
    assert.equal(await checkpoint.run(), false)
    assert.deepEqual([done.filter((step) => step.startsWith('put')).length, ended], [2, 1])
  })

  it('puts the writes of a case aside whose file lacks what they go on from, and drops the segment', async () => {
    const { checkpoint, done, unfiled } = open(unfiledCase('A', write('A', 5)), unfiledCase('B', write('B', 0)))
    assert.equal(await checkpoint.run(), true)
    const [at] = done.flatMap((step, index) => (step.startsWith('condemn') ? [index] : []))
    assert.ok(at !== undefined)
    assert.deepEqual(done.slice(at, at + 4), [
      'condemn A: its file lacks what the journal goes on from',
      `[${write('A', 5).text}]`,
      '',
      'lost A',
    ])
    assert.equal(done[at - 1], 'flush')
    assert.deepEqual(done.slice(-3), ends)
    assert.equal(unfiled.size, 0)
    assert.ok(!done.some((step) => step.startsWith('filed A')))
  })

  it('puts the writes of a case aside whose file is damaged, with the reason', async () => {
    const a = unfiledCase('A', write('A', 1), write('A', 2))
    const { checkpoint, done, hooks } = open(a)
    hooks.on = (step) => {
      if (step === 'load A') throw new Fault('store/damaged', 'it is empty')
    }
    assert.equal(await checkpoint.run(), true)
    assert.deepEqual(
      done.filter((step) => !step.startsWith('[') && step !== ''),
      ['end', 'load A', 'flush', 'condemn A: it is empty', `${write('A', 2).text}]`, 'lost A', 'sync', ...ends],
    )
    assert.equal(a.broken?.message, 'Case A cannot be put together: it is empty.')
    assert.equal(a.broken.code, 'store/damaged')
  })

  it('writes no file of a case that is broken', async () => {
    const a = { ...unfiledCase('A', write('A', 0)), broken: new Fault('store/damaged', 'it is') }
    const { checkpoint, done } = open(a)
    await checkpoint.run()
    assert.deepEqual(done, ['end', 'sync', ...ends])
  })
})
