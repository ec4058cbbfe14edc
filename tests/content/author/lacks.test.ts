import assert from 'node:assert/strict'
import { lacks } from '../../../content/author/lacks.js'
import type { Guide, Step, Verdict } from '../../../triage/guide.js'
import { aCheck, aGuide, aStep, aVerdict } from '../../support/guides.js'

const steps = (...ids: readonly string[]): readonly Step[] => ids.map((id) => aStep(id))
const tp = (but: Partial<Verdict> = {}) =>
  aVerdict('tp', { class: 'TP', actions: steps('review-activity', 'preserve-evidence'), ...but })
const undetermined = aVerdict('undetermined', { class: 'undetermined', actions: steps('contact-user') })

/** A guide that lacks nothing. */
const whole = (but: Partial<Guide> = {}): Guide =>
  aGuide({
    checks: [
      aCheck('record', ['yes', 'no'], { ask: 'Does a change record cover it?', decides: true }),
      aCheck('person', ['yes', 'no'], { decides: true }),
    ],
    verdicts: [tp(), undetermined],
    ...but,
  })

describe('content/author/lacks', () => {
  it('finds nothing in a guide that leads to a verdict one can defend', () => {
    assert.deepEqual(lacks(whole()), [])
  })

  it('misses the proof that every TP keeps', () => {
    assert.deepEqual(lacks(whole({ verdicts: [tp({ actions: steps('review-activity') }), undetermined] })), [
      "'tp' is a TP without preserve-evidence: add it, so that nothing is missed or lost",
    ])
  })

  it('misses a check that asks for a record', () => {
    const checks = ['person', 'device'].map((id) => aCheck(id, ['yes', 'no'], { decides: true }))
    assert.deepEqual(lacks(whole({ checks })), [
      'no check asks for a record (ticket, change, test, drill, HR): add one where the benign reading rests on it',
    ])
  })

  it('wants two to four checks that decide', () => {
    const some = (count: number) =>
      whole({
        checks: Array.from({ length: 6 }, (_, index) =>
          aCheck(`c${index}`, ['yes', 'no'], { ask: 'Is it on record?', decides: index < count }),
        ),
      })
    assert.deepEqual(
      [1, 2, 4, 5].map((count) => lacks(some(count)).length),
      [1, 0, 0, 1],
    )
  })

  it('tells who stops a person from who stops an app', () => {
    const both = steps('review-activity', 'preserve-evidence', 'suspend-user', 'disable-service-principal')
    assert.deepEqual(lacks(whole({ verdicts: [tp({ actions: both }), undetermined] })), [
      "'tp' disables an app and keeps its credentials: add rotate-sp-credentials",
      `'tp' stops a person and an app: give each its when, such as "if a person called"`,
    ])
    const each = both.map((step) => ({ ...step, when: 'if a person called' }))
    assert.deepEqual(
      lacks(whole({ verdicts: [tp({ actions: [...each, aStep('rotate-sp-credentials')] }), undetermined] })),
      [],
    )
  })

  it('wants undetermined to ask someone', () => {
    assert.deepEqual(lacks(whole({ verdicts: [tp(), { ...undetermined, actions: steps('revoke-sessions') }] })), [
      "'undetermined' asks no one: add a contact- action that says what to obtain from whom, and by when",
    ])
  })
})
