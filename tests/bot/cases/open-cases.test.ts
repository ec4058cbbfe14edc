import assert from 'node:assert/strict'
import { openBoard } from '../../../bot/cases/open-cases.js'
import type { Case } from '../../../triage/case.js'
import type { Event } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import { winnow } from '../../../triage/person.js'
import { ada, anAlert, ben, caseId, mia, minute, posted, wrote } from '../../support/cast.js'
import { asked, askedOf, claimed, closed, managerSaid, opened, untilClosed } from '../../support/diary.js'

const caseOf = (...diary: readonly Event[]): Case => {
  const state = replay(diary)
  assert.ok(state)
  return state
}

const aCase = (id: string, severity: 'low' | 'high', openedAt: string): Case => ({
  ...caseOf(opened),
  id,
  alert: anAlert({ severity }),
  openedAt,
})

describe('bot/board', () => {
  it('lists the worst first, and of those the oldest', () => {
    const board = openBoard()
    board.note(aCase('C', 'low', minute(1)))
    board.note(aCase('B', 'high', minute(9)))
    board.note(aCase('A', 'high', minute(5)))
    assert.deepEqual(
      board.rows().map((row) => row.caseId),
      ['A', 'B', 'C'],
    )
  })

  it('shows each open case once, as it stands now', () => {
    const board = openBoard()
    board.note(caseOf(opened))
    board.note(caseOf(opened, claimed))
    const [row, ...more] = board.rows()
    assert.deepEqual([row?.caseId, row?.owner?.id, more.length], [caseId, ada.id, 0])
  })

  it('says when every open case is on it', () => {
    const board = openBoard()
    assert.equal(board.isComplete(), false)
    board.complete()
    assert.equal(board.isComplete(), true)
  })

  it('knows whose time is up, as long as the question is open', () => {
    const board = openBoard()
    board.note(caseOf(opened, claimed, asked))
    assert.deepEqual([board.due(minute(59)), board.due(minute(60))], [[], [caseId]])
    board.note(caseOf(opened, claimed, asked, managerSaid('yes')))
    assert.deepEqual(board.due(minute(99)), [])
  })

  it('knows the open questions to a person, and of nobody else', () => {
    const board = openBoard()
    const codes = (id: string) => board.questionsTo(id).map((question) => question.caseId)
    board.note(caseOf(opened, claimed, asked))
    board.note({ ...caseOf(opened, claimed, asked), id: 'B' })
    board.note({ ...caseOf(opened, claimed, askedOf(ben, 'Kim')), id: 'C' })
    board.note({ ...caseOf(opened, claimed), id: 'D' })
    assert.deepEqual([codes(mia.id), codes(ben.id), codes(ada.id), codes('')], [[caseId, 'B'], ['C'], [], []])
    assert.deepEqual(
      board.questionsTo(ben.id).map(({ about, asker }) => [about, asker]),
      [['Kim', ada.name]],
    )
    board.note(caseOf(opened, claimed, asked, managerSaid('yes')))
    board.note({ ...caseOf(opened, claimed, asked, closed), id: 'B' })
    board.note({ ...caseOf(opened, claimed, askedOf(ben, 'Kim'), asked), id: 'C' })
    assert.deepEqual([codes(mia.id), codes(ben.id)], [['C'], []])
    board.note({ ...caseOf(opened, claimed, asked, wrote(winnow, { type: 'manager-expired' })), id: 'C' })
    assert.deepEqual(codes(mia.id), [])
  })

  it('takes a closed case off, and puts it back when it is opened again', () => {
    const board = openBoard()
    board.note(caseOf(opened))
    board.note(caseOf(...untilClosed))
    assert.deepEqual(board.rows(), [])
    board.note(caseOf(...untilClosed, wrote(ada, { type: 'reopened', reason: '' })))
    assert.equal(board.rows().length, 1)
    board.note(caseOf(opened, closed))
    assert.deepEqual(board.rows(), [])
  })

  it('knows the case of a card’s thread, also when it is closed, and not of a whole channel', () => {
    const board = openBoard(2)
    const inThread = (id: string, conversationId: string): Case => ({
      ...aCase(id, 'low', minute(1)),
      surfaces: {
        channel: {
          seat: 'channel',
          posted: { ...posted(), place: { ...posted().place, conversationId } },
          drawn: 0,
          state: 'shown',
          detail: '',
        },
      },
    })
    board.note(inThread('A', 'c;messageid=1'))
    board.note({ ...inThread('A', 'c;messageid=1'), closed: { at: minute(2), by: ada } })
    board.note(inThread('B', 'a:chat'))
    assert.deepEqual([board.caseIn('c;messageid=1'), board.caseIn('a:chat'), board.caseIn('c')], ['A', null, null])
    board.note(inThread('C', 'c;messageid=2'))
    board.note(inThread('A', 'c;messageid=1'))
    board.note(inThread('D', 'c;messageid=3'))
    assert.deepEqual(
      [1, 2, 3].map((n) => board.caseIn(`c;messageid=${n}`)),
      ['A', null, 'D'],
    )
  })
})
