import assert from 'node:assert/strict'
import { becauseList } from '../../../content/author/because-list.js'
import { play, readScenarios, type Scenario } from '../../../content/author/scenarios.js'
import { sentenceList } from '../../../content/author/sentence-list.js'
import { aGuide, aVerdict, travel } from '../../support/guides.js'

const scenario = (but: Partial<Scenario> = {}): Scenario => ({
  name: 'Our own VPN',
  answers: { address: { is: 'ours', saw: 'Egress of the Oslo office' }, download: 'no', journey: 'unknown' },
  early: false,
  allowed: ['fp-vpn'],
  refused: ['tp'],
  actions: ['close-alert', 'tag-range'],
  because: ['Oslo office'],
  ...but,
})

describe('content/author/scenarios', () => {
  it('are read from a list, and say what is wrong where', () => {
    const good = readScenarios('x.scenarios.yaml', "- { name: One, answers: { a: 'yes' }, allowed: [tp] }\n")
    assert.deepEqual(good.problems, [])
    assert.deepEqual(good.scenarios, [
      { name: 'One', answers: { a: 'yes' }, early: false, allowed: ['tp'], refused: [], actions: [], because: [] },
    ])
    const bad = readScenarios('x.scenarios.yaml', '- name: One\n  answer: {}\n  allowed: [tp]\n')
    assert.deepEqual(
      bad.problems.map(({ file, line, text }) => `${file}:${line}: ${text}`),
      [
        "x.scenarios.yaml:1: '[1].answers' is missing; add a map",
        "x.scenarios.yaml:2: unknown key 'answer'; did you mean 'answers'?",
      ],
    )
  })

  it('pass when verdicts, actions and the facts of the because are as they say', () => {
    const played = play(travel, scenario())
    assert.deepEqual(played.problems, [])
    assert.match(played.because, /It is ours: Egress of the Oslo office\./)
  })

  it('fail on a verdict that is allowed and should not be, or the other way round', () => {
    assert.deepEqual(play(travel, scenario({ allowed: ['tp'], actions: [], because: [] })).problems, [
      'allows fp-vpn, not tp',
    ])
    assert.deepEqual(play(travel, scenario({ refused: ['fp-vpn'] })).problems, ['allows fp-vpn, which it must not'])
  })

  it('fail on an action that is not recommended, and on a fact that the because does not name', () => {
    const [action, fact] = play(travel, scenario({ actions: ['suspend-user'], because: ['Bergen'] })).problems
    assert.equal(action, 'fp-vpn does not recommend suspend-user')
    assert.match(fact ?? '', /^the because does not name “Bergen”: Alert at /)
  })

  it('fail on names that lead nowhere, with what was probably meant', () => {
    const wrong = scenario({ answers: { adress: 'ours', address: 'our' }, allowed: ['fp-vpm'] })
    assert.deepEqual(play(travel, wrong).problems, [
      "there is no check 'adress'; did you mean 'address'?",
      "the check 'address' has no option 'our'; did you mean 'ours'?",
      "there is no verdict 'fp-vpm'; did you mean 'fp-vpn'?",
    ])
  })

  it('fail on checks that are still asked, unless they end early, and on answers nobody is asked for', () => {
    const short = scenario({ answers: { address: 'ours' }, because: [] })
    assert.deepEqual(play(travel, short).problems, ["'journey' is still asked: answer it, or write early: true"])
    assert.deepEqual(play(travel, { ...short, early: true }).problems, [])
    const guide = aGuide({
      checks: travel.checks,
      verdicts: [
        aVerdict('fp-vpn', { needs: [{ address: ['ours'] }], actions: travel.verdicts[1]?.actions ?? [] }),
        aVerdict('tp', { class: 'TP', needs: [{ address: ['foreign'], journey: ['no'] }] }),
      ],
    })
    assert.deepEqual(play(guide, scenario({ answers: { address: 'ours', journey: 'no' }, because: [] })).problems, [
      "'journey' is not asked on this way: take it out",
    ])
  })

  it('are listed with their because for a person to read through', () => {
    const page = becauseList([travel], new Map([['impossible-travel', { scenarios: [scenario()], problems: [] }]]))
    assert.match(
      page,
      /^## Impossible travel \(impossible-travel\)\n\n\*\*Our own VPN\*\* → FP - Untagged VPN\n\n> Alert at /,
    )
    assert.match(becauseList([travel], new Map()), /It has no scenarios\.$/)
  })
})

describe('content/author/sentence-list', () => {
  it('says what each verdict claims for every set of answers that allows it', () => {
    const guide = aGuide({
      checks: travel.checks,
      verdicts: [
        aVerdict('tp', {
          class: 'TP',
          label: 'Account compromised',
          needs: [{ address: ['foreign'] }],
          because: [
            { say: 'The address is not ours.', when: null },
            { say: '{user} denied it.', when: { journey: ['no'] } },
          ],
        }),
        aVerdict('btp', { class: 'B-TP', needs: [{ address: ['ours'], journey: ['yes'] }] }),
      ],
    })
    const page = sentenceList([guide])
    assert.match(page, /### TP - Account compromised\n\n- “The address is not ours\.” ← address: foreign/)
  })
})
