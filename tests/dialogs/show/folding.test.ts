import assert from 'node:assert/strict'
import { loadPhrases } from '../../../content/load/load-phrases.js'
import { showChannel } from '../../../dialogs/show/show.js'
import type { Event } from '../../../triage/event.js'
import { say } from '../../../triage/phrases.js'
import { ada, wrote } from '../../support/cast.js'
import { answered, claimed, closed, done, judged, opened, openedWith, untilClosed } from '../../support/diary.js'
import { aStep, travel } from '../../support/guides.js'
import { dataOf, seenAfter } from '../../support/seen.js'

const related = [{ caseId: '1111-2222-3333', type: 'mail-forwarding', occurredAt: '2026-03-01T08:00:00.000Z' }]
const combination =
  'follows(after=Title of mail-forwarding, code=1111-2222-3333, says=An intruder may be in this mailbox.)'
const skipped = (step: string) => wrote(ada, { type: 'skipped', step, reason: 'Not ours.' })

/** A judged case whose verdict has so many actions, the first of them required. */
const judgedWith = (required: number, conditional: number, ...more: readonly Event[]) => {
  const actions = [
    ...Array.from({ length: required }, (_, index) => aStep(`must-${index}`)),
    ...Array.from({ length: conditional }, (_, index) => aStep(`if-${index}`, { when: 'if seen' })),
  ]
  const verdicts = travel.verdicts.map((one) => (one.id === 'fp-vpn' ? { ...one, actions } : one))
  const context = seenAfter(opened, claimed, answered('address', 'ours'), judged, ...more)
  return dataOf(showChannel({ ...context, guide: { ...travel, verdicts } }), 'judged')
}
const values = (choices: readonly { readonly value: string }[]) => choices.map(({ value }) => value)

describe('dialogs/show: what a card folds away', () => {
  it('leaves in sight what happened: whom the alert is about, from where, to what', () => {
    const { subject } = dataOf(showChannel(seenAfter(opened, claimed)), 'work')
    assert.equal(subject, 'Kim Karlsen · NO, BR · Exchange Online')
  })

  it('has the alert’s own title for its headline, and the guide’s below it where that says more', () => {
    const alert = { title: 'Odd \u202E sign-in', people: [], addresses: [], resources: ['a', 'b', 'c'] }
    const data = dataOf(showChannel(seenAfter(openedWith(alert), claimed)), 'work')
    assert.deepEqual(
      [data.title, data.kind, data.isKindShown, data.subject],
      ['Odd [U+202E] sign-in', 'Impossible travel', true, 'a +2'],
    )
    assert.equal(dataOf(showChannel(seenAfter(opened, claimed)), 'work').isKindShown, false)
  })

  it('never is a combination that changes the reading', () => {
    const start = [openedWith({}, related), claimed, answered('address', 'ours')] as const
    const verdict = dataOf(
      showChannel(seenAfter(...start, answered('journey', 'yes'), answered('download', 'yes'))),
      'verdict',
    )
    assert.deepEqual(verdict.hints, [{ text: combination }])
    assert.deepEqual(dataOf(showChannel(seenAfter(...start, judged)), 'judged').hints, [{ text: combination }])
  })

  it('are the verdicts the answers do not allow: the others are recorded with a tap, without a reason', () => {
    const data = dataOf(
      showChannel(seenAfter(opened, claimed, answered('address', 'unknown'), answered('journey', 'yes'))),
      'verdict',
    )
    assert.deepEqual(
      data.allowed.map(({ value, record }) => [value, record]),
      [
        ['btp-travel', 'record.B-TP()'],
        ['undetermined', 'record.undetermined()'],
      ],
    )
    assert.equal(data.hasOthers, true)
  })

  it('are actions that are not required, where there are more than six in all', () => {
    const few = judgedWith(3, 3)
    assert.deepEqual([few.actionChoices.length, few.hasMoreActions], [6, false])
    const many = judgedWith(4, 3, done('action/must-1'), done('action/if-2'))
    assert.deepEqual(values(many.actionChoices), ['action/must-0', 'action/must-1', 'action/must-2', 'action/must-3'])
    assert.deepEqual(values(many.moreActionChoices), ['action/if-0', 'action/if-1', 'action/if-2'])
    assert.deepEqual([many.doneActions, many.doneMoreActions], ['action/must-1', 'action/if-2'])
    assert.equal(many.moreTitle, 'judged.more(done=1, count=3)')
    assert.deepEqual([judgedWith(0, 8).actionChoices.length, judgedWith(9, 0).hasMoreActions], [8, false])
  })

  it('is the scope, under a title that counts, and who did what, while a skipped step is marked as such', () => {
    const data = judgedWith(2, 0, done('scope/same-place'), skipped('action/must-0'))
    assert.deepEqual([data.reachTitle, data.hasTicked], ['judged.reach(done=1, count=2)', true])
    assert.equal(data.actionChoices[0]?.title, 'step.skipped(do=Do must-0)')
    assert.equal(judgedWith(2, 0).hasTicked, false)
  })

  it('are the steps of a closed case, but for their number', () => {
    const { summary } = dataOf(
      showChannel(seenAfter(...untilClosed.slice(0, -1), skipped('scope/same-place'), closed)),
      'closed',
    )
    assert.equal(summary, 'closed.summary(done=2, skipped=1, open=0)')
  })

  it('stands under titles short enough for a button', async () => {
    const phrases = await loadPhrases('content/phrases', 'en')
    for (const key of ['judged.more', 'judged.reach']) {
      assert.ok(say(phrases, key, { done: '10', count: '10' }).length <= 20, key)
      assert.ok(say(phrases, key, { done: '9', count: '9' }).length <= 18, key)
    }
  })
})
