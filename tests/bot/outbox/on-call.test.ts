import assert from 'node:assert/strict'
import { openOnCall } from '../../../bot/outbox/on-call.js'
import type { Rota } from '../../../triage/rota.js'
import type { OnCall } from '../../../triage/routing.js'
import { ada, ben, eve, posted } from '../../support/cast.js'

const here = posted().place
const rota: Rota = {
  layers: [
    { name: 'week', people: [ada, ben], zone: 'UTC', from: '2026-03-02', handover: 0, everyDays: 7, hours: null },
  ],
  overrides: [],
  away: [],
  atLeast: 'low',
}
const office = { zone: 'UTC', days: [1, 2, 3, 4, 5], from: 480, to: 1020, off: [] }

describe('bot/outbox/on-call: who is on call now', () => {
  const open = (byWord: OnCall | null, kept: Rota | null = rota, at = '2026-03-03T12:00Z', isBound = true) =>
    openOnCall({
      channels: {
        channels: () =>
          isBound ? [{ place: here, filter: { family: null, atLeast: null }, boundBy: '', onCall: byWord }] : [],
        onCallIn: () => byWord,
      },
      rota: () => kept,
      clocks: { hours: office, nightFrom: 'high' },
      now: () => Date.parse(at),
    })

  it('by the rota, until someone says so in the channel; then the rota comes after them', () => {
    assert.deepEqual(open(null).onCallIn(here), { person: ada, atLeast: 'low' })
    assert.deepEqual(open(null).nextIn(here), [ben])
    const said = open({ person: eve, atLeast: 'high' })
    assert.deepEqual(said.onCallIn(here), { person: eve, atLeast: 'high' })
    assert.deepEqual(said.nextIn(here), [ada, ben])
    assert.deepEqual(said.byRotaIn(here), ada)
  })

  it('no one without a rota, and in a channel that gets no alerts', () => {
    assert.equal(open(null, null).onCallIn(here), null)
    assert.deepEqual(open(null, null).nextIn(here), [])
    assert.equal(open(null, rota, '2026-03-03T12:00Z', false).onCallIn(here), null)
    assert.equal(open(null, null).byRotaIn(here), null)
    assert.equal(open(null, rota, '2026-03-03T12:00Z', false).byRotaIn(here), null)
    assert.equal(open(null, null).awakeIn(here), null)
    // Whoever took it by word is asked even there, and alone.
    const elsewhere = open({ person: eve, atLeast: 'low' }, rota, '2026-03-03T12:00Z', false)
    assert.equal(elsewhere.onCallIn(here)?.person, eve)
  })

  it('in that channel, and in no other one', () => {
    const other = { ...here, conversationId: '19:other@thread.tacv2' }
    assert.equal(open(null).onCallIn(other), null)
    assert.equal(open(null).byRotaIn(other), null)
    assert.deepEqual(open(null).nextIn(other), [])
  })

  it('no one by a rota that has nobody', () => {
    const empty: Rota = { ...rota, layers: [], overrides: [] }
    assert.equal(open(null, empty).onCallIn(here), null)
    assert.equal(open(null, empty).awakeIn(here), null)
    assert.deepEqual(open(null, empty).nextIn(here), [])
  })

  it('wakes no one at night for alerts that may wait, whoever is on call', () => {
    const night = '2026-03-03T03:00Z'
    const atNight = open({ person: eve, atLeast: 'high' }, rota, night)
    assert.equal(atNight.awakeIn(here)?.atLeast, 'high')
    assert.equal(atNight.awakeIn(here)?.person, eve)
  })

  it('outside of working hours only for what is severe enough to wake them', () => {
    assert.equal(open(null).awakeIn(here)?.atLeast, 'low')
    assert.equal(open(null, rota, '2026-03-03T03:00Z').awakeIn(here)?.atLeast, 'high')
    assert.equal(open(null, rota, '2026-03-07T12:00Z').awakeIn(here)?.atLeast, 'high')
  })
})
