import assert from 'node:assert/strict'
import type { Copy } from '../../store/copies.js'
import { justRead } from '../../store/read-cache.js'
import { noted } from './events.js'

const copyOf = (lines: number): Copy => ({ side: 'live', file: 'a.json', diary: Array(lines).fill(noted('a line')) })

describe('store/just-read', () => {
  it('gives what was read to the append that follows, once', () => {
    const reads = justRead(2)
    reads.put('A', copyOf(3))
    assert.deepEqual(reads.take('A', 3), copyOf(3))
    assert.equal(reads.take('A', 3), undefined)
  })

  it('tells a case that is not there from one that was not read', () => {
    const reads = justRead(2)
    reads.put('A', null)
    assert.equal(reads.take('A', 0), null)
    assert.equal(reads.take('B', 0), undefined)
  })

  it('keeps it from a writer who believes something else, for good', () => {
    const reads = justRead(2)
    reads.put('A', copyOf(3))
    assert.equal(reads.take('A', 2), undefined)
    assert.equal(reads.take('A', 3), undefined)
  })

  it('keeps only the newest few', () => {
    const reads = justRead(2)
    for (const id of ['A', 'B', 'A', 'C']) reads.put(id, copyOf(1))
    assert.deepEqual(
      ['A', 'B', 'C'].map((id) => reads.take(id, 1) !== undefined),
      [true, false, true],
    )
  })

  it('forgets what it is told to', () => {
    const reads = justRead(2)
    reads.put('A', copyOf(1))
    reads.forget('A')
    assert.equal(reads.take('A', 1), undefined)
  })
})
