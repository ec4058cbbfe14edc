import assert from 'node:assert/strict'
import { openRanks } from '../../../bot/outbox/priority.js'
import type { Case } from '../../../triage/case.js'
import { replay } from '../../../triage/evolve.js'
import { ada, anAlert, ben, posted, wrote } from '../../support/cast.js'
import { winnow } from '../../../triage/person.js'

describe('bot/ranks', () => {
  const aCase = (caseId: string, owner: typeof ada | null, isPosted: boolean): Case => {
    const opened = wrote(winnow, { type: 'opened', caseId, alert: anAlert(), playbook: 'other' })
    const shown = wrote(winnow, { type: 'shown', surface: 'channel', seat: 'channel', posted: posted(), drawn: 0 })
    const state = replay([opened, ...(isPosted ? [shown] : []), ...(owner ? [wrote(owner, { type: 'claimed' })] : [])])
    assert.ok(state)
    return state
  }

  it('puts what each owner did last first, then new cases, then the rest', () => {
    const ranks = openRanks()
    const [before, now, other] = [aCase('a', ada, true), aCase('b', ada, true), aCase('c', ben, true)]
    for (const state of [before, other, now]) ranks.note(state)
    const of = (state: Case) => ranks.of(state, 'channel')
    assert.deepEqual([of(now), of(other)], [0, 0])
    assert.deepEqual([of(aCase('d', null, false)), of(before), of(aCase('e', null, true))], [1, 2, 2])
  })

  it('does not take the drawing of a card for work on the case', () => {
    const ranks = openRanks()
    ranks.note(aCase('a', ada, true))
    const drawn = { ...aCase('b', ada, true), news: 0 }
    ranks.note(drawn)
    assert.equal(ranks.of(aCase('a', ada, true), 'channel'), 0)
    assert.equal(ranks.of(drawn, 'channel'), 2)
  })
})
