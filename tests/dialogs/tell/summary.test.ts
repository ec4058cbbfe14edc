import assert from 'node:assert/strict'
import { summaryOf } from '../../../dialogs/tell/summary.js'
import { loadPhrases } from '../../../content/load/load-phrases.js'
import type { Alert } from '../../../triage/alert.js'
import { caseId } from '../../support/cast.js'
import { openedWith } from '../../support/diary.js'
import { other } from '../../support/guides.js'
import { seenAfter } from '../../support/seen.js'

describe('dialogs/tell/summary: what a notification says of a case', () => {
  const of = async (alert: Partial<Alert>) => ({
    ...seenAfter(openedWith(alert)),
    phrases: await loadPhrases('content/phrases', 'en'),
  })

  it('says how bad it is, what it is, who and from where, and the code', async () => {
    assert.equal(
      summaryOf(await of({})),
      `Medium: Impossible travel: Kim Karlsen · NO, BR · Exchange Online (case ${caseId})`,
    )
    const bare = { people: [], addresses: [], apps: [] }
    assert.equal(summaryOf(await of(bare)), `Medium: Impossible travel (case ${caseId})`)
  })

  it('calls an alert without a guide of its own by its own title', async () => {
    const context = await of({ title: 'Odd \u202E sign-in', addresses: [], apps: [] })
    assert.equal(summaryOf({ ...context, guide: other }), `Medium: Odd [U+202E] sign-in: Kim Karlsen (case ${caseId})`)
  })

  it('is no longer than Teams shows, and keeps the code', async () => {
    const people = [{ upn: null, objectId: null, name: 'x'.repeat(500) }]
    const said = summaryOf(await of({ people, apps: ['y'.repeat(500)], resources: ['z'.repeat(500)] }))
    assert.ok(said.length <= 150 && said.endsWith(`(case ${caseId})`), said)
  })
})
