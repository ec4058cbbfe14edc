import assert from 'node:assert/strict'
import { openOwedCards, owedSince, tellAgainMs, withOwed } from '../../../bot/outbox/owed.js'
import { type Card, type Cards, managerCard } from '../../../triage/card.js'
import type { Diary, Event } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import { winnow } from '../../../triage/person.js'
import { ada, caseId, minute, posted, wrote } from '../../support/cast.js'
import { asked, claimed, closed, opened } from '../../support/diary.js'

describe('bot/outbox: cards that are owed', () => {
  const note = wrote(ada, { type: 'noted', text: 'x' }, minute(7))
  const shown: Card = {
    audience: 'channel',
    state: 'shown',
    posted: posted(),
    shownLine: 0,
    detail: '',
    since: minute(5),
  }
  const card = (but: Partial<Card>): Card => ({ ...shown, ...but })
  const open = () => {
    let now = 0
    const owed = openOwedCards(() => now)
    const put = (cards: Cards, ...diary: Diary) => {
      const state = replay(diary)
      assert.ok(state)
      owed.note({ state, cards, diary })
    }
    return { owed, put, pass: (ms: number) => void (now += ms) }
  }
  const none = { count: 0, since: null, lost: 0, refused: 0 }

  it('are none at first, and a card on its way is not owed for five seconds', () => {
    const { owed, put, pass } = open()
    put({}, opened)
    assert.deepEqual(owed.owed(), none)
    pass(4999)
    assert.deepEqual(owed.owed(), none)
    pass(1)
    assert.deepEqual(owed.owed(), { ...none, count: 1, since: minute(0) })
    put({ channel: card({ state: 'posting', posted: null, shownLine: -1 }) }, opened)
    assert.deepEqual(owed.owed(), { ...none, count: 1, since: minute(0) })
    put({ channel: card({}) }, opened)
    assert.deepEqual(owed.owed(), none)
  })

  it('are those behind, since the first line they do not show', () => {
    const { owed, put, pass } = open()
    put({ channel: card({}) }, opened, note, wrote(ada, { type: 'noted', text: 'y' }, minute(9)))
    pass(5000)
    assert.deepEqual(owed.owed(), { ...none, count: 1, since: minute(7) })
  })

  it('are those behind since something was done, not since a reminder; and since the page where nothing else was', () => {
    const { owed, put, pass } = open()
    const at = { state: 'shown', shownLine: 0 } as const
    const paged = wrote(winnow, { type: 'paged', to: [ada], step: 'first', why: 'unassigned' }, minute(6))
    const again = wrote(winnow, { type: 'paged', to: [ada], step: 'leads', why: 'unassigned' }, minute(8))
    put({ channel: card(at) }, opened, paged, again)
    pass(5000)
    assert.equal(owed.owed().since, minute(6))
    const diary = [opened, paged, note]
    const state = replay(diary)
    assert.ok(state)
    assert.equal(owedSince({ state, diary, cards: { channel: card(at) } }, 'channel'), minute(7))
    assert.equal(owedSince({ state, diary, cards: { channel: card({ ...at, shownLine: 1 }) } }, 'channel'), minute(7))
    // Everything is shown: since the card stands there.
    assert.equal(owedSince({ state, diary, cards: { channel: card({ ...at, shownLine: 2 }) } }, 'channel'), minute(5))
    assert.equal(owedSince({ state, diary, cards: {} }, managerCard(9)), minute(0))
  })

  it('are those of managers as well, since they were asked', () => {
    const { owed, put, pass } = open()
    put({ channel: card({ shownLine: 2 }) }, opened, claimed, asked)
    pass(5000)
    assert.deepEqual(owed.owed(), { ...none, count: 1, since: minute(0) })
    put(
      { channel: card({ shownLine: 2 }), [managerCard(2)]: card({ audience: 'manager', shownLine: 2 }) },
      opened,
      claimed,
      asked,
    )
    assert.deepEqual(owed.owed(), none)
  })

  it('are the lost and refused ones of open cases at once, and nobody’s of closed ones', () => {
    const { owed, put } = open()
    put({ channel: card({ state: 'lost', posted: null }) }, opened)
    assert.deepEqual(owed.owed(), { count: 1, since: minute(5), lost: 1, refused: 0 })
    put({ channel: card({ state: 'refused', posted: null }) }, opened)
    assert.deepEqual(owed.owed(), { count: 1, since: minute(5), lost: 0, refused: 1 })
    put({ channel: card({ state: 'lost', posted: null }) }, opened, closed)
    assert.deepEqual(owed.owed(), none)
  })

  it('are owed since the first time, however often they are tried', () => {
    const { owed, put } = open()
    put({ channel: card({ state: 'refused', posted: null, since: minute(5) }) }, opened)
    put({ channel: card({ state: 'missing', posted: null, since: minute(65) }) }, opened)
    put({ channel: card({ state: 'refused', posted: null, since: minute(66) }) }, opened)
    assert.equal(owed.owed().since, minute(5))
  })

  it('are due again an hour after they were told, and then another hour later', () => {
    const { owed, put, pass } = open()
    put({ channel: card({ state: 'lost', posted: null }) }, opened)
    assert.deepEqual(owed.dueAgain(), [])
    pass(tellAgainMs - 1)
    assert.deepEqual(owed.dueAgain(), [])
    pass(1)
    assert.deepEqual(owed.dueAgain(), [caseId])
    assert.deepEqual(owed.dueAgain(), [])
    pass(tellAgainMs)
    assert.deepEqual(owed.dueAgain(), [caseId])
    put({ channel: card({}) }, opened)
    pass(tellAgainMs)
    assert.deepEqual(owed.dueAgain(), [])
  })

  it('are those of a manager since the question was asked, those of the channel since the case was opened', () => {
    const { owed, put, pass } = open()
    const at = minute(3)
    put({ channel: card({ shownLine: 2 }) }, opened, claimed, { ...asked, at })
    pass(5000)
    assert.deepEqual(owed.owed(), { ...none, count: 1, since: at })
    put({ [managerCard(2)]: card({ audience: 'manager', shownLine: 2 }) }, { ...opened, at: minute(1) }, claimed, {
      ...asked,
      at,
    })
    pass(5000)
    assert.deepEqual(owed.owed(), { ...none, count: 1, since: minute(1) })
  })

  it('are counted over all cases, with the oldest of them', () => {
    const { owed, put, pass } = open()
    const begun = (id: string): Event => (opened.type === 'opened' ? { ...opened, caseId: id } : opened)
    const lost = (since: string) => ({ channel: card({ state: 'lost', posted: null, since }) })
    put(lost(minute(8)), begun('A'))
    put(lost(minute(6)), begun('B'))
    put({ channel: card({ state: 'refused', posted: null, since: minute(7) }) }, begun('C'))
    assert.deepEqual(owed.owed(), { count: 3, since: minute(6), lost: 2, refused: 1 })
    pass(tellAgainMs)
    assert.deepEqual(owed.dueAgain(), ['A', 'B', 'C'])
  })

  it('are told again an hour after they were lost anew, not after they were lost first', () => {
    const { owed, put, pass } = open()
    put({ channel: card({ state: 'lost', posted: null }) }, opened)
    pass(tellAgainMs - 1)
    put({ channel: card({}) }, opened)
    put({ channel: card({ state: 'lost', posted: null }) }, opened)
    pass(1)
    assert.deepEqual(owed.dueAgain(), [])
    pass(tellAgainMs - 1)
    assert.deepEqual(owed.dueAgain(), [caseId])
  })

  it('are counted together with the cards that hold questions of several cases, since the oldest of all', () => {
    const some = { count: 2, since: minute(5), lost: 1, refused: 1 }
    assert.deepEqual(withOwed(some, { count: 3, since: minute(2) }), { ...some, count: 5, since: minute(2) })
    assert.deepEqual(withOwed(some, { count: 0, since: null }), some)
    assert.deepEqual(withOwed(none, { count: 1, since: minute(2) }), { ...none, count: 1, since: minute(2) })
  })
})
