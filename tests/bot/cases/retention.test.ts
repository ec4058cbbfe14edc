import assert from 'node:assert/strict'
import { openDesk } from '../../../bot/cases/desk.js'
import { findPerson, forgetIn, removalOf } from '../../../bot/cases/forget.js'
import { openRetention } from '../../../bot/cases/retention.js'
import { memoryStore } from '../../../store/memory.js'
import type { Diary } from '../../../triage/event.js'
import { isFault } from '../../../triage/fault.js'
import { aCard, ada, caseId, minute, wrote } from '../../support/cast.js'
import { claimed, closed, openedWith, untilClosed } from '../../support/diary.js'
import { travel } from '../../support/guides.js'

const daysAfter = (days: number): string => new Date(Date.parse(minute(0)) + days * 86_400_000).toISOString()
const shown = (line: number) => ({ channel: aCard('channel', { state: 'shown', shownLine: line }) })

describe('bot/cases/retention', () => {
  const open = async (days: number | null = 40) => {
    const store = memoryStore()
    const desk = openDesk(
      store,
      () => travel,
      () => minute(0),
    )
    const write = (id: string, diary: Diary, isOpen = false) =>
      store.write(id, 0, { events: diary, cards: shown(diary.length - 1), open: isOpen })
    const time = { now: minute(0) }
    const forgotten: string[] = []
    const logged: string[] = []
    const log = {
      info: (_: object, text: string) => void logged.push(text),
      error: (_: object, text: string) => void logged.push(text),
    }
    const parts = { store, desk, days, now: () => time.now, forgotten: (id: string) => void forgotten.push(id), log }
    return { store, desk, write, time, forgotten, logged, retention: openRetention(parts) }
  }

  it('takes everyone out of a case once it has been closed for longer than the age limit', async () => {
    const { store, write, time, retention, forgotten } = await open()
    await write(caseId, untilClosed)
    time.now = daysAfter(39)
    assert.equal(await retention.run(), 0)
    time.now = daysAfter(41)
    assert.equal(await retention.run(), 1)
    assert.deepEqual(forgotten, [caseId])
    const { diary, version } = await store.read(caseId)
    assert.deepEqual([version, diary.at(-1)?.type], [2, 'personal-data-removed'])
    assert.doesNotMatch(JSON.stringify(diary), /kim@|Ada Analyst/)
  })

  it('looks once a day', async () => {
    const { write, time, retention } = await open()
    time.now = daysAfter(41)
    await retention.run()
    await write(caseId, untilClosed)
    assert.equal(await retention.run(), 0)
    time.now = daysAfter(42.1)
    assert.equal(await retention.run(), 1)
  })

  it('leaves open cases, however old, and those with a card that is not up to date', async () => {
    const { store, write, time, retention } = await open()
    await write(caseId, untilClosed.slice(0, -1), true)
    await store.write('OTHER', 0, { events: untilClosed, cards: shown(1), open: false })
    time.now = daysAfter(400)
    assert.equal(await retention.run(), 0)
  })

  it('keeps everything when no age limit is set', async () => {
    const { write, time, retention } = await open(null)
    await write(caseId, untilClosed)
    time.now = daysAfter(4000)
    assert.equal(await retention.run(), 0)
  })

  it('says which case failed, and goes on with the others', async () => {
    const { store, write, time, logged, desk } = await open()
    await write('AAA', untilClosed)
    await write(caseId, untilClosed)
    time.now = daysAfter(41)
    const replace: typeof desk.replace = (id, change) =>
      id === 'AAA' ? Promise.reject(new Error('no disk')) : desk.replace(id, change)
    const log = { info: () => undefined, error: (_: object, text: string) => void logged.push(text) }
    const retention = openRetention({
      store,
      desk: { replace },
      days: 40,
      now: () => time.now,
      forgotten: () => undefined,
      log,
    })
    assert.equal(await retention.run(), 1)
    assert.deepEqual(logged, ['personal data could not be removed; it is tried again tomorrow'])
  })
})

describe('bot/cases/forget', () => {
  const opened = openedWith({ people: [{ upn: 'kim@contoso.example', objectId: 'o-kim', name: 'Kim Karlsen' }] })
  const seen = (objectId: string) => openedWith({ people: [{ upn: null, objectId, name: null }] })

  it('finds a person by one id in cases that know them by another', async () => {
    const store = memoryStore()
    const put = (id: string, diary: Diary, isOpen: boolean) =>
      store.write(id, 0, { events: diary, cards: shown(diary.length - 1), open: isOpen })
    await put('A', [seen('o-kim'), claimed, closed], false)
    await put('B', [opened, claimed, closed], false)
    await put('C', [openedWith({ people: [] }), wrote(ada, { type: 'noted', text: 'Ask Kim Karlsen' })], true)
    await put('D', [seen('o-other')], true)
    const found = await findPerson({ store, idsOf: async () => [] }, 'kim@contoso.example')
    assert.deepEqual(found, {
      ids: ['kim@contoso.example', 'o-kim'],
      names: ['Kim Karlsen'],
      closed: ['A', 'B'],
      open: ['C'],
      owned: [],
      unreadable: [],
    })
  })

  it('tells the open cases that they own', async () => {
    const store = memoryStore()
    await store.write('A', 0, { events: [opened, claimed], cards: shown(1), open: true })
    await store.write('B', 0, { events: [opened, claimed, closed], cards: shown(2), open: false })
    const found = await findPerson(
      { store, idsOf: async (ids) => (ids.includes('ada@contoso.example') ? ['u-ada'] : []) },
      'ada@contoso.example',
    )
    assert.deepEqual([found.owned, found.closed], [['A'], ['B']])
  })

  it('changes a closed case, and refuses one that was opened again', async () => {
    const store = memoryStore()
    const desk = openDesk(
      store,
      () => travel,
      () => minute(0),
    )
    await store.write('A', 0, { events: [opened, claimed, closed], cards: shown(2), open: false })
    const removal = removalOf({ ids: ['o-kim', 'kim@contoso.example'], names: ['Kim Karlsen'] })
    assert.equal(await forgetIn(desk, 'A', removal, minute(1)), true)
    assert.equal(await forgetIn(desk, 'A', removal, minute(1)), false)
    assert.equal((await desk.look('A')).state?.alert.people[0]?.name, removal.placeholder.name)
    await store.write('B', 0, { events: [opened, claimed], cards: shown(1), open: true })
    await assert.rejects(forgetIn(desk, 'B', removal, minute(1)), (error) => isFault(error, 'store/open'))
  })

  it('gives each person who is forgotten a placeholder of their own', () => {
    const known = { ids: ['a'], names: [] }
    assert.notEqual(removalOf(known).placeholder.id, removalOf(known).placeholder.id)
  })
})
