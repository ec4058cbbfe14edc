import assert from 'node:assert/strict'
import { type Layer, type Rota, handoversIn, onCallAt } from '../../triage/rota.js'
import { ada, ben, eve, mia } from '../support/cast.js'

const week: Layer = {
  name: 'week',
  people: [ada, ben, eve],
  zone: 'Europe/Stockholm',
  from: '2026-10-19',
  handover: 480,
  everyDays: 7,
  hours: null,
}
const rota = (but: Partial<Rota> = {}): Rota => ({ layers: [week], overrides: [], away: [], atLeast: 'medium', ...but })
const idsAt = (of: Rota, at: string) => onCallAt(of, Date.parse(at)).map(({ id }) => id)
const handovers = (of: Rota, after: string, until: string) =>
  handoversIn(of, Date.parse(after), Date.parse(until)).map((at) => new Date(at).toISOString().slice(0, 16))

describe('triage/rota: who is on call when', () => {
  it('people take turns from the first day on, each for as long, and the others are behind them in order', () => {
    assert.deepEqual(idsAt(rota(), '2026-10-19T05:59Z'), [])
    assert.deepEqual(idsAt(rota(), '2026-10-19T06:00Z'), [ada.id, ben.id, eve.id])
    assert.deepEqual(idsAt(rota(), '2026-11-02T07:00Z'), [eve.id, ada.id, ben.id])
    assert.deepEqual(idsAt(rota(), '2026-11-09T07:00Z'), [ada.id, ben.id, eve.id])
  })

  it('a handover is at the same time on the wall before and after clocks are set back', () => {
    assert.deepEqual(handovers(rota(), '2026-10-19T06:00Z', '2026-11-02T12:00Z'), [
      '2026-10-26T07:00',
      '2026-11-02T07:00',
    ])
    const spring = rota({ layers: [{ ...week, from: '2026-03-23' }] })
    assert.deepEqual(handovers(spring, '2026-03-23T12:00Z', '2026-04-06T12:00Z'), [
      '2026-03-30T06:00',
      '2026-04-06T06:00',
    ])
  })

  it('a handover in the hour that comes twice happens once, and one in the hour that is skipped happens', () => {
    const daily = rota({ layers: [{ ...week, handover: 150, everyDays: 1 }] })
    assert.deepEqual(handovers(daily, '2026-10-24T12:00Z', '2026-10-25T12:00Z'), ['2026-10-25T00:30'])
    assert.deepEqual(idsAt(daily, '2026-10-25T01:00Z'), idsAt(daily, '2026-10-25T00:30Z'))
    const spring = rota({ layers: [{ ...week, handover: 150, everyDays: 1, from: '2026-03-20' }] })
    assert.deepEqual(handovers(spring, '2026-03-28T12:00Z', '2026-03-29T12:00Z'), ['2026-03-29T01:30'])
  })

  it('the first layer that covers is on call, and the next layer comes next', () => {
    const hours = { zone: week.zone, days: [1, 2, 3, 4, 5], from: 480, to: 1020, off: ['2026-10-22'] }
    const two = rota({
      layers: [
        { ...week, hours },
        { ...week, name: 'night', people: [mia], handover: 0 },
      ],
    })
    assert.deepEqual(idsAt(two, '2026-10-19T12:00Z'), [ada.id, mia.id, ben.id, eve.id])
    assert.deepEqual(idsAt(two, '2026-10-19T20:00Z'), [mia.id])
    assert.deepEqual(idsAt(two, '2026-10-22T12:00Z'), [mia.id], 'on a holiday the office is closed')
    assert.deepEqual(handovers(two, '2026-10-19T00:00Z', '2026-10-20T00:00Z'), ['2026-10-19T06:00', '2026-10-19T15:00'])
  })

  it('someone stands in for a span, and whoever is away is passed over', () => {
    const from = Date.parse('2026-10-20T10:00Z')
    const standIn = rota({ overrides: [{ person: mia, layer: null, from, to: from + 7_200_000 }] })
    assert.deepEqual(idsAt(standIn, '2026-10-20T11:00Z'), [mia.id, ada.id, ben.id, eve.id])
    assert.deepEqual(handovers(standIn, '2026-10-20T00:00Z', '2026-10-21T00:00Z'), [
      '2026-10-20T10:00',
      '2026-10-20T12:00',
    ])
    const away = rota({ away: [{ personId: ada.id, from: '2026-10-20', to: '2026-10-21' }] })
    assert.deepEqual(idsAt(away, '2026-10-20T12:00Z'), [ben.id, eve.id])
    assert.deepEqual(idsAt(away, '2026-10-22T12:00Z'), [ada.id, ben.id, eve.id])
  })
})
