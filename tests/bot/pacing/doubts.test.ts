import assert from 'node:assert/strict'
import { longestDoubtMs, openDoubts } from '../../../bot/pacing/doubts.js'

describe('bot/pacing: conversations in doubt', () => {
  it('stay so until something has arrived there, each on its own, and not for ever', () => {
    let now = 0
    const doubts = openDoubts(() => now)
    assert.equal(doubts.has('a'), false)
    doubts.raise('a')
    doubts.raise('b')
    doubts.settle('b')
    assert.deepEqual([doubts.has('a'), doubts.has('b')], [true, false])
    now = longestDoubtMs - 1
    assert.equal(doubts.has('a'), true)
    now += 1
    assert.equal(doubts.has('a'), false)
  })
})
