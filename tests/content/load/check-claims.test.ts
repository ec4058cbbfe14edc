import assert from 'node:assert/strict'
import { checkClaims } from '../../../content/load/check-claims.js'
import type { BecausePart, Condition, VerdictClass } from '../../../triage/guide.js'
import { aCheck, aGuide, aVerdict } from '../../support/guides.js'

const found = (
  needs: readonly Condition[],
  because: readonly BecausePart[],
  verdictClass: VerdictClass = 'TP',
): readonly string[] =>
  checkClaims(
    aGuide({
      checks: [aCheck('record', ['yes', 'no']), aCheck('person', ['yes', 'no'])],
      verdicts: [aVerdict('one', { class: verdictClass, needs, because })],
    }),
  ).map(({ text }) => text)

const always = (say: string): BecausePart => ({ say, when: null })
const oneWay = [{ record: ['no'] }]
const twoWays = [{ record: ['no'] }, { person: ['no'] }]

describe('content/load/check-claims', () => {
  it('lets a verdict with one way claim what that way establishes', () => {
    assert.deepEqual(found(oneWay, [always('No record covers it.')]), [])
  })

  it('warns of a sentence that is always said although several ways lead there', () => {
    assert.deepEqual(found(twoWays, [always('It was neither theirs nor authorized.')]), [
      "'one' says “It was neither theirs nor authorized.”: 2 ways lead here, so no one may have established it: bind it to answers with when, or begin it with “The evidence points to”",
    ])
    assert.deepEqual(found(twoWays, [always('The evidence points to someone else.')]), [])
  })

  it('wants each way to say something for sure', () => {
    const bound = { say: 'No record covers it.', when: { record: ['no'] } }
    assert.deepEqual(found(twoWays, [bound]), [
      "'one' says nothing for sure on the way person: no: bind a sentence to answers of that way",
    ])
    assert.deepEqual(found(twoWays, [bound, { say: '{user} denied it.', when: { person: ['no'] } }]), [])
  })

  it('warns of a claim that rests on an unknown answer without saying so', () => {
    const unknown = { person: ['no', 'unknown'] }
    const start = always('The evidence points to someone else.')
    assert.equal(found(twoWays, [start, { say: '{user} denied it.', when: unknown }]).length, 1)
    assert.deepEqual(found(twoWays, [start, { say: 'No one confirmed it.', when: unknown }]), [])
  })

  it('warns of a sentence that no way can say', () => {
    assert.deepEqual(found(oneWay, [always('No record.'), { say: 'A record covers it.', when: { record: ['yes'] } }]), [
      "'one' says “A record covers it.”: no way to this verdict has these answers: correct its when",
    ])
  })

  it('lets undetermined claim nothing but that it is unclear', () => {
    assert.deepEqual(found([], [always('It is unclear who did it.')], 'undetermined'), [])
    assert.equal(found([], [always('Nobody did it.')], 'undetermined').length, 1)
  })
})
