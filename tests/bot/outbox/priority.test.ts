import assert from 'node:assert/strict'
import { openPriority } from '../../../bot/outbox/priority.js'
import type { CaseWithCards } from '../../../bot/cases/card-location.js'
import { replay } from '../../../triage/evolve.js'
import { ada, anAlert, ben, now as at, posted, wrote } from '../../support/cast.js'
import { winnow } from '../../../triage/person.js'

describe('bot/outbox: priority', () => {
  const aCase = (caseId: string, owner: typeof ada | null, isPosted: boolean, shownLine = 0): CaseWithCards => {
    const opened = wrote(winnow, { type: 'opened', caseId, alert: anAlert(), playbook: 'other' })
    const state = replay([opened, ...(owner ? [wrote(owner, { type: 'claimed' })] : [])])
    assert.ok(state)
    const card = { audience: 'channel', state: 'shown', posted: posted(), shownLine, detail: '', since: at } as const
    return { state, cards: isPosted ? { channel: card } : {} }
  }

  it('puts what each owner did last first, then new cases, the severe before the others, then the rest', () => {
    const priority = openPriority()
    const [before, now, other] = [aCase('a', ada, true), aCase('b', ada, true), aCase('c', ben, true)]
    for (const record of [before, other, now]) priority.note(record)
    const of = (record: CaseWithCards) => priority.of(record, 'channel')
    assert.deepEqual([of(now), of(other)], [0, 0])
    assert.deepEqual([of(aCase('d', null, false)), of(before), of(aCase('e', null, true))], [1, 2, 2])
  })

  it('does not take the drawing of a card for work on the case', () => {
    const priority = openPriority()
    priority.note(aCase('a', ada, true))
    const drawn = aCase('b', ada, true, 1)
    priority.note(drawn)
    assert.equal(priority.of(aCase('a', ada, true), 'channel'), 0)
    assert.equal(priority.of(drawn, 'channel'), 2)
  })
})
