import assert from 'node:assert/strict'
import { openCaseCache } from '../../../bot/cases/case-cache.js'
import { replay } from '../../../triage/evolve.js'
import type { Diary } from '../../../triage/event.js'
import { ada, wrote } from '../../support/cast.js'
import { claimed, openedWith } from '../../support/diary.js'

describe('bot/cases: case cache', () => {
  const settled = (caseId: string, ...more: Diary) => {
    const diary = [{ ...openedWith({}), caseId }, ...more]
    return { state: replay(diary), diary, cards: {}, written: [], owed: [], refusal: null }
  }

  it('holds the newest of a case somebody works on', () => {
    const hand = openCaseCache()
    hand.note(settled('one', claimed))
    const later = settled('one', claimed, wrote(ada, { type: 'noted', text: 'x' }))
    hand.note(later)
    assert.equal(hand.of('one')?.settled, later)
    assert.equal(hand.of('other'), null)
  })

  it('holds no case that looks the same to everybody: new, given back, closed', () => {
    const hand = openCaseCache()
    hand.note(settled('one'))
    assert.equal(hand.of('one'), null)
    for (const type of ['released', 'closed'] as const) {
      hand.note(settled('one', claimed))
      assert.notEqual(hand.of('one'), null)
      hand.note(settled('one', claimed, wrote(ada, { type })))
      assert.equal(hand.of('one'), null)
    }
  })

  it('puts away the case written to longest ago, and what was drawn of a case that has changed', () => {
    const hand = openCaseCache(2)
    for (const id of ['a', 'b', 'a', 'c']) hand.note(settled(id, claimed))
    assert.deepEqual(
      ['a', 'b', 'c'].map((id) => hand.of(id) !== null),
      [true, false, true],
    )
    const held = hand.of('a')
    if (held) held.drawn = { text: 'old' }
    hand.note(settled('a', claimed))
    assert.equal(hand.of('a')?.drawn, null)
  })
})
