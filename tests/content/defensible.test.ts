import assert from 'node:assert/strict'
import { lacks } from '../../content/author/lacks.js'
import { loadGuides } from './guides.js'

const guides = await loadGuides()

describe('content/alerts, a verdict one can defend', () => {
  for (const guide of guides) {
    it(`${guide.type}: lacks nothing`, () => {
      const found = lacks(guide)
      assert.deepEqual(found, [])
    })
  }
})
