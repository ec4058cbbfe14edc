import assert from 'node:assert/strict'
import { replay } from '../../triage/evolve.js'
import { ada, ben, intent, wrote } from '../support/cast.js'
import { answered, claimed, judged, opened, untilJudged } from '../support/diary.js'
import { given } from '../support/given.js'

const seen = 'Old browser on a hosting address'
const working = [opened, claimed] as const
const answer = (finding?: string) =>
  intent(ada, { type: 'answer', check: 'address', option: 'ours', ...(finding !== undefined && { finding }) })
const noteFinding = (finding: string, check = 'address', by = ada) =>
  intent(by, { type: 'note-finding', check, finding })
const noted = (finding: string) =>
  wrote(ada, {
    type: 'finding-noted',
    check: 'address',
    finding,
    ask: 'What of address?',
    text: 'It is ours',
    language: 'en',
  })
const withFinding = answered('address', 'ours', ada, seen)

describe('triage/decide: what was seen', () => {
  it('is written with the answer, as one short line', () => {
    given(...working)
      .when(answer(seen))
      .then(withFinding)
    given(...working)
      .when(answer(` Old  browser\non a hosting address `))
      .then(withFinding)
    given(...working)
      .when(answer('x'.repeat(300)))
      .then(answered('address', 'ours', ada, 'x'.repeat(200)))
  })

  it('is not taken back by an answer that is sent again after it was written anew', () => {
    const again = { ...answer(seen), line: 2 }
    given(...working, answered('address', 'ours'))
      .when(again)
      .then(noted(seen))
    given(...working, answered('address', 'ours'), noted(seen))
      .when(again)
      .thenRefused('old-card')
    given(...working, answered('address', 'ours'), noted(seen), noted('Another browser'))
      .when(again)
      .thenRefused('old-card')
  })

  it('is optional', () => {
    given(...working)
      .when(answer())
      .then(answered('address', 'ours'))
    given(...working)
      .when(answer('  '))
      .then(answered('address', 'ours'))
  })

  it('is added or changed afterwards without answering anew, and taken out by nothing', () => {
    given(...working, answered('address', 'ours'))
      .when(noteFinding(seen))
      .then(noted(seen))
    given(...working, withFinding)
      .when(noteFinding('Another browser'))
      .then(noted('Another browser'))
    given(...working, withFinding)
      .when(noteFinding(' '))
      .then(noted(''))
    given(...working, withFinding)
      .when(noteFinding(seen))
      .thenNothing()
  })

  it('comes along when the same answer is given once more', () => {
    given(...working, answered('address', 'ours'))
      .when(answer(seen))
      .then(noted(seen))
    given(...working, withFinding)
      .when(answer())
      .thenNothing()
  })

  it('goes with the answer it was seen for', () => {
    const state = replay([...working, withFinding, answered('address', 'foreign')])
    assert.deepEqual(
      state?.answers.map(({ option, finding }) => [option, finding]),
      [['foreign', '']],
    )
    assert.equal(replay([...working, answered('address', 'ours'), noted(seen)])?.answers[0]?.finding, seen)
  })

  it('belongs to a check that is answered, is written by the owner, and before the verdict', () => {
    given(...working)
      .when(noteFinding(seen))
      .thenRefused('no-answer')
    given(...working, answered('address', 'ours'))
      .when(noteFinding(seen, 'address', ben))
      .thenRefused('not-owner', { owner: ada.name })
    given(...untilJudged)
      .when(noteFinding(seen))
      .thenRefused('already-judged')
  })

  it('stands in the evidence of the verdict, and in its because', () => {
    assert.ok(judged.type === 'judged')
    const because = judged.because.replace('It is ours.', `It is ours: ${seen}.`)
    given(...working, withFinding)
      .when(intent(ada, { type: 'record-verdict', verdict: 'fp-vpn', reason: '' }))
      .then({ ...judged, because, evidence: judged.evidence.map((one) => ({ ...one, finding: seen })) })
  })
})
