import assert from 'node:assert/strict'
import { rowText } from '../../../bot/look/row-text.js'

describe('bot/look/row-text', () => {
  it('tells times without seconds, words as they are, and numbers with their column', () => {
    const row = rowText([
      ['Timestamp', '2026-03-02T08:41:09.123Z'],
      ['App', ' Office\n365 '],
      ['Errors', 3],
      ['IsAdmin', false],
      ['Kinds', ['Read', 'Write']],
      ['Empty', ''],
      ['None', null],
      ['Nothing', '[]'],
      ['Inside', { a: 1 }],
    ])
    assert.equal(row, '2026-03-02 08:41Z, Office 365, Errors 3, IsAdmin false, Read Write, {"a":1}')
  })

  it('is bounded, each value and as a whole', () => {
    assert.equal(rowText([['a', 'x'.repeat(100)]]).length, 60)
    assert.equal(rowText(Array.from({ length: 9 }, (_, at) => [String(at), 'x'.repeat(59)] as const)).length, 200)
  })
})
