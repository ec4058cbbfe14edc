import assert from 'node:assert/strict'
import { openCaseCache } from '../../../bot/cases/case-cache.js'
import { replay } from '../../../triage/evolve.js'
import type { Diary } from '../../../triage/event.js'
import { ada, wrote } from '../../support/cast.js'
import { claimed, openedWith } from '../../support/diary.js'

describe('bot/cases/case-cache', () => {
  const settled = (caseId: string, ...more: Diary) => {
    const diary = [{ ...openedWith({}), caseId }, ...more]
    return { state: replay(diary), diary, cards: {}, written: [], owed: [], refusal: null }
  }

  it('holds the newest of a case somebody works on', () => {
    const cache = openCaseCache()
    cache.note(settled('one', claimed))
    const later = settled('one', claimed, wrote(ada, { type: 'noted', text: 'x' }))
    cache.note(later)
    assert.equal(cache.of('one')?.settled, later)
    assert.equal(cache.of('other'), null)
  })

  it('holds no case that looks the same to everybody: new, given back, closed', () => {
    const cache = openCaseCache()
    cache.note(settled('one'))
    assert.equal(cache.of('one'), null)
    for (const type of ['released', 'closed'] as const) {
      cache.note(settled('one', claimed))
      assert.notEqual(cache.of('one'), null)
      cache.note(settled('one', claimed, wrote(ada, { type })))
      assert.equal(cache.of('one'), null)
    }
  })

  it('puts away the case written to longest ago, and what was drawn of a case that has changed', () => {
    const cache = openCaseCache(2)
    for (const id of ['a', 'b', 'a', 'c']) cache.note(settled(id, claimed))
    assert.deepEqual(
      ['a', 'b', 'c'].map((id) => cache.of(id) !== null),
      [true, false, true],
    )
    const cached = cache.of('a')
    if (cached) cached.drawn = { text: 'old' }
    cache.note(settled('a', claimed))
    assert.equal(cache.of('a')?.drawn, null)
  })

  it('keeps no case for being looked at', () => {
    const cache = openCaseCache(2)
    for (const id of ['a', 'b']) cache.note(settled(id, claimed))
    cache.of('a')
    cache.note(settled('c', claimed))
    assert.equal(cache.of('a'), null)
  })
})
