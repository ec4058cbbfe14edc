import assert from 'node:assert/strict'
import { age, dayAndMonth, longTime, shortTime, zoneNamed, thousands, utc } from '../../dialogs/time.js'
import { loadPhrases } from '../../content/load/load-phrases.js'

describe('dialogs/time', () => {
  it('is written as people read it, in UTC unless told otherwise', () => {
    assert.equal(longTime('2026-11-21T19:24:59.999Z'), '21 Nov 2026, 19:24 UTC')
    assert.equal(longTime('2026-01-01T00:00:00.000Z'), '1 Jan 2026, 00:00 UTC')
    assert.equal(shortTime('2026-02-09T08:05:00.000Z'), '9 Feb 08:05 UTC')
  })

  it('is told in the reader’s zone with UTC beside it, in winter and in summer', () => {
    const zone = 'Europe/Stockholm'
    assert.equal(longTime('2026-11-21T13:02:59.999Z', zone), '21 Nov 2026, 14:02 Europe/Stockholm (13:02 UTC)')
    assert.equal(longTime('2026-07-21T13:02:00.000Z', zone), '21 Jul 2026, 15:02 Europe/Stockholm (13:02 UTC)')
    assert.equal(shortTime('2026-11-21T13:02:00.000Z', zone), '21 Nov 14:02 (13:02 UTC)')
    assert.equal(
      longTime('2026-11-21T13:02:00.000Z', 'America/New_York'),
      '21 Nov 2026, 08:02 America/New York (13:02 UTC)',
    )
  })

  it('names the day in UTC where that is another one', () => {
    assert.equal(
      longTime('2026-12-31T23:30:00.000Z', 'Asia/Kolkata'),
      '1 Jan 2027, 05:00 Asia/Kolkata (31 Dec 23:30 UTC)',
    )
    assert.equal(shortTime('2026-11-21T02:00:00.000Z', 'America/Sao_Paulo'), '20 Nov 23:00 (21 Nov 02:00 UTC)')
    assert.equal(dayAndMonth('2026-11-21T02:00:00.000Z', 'America/Sao_Paulo'), '20 Nov')
  })

  it('knows zones by one name each, and no others', () => {
    assert.deepEqual(['Europe/Stockholm', 'europe/stockholm', 'UTC'].map(zoneNamed), [
      'Europe/Stockholm',
      'Europe/Stockholm',
      'UTC',
    ])
    assert.deepEqual(['', 'Mars/Olympus', 'Europe/Stockholm; drop', 'x'.repeat(99)].map(zoneNamed), [
      null,
      null,
      null,
      null,
    ])
    assert.equal(longTime('2026-11-21T19:24:00.000Z', zoneNamed('utc') ?? ''), '21 Nov 2026, 19:24 UTC')
  })

  it('knows every month', () => {
    const months = Array.from({ length: 12 }, (_, at) =>
      shortTime(new Date(Date.UTC(2026, at, 3)).toISOString()).slice(2, 5),
    )
    assert.equal(months.join(' '), 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec')
  })

  it('tells days and numbers as each language does, and the zone by its name', () => {
    const at = '2026-05-21T19:24:00.000Z'
    assert.equal(longTime(at, 'Europe/Amsterdam', 'nl'), '21 mei 2026, 21:24 Europe/Amsterdam (19:24 UTC)')
    assert.equal(longTime(at, 'Europe/Stockholm', 'sv'), '21 maj 2026, 21:24 Europe/Stockholm (19:24 UTC)')
    assert.deepEqual(
      ['nl', 'sv'].map((language) => shortTime('2026-03-01T08:00:00.000Z', utc, language)),
      ['1 mrt 08:00 UTC', '1 mars 08:00 UTC'],
    )
    assert.deepEqual(
      ['en', 'nl', 'sv'].map((language) => thousands(12_345, language)),
      ['12,345', '12.345', '12\u00A0345'],
    )
  })

  it('tells how long ago something was, roughly', async () => {
    const phrases = await loadPhrases('content/phrases', 'en')
    const since = (seconds: number) =>
      age('2026-03-02T09:00:00.000Z', new Date(Date.UTC(2026, 2, 2, 9, 0, seconds)).toISOString(), phrases)
    const [minute, hour, day] = [60, 3600, 86_400]
    assert.deepEqual([since(0), since(59), since(-5 * minute)], ['now', 'now', 'now'])
    assert.deepEqual([since(minute), since(59 * minute + 59)], ['1 min', '59 min'])
    assert.deepEqual([since(hour), since(48 * hour - 1)], ['1 h', '47 h'])
    assert.deepEqual([since(2 * day), since(40 * day)], ['2 d', '40 d'])
  })
})
