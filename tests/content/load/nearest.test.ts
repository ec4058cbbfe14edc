import assert from 'node:assert/strict'
import { nearest } from '../../../content/load/nearest.js'

describe('content/load/nearest', () => {
  it('finds the word that was meant', () => {
    assert.equal(nearest('vedricts', ['checks', 'verdicts', 'scope']), 'verdicts')
    assert.equal(nearest('Tactic', ['title', 'tactics']), 'tactics')
  })

  it('does not guess when nothing is near', () => {
    assert.equal(nearest('frequency', ['checks', 'verdicts', 'scope']), null)
    assert.equal(nearest('anything', []), null)
  })
})
