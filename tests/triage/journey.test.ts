import assert from 'node:assert/strict'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { type Journey, journeyHits, journeyOf } from '../../triage/journey.js'
import { ada, anAlert, intent, mia, minute } from '../support/cast.js'
import { asked, claimed, opened } from '../support/diary.js'
import { given } from '../support/given.js'

const said = (but: Partial<Event & { readonly type: 'manager-answered' }> = {}): Event => ({
  type: 'manager-answered',
  answer: 'yes',
  from: '2026-03-01',
  to: '2026-03-06',
  note: '',
  at: minute(9),
  by: mia,
  ...but,
})
const journeyAfter = (...events: readonly Event[]) => {
  const state = replay([opened, claimed, asked, ...events])
  assert.ok(state)
  return journeyOf(state)
}
const alert = anAlert()
const trip: Journey = {
  caseId: 'A',
  keys: ['kim@contoso.example'],
  who: 'Kim',
  countries: ['PT'],
  from: '2026-03-01',
  to: '2026-03-06',
  by: 'Mia',
  at: minute(9),
  note: '',
}
const from = (day: string, ...countries: readonly (string | null)[]) =>
  anAlert({
    occurredAt: `${day}T09:00:00.000Z`,
    addresses: countries.map((country, at) => ({ ip: `192.0.2.${at}`, country })),
  })
const standings = (journeys: readonly Journey[], about: ReturnType<typeof anAlert>) =>
  journeyHits(journeys, about).map(({ standing }) => standing)

describe('triage/journey: born from the answer', () => {
  it('is told by a yes with its last day, for the countries that were named, and keeps who said so and their words', () => {
    const journey = journeyAfter(said({ countries: ['PT', 'ES'], note: 'Fair.' }))
    assert.deepEqual(
      [journey?.countries, journey?.from, journey?.to, journey?.by, journey?.note],
      [['PT', 'ES'], '2026-03-01', '2026-03-06', mia.name, 'Fair.'],
    )
  })

  it('leads to the countries of the alert where none are named, and begins with the alert where no first day is', () => {
    const journey = journeyAfter(said({ from: null }))
    assert.deepEqual(journey?.countries, [...new Set(alert.addresses.flatMap(({ country }) => country ?? []))])
    assert.equal(journey?.from, alert.occurredAt.slice(0, 10))
  })

  it('is none without a last day, or when the answer is another, or becomes another', () => {
    assert.equal(journeyAfter(said({ to: null })), null)
    assert.equal(journeyAfter(said({ answer: 'no' })), null)
    assert.equal(journeyAfter(said(), said({ answer: 'not-sure' })), null)
  })

  it('counts no more once it is revoked, with a line of its own, until the manager answers anew', () => {
    const told = [opened, claimed, asked, said()] as const
    const revoke = intent(ada, { type: 'revoke-journey', reason: ' Canceled. ' })
    const revoked: Event = { type: 'journey-revoked', reason: 'Canceled.', at: minute(20), by: ada }
    given(...told)
      .when({ ...revoke, at: minute(20) })
      .then(revoked)
    given(...told, revoked)
      .when(revoke)
      .thenRefused('no-journey')
    given(opened, claimed).when(revoke).thenRefused('no-journey')
    assert.equal(journeyAfter(said(), revoked), null)
    assert.notEqual(journeyAfter(said(), revoked, said({ to: '2026-03-07' })), null)
  })
})

describe('triage/journey: what it says of a later alert', () => {
  it('covers an alert when the journeys of that day lead to every country it names', () => {
    assert.deepEqual(standings([trip], from('2026-03-06', 'PT')), ['current'])
    const second = { ...trip, caseId: 'B', countries: ['ES'], from: '2026-03-05', to: '2026-03-09' }
    assert.deepEqual(standings([trip, second], from('2026-03-05', 'PT', 'ES')), ['current', 'current'])
    assert.deepEqual(standings([trip, second], from('2026-03-07', 'PT', 'ES')), ['elsewhere', 'expired'])
  })

  it('does not cover an alert that names another country as well, and tells which', () => {
    const [hit] = journeyHits([trip], from('2026-03-02', 'PT', 'BR'))
    assert.deepEqual([hit?.standing, hit?.told?.outside], ['elsewhere', ['BR']])
  })

  it('does not cover an address whose country nobody knows', () => {
    assert.deepEqual(standings([trip], from('2026-03-02', 'PT', null)), ['elsewhere'])
    assert.deepEqual(standings([trip], from('2026-03-02')), ['elsewhere'])
  })

  it('says nothing for days before and after', () => {
    assert.deepEqual(standings([trip], from('2026-02-28', 'PT')), ['not-yet'])
    assert.deepEqual(standings([trip], from('2026-03-07', 'PT')), ['expired'])
  })
})
