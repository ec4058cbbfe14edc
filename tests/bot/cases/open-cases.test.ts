import assert from 'node:assert/strict'
import { startOpenCases } from '../../../bot/cases/open-cases.js'
import type { CaseWithCards } from '../../../bot/cases/card-location.js'
import type { Event } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import { winnow } from '../../../triage/person.js'
import { ada, anAlert, ben, caseId, mia, minute, posted, wrote } from '../../support/cast.js'
import { travel } from '../../support/guides.js'
import { noThreads } from '../../support/no-threads.js'
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

describe('bot/cases/open-cases', () => {
  it('lists the worst first, and of those the oldest', async () => {
    const openCases = startOpenCases(noThreads, () => travel)
    openCases.note(aCase('C', 'low', minute(1)))
    openCases.note(aCase('B', 'high', minute(9)))
    openCases.note(aCase('A', 'high', minute(5)))
    assert.deepEqual(
      (await openCases.rows()).map((row) => row.caseId),
      ['A', 'B', 'C'],
    )
  })

  it('shows each open case once, as it stands now', async () => {
    const openCases = startOpenCases(noThreads, () => travel)
    openCases.note(caseOf(opened))
    openCases.note(caseOf(opened, claimed))
    const [row, ...more] = await openCases.rows()
    assert.deepEqual([row?.caseId, row?.owner?.id, more.length], [caseId, ada.id, 0])
  })

  it('says when every open case is on it', async () => {
    const openCases = startOpenCases(noThreads, () => travel)
    assert.equal(await openCases.isComplete(), false)
    openCases.complete()
    assert.equal(await openCases.isComplete(), true)
  })

  it('knows whose time is up, as long as the question is open', async () => {
    const openCases = startOpenCases(noThreads, () => travel)
    openCases.note(caseOf(opened, claimed, asked))
    assert.deepEqual([await openCases.due(minute(59)), await openCases.due(minute(60))], [[], [caseId]])
    openCases.note(caseOf(opened, claimed, asked, managerSaid('yes')))
    assert.deepEqual(await openCases.due(minute(99)), [])
  })

  it('knows the open questions to a person, and of nobody else', async () => {
    const openCases = startOpenCases(noThreads, () => travel)
    const codes = async (id: string) => (await openCases.confirmationsFor(id)).map((question) => question.caseId)
    openCases.note(caseOf(opened, claimed, asked))
    openCases.note(as('B', caseOf(opened, claimed, asked)))
    openCases.note(as('C', caseOf(opened, claimed, askedOf(ben, 'Kim'))))
    openCases.note(as('D', caseOf(opened, claimed)))
    assert.deepEqual(
      [await codes(mia.id), await codes(ben.id), await codes(ada.id), await codes('')],
      [[caseId, 'B'], ['C'], [], []],
    )
    assert.deepEqual(
      (await openCases.confirmationsFor(ben.id)).map(({ about, asker }) => [about, asker]),
      [['Kim', ada.name]],
    )
    openCases.note(caseOf(opened, claimed, asked, managerSaid('yes')))
    openCases.note(as('B', caseOf(opened, claimed, asked, closed)))
    openCases.note(as('C', caseOf(opened, claimed, askedOf(ben, 'Kim'), asked)))
    assert.deepEqual([await codes(mia.id), await codes(ben.id)], [['C'], []])
    openCases.note(as('C', caseOf(opened, claimed, asked, wrote(winnow, { type: 'manager-expired' }))))
    assert.deepEqual(await codes(mia.id), [])
  })

  it('lists what no manager answered as one severity worse', async () => {
    const openCases = startOpenCases(noThreads, () => travel)
    const expired = wrote(winnow, { type: 'manager-expired' })
    openCases.note(as('A', caseOf(opened, claimed)))
    openCases.note(as('B', caseOf(opened, claimed, asked, expired)))
    assert.deepEqual(
      (await openCases.rows()).map(({ caseId: id }) => id),
      ['B', 'A'],
    )
  })

  it('takes a closed case off, and puts it back when it is opened again', async () => {
    const openCases = startOpenCases(noThreads, () => travel)
    openCases.note(caseOf(opened))
    openCases.note(caseOf(...untilClosed))
    assert.deepEqual(await openCases.rows(), [])
    openCases.note(caseOf(...untilClosed, wrote(ada, { type: 'reopened', reason: '' })))
    assert.equal((await openCases.rows()).length, 1)
    openCases.note(caseOf(opened, closed))
    assert.deepEqual(await openCases.rows(), [])
  })

  it('knows the case of a card’s thread, and of a whole channel or chat none', async () => {
    const openCases = startOpenCases(noThreads, () => travel)
    openCases.note(inThread('A', 'c;messageid=1'))
    openCases.note(inThread('B', 'a:chat'))
    const found = ['c;messageid=1', 'a:chat', 'c'].map((thread) => openCases.caseIn(thread))
    assert.deepEqual(await Promise.all(found), ['A', null, null])
  })

  it('hands the thread of a closed case on, and has that of a case opened again itself', async () => {
    const closedThreads = new Map<string, string>()
    const note = (thread: string, id: string) => void closedThreads.set(thread, id)
    const openCases = startOpenCases({ note, caseIn: (thread) => closedThreads.get(thread) ?? null }, () => travel)
    openCases.note(inThread('A', 'c;messageid=1'))
    assert.equal(closedThreads.size, 0)
    openCases.note(closedIn('A', 'c;messageid=1'))
    openCases.note(closedIn('B', 'a:chat'))
    assert.deepEqual([...closedThreads], [['c;messageid=1', 'A']])
    assert.equal(await openCases.caseIn('c;messageid=1'), 'A')
    openCases.note(inThread('A', 'c;messageid=1'))
    closedThreads.clear()
    assert.equal(await openCases.caseIn('c;messageid=1'), 'A')
  })
})

/** An open case whose card is in that conversation. */
const inThread = (id: string, conversationId: string): CaseWithCards => {
  const place = { ...posted().place, conversationId }
  const card = { audience: 'channel', state: 'shown', shownLine: 0, detail: '', since: minute(1) } as const
  return { ...aCase(id, 'low', minute(1)), cards: { channel: { ...card, posted: { ...posted(), place } } } }
}

/** The same, closed. */
const closedIn = (id: string, conversationId: string): CaseWithCards => {
  const { state, cards } = inThread(id, conversationId)
  return { state: { ...state, closed: { at: minute(2), by: ada, left: [] } }, cards }
}
