import assert from 'node:assert/strict'
import { openRecall } from '../../../bot/cases/past-case-store.js'
import { openRecent } from '../../../bot/cases/past-cases.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import { Fault } from '../../../triage/fault.js'
import { anAlert } from '../../support/cast.js'

describe('bot/recall', () => {
  const kim = { upn: 'kim@contoso.example', objectId: null, name: 'Kim' }
  const day = (n: number) => new Date(Date.UTC(2026, 2, n)).toISOString()
  const trace = (caseId: string, n = 2) => ({ caseId, type: 'x', occurredAt: day(n), keys: ['kim@contoso.example'] })
  const logged: string[] = []
  const log = { warn: (_: object, text: string) => void logged.push(text) }
  const open = async (store: Store) => {
    const recent = openRecent()
    return { recent, recall: await openRecall({ store, recent, now: () => day(40), log }) }
  }
  const about = (recent: ReturnType<typeof openRecent>) =>
    recent.about(anAlert({ people: [kim] })).map(({ caseId }) => caseId)

  it('knows after a restart what was known before', async () => {
    const store = memoryStore()
    const before = await open(store)
    for (const id of ['A', 'B']) before.recent.put(trace(id, 20))
    await before.recall.save()
    const after = await open(store)
    assert.deepEqual(about(after.recent).toSorted(), ['A', 'B'])
    assert.deepEqual(after.recent.traces(), before.recent.traces())
  })

  it('forgets what is older than a month, and all but the newest five thousand', async () => {
    const store = memoryStore()
    const before = await open(store)
    before.recent.put(trace('old', 2))
    for (let n = 0; n < 5001; n += 1) before.recent.put({ ...trace(`C${n}`, 20), keys: [`p${n}`] })
    await before.recall.save()
    const after = await open(store)
    assert.equal(after.recent.traces().length, 5000)
    assert.equal(after.recent.traces()[0]?.caseId, 'C1')
  })

  it('writes only what is new', async () => {
    const store = memoryStore()
    let writes = 0
    const counting: Store = { ...store, keep: (name, value) => ((writes += 1), store.keep(name, value)) }
    const { recent, recall } = await open(counting)
    await recall.save()
    recent.put(trace('A', 20))
    await recall.save()
    await recall.save()
    assert.equal(writes, 1)
    await (await open(counting)).recall.save()
    assert.equal(writes, 1)
  })

  it('goes on without when it can’t be read or written', async () => {
    const store = memoryStore()
    await store.keep('recent', [{ caseId: 7 }])
    const full: Store = { ...store, keep: () => Promise.reject(new Fault('store/unwritable', 'the disk is full')) }
    const { recent, recall } = await open(full)
    recent.put(trace('A', 20))
    await recall.save()
    assert.deepEqual(logged.splice(0), ['what was seen lately could not be written down'])
    assert.deepEqual(about(recent), ['A'])
  })
})
