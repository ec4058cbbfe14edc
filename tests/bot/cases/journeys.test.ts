import assert from 'node:assert/strict'
import { openJourneys } from '../../../bot/cases/journeys.js'
import { memoryStore } from '../../../store/memory.js'
import type { Event } from '../../../triage/event.js'
import type { Guide } from '../../../triage/guide.js'
import { replay } from '../../../triage/evolve.js'
import { anAlert, mia, minute } from '../../support/cast.js'
import { asked, claimed, opened } from '../../support/diary.js'
import { aCheck, travel } from '../../support/guides.js'

const kim = { upn: 'kim@contoso.example', objectId: null, name: 'Kim' }
const alert = anAlert({ people: [kim], addresses: [{ ip: '192.0.2.1', country: 'PT' }] })
const said: Event = {
  type: 'manager-answered',
  answer: 'yes',
  from: '2026-03-01',
  to: '2026-03-06',
  note: '',
  at: minute(9),
  by: mia,
}
const log = { warn: () => assert.fail('warned') }

describe('bot/cases/journeys', () => {
  assert.ok(asked.type === 'manager-asked')
  const check = aCheck(asked.check, ['yes', 'no'], { registers: { travel: { any: 'yes' } } })
  const guide = { ...travel, checks: [check] }
  const caseAfter = (...events: readonly Event[]) => {
    assert.ok(opened.type === 'opened')
    const state = replay([{ ...opened, alert }, claimed, asked, ...events])
    assert.ok(state)
    return state
  }
  const open = (store = memoryStore(), day = '2026-03-05', guideOf: (type: string) => Guide = () => guide) =>
    openJourneys({ store, guideOf, keepDays: 30, now: () => `${day}T12:00:00.000Z`, log })
  const later = { id: 'LATE', alert: { ...alert, occurredAt: '2026-03-05T08:00:00.000Z' } }

  it('finds for a later alert of the same person what a manager confirmed, and lists it by name', async () => {
    const journeys = await open()
    journeys.note(caseAfter(said))
    assert.deepEqual(
      journeys.ask(later).map(({ standing, told }) => [standing, told?.by]),
      [['current', mia.name]],
    )
    assert.equal(journeys.of('kIM@').length, 1)
    assert.equal(journeys.of('').length, 1)
    assert.equal(journeys.of('eve').length, 0)
    const others = { ...later, alert: { ...later.alert, people: [{ ...kim, upn: 'eve@contoso.example' }] } }
    assert.deepEqual(journeys.ask(others), [])
  })

  it('says nothing of a journey in its own case, where the answer itself is shown', async () => {
    const journeys = await open()
    journeys.note(caseAfter(said))
    assert.deepEqual(journeys.ask(caseAfter(said)), [])
  })

  it('takes a yes for a journey only where travel bears on the question', async () => {
    const journeys = await open(memoryStore(), '2026-03-05', () => travel)
    journeys.note(caseAfter(said))
    assert.equal(journeys.of('').length, 0)
  })

  it('is known after a restart, and forgotten so many days after its last one', async () => {
    const store = memoryStore()
    const before = await open(store)
    before.note(caseAfter(said))
    await before.saved()
    assert.equal((await open(store)).of('kim').length, 1)
    assert.equal((await open(store, '2026-04-05')).of('kim').length, 1)
    assert.equal((await open(store, '2026-04-07')).of('kim').length, 0)
  })

  it('goes by the histories: what was revoked while the process ended is gone after the next start', async () => {
    const store = memoryStore()
    const before = await open(store)
    before.note(caseAfter(said))
    await before.saved()
    const after = await open(store)
    const version = after.version()
    await after.compare(async () => caseAfter(said, { type: 'journey-revoked', reason: '', at: minute(20), by: mia }))
    assert.equal(after.of('').length, 0)
    assert.ok(after.version() > version)
  })
})
