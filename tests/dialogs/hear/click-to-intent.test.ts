import assert from 'node:assert/strict'
import { clickToIntent } from '../../../dialogs/hear/click-to-intent.js'
import type { Command } from '../../../triage/command.js'
import { ada, caseId, now } from '../../support/cast.js'

const stamp = { at: now, by: ada }
const base = { ...stamp, caseId, line: 4 }
const click = (verb: string, more: object = {}) => clickToIntent(verb, { caseId, line: 4, ...more }, stamp)

/** Exactly these commands, and nothing of the click but what they need. */
const leadsTo = (verb: string, more: object, ...commands: readonly Command[]): void =>
  assert.deepEqual(click(verb, { ...more, verb, extra: 'x' }), { kind: 'commands', caseId, commands })

describe('dialogs/hear: the verbs', () => {
  it('that need nothing but the case', () => {
    leadsTo('claim', {}, { type: 'take', ...base })
    leadsTo('ack', {}, { type: 'acknowledge', ...base })
    leadsTo('release', {}, { type: 'release', ...base })
    leadsTo('take-over', {}, { type: 'take-over', ...base })
    leadsTo('back', {}, { type: 'withdraw-answer', check: null, ...base })
    leadsTo('reconsider', {}, { type: 'withdraw-verdict', ...base })
  })

  it('that only look, or want the manager asked', () => {
    for (const verb of ['look', 'refresh']) assert.deepEqual(click(verb), { kind: 'read', caseId })
    assert.deepEqual(click('ask-manager'), { kind: 'ask-manager', caseId, line: 4 })
    const allowing = { kind: 'allow-manager', caseId, reason: 'Called her.' }
    assert.deepEqual(click('allow-manager', { allowReason: 'Called her.' }), allowing)
  })

  it('that answer and judge', () => {
    leadsTo(
      'answer',
      { check: 'address', option: 'ours' },
      { type: 'answer', check: 'address', option: 'ours', finding: '', ...base },
    )
    leadsTo(
      'judge-against',
      { verdict: 'fp', otherVerdict: 'tp', otherReason: 'Why.' },
      { type: 'record-verdict', verdict: 'tp', reason: 'Why.', ...base },
    )
    leadsTo(
      'judge',
      { verdict: 'tp', judgeReason: 'Why.' },
      { type: 'record-verdict', verdict: 'tp', reason: 'Why.', ...base },
    )
  })

  it('that write what was seen, with an answer or afterwards', () => {
    leadsTo(
      'answer',
      { check: 'address', option: 'ours', finding: 'In our list' },
      { type: 'answer', check: 'address', option: 'ours', finding: 'In our list', ...base },
    )
    leadsTo(
      'finding',
      { findingCheck: 'address', findingText: 'In our list' },
      { type: 'note-finding', check: 'address', finding: 'In our list', ...base },
    )
  })

  it('that mark what cannot wait, by its own button or beside an answer or a verdict, in sight or folded', () => {
    const done = { type: 'mark-steps', kind: 'urgent', steps: ['urgent/a'], ...base } as const
    const answer = { type: 'answer', check: 'address', option: 'ours', finding: '', ...base } as const
    const verdict = { type: 'record-verdict', verdict: 'tp', reason: '', ...base } as const
    for (const input of ['urgent', 'moreUrgent']) {
      leadsTo('urgent', { [input]: 'urgent/a' }, done)
      leadsTo('answer', { check: 'address', option: 'ours', [input]: 'urgent/a' }, done, answer)
      leadsTo('judge', { verdict: 'tp', [input]: 'urgent/a' }, done, verdict)
    }
    leadsTo('urgent', {}, { ...done, steps: [] })
  })

  it('that close, with all required actions done only where the button says so', () => {
    leadsTo('close', { all: 'yes' }, { type: 'close', reason: '', allDone: true, ...base })
    leadsTo('close', { closeReason: 'Why.' }, { type: 'close', reason: 'Why.', ...base })
    assert.deepEqual(click('close', { all: 'perhaps' }), { refusal: 'bad-click', details: {} })
  })

  it('that open a case from a list or from another, and take it there', () => {
    assert.deepEqual(click('open-case'), { kind: 'read', caseId })
    leadsTo('take-listed', {}, { type: 'take', ...base })
  })

  it('that tick scope which is folded away', () => {
    const actions = { type: 'mark-steps', kind: 'action', steps: [], ...base } as const
    const scope = { type: 'mark-steps', kind: 'scope', steps: ['scope/c'], ...base, line: null } as const
    leadsTo('tick', { moreScope: 'scope/c' }, actions, scope)
  })

  it('that tick actions and scope; the line is looked at once', () => {
    leadsTo(
      'tick',
      { actions: 'action/a,action/b', scope: 'scope/c' },
      { type: 'mark-steps', kind: 'action', steps: ['action/a', 'action/b'], ...base },
      { type: 'mark-steps', kind: 'scope', steps: ['scope/c'], ...base, line: null },
    )
  })

  it('that tick actions which are folded away together with the others', () => {
    const both = { type: 'mark-steps', kind: 'action', steps: ['action/a', 'action/b'], ...base } as const
    const scope = { type: 'mark-steps', kind: 'scope', steps: [], ...base, line: null } as const
    leadsTo('tick', { actions: 'action/a', moreActions: 'action/b', scope: '' }, both, scope)
    leadsTo('tick', { moreActions: 'action/a,action/b' }, both, scope)
  })

  it('that tick what makes such alerts rarer, which other buttons leave alone', () => {
    const tuning = { type: 'mark-steps', kind: 'tuning', steps: ['tuning/d'], ...base } as const
    leadsTo('tune', { tuning: 'tuning/d' }, tuning)
    leadsTo('tune', {}, { ...tuning, steps: [] })
    leadsTo(
      'tune',
      { actions: 'action/a', tuning: 'tuning/d' },
      { type: 'mark-steps', kind: 'action', steps: ['action/a'], ...base },
      { ...tuning, line: null },
    )
    leadsTo(
      'tick',
      { actions: '', scope: '', tuning: 'tuning/d' },
      { type: 'mark-steps', kind: 'action', steps: [], ...base },
      { type: 'mark-steps', kind: 'scope', steps: [], ...base, line: null },
      { ...tuning, line: null },
    )
  })

  it('that carry what was typed', () => {
    leadsTo(
      'skip',
      { skipStep: 'action/a', skipReason: 'Why.' },
      { type: 'skip', step: 'action/a', reason: 'Why.', ...base },
    )
    leadsTo('note', { noteText: 'Seen.' }, { type: 'note', text: 'Seen.', ...base })
    leadsTo('close', { closeReason: 'Why.' }, { type: 'close', reason: 'Why.', ...base })
    leadsTo('reopen', { reopenReason: 'Why.' }, { type: 'reopen', reason: 'Why.', ...base })
  })

  it('that a manager has: the line is the question’s', () => {
    const given = { answer: 'yes', from: '2026-02-27', to: '2026-03-06', note: 'Fair.' }
    assert.deepEqual(click('vouch', { ...given, extra: 'x' }), {
      kind: 'answer-confirmation',
      caseId,
      asked: 4,
      ...given,
    })
  })
})

describe('dialogs/hear: marked steps that come along', () => {
  const ticked = (kind: 'action' | 'scope', ...steps: readonly string[]) => ({
    type: 'mark-steps' as const,
    kind,
    steps,
    ...base,
  })
  const close = { type: 'close', reason: '', ...base } as const

  it('are saved before the case is closed; only the first marks are held against the line, for the others follow on them', () => {
    leadsTo(
      'close',
      { actions: 'action/a', scope: '' },
      ticked('action', 'action/a'),
      { ...ticked('scope'), line: null },
      close,
    )
  })

  it('are saved before a step is skipped', () => {
    const skip = { type: 'skip', step: 'action/b', reason: 'Why.', ...base } as const
    leadsTo(
      'skip',
      { actions: 'action/a', skipStep: 'action/b', skipReason: 'Why.' },
      ticked('action', 'action/a'),
      skip,
    )
  })

  it('are saved before a note is', () => {
    const note = { type: 'note', text: 'Seen.', ...base } as const
    leadsTo('note', { actions: 'action/a', noteText: 'Seen.' }, ticked('action', 'action/a'), note)
  })

  it('are left as they are when none stand on the card', () => {
    leadsTo('close', {}, close)
    leadsTo('close', { actions: null, scope: null }, close)
  })
})

describe('dialogs/hear: choices not made', () => {
  it('are left to the rules, which say what to choose', () => {
    for (const none of [
      {},
      { option: '', verdict: '', skipStep: '' },
      { option: null, verdict: null, skipStep: null },
    ]) {
      leadsTo(
        'answer',
        { ...none, check: 'address' },
        { type: 'answer', check: 'address', option: '', finding: '', ...base },
      )
      leadsTo('judge', none, { type: 'record-verdict', verdict: '', reason: '', ...base })
      leadsTo('skip', none, { type: 'skip', step: '', reason: '', ...base })
    }
  })
})

describe('dialogs/hear: inputs left empty', () => {
  const empty: readonly (readonly [string, (value: unknown) => object])[] = [
    ['arrive as nothing', () => ({})],
    ['arrive as null', () => Object.fromEntries(inputs.map((name) => [name, null]))],
    ['arrive as ""', () => Object.fromEntries(inputs.map((name) => [name, '']))],
  ]
  const inputs = ['judgeReason', 'skipReason', 'closeReason', 'reopenReason', 'noteText', 'note', 'from', 'to']

  for (const [name, make] of empty) {
    it(name, () => {
      const nothing = make(null)
      leadsTo('close', nothing, { type: 'close', reason: '', ...base })
      leadsTo('reopen', nothing, { type: 'reopen', reason: '', ...base })
      leadsTo('note', nothing, { type: 'note', text: '', ...base })
      leadsTo('judge', { ...nothing, verdict: 'tp' }, { type: 'record-verdict', verdict: 'tp', reason: '', ...base })
      leadsTo('skip', { ...nothing, skipStep: 'action/a' }, { type: 'skip', step: 'action/a', reason: '', ...base })
      leadsTo(
        'tick',
        nothing,
        { type: 'mark-steps', kind: 'action', steps: [], ...base },
        { type: 'mark-steps', kind: 'scope', steps: [], ...base, line: null },
      )
      const none = { from: null, to: null, note: '' }
      const answer = { kind: 'answer-confirmation', caseId, asked: 4, answer: 'no', ...none }
      assert.deepEqual(click('vouch', { ...nothing, answer: 'no' }), answer)
    })
  }
})
