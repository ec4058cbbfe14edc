import assert from 'node:assert/strict'
import { openTold } from '../../../bot/notices/told.js'
import { memoryStore } from '../../../store/memory.js'

describe('bot/notices/told: which notices have arrived', () => {
  const logged: string[] = []
  const log = { warn: (_: object, text: string) => void logged.push(text) }

  it('is known after a restart, and written only when there is something new', async () => {
    const store = memoryStore()
    const before = await openTold(store, log)
    before.note('one')
    await before.save()
    const { version } = await store.kept('told')
    await before.save()
    assert.equal((await store.kept('told')).version, version)
    const after = await openTold(store, log)
    assert.deepEqual([after.has('one'), after.has('two')], [true, false])
  })

  it('is a thousand at the most, and nothing where it cannot be read', async () => {
    const store = memoryStore()
    const told = await openTold(store, log)
    for (let at = 0; at <= 1000; at += 1) told.note(String(at))
    assert.deepEqual([told.has('0'), told.has('1'), told.has('1000')], [false, true, true])
    await store.keep('told', { nonsense: true })
    assert.equal((await openTold(store, log)).has('1'), false)
  })

  it('is tried again when it cannot be written', async () => {
    const store = memoryStore()
    let isFull = true
    const keep: typeof store.keep = (...rest) => (isFull ? Promise.reject(new Error('full')) : store.keep(...rest))
    const told = await openTold({ kept: (one) => store.kept(one), keep }, log)
    told.note('one')
    await told.save()
    isFull = false
    await told.save()
    assert.equal((await openTold(store, log)).has('one'), true)
    assert.deepEqual(logged, ['which notices were told could not be written down'])
  })
})
