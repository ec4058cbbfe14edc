import assert from 'node:assert/strict'
import { lacks } from '../../content/author/lacks.js'
import { outcomes } from '../../content/author/outcomes.js'
import { twoBenign } from '../../content/author/warnings.js'
import { loadGuides } from './guides.js'

const guides = await loadGuides()

describe('content/alerts, a verdict one can defend', () => {
  for (const guide of guides) {
    it(`${guide.type}: lacks nothing, and tells FP from B-TP`, () => {
      const found = [...lacks(guide), ...twoBenign(guide, outcomes(guide))]
      assert.deepEqual(found, [])
    })
  }
})
