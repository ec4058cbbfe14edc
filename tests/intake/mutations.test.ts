import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { read } from '../../intake/read.js'
import { sampleNames } from '../../intake/samples.js'
import { sourceNames } from '../../intake/sources.js'
import { runs } from '../support/runs.js'
import { harmless, now } from './alerts.js'
import { changed, hostile, placesIn } from './damage.js'

// `npm run fuzz` tries 200,000 altogether, through the desk, and tells how long each takes.
const folder = 'intake/samples'

describe('intake: samples of every source, damaged at random', () => {
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
        { numRuns: runs(100) },
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
      { numRuns: runs(400) },
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
      { numRuns: runs(100) },
    )
  })
})
