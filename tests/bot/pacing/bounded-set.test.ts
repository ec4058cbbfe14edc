import assert from 'node:assert/strict'
import { openBoundedSet } from '../../../bot/pacing/bounded-set.js'

describe('bot/pacing/bounded-set', () => {
  it('tells names in the order in which they were noted last, newest first', () => {
    const lately = openBoundedSet(3)
    for (const name of ['a', 'b', 'c', 'a']) lately.note(name)
    assert.deepEqual(lately.newestFirst(), ['a', 'c', 'b'])
    lately.forget('c')
    assert.deepEqual([lately.has('c'), lately.newestFirst()], [false, ['a', 'b']])
  })

  it('forgets the one noted longest ago when there are too many', () => {
    const lately = openBoundedSet(2)
    for (const name of ['a', 'b', 'a', 'c']) lately.note(name)
    assert.deepEqual(lately.newestFirst(), ['c', 'a'])
  })

  it('keeps no name longer for being asked for', () => {
    const lately = openBoundedSet(2)
    for (const name of ['a', 'b']) lately.note(name)
    assert.ok(lately.has('a'))
    lately.note('c')
    assert.deepEqual([lately.has('a'), lately.newestFirst()], [false, ['c', 'b']])
  })
})
