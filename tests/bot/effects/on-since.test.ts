import assert from 'node:assert/strict'
import { openOnSince } from '../../../bot/effects/on-since.js'
import { memoryStore } from '../../../store/memory.js'
import { minute } from '../../support/cast.js'

describe('bot/effects/on-since: since when a target is as it is', () => {
  const sinceOf = async (store: ReturnType<typeof memoryStore>, mode: string, at: string) =>
    (await openOnSince(store, { graph: mode }, () => at))('graph')

  it('is when it was first so, over restarts, and anew when that is changed', async () => {
    const store = memoryStore()
    assert.equal(await sinceOf(store, 'on', minute(1)), minute(1))
    assert.equal(await sinceOf(store, 'on', minute(5)), minute(1))
    assert.equal(await sinceOf(store, 'dry-run', minute(7)), minute(7))
  })

  it('is never later than now: a clock that was a day ahead keeps nothing back', async () => {
    const store = memoryStore()
    assert.equal(await sinceOf(store, 'on', minute(24 * 60)), minute(24 * 60))
    assert.equal(await sinceOf(store, 'on', minute(2)), minute(2))
    assert.equal(await sinceOf(store, 'on', minute(9)), minute(2))
  })
})
