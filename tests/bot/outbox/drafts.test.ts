import assert from 'node:assert/strict'
import { openDrafts } from '../../../bot/outbox/drafts.js'
import type { Event } from '../../../triage/event.js'
import { replay } from '../../../triage/evolve.js'
import { ada, ben, caseId, wrote } from '../../support/cast.js'
import { answered, claimed, judged, opened, untilClosed, withdrawn } from '../../support/diary.js'

describe('bot/outbox/drafts: what is typed and not sent', () => {
  const stateAfter = (...diary: readonly Event[]) => {
    const state = replay(diary)
    assert.ok(state)
    return state
  }
  /** Someone has typed that, and pressed something else on a card that shows that line. */
  const typed = (finding: string, line: number, by = ada, of = caseId, most?: number) => {
    const drafts = openDrafts(most)
    drafts.note({ by, data: { caseId: of, line, finding } })
    return drafts
  }
  const inWork = stateAfter(opened, claimed)

  it('comes back into the input of whoever has the case, and only of that case', () => {
    assert.equal(typed('Old browser', 1).of(inWork), 'Old browser')
    assert.equal(typed('Old browser', 1, ben).of(inWork), '')
    assert.equal(typed('Old browser', 1, ada, '0000-0000-0000').of(inWork), '')
    assert.equal(typed('Old browser', 1).of(stateAfter(opened)), '')
  })

  it('is what was typed last, also when that was emptied; a press without an input says nothing of it', () => {
    const drafts = typed('Old browser', 1)
    drafts.note({ by: ada, data: { caseId, line: 1 } })
    drafts.note({ by: ada, data: {} })
    assert.equal(drafts.of(inWork), 'Old browser')
    drafts.note({ by: ada, data: { caseId, line: 1, finding: '' } })
    assert.equal(drafts.of(inWork), '')
  })

  it('stays while others add something, and goes once another check is open', () => {
    const noted = wrote(ben, { type: 'noted', text: 'Seen that before.' })
    assert.equal(typed('Old browser', 1).of(stateAfter(opened, claimed, noted)), 'Old browser')
    assert.equal(typed('Old browser', 1).of(stateAfter(opened, claimed, answered('address', 'ours'))), '')
    const back = stateAfter(opened, claimed, answered('address', 'ours'), withdrawn('address'))
    assert.equal(typed('Old browser', 2).of(back), '')
    assert.equal(typed('Old browser', 3).of(back), 'Old browser')
  })

  it('goes with a change of owner, also for who gets the case back', () => {
    const released = wrote(ada, { type: 'released' })
    const again = stateAfter(opened, claimed, released, claimed)
    assert.equal(typed('Old browser', 1).of(again), '')
    assert.equal(typed('Old browser', 3).of(again), 'Old browser')
  })

  it('is over with the verdict, and at the end', () => {
    assert.equal(typed('Old browser', 99).of(stateAfter(opened, claimed, answered('address', 'ours'), judged)), '')
    const closed = stateAfter(...untilClosed)
    assert.ok(closed.closed)
    assert.equal(typed('Old browser', 99).of({ ...closed, recordedVerdict: null }), '')
  })

  it('is forgotten when many others have typed something since', () => {
    const drafts = typed('Old browser', 1, ada, caseId, 2)
    for (const other of ['a', 'b']) drafts.note({ by: ada, data: { caseId: other, line: 1, finding: 'x' } })
    assert.equal(drafts.of(inWork), '')
  })
})
