import assert from 'node:assert/strict'
import { actionToIntent } from '../../../dialogs/hear/action-to-intent.js'
import { showChannel } from '../../../dialogs/show/show.js'
import { describeAnswers, describeNext } from '../../../dialogs/tell/describe.js'
import type { CaseContext } from '../../../dialogs/case-context.js'
import type { Event } from '../../../triage/event.js'
import type { Guide } from '../../../triage/guide.js'
import { ada, caseId, now, wrote } from '../../support/cast.js'
import { answered, claimed, judged, judgedAs, opened, untilJudged } from '../../support/diary.js'
import { aStep, travel } from '../../support/guides.js'
import { dataOf, seenAfter } from '../../support/seen.js'

/** The small travel guide, which decides on the address and asks for particulars, and has something that cannot wait. */
const guide: Guide = {
  ...travel,
  urgent: [aStep('suspend-user'), aStep('isolate-device')],
  checks: travel.checks.map((check) =>
    check.id === 'address'
      ? {
          ...check,
          decides: true,
          finding: 'Whose range is it?',
          options: check.options.map((option) =>
            option.id === 'foreign' ? { ...option, asks: 'Which provider?' } : option,
          ),
        }
      : check,
  ),
}
const after = (...more: readonly Event[]): CaseContext => ({ ...seenAfter(opened, claimed, ...more), guide })
const workAfter = (...more: readonly Event[]) => dataOf(showChannel(after(...more)), 'work')
const done = (step: string) => wrote(ada, { type: 'done', step: `urgent/${step}`, do: `Do ${step}` })
const stamp = { at: now, by: ada }

describe('dialogs/show: findings', () => {
  it('are asked for beside the answer: where a check decides by its own words, elsewhere as optional', () => {
    const first = workAfter()
    assert.deepEqual(
      [first.check, first.findingLabel, first.particulars, first.hasParticulars],
      ['address', 'Whose range is it?', 'finding.particular(option=It is foreign, asks=Which provider?)', true],
    )
    const second = workAfter(answered('address', 'foreign', ada, 'M247'))
    assert.deepEqual(
      [second.findingLabel, second.particulars, second.hasParticulars],
      ['finding.optional(ask=finding.ask())', '', false],
    )
  })

  it('stand beside the answers so far, with control characters made visible', () => {
    const { soFar } = workAfter(answered('address', 'foreign', ada, 'M2\u200B47'))
    assert.deepEqual(soFar, [
      { ask: 'What of address?', answer: 'It is foreign', finding: 'M2[U+200B]47', hasFinding: true, by: ada.name },
    ])
  })

  it('are missed for an answer that decides or asks for its particulars, until they are written', () => {
    const missing = (...more: readonly Event[]) => workAfter(...more).hints.map(({ text }) => text)
    assert.deepEqual(missing(answered('address', 'foreign')), [
      'finding.missing(ask=What of address?, asks=Which provider?)',
    ])
    assert.deepEqual(missing(answered('address', 'foreign', ada, 'M247')), [])
    const noted = wrote(ada, { type: 'finding-noted', check: 'address', finding: 'M247' })
    assert.deepEqual(missing(answered('address', 'foreign'), noted), [])
    assert.deepEqual(missing(answered('address', 'unknown')), [])
    assert.deepEqual(missing(answered('journey', 'no')), [])
  })

  it('are listed by number, and said by that number or for the last answer', () => {
    const context = after(answered('journey', 'no', ada, 'At home'), answered('address', 'ours'))
    assert.equal(
      describeAnswers(context),
      'next.answers(answers=\n1. What of address? It is ours\n2. What of journey? It is no (“At home”))',
    )
    const said = (answer: number | null, finding = 'In our list') =>
      actionToIntent({ verb: 'finding', answer, finding }, context, stamp)
    const command = (check: string) => ({
      kind: 'commands',
      caseId,
      commands: [{ type: 'note-finding', check, finding: 'In our list', caseId, line: 3, ...stamp }],
    })
    assert.deepEqual(said(2), command('journey'))
    assert.deepEqual(said(null), command('address'))
    assert.deepEqual(said(7), command(''))
    assert.deepEqual(said(null, ''), { kind: 'read', caseId })
  })

  it('are listed as what comes next while nothing is answered', () => {
    assert.equal(describeAnswers(after()), describeNext(after()))
  })
})

describe('dialogs/show: what cannot wait', () => {
  it('stands on the card before anyone has taken the case', () => {
    const data = dataOf(showChannel({ ...seenAfter(opened), guide }), 'new')
    assert.deepEqual(
      [data.hasUrgent, data.urgent],
      [true, [{ text: 'Do suspend-user' }, { text: 'Do isolate-device' }]],
    )
  })

  it('can be marked while the checks are asked, and stays marked after the verdict', () => {
    const marked = {
      urgentChoices: [
        { title: 'Do suspend-user', value: 'urgent/suspend-user' },
        { title: 'Do isolate-device', value: 'urgent/isolate-device' },
      ],
      doneUrgent: 'urgent/suspend-user',
    }
    const { hasUrgentInSight, urgentChoices, doneUrgent } = workAfter(done('suspend-user'))
    assert.deepEqual({ urgentChoices, doneUrgent }, marked)
    assert.equal(hasUrgentInSight, true)
    const later = workAfter(done('suspend-user'), answered('journey', 'no'))
    assert.deepEqual(
      [later.hasUrgentInSight, later.hasUrgentFolded, later.urgentTitle],
      [false, true, 'urgent.folded(done=1, count=2)'],
    )
    const judgedView = dataOf(showChannel({ ...seenAfter(...untilJudged, done('suspend-user')), guide }), 'judged')
    assert.deepEqual({ urgentChoices: judgedView.urgentChoices, doneUrgent: judgedView.doneUrgent }, marked)
    assert.equal(dataOf(showChannel(seenAfter(opened, claimed)), 'work').hasUrgentInSight, false)
  })

  it('is asked for after a verdict only when that is a TP', () => {
    const isAsked = (...diary: readonly Event[]) =>
      dataOf(showChannel({ ...seenAfter(opened, claimed, ...diary), guide }), 'judged').hasUrgentFolded
    assert.equal(isAsked(judged), false)
    assert.equal(isAsked(judgedAs({ verdict: 'tp', class: 'TP' })), true)
  })

  it('is told in words, with the numbers to send, until all of it is done', () => {
    assert.match(describeNext(after()), /next\.urgent\(steps=\n1\. ○ Do suspend-user\n2\. ○ Do isolate-device\)/)
    assert.match(describeNext(after(done('suspend-user'))), /1\. ✔ Do suspend-user\n2\. ○ Do isolate-device/)
    assert.doesNotMatch(describeNext(after(done('suspend-user'), done('isolate-device'))), /next\.urgent/)
  })

  it('is marked by its number before the verdict, when other steps are not', () => {
    const marks = actionToIntent({ verb: 'done', steps: [2] }, after(done('suspend-user')), stamp)
    assert.deepEqual(marks, {
      kind: 'commands',
      caseId,
      commands: [
        {
          type: 'mark-steps',
          kind: 'urgent',
          steps: ['urgent/suspend-user', 'urgent/isolate-device'],
          caseId,
          line: 2,
          ...stamp,
        },
      ],
    })
    assert.deepEqual(actionToIntent({ verb: 'done', steps: [3] }, after(), stamp), {
      refusal: 'not-judged',
      details: {},
    })
  })
})
