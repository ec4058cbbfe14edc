import assert from 'node:assert/strict'
import { type WorkingHours, afterWorking, isWorking } from '../../triage/working-hours.js'
import { dayNumber, dayText, instantOf, localTime, weekdayOf } from '../../triage/zone.js'

const at = (text: string) => Date.parse(text)
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16)
const hour = 3_600_000

describe('triage/zone: moments and what clocks on the wall show', () => {
  const stockholm = 'Europe/Stockholm'
  const instant = (day: string, minute: number, zone = stockholm) =>
    iso(instantOf({ day: dayNumber(day), minute }, zone))

  it('a moment has a local day and minute, on both sides of a change', () => {
    assert.deepEqual(localTime(at('2026-10-25T00:59Z'), stockholm), { day: dayNumber('2026-10-25'), minute: 179 })
    assert.deepEqual(localTime(at('2026-10-25T01:00Z'), stockholm), { day: dayNumber('2026-10-25'), minute: 120 })
    assert.deepEqual(localTime(at('2026-03-29T01:00Z'), stockholm), { day: dayNumber('2026-03-29'), minute: 180 })
    assert.deepEqual(localTime(at('2026-07-01T23:30Z'), 'Asia/Kolkata'), { day: dayNumber('2026-07-02'), minute: 300 })
  })

  it('eight in the morning is eight in the morning before, on and after the day of a change', () => {
    assert.equal(instant('2026-10-24', 480), '2026-10-24T06:00')
    assert.equal(instant('2026-10-25', 480), '2026-10-25T07:00')
    assert.equal(instant('2026-03-28', 480), '2026-03-28T07:00')
    assert.equal(instant('2026-03-29', 480), '2026-03-29T06:00')
    assert.equal(instant('2026-11-01', 60, 'America/New_York'), '2026-11-01T05:00')
  })

  it('of a time that comes twice it is the first, and a time that is skipped is as much later', () => {
    assert.equal(instant('2026-10-25', 150), '2026-10-25T00:30')
    assert.equal(instant('2026-03-29', 150), '2026-03-29T01:30')
  })

  it('a day has a number, a name and a weekday', () => {
    assert.deepEqual([dayText(dayNumber('2026-11-29')), weekdayOf(dayNumber('2026-11-29'))], ['2026-11-29', 0])
    assert.equal(weekdayOf(dayNumber('1969-12-31')), 3)
  })
})

describe('triage/working-hours', () => {
  const office: WorkingHours = {
    zone: 'Europe/Stockholm',
    days: [1, 2, 3, 4, 5],
    from: 480,
    to: 1020,
    off: ['2026-12-24'],
  }
  const after = (from: string, hours: number, of: WorkingHours | null = office) =>
    iso(afterWorking(at(from), hours * hour, of))

  it('without hours every hour counts', () => {
    assert.equal(after('2026-10-24T22:00Z', 5, null), '2026-10-25T03:00')
  })

  it('nights, weekends and holidays do not count', () => {
    assert.equal(after('2026-10-20T08:00Z', 2), '2026-10-20T10:00')
    assert.equal(after('2026-10-20T14:00Z', 2), '2026-10-21T07:00')
    assert.equal(after('2026-10-19T01:00Z', 0), '2026-10-19T06:00')
    assert.equal(after('2026-12-23T15:00Z', 2), '2026-12-25T08:00')
  })

  it('a weekend in which clocks are set back or forward makes no hour longer or shorter', () => {
    assert.equal(after('2026-10-23T14:30Z', 1), '2026-10-26T07:30')
    assert.equal(after('2026-03-27T15:30Z', 1), '2026-03-30T06:30')
  })

  it('a shift may end on the next day', () => {
    const night: WorkingHours = { ...office, days: [6], from: 1320, to: 360 }
    assert.ok(isWorking(at('2026-10-24T20:00Z'), night) && isWorking(at('2026-10-25T04:59Z'), night))
    assert.ok(!isWorking(at('2026-10-25T05:00Z'), night) && !isWorking(at('2026-10-25T20:30Z'), night))
    // The night in which clocks are set back is nine hours long.
    assert.equal(after('2026-10-24T20:00Z', 9, night), '2026-10-25T05:00')
  })

  it('where no one ever works, every hour counts, for nothing waits for ever', () => {
    assert.equal(after('2026-10-20T08:00Z', 2, { ...office, days: [] }), '2026-10-20T10:00')
  })
})
