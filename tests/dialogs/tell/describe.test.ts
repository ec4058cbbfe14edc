import assert from 'node:assert/strict'
import { actionToIntent } from '../../../dialogs/hear/action-to-intent.js'
import { describeNext, describeEvents, describeStep } from '../../../dialogs/tell/describe.js'
import type { Event } from '../../../triage/event.js'
import { ada, caseId, now, wrote } from '../../support/cast.js'
import { answered, claimed, closed, done, opened, untilJudged } from '../../support/diary.js'
import { aStep, travel } from '../../support/guides.js'
import { seenAfter } from '../../support/seen.js'

const told = (...diary: readonly Event[]) => describeNext(seenAfter(...diary))
const numbersIn = (text: string) =>
  [...text.matchAll(/^(\d+)\. (?:[○✔–] )?(.*?)\)?$/gm)].map(([, n, what]) => [n, what])

describe('dialogs/tell/describe', () => {
  it('numbers the options of a check in the guide’s order, whatever was answered before', () => {
    const first = told(opened, claimed)
    assert.match(first, /^next\.work\(owner=Ada Analyst, step=1, of=\d, ask=What of address\?, options=/)
    assert.deepEqual(numbersIn(first), [
      ['1', 'It is ours'],
      ['2', 'It is foreign'],
      ['3', 'It is unknown'],
    ])
    assert.match(told(opened, claimed, answered('address', 'foreign')), /ask=What of journey\?/)
  })

  it('numbers the steps of a verdict through all kinds, whatever is marked', () => {
    const before = numbersIn(told(...untilJudged))
    assert.equal(before.length, 5)
    assert.deepEqual(numbersIn(told(...untilJudged, done('action/tag-range'))), before)
    assert.match(told(...untilJudged, done('action/tag-range')), /\n2\. ✔ Do tag-range\n/)
  })

  it('lists verdicts by the names that can be said', () => {
    const all = told(
      opened,
      claimed,
      answered('address', 'ours'),
      answered('journey', 'no'),
      answered('download', 'no'),
    )
    assert.match(all, /^next\.verdict\(.*\ntp: verdict\.needs-reason\(.*\nfp-vpn: FP - Untagged VPN\n/s)
  })

  it('says the next step in a line', () => {
    const step = (...diary: readonly Event[]) => describeStep(seenAfter(...diary), true)
    const all = [answered('address', 'ours'), answered('journey', 'no'), answered('download', 'no')]
    assert.equal(step(opened), 'next.new()')
    assert.equal(step(opened, claimed), 'short.work(step=1, of=3, ask=What of address?, code=)')
    assert.equal(step(opened, claimed, ...all), 'short.verdict(code=)')
    assert.equal(step(...untilJudged), 'short.judged(count=2, code=)')
    assert.equal(step(...untilJudged, done('action/tag-range'), done('action/close-alert')), 'short.close(code=)')
    assert.equal(step(...untilJudged, closed), 'next.closed(by=Ada Analyst)')
    const elsewhere = describeStep(seenAfter(...untilJudged), false)
    assert.equal(elsewhere, `short.judged(count=2, code=${caseId} )`)
    const guide = { ...travel, urgent: [aStep('isolate'), aStep('call')] }
    const hurried = (...diary: readonly Event[]) =>
      describeStep({ ...seenAfter(opened, claimed, ...diary), guide }, true)
    assert.match(hurried(), /^short\.urgent\(count=2\) short\.work\(/)
    assert.match(hurried(done('urgent/call')), /^short\.urgent\(count=1\) /)
  })

  it('shows people’s words harmlessly', () => {
    const noted = wrote(ada, { type: 'noted', text: 'a\u202Eb\nc' })
    assert.equal(describeEvents([noted], seenAfter(opened, noted)), 'history.noted(by=Ada Analyst, text=a[U+202E]b c)')
    assert.match(told(...untilJudged, closed), /^next\.closed\(by=Ada Analyst\)$/)
  })
})

describe('dialogs/hear/action-to-intent', () => {
  const stamp = { at: now, by: ada }

  it('is held against the line that was looked at, and keeps what is done already', () => {
    const context = seenAfter(...untilJudged, done('scope/same-place'))
    const base = { caseId: context.state.id, line: context.state.line - 1, ...stamp }
    assert.deepEqual(actionToIntent({ verb: 'done', steps: [2, 4] }, context, stamp), {
      kind: 'commands',
      caseId: base.caseId,
      commands: [
        { type: 'mark-steps', kind: 'action', steps: ['action/tag-range'], ...base },
        { type: 'mark-steps', kind: 'scope', steps: ['scope/same-place', 'scope/other-alerts'], ...base, line: null },
      ],
    })
  })

  it('refuses numbers that fit nothing', () => {
    const refused = (action: Parameters<typeof actionToIntent>[0], ...diary: readonly Event[]) =>
      Object(actionToIntent(action, seenAfter(...diary), stamp)).refusal
    assert.equal(refused({ verb: 'done', steps: [1, 6] }, ...untilJudged), 'no-step')
    assert.equal(refused({ verb: 'undo', steps: [0] }, ...untilJudged), 'no-step')
    assert.equal(refused({ verb: 'skip', step: 6, reason: 'x' }, ...untilJudged), 'no-step')
    assert.equal(refused({ verb: 'done', steps: [1] }, opened, claimed), 'not-judged')
  })
})
