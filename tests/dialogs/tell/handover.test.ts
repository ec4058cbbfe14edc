import assert from 'node:assert/strict'
import { describeHandover, formerOwner } from '../../../dialogs/tell/handover.js'
import { replay } from '../../../triage/evolve.js'
import type { Diary } from '../../../triage/event.js'
import { ada, ben, wrote } from '../../support/cast.js'
import { claimed, openedWith } from '../../support/diary.js'

describe('dialogs/tell/handover: a case that somebody else has taken over', () => {
  const opened = openedWith({})
  const taken = wrote(ben, { type: 'handed-over', to: ben })
  const noted = wrote(ben, { type: 'noted', text: 'x' })
  const phrases = { 'handed-over': '{former}, {owner} has {code}' }
  const stateOf = (diary: Diary) => {
    const state = replay(diary)
    assert.ok(state)
    return state
  }

  it('had somebody before', () => {
    assert.deepEqual(formerOwner([opened, claimed, taken], [taken]), ada)
    assert.deepEqual(formerOwner([opened, claimed, taken, noted], [taken, noted]), ada)
  })

  it('had nobody before, or still has the same', () => {
    assert.equal(formerOwner([opened, claimed], [claimed]), null)
    assert.equal(formerOwner([opened, claimed, taken, noted], [noted]), null)
    assert.equal(formerOwner([opened, taken], [taken]), null)
    const back = wrote(ada, { type: 'handed-over', to: ada })
    assert.equal(formerOwner([opened, claimed, taken, back], [taken, back]), null)
  })

  it('is told to who had it, with both names made harmless', () => {
    const evil = { id: 'evil', name: 'Eve\u202E\nEvil' }
    const state = stateOf([opened, claimed, wrote(evil, { type: 'handed-over', to: evil })])
    const call = describeHandover(state, ada, phrases)
    assert.equal(call?.text, `Ada Analyst, Eve[U+202E] Evil has ${state.id}`)
    assert.deepEqual(call?.mentions, [ada])
  })

  it('is not told any more once who had it has it again, or it was given back or closed', () => {
    const back = wrote(ada, { type: 'handed-over', to: ada })
    assert.equal(describeHandover(stateOf([opened, claimed, taken, back]), ada, phrases), null)
    assert.equal(
      describeHandover(stateOf([opened, claimed, taken, wrote(ben, { type: 'released' })]), ada, phrases),
      null,
    )
    assert.equal(
      describeHandover(stateOf([opened, claimed, taken, wrote(ben, { type: 'closed' })]), ada, phrases),
      null,
    )
  })
})
