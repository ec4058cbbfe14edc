import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { read } from '../../intake/read.js'
import { sampleNames } from '../../intake/samples.js'
import { sourceNames } from '../../intake/sources.js'
import { harmless, now } from './alerts.js'

// `FUZZ=12000` tries as many for each sample: over 200,000 altogether.
const folder = 'intake/samples'

/** The places in a payload, each by its keys. */
const placesIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inside]) => placesIn(inside, [...path, key]))]
    : [path]

/** The payload with something else at one place. */
const changed = (value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown => {
  if (key === undefined) return other
  if (Array.isArray(value))
    return value.map((one: unknown, at) => (String(at) === key ? changed(one, rest, other) : one))
  if (typeof value !== 'object' || value === null) return other
  return Object.fromEntries(
    Object.entries(value).map(([name, one]): [string, unknown] => [
      name,
      name === key ? changed(one, rest, other) : one,
    ]),
  )
}

/** What attackers put into a field: other kinds of value, long and deep ones, signs with a meaning, and pieces of other alerts. */
const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom<unknown>(
    null,
    '',
    'null',
    NaN,
    Infinity,
    -1,
    1e300,
    'x'.repeat(20_000),
    '[{"Type":"account"'.repeat(500),
    '[['.repeat(5_000),
    JSON.stringify({ Type: 'account', Name: 'x'.repeat(5_000) }),
    '<'.repeat(5_000),
    'a in a in '.repeat(2_000),
    '1.1.1.1 in '.repeat(500),
    'CEF:0|MCAS|SIEM_Agent|1|ALERT_X|a|1|' + 'a='.repeat(3_000),
    '\ud800\u202e\u0000',
    { toString: 1, valueOf: 2, constructor: null },
    { $ref: '2', properties: { properties: {} } },
    Array.from({ length: 2_000 }, () => ({ type: 'ip', address: '198.51.100.1' })),
  ),
)

describe('intake: samples of every source, damaged at random', function () {
  this.timeout(120_000)

  for (const name of sampleNames(folder)) {
    it(`never makes reading ${name} throw anything but a fault of its own, and every text stays within bounds`, () => {
      const payload: unknown = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))
      const places = placesIn(payload)
      const damage = fc.array(fc.tuple(fc.nat({ max: places.length - 1 }), hostile), { minLength: 1, maxLength: 3 })
      fc.assert(
        fc.property(damage, fc.constantFrom(null, ...sourceNames), (changes, source) => {
          const damaged = changes.reduce<unknown>(
            (body, [at, other]) => changed(body, places[at] ?? [], other),
            payload,
          )
          harmless(damaged, source)
        }),
        { numRuns: Number(process.env['FUZZ'] ?? 300) },
      )
    })
  }

  it('never makes a line of a log throw, wherever it is cut or torn', () => {
    const log: string = JSON.parse(readFileSync(`${folder}/cloud-apps-siem.json`, 'utf8'))
    fc.assert(
      fc.property(
        fc.nat({ max: log.length }),
        fc.nat({ max: 40 }),
        fc.string({ unit: 'binary', maxLength: 60 }),
        (at, gone, other) => {
          harmless(log.slice(0, at) + other + log.slice(at + gone), null)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('takes the good alerts of a page whatever the others are', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 5 }), fc.nat({ max: 5 }), (others, at) => {
        const good = { id: 'good', title: 'Good' }
        const alerts = [...others.slice(0, at), good, ...others.slice(at)]
        const { readings } = read({ alerts }, now)
        assert.ok(readings.some(({ sourceAlertId }) => sourceAlertId === 'good'))
      }),
      { numRuns: 300 },
    )
  })
})
