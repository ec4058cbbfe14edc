import assert from 'node:assert/strict'
import { startOpenCases } from '../../../bot/cases/open-cases.js'
import type { CaseWithCards } from '../../../bot/cases/card-location.js'
import type { Event } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import { winnow } from '../../../triage/person.js'
import { ada, anAlert, ben, caseId, mia, minute, posted, wrote } from '../../support/cast.js'
import { asked, askedOf, claimed, closed, managerSaid, opened, untilClosed } from '../../support/diary.js'

const caseOf = (...diary: readonly Event[]): CaseWithCards => {
  const state = replay(diary)
  assert.ok(state)
  return { state, cards: {} }
}

/** The same as a case of its own. */
const as = (id: string, { state, cards }: CaseWithCards): CaseWithCards => ({ state: { ...state, id }, cards })

const aCase = (id: string, severity: 'low' | 'high', openedAt: string): CaseWithCards => {
  const { state, cards } = caseOf(opened)
  return { state: { ...state, id, alert: anAlert({ severity }), openedAt }, cards }
}

describe('bot/cases: open cases', () => {
  it('lists the worst first, and of those the oldest', () => {
    const openCases = startOpenCases()
    openCases.note(aCase('C', 'low', minute(1)))
    openCases.note(aCase('B', 'high', minute(9)))
    openCases.note(aCase('A', 'high', minute(5)))
    assert.deepEqual(
      openCases.rows().map((row) => row.caseId),
      ['A', 'B', 'C'],
    )
  })

  it('shows each open case once, as it stands now', () => {
    const openCases = startOpenCases()
    openCases.note(caseOf(opened))
    openCases.note(caseOf(opened, claimed))
    const [row, ...more] = openCases.rows()
    assert.deepEqual([row?.caseId, row?.owner?.id, more.length], [caseId, ada.id, 0])
  })

  it('says when every open case is on it', () => {
    const openCases = startOpenCases()
    assert.equal(openCases.isComplete(), false)
    openCases.complete()
    assert.equal(openCases.isComplete(), true)
  })

  it('knows whose time is up, as long as the question is open', () => {
    const openCases = startOpenCases()
    openCases.note(caseOf(opened, claimed, asked))
    assert.deepEqual([openCases.due(minute(59)), openCases.due(minute(60))], [[], [caseId]])
    openCases.note(caseOf(opened, claimed, asked, managerSaid('yes')))
    assert.deepEqual(openCases.due(minute(99)), [])
  })

  it('knows the open questions to a person, and of nobody else', () => {
    const openCases = startOpenCases()
    const codes = (id: string) => openCases.confirmationsFor(id).map((question) => question.caseId)
    openCases.note(caseOf(opened, claimed, asked))
    openCases.note(as('B', caseOf(opened, claimed, asked)))
    openCases.note(as('C', caseOf(opened, claimed, askedOf(ben, 'Kim'))))
    openCases.note(as('D', caseOf(opened, claimed)))
    assert.deepEqual([codes(mia.id), codes(ben.id), codes(ada.id), codes('')], [[caseId, 'B'], ['C'], [], []])
    assert.deepEqual(
      openCases.confirmationsFor(ben.id).map(({ about, asker }) => [about, asker]),
      [['Kim', ada.name]],
    )
    openCases.note(caseOf(opened, claimed, asked, managerSaid('yes')))
    openCases.note(as('B', caseOf(opened, claimed, asked, closed)))
    openCases.note(as('C', caseOf(opened, claimed, askedOf(ben, 'Kim'), asked)))
    assert.deepEqual([codes(mia.id), codes(ben.id)], [['C'], []])
    openCases.note(as('C', caseOf(opened, claimed, asked, wrote(winnow, { type: 'manager-expired' }))))
    assert.deepEqual(codes(mia.id), [])
  })

  it('takes a closed case off, and puts it back when it is opened again', () => {
    const openCases = startOpenCases()
    openCases.note(caseOf(opened))
    openCases.note(caseOf(...untilClosed))
    assert.deepEqual(openCases.rows(), [])
    openCases.note(caseOf(...untilClosed, wrote(ada, { type: 'reopened', reason: '' })))
    assert.equal(openCases.rows().length, 1)
    openCases.note(caseOf(opened, closed))
    assert.deepEqual(openCases.rows(), [])
  })

  it('knows the case of a card’s thread, also when it is closed, and not of a whole channel', () => {
    const openCases = startOpenCases(2)
    const inThread = (id: string, conversationId: string): CaseWithCards => {
      const { state } = aCase(id, 'low', minute(1))
      const place = { ...posted().place, conversationId }
      const where = {
        posted: { ...posted(), place },
        state: 'shown',
        shownLine: 0,
        detail: '',
        since: minute(1),
      } as const
      return { state, cards: { channel: { audience: 'channel', ...where } } }
    }
    openCases.note(inThread('A', 'c;messageid=1'))
    const { state, cards } = inThread('A', 'c;messageid=1')
    openCases.note({ state: { ...state, closed: { at: minute(2), by: ada, left: [] } }, cards })
    openCases.note(inThread('B', 'a:chat'))
    assert.deepEqual(
      [openCases.caseIn('c;messageid=1'), openCases.caseIn('a:chat'), openCases.caseIn('c')],
      ['A', null, null],
    )
    openCases.note(inThread('C', 'c;messageid=2'))
    openCases.note(inThread('A', 'c;messageid=1'))
    openCases.note(inThread('D', 'c;messageid=3'))
    assert.deepEqual(
      [1, 2, 3].map((n) => openCases.caseIn(`c;messageid=${n}`)),
      ['A', null, 'D'],
    )
  })
})
