import assert from 'node:assert/strict'
import { openGroupIndex } from '../../../bot/cases/group-index.js'
import { openPastCases } from '../../../bot/cases/past-cases.js'
import { anAlert } from '../../support/cast.js'

describe('bot/cases/group-index: what is remembered from before a start', () => {
  const remembered = { caseId: 'A', type: 'spam', occurredAt: '2026-03-01T00:00:00.000Z', title: 'Spam', isOpen: false }
  const known = {
    ...remembered,
    verdict: '',
    keys: [],
    sources: ['graph' as const],
    ids: ['5e1f0000-0000-4000-8000-00000000a001'],
  }
  const late = anAlert({
    source: 'sentinel',
    sourceAlertId: 'late',
    otherIds: ['5e1f0000-0000-4000-8000-00000000a001'],
  })

  it('is found when another source tells of the same alert, by an id of it', () => {
    const past = openPastCases()
    past.put(known)
    assert.deepEqual(openGroupIndex(0, past).place('B', late), { leader: 'A', as: 'twin' })
    assert.equal(openGroupIndex(0).place('B', late), null)
  })

  it('takes in one alert of each source', () => {
    const past = openPastCases()
    past.put(known)
    assert.equal(openGroupIndex(0, past).place('B', { ...late, source: 'graph' }), null)
    const index = openGroupIndex(0, past)
    assert.equal(index.place('B', late)?.leader, 'A')
    assert.equal(index.place('C', { ...late, sourceAlertId: 'once more' }), null)
  })

  it('is known here once it is asked about, and stands for itself', () => {
    const past = openPastCases()
    past.put(known)
    const index = openGroupIndex(0, past)
    assert.equal(index.has('A') && index.isOwn('A'), true)
    assert.equal(index.has('B'), false)
  })

  it('is no more once it is forgotten', () => {
    const past = openPastCases()
    past.put(known)
    past.forget('A')
    assert.equal(openGroupIndex(0, past).place('B', late), null)
  })
})

describe('bot/cases/group-index: one alert that two sources tell of', () => {
  const one = anAlert({ source: 'graph', sourceAlertId: 'one' })
  const other = anAlert({ source: 'sentinel', sourceAlertId: 'other' })

  it('is found by its person among those of its type, where the sources have no id in common', () => {
    const index = openGroupIndex(0)
    assert.equal(index.place('A', one), null)
    assert.equal(index.place('B', { ...other, type: 'spam' }), null)
    assert.deepEqual(index.place('C', other), { leader: 'A', as: 'twin' })
  })

  it('is not found by its person once it is forgotten', () => {
    const index = openGroupIndex(0)
    index.place('A', one)
    index.forget('A')
    assert.equal(index.place('B', other), null)
  })

  it('is no longer looked for among more than the newest twenty about that person', () => {
    const index = openGroupIndex(0)
    index.place('A', one)
    for (let at = 0; at < 20; at += 1)
      index.place(`LATER-${at}`, { ...one, sourceAlertId: `${at}`, occurredAt: '2026-01-01T00:00:00.000Z' })
    assert.equal(index.place('B', other), null)
  })
})
