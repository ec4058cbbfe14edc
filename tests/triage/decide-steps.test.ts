import { ada, ben, caseId, intent, wrote } from '../support/cast.js'
import {
  answered,
  claimed,
  closed,
  closedWith,
  done,
  judgedAs,
  opened,
  skipped,
  undone,
  untilClosed,
  untilJudged,
} from '../support/diary.js'
import { given } from '../support/given.js'
import { aStep, travel } from '../support/guides.js'

const working = [opened, claimed, answered('address', 'ours')] as const

describe('triage/decide: marking steps', () => {
  const tick = (steps: readonly string[], kind: 'action' | 'scope' | 'tuning' = 'action') =>
    intent(ada, { type: 'mark-steps', kind, steps })

  it('writes down what is newly done, in the guide’s order', () => {
    given(...untilJudged)
      .when(tick(['action/tag-range', 'action/close-alert']))
      .then(done('action/close-alert'), done('action/tag-range'))
    given(...untilJudged, done('action/close-alert'))
      .when(tick(['action/close-alert', 'action/tag-range', 'action/tag-range']))
      .then(done('action/tag-range'))
    given(...untilJudged)
      .when(tick(['scope/same-place'], 'scope'))
      .then(done('scope/same-place'))
  })

  it('keeps actions, scope and tuning apart', () => {
    given(...untilJudged)
      .when(tick(['tuning/tag-ranges'], 'tuning'))
      .then(done('tuning/tag-ranges'))
    given(...untilJudged, done('tuning/tag-ranges'), done('scope/same-place'))
      .when(tick([], 'tuning'))
      .then(undone('tuning/tag-ranges'))
  })

  it('takes back what is not named any more, of the same kind only', () => {
    given(...untilJudged, done('action/close-alert'), done('scope/same-place'))
      .when(tick([]))
      .then(undone('action/close-alert'))
  })

  it('changes nothing when all is as it was', () => {
    given(...untilJudged)
      .when(tick([]))
      .thenNothing()
    given(...untilJudged, done('action/close-alert'))
      .when(tick(['action/close-alert']))
      .thenNothing()
  })

  it('leaves skipped steps skipped, unless they are done after all', () => {
    const left = skipped('action/tag-range', 'It is tagged already.')
    given(...untilJudged, left)
      .when(tick([]))
      .thenNothing()
    given(...untilJudged, left)
      .when(tick(['action/tag-range']))
      .then(done('action/tag-range'))
  })

  it('knows only the steps of the verdict and the scope', () => {
    given(...untilJudged)
      .when(tick(['action/suspend-user']))
      .thenRefused('no-step')
    given(...untilJudged)
      .when(tick(['scope/same-place']))
      .thenRefused('no-step')
    given(...untilJudged)
      .when(tick(['action/close-alert', '__proto__']))
      .thenRefused('no-step')
  })

  it('needs a verdict, the owner and an open case', () => {
    given(...working)
      .when(tick(['scope/same-place'], 'scope'))
      .thenRefused('not-judged')
    given(...untilJudged)
      .when({ ...tick([]), by: ben })
      .thenRefused('not-owner')
    given(...untilClosed)
      .when(tick([]))
      .thenRefused('closed')
  })
})

describe('triage/decide: skipping', () => {
  const skip = (step: string, reason: string) => intent(ada, { type: 'skip', step, reason })

  it('needs a reason and keeps it', () => {
    given(...untilJudged)
      .when(skip('action/tag-range', ' Not ours. '))
      .then(skipped('action/tag-range', 'Not ours.'))
    given(...untilJudged)
      .when(skip('scope/same-place', 'No access.'))
      .then(skipped('scope/same-place', 'No access.'))
    given(...untilJudged)
      .when(skip('action/tag-range', ' '))
      .thenRefused('needs-reason')
  })

  it('leaves alone what is done or skipped already', () => {
    given(...untilJudged, done('action/tag-range'))
      .when(skip('action/tag-range', 'x'))
      .thenRefused('already-ticked')
    given(...untilJudged, skipped('action/tag-range', 'x'))
      .when(skip('action/tag-range', 'y'))
      .thenRefused('already-ticked')
    given(...untilJudged, skipped('action/tag-range', 'x', ben))
      .when(skip('action/tag-range', 'x'))
      .thenRefused('already-ticked')
  })

  it('changes nothing when the same is said again', () => {
    given(...untilJudged, skipped('action/tag-range', 'x'))
      .when(skip('action/tag-range', ' x '))
      .thenNothing()
  })

  it('knows only the steps there are, whatever an object has by nature', () => {
    for (const step of ['action/suspend-user', 'constructor', '__proto__', 'toString', '']) {
      given(...untilJudged)
        .when(skip(step, 'x'))
        .thenRefused('no-step')
    }
  })

  it('needs a verdict, the owner and an open case', () => {
    given(...working)
      .when(skip('scope/same-place', 'x'))
      .thenRefused('not-judged')
    given(...untilJudged)
      .when({ ...skip('action/tag-range', 'x'), by: ben })
      .thenRefused('not-owner')
    given(...untilClosed)
      .when(skip('scope/same-place', 'x'))
      .thenRefused('closed')
  })
})

describe('triage/decide: closing', () => {
  const close = (reason = '', by = ada) => intent(by, { type: 'close', reason })
  const both = [done('action/close-alert'), done('action/tag-range')] as const

  it('ends a judged case when nothing required is left', () => {
    given(...untilJudged, ...both)
      .when(close())
      .then(closed)
    given(...untilJudged, done('action/close-alert'), skipped('action/tag-range', 'x'))
      .when(close())
      .then(closed)
  })

  it('needs a reason when required actions are left, and writes it down for each', () => {
    given(...untilJudged)
      .when(close(' '))
      .thenRefused('actions-open', { count: '2' })
    given(...untilJudged, done('action/tag-range'))
      .when(close(' The portal is down. '))
      .then(skipped('action/close-alert', 'The portal is down.'), closed)
  })

  it('tells which steps were left open, in their words, with the condition of each', () => {
    given(...untilJudged, ...both, done('scope/same-place'), skipped('tuning/tag-ranges', 'No access.'))
      .when(close())
      .then(closedWith('scope/other-alerts'))
    given(...untilJudged, ...both, done('scope/same-place'), done('scope/other-alerts'), done('tuning/tag-ranges'))
      .when(close())
      .then(closedWith())
  })

  it('counts required actions as done when they are said to be all done', () => {
    given(...untilJudged, done('action/tag-range'))
      .when(intent(ada, { type: 'close', reason: '', allDone: true }))
      .then(done('action/close-alert'), closed)
    const atOnce = wrote(ada, { type: 'noted', text: 'At once.' })
    const events = [done('action/close-alert'), done('action/tag-range'), atOnce, closed] as const
    given(...untilJudged)
      .when(intent(ada, { type: 'close', reason: 'At once.', allDone: true }))
      .then(...events)
  })

  it('asks why when nobody has looked at what else a TP affects, or left out what cannot wait', () => {
    const tp = judgedAs({ verdict: 'tp', class: 'TP', label: 'Account in other hands' })
    const contained = [opened, claimed, tp, done('action/suspend-user'), done('action/close-alert')] as const
    for (const allDone of [true, false])
      given(...contained)
        .when(intent(ada, { type: 'close', reason: '', allDone }))
        .thenRefused('scope-open')
    const urgent = { ...travel, urgent: [aStep('isolate-device')] }
    given(...contained, done('scope/same-place'))
      .when(close(), urgent)
      .thenRefused('actions-open', { count: '1' })
    given(...untilJudged, ...both)
      .when(close(), urgent)
      .then(closedWith('urgent/isolate-device', 'scope/same-place', 'scope/other-alerts', 'tuning/tag-ranges'))
  })

  it('does not wait for optional or conditional actions, nor for the rest of the scope', () => {
    const tp = judgedAs({ verdict: 'tp', class: 'TP', label: 'Account in other hands' })
    given(opened, claimed, tp, done('action/suspend-user'), done('action/close-alert'), done('scope/same-place'))
      .when(close())
      .then(closedWith('action/tell-user', 'action/roll-back', 'scope/other-alerts', 'tuning/tag-ranges'))
  })

  it('never ends a case without a verdict, nor somebody else’s, nor twice', () => {
    given(...working)
      .when(close('Enough.'))
      .thenRefused('not-judged')
    given(...untilJudged, ...both)
      .when(close('', ben))
      .thenRefused('not-owner')
    given(...untilClosed)
      .when(close())
      .thenRefused('closed')
    given(...untilJudged, ...both, wrote(ada, { type: 'judgement-withdrawn' }))
      .when(close('x'))
      .thenRefused('not-judged')
    given(...untilJudged, ...both, wrote(ada, { type: 'released' }))
      .when(close())
      .thenRefused('nobody-owns')
  })
})

describe('triage/decide: reopening', () => {
  it('is for anybody, and who does so has it', () => {
    const again = (by: typeof ada) => wrote(by, { type: 'reopened', reason: 'Once more.' })
    given(...untilClosed)
      .when(intent(ada, { type: 'reopen', reason: ' Once more. ' }))
      .then(again(ada))
    given(...untilClosed)
      .when(intent(ben, { type: 'reopen', reason: 'Once more.' }))
      .then(again(ben), wrote(ben, { type: 'handed-over', to: ben }))
  })

  it('needs a closed case and no reason', () => {
    given(...untilJudged)
      .when(intent(ada, { type: 'reopen', reason: '' }))
      .thenRefused('not-closed')
    given(...untilClosed)
      .when(intent(ada, { type: 'reopen', reason: '' }))
      .then(wrote(ada, { type: 'reopened', reason: '' }))
    given(...untilClosed)
      .when(intent(ada, { type: 'reopen', reason: '' }, { line: 3 }))
      .thenRefused('old-card', { code: caseId })
  })
})
