import assert from 'node:assert/strict'
import { openPastCaseStore } from '../../../bot/cases/past-case-store.js'
import { openPastCases } from '../../../bot/cases/past-cases.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import { Fault } from '../../../triage/fault.js'
import { anAlert } from '../../support/cast.js'

describe('bot/cases/past-case-store', () => {
  const kim = { upn: 'kim@contoso.example', objectId: null, name: 'Kim' }
  const day = (n: number) => new Date(Date.UTC(2026, 2, n)).toISOString()
  const trace = (caseId: string, n = 2) => ({
    caseId,
    type: 'x',
    occurredAt: day(n),
    title: 'Spam',
    isOpen: false,
    verdict: 'FP - Known',
    keys: ['kim@contoso.example'],
  })
  const logged: string[] = []
  const log = { warn: (_: object, text: string) => void logged.push(text) }
  const open = async (store: Store) => {
    const pastCases = openPastCases()
    return { pastCases, pastCaseStore: await openPastCaseStore({ store, pastCases, now: () => day(40), log }) }
  }
  const about = (pastCases: ReturnType<typeof openPastCases>) =>
    pastCases.about(anAlert({ people: [kim] })).map(({ caseId }) => caseId)

  it('knows after a restart what was known before', async () => {
    const store = memoryStore()
    const before = await open(store)
    for (const id of ['A', 'B']) before.pastCases.put(trace(id, 20))
    await before.pastCaseStore.save()
    const after = await open(store)
    assert.deepEqual(about(after.pastCases).toSorted(), ['A', 'B'])
    assert.deepEqual(after.pastCases.traces(), before.pastCases.traces())
  })

  it('forgets what is older than a month, and all but the newest five thousand', async () => {
    const store = memoryStore()
    const before = await open(store)
    before.pastCases.put(trace('old', 2))
    for (let n = 0; n < 5001; n += 1) before.pastCases.put({ ...trace(`C${n}`, 20), keys: [`p${n}`] })
    await before.pastCaseStore.save()
    const after = await open(store)
    assert.equal(after.pastCases.traces().length, 5000)
    assert.equal(after.pastCases.traces()[0]?.caseId, 'C1')
  })

  it('takes in what was written down before titles and verdicts were kept', async () => {
    const store = memoryStore()
    const { title: _, isOpen: __, verdict: ___, ...first } = trace('A', 20)
    await store.keep('recent', [first])
    const { pastCases } = await open(store)
    assert.deepEqual(pastCases.traces(), [{ ...first, title: '', isOpen: false, verdict: '' }])
  })

  it('takes in what can be read, and passes over the rest', async () => {
    const store = memoryStore()
    await store.keep('recent', [{ caseId: 'X' }, null, trace('A', 20), 'B'])
    const { pastCases } = await open(store)
    assert.deepEqual(pastCases.traces(), [trace('A', 20)])
    await store.keep('recent', 'nothing of the kind')
    assert.deepEqual((await open(store)).pastCases.traces(), [])
  })

  it('writes only what is new', async () => {
    const store = memoryStore()
    let writes = 0
    const counting: Store = { ...store, keep: (name, value) => ((writes += 1), store.keep(name, value)) }
    const { pastCases, pastCaseStore } = await open(counting)
    await pastCaseStore.save()
    pastCases.put(trace('A', 20))
    await pastCaseStore.save()
    await pastCaseStore.save()
    assert.equal(writes, 1)
    await (await open(counting)).pastCaseStore.save()
    assert.equal(writes, 1)
  })

  it('goes on without when it can’t be read or written', async () => {
    const store = memoryStore()
    await store.keep('recent', [{ caseId: 7 }])
    const full: Store = { ...store, keep: () => Promise.reject(new Fault('store/unwritable', 'the disk is full')) }
    const { pastCases, pastCaseStore } = await open(full)
    pastCases.put(trace('A', 20))
    await pastCaseStore.save()
    assert.deepEqual(logged.splice(0), ['what was seen lately could not be written down'])
    assert.deepEqual(about(pastCases), ['A'])
  })
})
