import assert from 'node:assert/strict'
import { claims } from '../../content/author/claims.js'
import { lacks } from '../../content/author/lacks.js'
import { outcomes } from '../../content/author/outcomes.js'
import { twoBenign } from '../../content/author/warnings.js'
import { loadGuides } from './guides.js'

const guides = await loadGuides()

/** Guides that still claim too much or lack something. */
const notYet: ReadonlySet<string> = new Set([])

describe('content/alerts, a verdict one can defend', () => {
  for (const guide of guides) {
    it(`${guide.type}: claims only what was established, lacks nothing, and tells FP from B-TP`, () => {
      const found = [...claims(guide), ...lacks(guide), ...twoBenign(guide, outcomes(guide))]
      if (notYet.has(guide.type)) assert.ok(found.length > 0, `${guide.type} is in order: take it out of notYet`)
      else assert.deepEqual(found, [])
    })
  }
})
