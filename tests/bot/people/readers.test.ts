import assert from 'node:assert/strict'
import { openReaders } from '../../../bot/people/readers.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'

describe('bot/people/readers: in which zone and language people read', () => {
  const logged: string[] = []
  const log = { warn: (_: object, text: string) => void logged.push(text) }
  const open = (store: Pick<Store, 'keep' | 'kept'> = memoryStore(), most?: number) =>
    openReaders({ store, fallback: 'Europe/Oslo', log, ...(most !== undefined && { most }) })
  const stockholm = { zone: 'Europe/Stockholm', locale: 'sv-SE' }

  it('is the setting’s zone until a client tells of its person', async () => {
    const readers = await open()
    assert.deepEqual([readers.zoneOf('ada'), readers.localeOf('ada')], ['Europe/Oslo', null])
    readers.note('ada', stockholm)
    assert.deepEqual([readers.zoneOf('ada'), readers.localeOf('ada')], ['Europe/Stockholm', 'sv-SE'])
    assert.equal(readers.zoneOf('ben'), 'Europe/Oslo')
  })

  it('passes over what is no zone and no language, and keeps what was known', async () => {
    const readers = await open()
    readers.note('ada', stockholm)
    for (const zone of ['', 'Mars/Olympus', 'x'.repeat(5000)]) readers.note('ada', { zone, locale: '<script>' })
    assert.deepEqual([readers.zoneOf('ada'), readers.localeOf('ada')], ['Europe/Stockholm', 'sv-SE'])
    readers.note('ada', { zone: 'america/new_york', locale: 'EN-us' })
    assert.deepEqual([readers.zoneOf('ada'), readers.localeOf('ada')], ['America/New_York', 'en-US'])
  })

  it('knows after a restart what was known before, and writes only what is new', async () => {
    const store = memoryStore()
    const before = await open(store)
    before.note('ada', stockholm)
    before.note('ben', { zone: 'Asia/Tokyo', locale: '' })
    await before.save()
    const { version } = await store.kept('readers')
    before.note('ada', stockholm)
    await before.save()
    assert.equal((await store.kept('readers')).version, version)
    const after = await open(store)
    assert.deepEqual([after.zoneOf('ada'), after.zoneOf('ben')], ['Europe/Stockholm', 'Asia/Tokyo'])
  })

  it('forgets who has told nothing for longest, also over a restart', async () => {
    const store = memoryStore()
    const readers = await open(store, 2)
    for (const id of ['ada', 'ben', 'ada', 'mia']) readers.note(id, stockholm)
    assert.deepEqual(['ada', 'ben', 'mia'].map(readers.zoneOf), ['Europe/Stockholm', 'Europe/Oslo', 'Europe/Stockholm'])
    await readers.save()
    const after = await open(store, 2)
    after.note('kim', stockholm)
    assert.deepEqual(['ada', 'mia'].map(after.zoneOf), ['Europe/Oslo', 'Europe/Stockholm'])
  })

  it('takes what it cannot read for nothing, and a zone this machine does not know for none', async () => {
    const store = memoryStore()
    await store.keep('readers', [{ id: 'ada', zone: 'Mars/Olympus', locale: null }])
    assert.equal((await open(store)).zoneOf('ada'), 'Europe/Oslo')
    await store.keep('readers', 'nonsense')
    assert.equal((await open(store)).zoneOf('ada'), 'Europe/Oslo')
  })

  it('goes on when nothing can be written', async () => {
    const readers = await open({
      kept: async () => ({ value: undefined, version: 0 }),
      keep: () => Promise.reject(new Error('full')),
    })
    readers.note('ada', stockholm)
    await readers.save()
    assert.deepEqual(logged, ['the time zones of people could not be written down'])
  })
})
