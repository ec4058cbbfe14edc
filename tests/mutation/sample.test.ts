import assert from 'node:assert/strict'
import { drawLines, linesToDraw, linesWithCode } from './sample.js'

describe('mutation/sample: the lines that are tried', () => {
  it('are those in which something runs: no comment, import, type, or closing bracket', () => {
    const text = [
      "import { one } from './one.js'",
      '',
      '/** Why. */',
      'export type Two = {',
      '  readonly two: string',
      '}',
      'export const two = (): Two => {',
      '  // why',
      '  return { two: one(2) }',
      '}',
    ]
    assert.deepEqual(linesWithCode(text.join('\n')), [7, 9])
  })

  it('follow from the seed, each line of a file once', () => {
    const file = 'triage/fault.ts'
    const lines = drawLines(file, 1)
    assert.ok(lines.length > 5)
    assert.equal(new Set(lines).size, lines.length)
    assert.deepEqual(drawLines(file, 1), lines)
    assert.notDeepEqual(drawLines(file, 2), lines)
  })

  const limits = { lines: 8, minutes: 7, least: 100 }

  it('are as many of each file as were asked for, at once, when there is no time limit', () => {
    assert.equal(linesToDraw({ drawn: 0, minutes: 0, tried: 0 }, { ...limits, minutes: Infinity }), 8)
    assert.equal(linesToDraw({ drawn: 8, minutes: 90, tried: 0 }, { ...limits, minutes: Infinity }), 0)
  })

  it('are one of each file first, and then as many as what that took leaves time for', () => {
    assert.equal(linesToDraw({ drawn: 0, minutes: 0, tried: 0 }, limits), 1)
    assert.equal(linesToDraw({ drawn: 1, minutes: 2, tried: 150 }, limits), 2)
    assert.equal(linesToDraw({ drawn: 3, minutes: 5.8, tried: 500 }, limits), 0)
    assert.equal(linesToDraw({ drawn: 1, minutes: 0.1, tried: 150 }, limits), 7)
  })

  it('are as many of each file again while too few changes were tried, however late it is', () => {
    assert.equal(linesToDraw({ drawn: 1, minutes: 30, tried: 99 }, limits), 1)
    assert.equal(linesToDraw({ drawn: 2, minutes: 30, tried: 99 }, limits), 2)
    assert.equal(linesToDraw({ drawn: 6, minutes: 30, tried: 99 }, limits), 2)
    assert.equal(linesToDraw({ drawn: 1, minutes: 30, tried: 100 }, limits), 0)
    assert.equal(linesToDraw({ drawn: 8, minutes: 30, tried: 99 }, limits), 0)
  })
})
