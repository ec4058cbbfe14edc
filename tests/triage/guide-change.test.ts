import assert from 'node:assert/strict'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import type { Guide } from '../../triage/guide.js'
import { nextChecks } from '../../triage/next-checks.js'
import { winnow } from '../../triage/person.js'
import { ada, ben, intent, mia, minute, wrote } from '../support/cast.js'
import {
  answered,
  asked,
  claimed,
  done,
  judged,
  managerSaid,
  opened,
  skipped,
  undone,
  untilClosed,
  untilJudged,
  withoutWords,
} from '../support/diary.js'
import { given } from '../support/given.js'
import { aCheck, aStep, aVerdict, other, travel } from '../support/guides.js'

const working = [opened, claimed, answered('address', 'ours'), answered('journey', 'no')] as const
const changed = (version: string, dropped: readonly string[] = [], by = ada): Event =>
  wrote(by, { type: 'guide-changed', version, dropped })
const note = intent(ada, { type: 'note', text: 'Seen.' })
const noted = wrote(ada, { type: 'noted', text: 'Seen.' })
const update = intent(winnow, { type: 'update-guide' }, { line: null })

/** The same guide in other words. */
const reworded: Guide = {
  ...travel,
  version: 'v2',
  checks: travel.checks.map((check) => ({
    ...check,
    ask: `${check.ask} Really?`,
    options: check.options.map((option) => ({ ...option, text: `${option.text} indeed` })),
  })),
}

/** One that asks for the address otherwise, and no longer for the journey; of its verdicts, only one is left, with one action. */
const shorter: Guide = {
  ...travel,
  version: 'v3',
  checks: [aCheck('address', ['home', 'abroad']), aCheck('download', ['yes', 'no'])],
  verdicts: [aVerdict('undetermined', { class: 'undetermined', actions: [aStep('call-user')] })],
  scope: [aStep('same-place')],
  tuning: [],
}

describe('triage/guide-change: a guide that changes under an open case', () => {
  it('is told at once when all cases are looked through, and once', () => {
    given(...working)
      .when(update, reworded)
      .then(changed('v2', [], winnow))
    given(...working, changed('v2'))
      .when(update, reworded)
      .thenNothing()
    given(...working)
      .when(update)
      .thenNothing()
  })

  it('is told before whatever else is done first, and not for what comes to nothing', () => {
    given(...working)
      .when(note, reworded)
      .then(changed('v2'), noted)
    given(...working)
      .when(intent(ben, { type: 'take-over' }), reworded)
      .then(changed('v2', [], ben), wrote(ben, { type: 'handed-over', to: ben }))
    given(...working)
      .when(intent(ada, { type: 'continue-in-chat' }), reworded)
      .thenNothing()
    given(...working)
      .when(intent(ben, { type: 'release' }), reworded)
      .thenRefused('not-owner')
  })

  it('makes late whatever was pressed on a card of the guide before it', () => {
    const answer = (line: number) => intent(ada, { type: 'answer', check: 'download', option: 'no' }, { line })
    given(...working)
      .when(answer(3), reworded)
      .thenRefused('old-card')
    given(...working, changed('v2'))
      .when(answer(3), reworded)
      .thenRefused('old-card')
    const inNewWords = { ask: 'What of download? Really?', text: 'It is no indeed', language: 'en' }
    given(...working, changed('v2'))
      .when(answer(4), reworded)
      .then(wrote(ada, { type: 'answered', check: 'download', option: 'no', ...inNewWords }))
  })

  it('keeps the answers that still fit, in the words they were given in', () => {
    const state = replay([...working, changed('v2')])
    assert.deepEqual(
      state?.answers.map(({ ask, text }) => [ask, text]),
      [
        ['What of address?', 'It is ours'],
        ['What of journey?', 'It is no'],
      ],
    )
    assert.deepEqual([state.version, state.guideChanged], ['v2', true])
  })

  it('drops the answers that no longer fit: the option is gone, or the question is', () => {
    given(...working, answered('download', 'no'))
      .when(update, shorter)
      .then(changed('v3', ['address', 'journey'], winnow))
  })

  it('asks again what was dropped, and counts what is left', () => {
    const diary = [...working, answered('download', 'no'), changed('v3', ['address', 'journey'])]
    const needy = { ...shorter, verdicts: [aVerdict('fp', { needs: [{ address: ['home'], download: ['no'] }] })] }
    const { next, step, of } = nextChecks(needy, replay(diary)?.answers ?? [])
    assert.deepEqual([next?.id, step, of], ['address', 2, 2])
  })

  it('is the generic guide when the guide is gone, and another change when it comes back', () => {
    given(...working)
      .when(update, { ...other, version: 'o1' })
      .then(changed('o1', ['address', 'journey'], winnow))
    given(...working, changed('o1', ['address', 'journey']))
      .when(update)
      .then(changed('v1', [], winnow))
  })

  it('is not told for a case that is closed, but when it is opened again', () => {
    given(...untilClosed)
      .when(update, shorter)
      .thenNothing()
    given(...untilClosed)
      .when(intent(ben, { type: 'note', text: 'Seen.' }), shorter)
      .then(wrote(ben, { type: 'noted', text: 'Seen.' }))
    const reopened = wrote(ben, { type: 'reopened', reason: '' })
    const toBen = wrote(ben, { type: 'handed-over', to: ben })
    const again = [reopened, changed('v3', ['address'], ben), toBen] as const
    given(...untilClosed)
      .when(intent(ben, { type: 'reopen', reason: '' }), shorter)
      .then(...again)
    given(...untilClosed, ...again)
      .when(intent(ben, { type: 'withdraw-verdict' }), shorter)
      .then(wrote(ben, { type: 'judgement-withdrawn' }))
  })

  it('of a case that does not tell its guide’s version is noticed by an answer that does not fit', () => {
    const old = working.map(withoutWords)
    given(...old)
      .when(update, reworded)
      .thenNothing()
    given(...old)
      .when(note, reworded)
      .then(noted)
    given(...old)
      .when(update, shorter)
      .then(changed('v3', ['address', 'journey'], winnow))
  })
})

describe('triage/guide-change: a verdict and steps that the guide no longer has', () => {
  const told = [
    ...untilJudged,
    done('action/close-alert'),
    done('tuning/tag-ranges'),
    changed('v3', ['address']),
  ] as const

  it('stay as they were recorded', () => {
    const state = replay(told)
    assert.deepEqual(
      [state?.recordedVerdict?.label, state?.recordedVerdict?.means, state?.stepStates['action/close-alert']?.do],
      ['Untagged VPN', 'It means fp-vpn.', 'Close the alert as a false positive'],
    )
  })

  it('can be closed: what the guide asks for no longer is not left open', () => {
    given(...told)
      .when(intent(ada, { type: 'close', reason: '' }), shorter)
      .then(wrote(ada, { type: 'closed', left: [{ step: 'scope/same-place', do: 'Do same-place' }] }))
  })

  it('can be withdrawn, and another verdict recorded', () => {
    given(...told)
      .when(intent(ada, { type: 'withdraw-verdict' }), shorter)
      .then(wrote(ada, { type: 'judgement-withdrawn' }))
    given(...told, wrote(ada, { type: 'judgement-withdrawn' }))
      .when(intent(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' }), shorter)
      .thenRefused('no-verdict')
  })

  it('are not touched when other steps are marked, and cannot be marked or skipped themselves', () => {
    const mark = (kind: 'action' | 'scope' | 'tuning', ...steps: readonly string[]) =>
      intent(ada, { type: 'mark-steps', kind, steps })
    given(...told)
      .when(mark('scope', 'scope/same-place'), shorter)
      .then(done('scope/same-place'))
    given(...told)
      .when(mark('action'), shorter)
      .thenNothing()
    given(...told)
      .when(mark('tuning'), shorter)
      .thenNothing()
    given(...told)
      .when(mark('action', 'action/close-alert'), shorter)
      .thenRefused('no-step')
    given(...told)
      .when(intent(ada, { type: 'skip', step: 'action/tag-range', reason: 'x' }), shorter)
      .thenRefused('no-step')
    given(...untilJudged, done('action/close-alert'))
      .when(mark('action'))
      .then(undone('action/close-alert'))
  })
})

describe('triage/guide-change: words', () => {
  it('of the because and of the evidence are those the answers were given in', () => {
    given(opened, claimed, answered('address', 'ours'), changed('v2'))
      .when(intent(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' }), reworded)
      .then(judged)
  })

  it('of an answer that is taken back are its own', () => {
    given(...working, changed('v2'))
      .when(intent(ada, { type: 'withdraw-answer', check: null }), reworded)
      .then(wrote(ada, { type: 'answer-withdrawn', check: 'journey', ask: 'What of journey?', language: 'en' }))
  })

  it('of steps left open are those of the guide at the end', () => {
    const scope = [aStep('same-place', { do: 'Look around', when: 'if there is time' })]
    given(...untilJudged, changed('v4'), skipped('action/close-alert', 'x'), done('action/tag-range'))
      .when(intent(ada, { type: 'close', reason: '' }), { ...travel, version: 'v4', scope, tuning: [] })
      .then(
        wrote(ada, {
          type: 'closed',
          left: [{ step: 'scope/same-place', do: 'Look around', when: 'if there is time' }],
        }),
      )
  })
})

describe('triage/guide-change: the question to a manager', () => {
  it('can still be answered when the guide asks no manager any more, and is not asked again', () => {
    const waiting = [opened, claimed, asked, changed('v3', [])] as const
    given(...waiting)
      .when(
        intent(
          mia,
          { type: 'answer-confirmation', asked: 2, answer: 'yes', from: null, to: null, note: '' },
          { line: null },
        ),
        shorter,
      )
      .then(managerSaid('yes'))
    given(...waiting, managerSaid('not-sure'))
      .when(intent(ada, { type: 'ask-manager', manager: mia, about: 'Kim', until: minute(60) }), shorter)
      .thenRefused('no-check')
  })
})
