import assert from 'node:assert/strict'
import { stageOf } from '../../triage/case.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { ada, wrote } from '../support/cast.js'
import { claimed, opened, untilClosed, untilJudged } from '../support/diary.js'

const stage = (...diary: readonly Event[]) => {
  const state = replay(diary)
  assert.ok(state)
  return stageOf(state)
}

describe('triage/case: the stage', () => {
  const released = wrote(ada, { type: 'released' })

  it('is new until somebody takes the case, and work until a verdict is recorded', () => {
    assert.equal(stage(opened), 'new')
    assert.equal(stage(opened, claimed), 'work')
    assert.equal(stage(...untilJudged), 'judged')
    assert.equal(stage(...untilClosed), 'closed')
  })

  it('is new again when the case was released, whatever was recorded', () => {
    assert.equal(stage(opened, claimed, released), 'new')
    assert.equal(stage(...untilJudged, released), 'new')
  })

  it('is what it was before when the case is opened again', () => {
    assert.equal(stage(...untilClosed, wrote(ada, { type: 'reopened', reason: 'More is known.' })), 'judged')
  })
})
