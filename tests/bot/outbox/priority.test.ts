import assert from 'node:assert/strict'
import { openPriority } from '../../../bot/outbox/priority.js'
import type { Case } from '../../../triage/case.js'
import { replay } from '../../../triage/evolve.js'
import { ada, anAlert, ben, posted, wrote } from '../../support/cast.js'
import { winnow } from '../../../triage/person.js'

describe('bot/ranks', () => {
  const aCase = (caseId: string, owner: typeof ada | null, isPosted: boolean): Case => {
    const opened = wrote(winnow, { type: 'opened', caseId, alert: anAlert(), playbook: 'other' })
    const shown = wrote(winnow, { type: 'shown', surface: 'channel', audience: 'channel', posted: posted(), drawn: 0 })
    const state = replay([opened, ...(isPosted ? [shown] : []), ...(owner ? [wrote(owner, { type: 'claimed' })] : [])])
    assert.ok(state)
    return state
  }

  it('puts what each owner did last first, then new cases, then the rest', () => {
    const priority = openPriority()
    const [before, now, other] = [aCase('a', ada, true), aCase('b', ada, true), aCase('c', ben, true)]
    for (const state of [before, other, now]) priority.note(state)
    const of = (state: Case) => priority.of(state, 'channel')
    assert.deepEqual([of(now), of(other)], [0, 0])
    assert.deepEqual([of(aCase('d', null, false)), of(before), of(aCase('e', null, true))], [1, 2, 2])
  })

  it('does not take the drawing of a card for work on the case', () => {
    const priority = openPriority()
    priority.note(aCase('a', ada, true))
    const drawn = { ...aCase('b', ada, true), news: 0 }
    priority.note(drawn)
    assert.equal(priority.of(aCase('a', ada, true), 'channel'), 0)
    assert.equal(priority.of(drawn, 'channel'), 2)
  })
})
