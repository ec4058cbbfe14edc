import assert from 'node:assert/strict'
import { describeHandover, describeManagersWord, formerOwner } from '../../../dialogs/tell/handover.js'
import { replay } from '../../../triage/evolve.js'
import type { Diary } from '../../../triage/event.js'
import { winnow } from '../../../triage/person.js'
import { ada, ben, mia, minute, now, wrote } from '../../support/cast.js'
import { asked, claimed, managerSaid, opened as alertOpened, openedWith } from '../../support/diary.js'
import { words } from '../../support/words.js'

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

describe('dialogs/tell/handover: what the manager said', () => {
  const stateOf = (...diary: Diary) => {
    const state = replay([alertOpened, claimed, asked, ...diary])
    assert.ok(state)
    return state
  }
  const answeredAt = now
  const expired = wrote(winnow, { type: 'manager-expired' }, minute(60))

  it('is told to who has the case, by name', () => {
    const told = describeManagersWord(stateOf(managerSaid('no')), answeredAt, words)
    assert.deepEqual(told?.mentions, [ada])
    assert.match(
      told?.text ?? '',
      /^owner\.answered\(owner=Ada Analyst, manager=Mia Manager, answer=manager\.no\(\), dates=, code=\S+\)$/,
    )
  })

  it('is told when it did not come in time', () => {
    assert.match(describeManagersWord(stateOf(expired), null, words)?.text ?? '', /^owner\.expired\(owner=Ada Analyst/)
  })

  it('is not told any more once it is another answer, the case is closed, or nobody has it', () => {
    assert.equal(describeManagersWord(stateOf(managerSaid('no')), minute(99), words), null)
    assert.equal(describeManagersWord(stateOf(managerSaid('no')), null, words), null)
    assert.equal(describeManagersWord(stateOf(), null, words), null)
    for (const end of [wrote(ada, { type: 'closed' }), wrote(ada, { type: 'released' })])
      assert.equal(describeManagersWord(stateOf(managerSaid('no'), end), answeredAt, words), null)
  })

  it('is told to an owner who said it as the manager as well, for the card they fill in waits', () => {
    const over = wrote(mia, { type: 'handed-over', to: mia })
    assert.deepEqual(describeManagersWord(stateOf(managerSaid('no'), over), answeredAt, words)?.mentions, [mia])
  })
})
