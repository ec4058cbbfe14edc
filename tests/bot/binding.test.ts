import assert from 'node:assert/strict'
import { openBinding } from '../../bot/binding.js'
import { memoryStore } from '../../store/memory.js'
import { elsewhere, home } from './hand.js'

describe('bot/binding', () => {
  it('is none at first, and remembered once it is told', async () => {
    const store = memoryStore()
    const binding = await openBinding(store)
    assert.equal(binding.place(), null)
    await binding.bind(home)
    await binding.bind(elsewhere)
    assert.deepEqual(binding.place(), elsewhere)
    assert.deepEqual((await openBinding(store)).place(), elsewhere)
  })

  it('writes only what is new', async () => {
    const store = memoryStore()
    let kept = 0
    const counting = { ...store, keep: (name: string, value: unknown) => ((kept += 1), store.keep(name, value)) }
    const binding = await openBinding(counting)
    for (const place of [home, { ...home }, { ...home, serviceUrl: 'https://other.example/' }, home])
      await binding.bind(place)
    assert.equal(kept, 3)
  })

  it('counts as none when what was kept cannot be read', async () => {
    for (const odd of [null, 7, 'x', {}, { ...home, botId: 7 }]) {
      const store = memoryStore()
      await store.keep('channel', odd)
      assert.equal((await openBinding(store)).place(), null)
    }
  })

  it('stays what it was when it cannot be written', async () => {
    const binding = await openBinding({ ...memoryStore(), keep: () => Promise.reject(new Error('disk full')) })
    await assert.rejects(binding.bind(home), /disk full/)
    assert.equal(binding.place(), null)
  })
})
