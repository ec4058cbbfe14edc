import assert from 'node:assert/strict'
import { showChannel } from '../../../dialogs/show/show.js'
import type { Event } from '../../../triage/event.js'
import { ada, ben, wrote } from '../../support/cast.js'
import {
  answered,
  claimed,
  closed,
  done,
  judged,
  judgedAs,
  opened,
  untilClosed,
  untilJudged,
  withoutWords,
} from '../../support/diary.js'
import { dataOf, formOf, seenAfter } from '../../support/seen.js'

const skipped = (step: string) => wrote(ben, { type: 'skipped', step, reason: 'Not ours.' })
const after = (...more: readonly Event[]) => dataOf(showChannel(seenAfter(...untilJudged, ...more)), 'judged')
const tp = judgedAs({ verdict: 'tp', class: 'TP', label: 'Account in other hands' })
const lines = (stepViews: readonly { readonly mark: string; readonly do: string; readonly note: string }[]) =>
  stepViews.map(({ mark, do: text, note }) => `${mark} ${text}${note === '' ? '' : ` [${note}]`}`)

describe('dialogs/show: a judged case', () => {
  it('says what was found, by whom, when and why', () => {
    const data = after()
    assert.deepEqual(
      [data.verdict, data.means, data.by, data.at],
      ['FP - Untagged VPN', 'It means fp-vpn.', ada.name, '2 Mar 2026, 09:00 UTC'],
    )
    assert.match(data.because, /belongs to a VPN of ours/)
    assert.deepEqual([data.reason, data.hasReason], ['', false])
  })

  it('says so when it went against the evidence', () => {
    const against = judgedAs({ because: 'A\u200B backup.', against: 'A\u200B backup.' })
    const data = dataOf(showChannel(seenAfter(opened, claimed, against)), 'judged')
    assert.deepEqual([data.reason, data.hasReason, data.because], ['A[U+200B] backup.', true, ''])
  })

  it('lists what is to be done, what was done, and what was skipped and why', () => {
    const data = after(done('action/close-alert'), skipped('action/tag-range'), done('scope/same-place'))
    assert.deepEqual(lines(data.actions), [
      `✔ Close the alert as a false positive [tick.done(by=${ada.name}, at=2 Mar 09:00 UTC, reason=)]`,
      `– Do tag-range [tick.skipped(by=${ben.name}, at=2 Mar 09:00 UTC, reason=Not ours.)]`,
    ])
    assert.deepEqual(lines(data.scope), [
      `✔ Do same-place [tick.done(by=${ada.name}, at=2 Mar 09:00 UTC, reason=)]`,
      '○ step.optional(do=Do other-alerts)',
    ])
    assert.deepEqual([data.hasActionChoices, data.hasScopeFolded, data.hasSteps], [true, true, true])
  })

  it('keeps what makes such alerts rarer apart from the case’s own steps', () => {
    const data = after(done('tuning/tag-ranges'))
    assert.deepEqual(lines(data.tuning), [
      `✔ step.optional(do=Do tag-ranges) [tick.done(by=${ada.name}, at=2 Mar 09:00 UTC, reason=)]`,
    ])
    assert.deepEqual([data.hasTuningChoices, data.doneTuning], [true, 'tuning/tag-ranges'])
    assert.deepEqual(
      data.tuningChoices.map(({ value }) => value),
      ['tuning/tag-ranges'],
    )
    assert.equal(data.history.at(-1)?.what, `history.done(by=${ada.name}, step=Do tag-ranges)`)
  })

  it('lets one tick all steps of the verdict, with those done preselected', () => {
    const data = after(done('action/tag-range'), skipped('action/close-alert'))
    assert.deepEqual(
      data.actionChoices.map(({ value }) => value),
      ['action/close-alert', 'action/tag-range'],
    )
    assert.deepEqual([data.doneActions, data.doneScope], ['action/tag-range', ''])
    assert.deepEqual(
      data.scopeChoices.map(({ value }) => value),
      ['scope/same-place', 'scope/other-alerts'],
    )
  })

  it('marks steps that are optional or depend on something', () => {
    const data = dataOf(showChannel(seenAfter(opened, claimed, tp)), 'judged')
    assert.deepEqual(
      data.actionChoices.map(({ title }) => title),
      [
        'Do suspend-user',
        'Close the alert as a true positive',
        'step.optional(do=Do tell-user)',
        'step.when(do=Do roll-back, when=if anything was changed)',
      ],
    )
  })

  it('can be closed when no required action is left; the open ones are named in this verdict’s own words', () => {
    assert.deepEqual([after().canClose, after().hasOpenActions], [false, true])
    assert.deepEqual(formOf(seenAfter(...untilJudged), 'form-skip').openActions, [
      { title: 'Close the alert as a false positive', value: 'action/close-alert' },
      { title: 'Do tag-range', value: 'action/tag-range' },
    ])
    const ready = after(done('action/close-alert'), skipped('action/tag-range'))
    assert.deepEqual([ready.canClose, ready.hasOpenActions], [true, false])
  })

  it('does not lose what was done for an earlier verdict', () => {
    const reconsidered = wrote(ada, { type: 'judgement-withdrawn' })
    const data = dataOf(
      showChannel(seenAfter(opened, claimed, tp, done('action/suspend-user'), reconsidered, judged)),
      'judged',
    )
    assert.deepEqual(
      lines(data.actions).map((line) => line.slice(0, 17)),
      ['○ Close the alert', '○ Do tag-range', '✔ Do suspend-user'],
    )
    assert.equal(data.doneActions, '')
    assert.equal(data.actionChoices.length, 2)
  })

  it('shows a verdict and steps the guide no longer has', () => {
    const gone = judgedAs({ verdict: 'fp-gone', label: 'Gone' })
    const data = dataOf(showChannel(seenAfter(opened, claimed, gone, done('action/vanished'))), 'judged')
    assert.deepEqual([data.verdict, data.means], ['FP - Gone', 'It means fp-gone.'])
    assert.equal(lines(data.actions)[0]?.slice(0, 13), '✔ Do vanished')
    const old = [opened, claimed, withoutWords(gone), withoutWords(done('action/vanished'))]
    const bare = dataOf(showChannel(seenAfter(...old)), 'judged')
    assert.deepEqual([bare.verdict, bare.means], ['FP - Gone', ''])
    assert.equal(lines(bare.actions)[0]?.slice(0, 17), '✔ action/vanished')
    assert.deepEqual([data.canClose, data.hasOpenActions], [true, false])
    assert.deepEqual([data.actionChoices, data.hasActionChoices, data.hasTicked], [[], false, true])
  })

  it('has nothing to mark where the guide has no steps any more, whatever was done before', () => {
    const context = seenAfter(
      ...untilJudged,
      done('action/tag-range'),
      done('scope/same-place'),
      done('tuning/tag-ranges'),
    )
    const bare = { ...context, guide: { ...context.guide, verdicts: [], scope: [], tuning: [] } }
    const data = dataOf(showChannel(bare), 'judged')
    assert.deepEqual(
      [data.hasActionChoices, data.hasScopeFolded, data.hasScopeInSight, data.hasTuningChoices, data.hasSteps],
      [false, false, false, false, false],
    )
    assert.deepEqual([data.actions.length, data.scope.length, data.hasTicked], [1, 1, true])
  })

  it('tells in its history what was done in the words of the verdict that stood then', () => {
    const { history } = after(done('action/close-alert'))
    assert.equal(history.at(-1)?.what, `history.done(by=${ada.name}, step=Close the alert as a false positive)`)
  })
})

describe('dialogs/show: a closed case', () => {
  it('is the record: verdict, actions, by whom and when', () => {
    const data = dataOf(showChannel(seenAfter(...untilClosed)), 'closed')
    assert.deepEqual(
      [data.verdict, data.closedBy, data.closedAt],
      ['FP - Untagged VPN', ada.name, '2 Mar 2026, 09:00 UTC'],
    )
    assert.equal(data.actions.length, 2)
    assert.deepEqual([data.scope, data.hasScope], [[], false])
    assert.deepEqual([data.owner, data.line], [ada.name, 6])
  })

  it('names the scope steps that were done or skipped, not those that were left', () => {
    const data = dataOf(showChannel(seenAfter(...untilJudged, done('scope/same-place'), closed)), 'closed')
    assert.deepEqual(
      lines(data.scope).map((line) => line.slice(0, 15)),
      ['✔ Do same-place'],
    )
  })

  it('names the tuning that was done, not what was left', () => {
    const data = dataOf(showChannel(seenAfter(...untilJudged, done('tuning/tag-ranges'), closed)), 'closed')
    assert.deepEqual([data.tuning.length, data.hasTuning], [1, true])
    assert.equal(dataOf(showChannel(seenAfter(...untilClosed)), 'closed').hasTuning, false)
  })

  it('is judged again, with everything in it, once it is reopened', () => {
    const reopened = wrote(ben, { type: 'reopened', reason: '' })
    assert.equal(showChannel(seenAfter(...untilClosed, reopened, answered('x', 'y'))).card, 'judged')
  })
})
