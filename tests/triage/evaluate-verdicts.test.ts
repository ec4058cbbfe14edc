import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Answer } from '../../triage/case.js'
import { type VerdictState, isAllowed, evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import { answersGiven, guides } from '../support/arbitrary.js'
import { anAnswer } from '../support/cast.js'
import { aCheck, aGuide, aVerdict, travel } from '../support/guides.js'

const answers = (given: Readonly<Record<string, string>>): readonly Answer[] =>
  Object.entries(given).map(([check, option]) => anAnswer(check, option))

const weighed = (verdict: string, given: Readonly<Record<string, string>>): VerdictState => {
  const found = evaluateVerdicts(travel, answers(given)).find((one) => one.verdict.id === verdict)
  assert.ok(found)
  return found
}

describe('triage/evaluate-verdicts', () => {
  it('leaves a verdict open as long as what it needs is not answered, and names what is missing on the nearest way', () => {
    assert.deepEqual([weighed('fp-vpn', {}).state, weighed('fp-vpn', {}).missing], ['open', ['address']])
    assert.deepEqual(weighed('tp', {}).missing, ['journey'])
    assert.deepEqual(weighed('tp', { address: 'foreign', journey: 'yes' }).missing, ['download'])
  })

  it('allows a verdict when all it needs holds, and names the answers that decide it', () => {
    const { state, deciding, missing, contradictions } = weighed('fp-vpn', { address: 'ours' })
    assert.deepEqual([state, deciding, missing, contradictions], ['allowed', ['address'], [], []])
  })

  it('takes any one of several ways', () => {
    assert.deepEqual(weighed('tp', { journey: 'no' }).deciding, ['journey'])
    assert.deepEqual(weighed('tp', { address: 'foreign', download: 'yes' }).deciding, ['address', 'download'])
    assert.equal(weighed('tp', { journey: 'yes', address: 'foreign', download: 'yes' }).state, 'allowed')
  })

  it('excludes a verdict when no way is left, and names the answers that did it', () => {
    const { state, contradictions, missing } = weighed('fp-vpn', { address: 'foreign' })
    assert.deepEqual([state, contradictions, missing], ['excluded', ['address'], []])
    assert.equal(weighed('tp', { journey: 'yes', download: 'no' }).state, 'excluded')
  })

  it('takes “not known” for what it is: no answer that a verdict could stand on', () => {
    assert.equal(weighed('fp-vpn', { address: 'unknown' }).state, 'excluded')
    assert.equal(weighed('undetermined', { address: 'unknown' }).state, 'allowed')
  })

  it('contradicts a verdict whose needs hold while something speaks against it', () => {
    const { state, contradictions } = weighed('tp', { journey: 'no', address: 'ours' })
    assert.deepEqual([state, contradictions], ['contradicted', ['address']])
    assert.equal(isAllowed(weighed('tp', { journey: 'no', address: 'ours' })), false)
  })

  it('needs all of one ground to hold before that contradicts, and takes any of several grounds', () => {
    const verdict = aVerdict('v', { against: [{ a: ['yes'], b: ['yes'] }, { c: ['no'] }] })
    const guide = aGuide({ verdicts: [verdict] })
    const state = (given: Readonly<Record<string, string>>) => evaluateVerdicts(guide, answers(given))[0]?.state
    assert.deepEqual(
      [state({ a: 'yes' }), state({ a: 'yes', b: 'no' }), state({ b: 'yes', c: 'yes' })],
      ['allowed', 'allowed', 'allowed'],
    )
    assert.deepEqual([state({ a: 'yes', b: 'yes' }), state({ a: 'no', c: 'no' })], ['contradicted', 'contradicted'])
    assert.deepEqual(evaluateVerdicts(guide, answers({ a: 'yes', b: 'yes', c: 'yes' }))[0]?.contradictions, ['a', 'b'])
  })

  it('never names as speaking against a verdict the only answer that the verdict itself accepts', () => {
    const named = (needs: Readonly<Record<string, readonly string[]>>, ground: typeof needs) => {
      const guide = aGuide({ verdicts: [aVerdict('v', { needs: [needs], against: [ground] })] })
      return evaluateVerdicts(guide, answers({ elsewhere: 'yes', device: 'known' }))[0]?.contradictions
    }
    const device = ['known', 'new']
    const ground = { elsewhere: ['yes'], device: ['known'] }
    assert.deepEqual(named({ elsewhere: ['yes'], device }, ground), ['device'])
    assert.deepEqual(named({ elsewhere: ['yes', 'no'], device }, ground), ['elsewhere', 'device'])
    // Of a ground that is nothing else, all is named.
    assert.deepEqual(named({ elsewhere: ['yes'] }, { elsewhere: ['yes'] }), ['elsewhere'])
  })

  it('always allows a verdict that needs nothing', () => {
    for (const given of [{}, { address: 'ours', journey: 'no', download: 'yes' }, { weather: 'fine' }]) {
      assert.equal(weighed('undetermined', given).state, 'allowed')
    }
  })

  it('has every verdict exactly once, in the guide’s order, whatever is answered', () => {
    fc.assert(
      fc.property(guides, answersGiven, (guide, given) => {
        assert.deepEqual(
          evaluateVerdicts(guide, given).map(({ verdict }) => verdict),
          guide.verdicts,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('tells every state by its reasons', () => {
    fc.assert(
      fc.property(guides, answersGiven, (guide, given) => {
        for (const { state, missing, contradictions } of evaluateVerdicts(guide, given)) {
          assert.equal(missing.length > 0, state === 'open')
          if (state === 'allowed') assert.deepEqual(contradictions, [])
          if (state === 'contradicted' || state === 'excluded') assert.ok(contradictions.length > 0)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('never brings back what an answer has ruled out', () => {
    const verdict = aVerdict('v', { needs: [{ a: ['yes'] }] })
    const guide = aGuide({ checks: [aCheck('a', ['yes']), aCheck('b', ['yes'])], verdicts: [verdict] })
    assert.equal(evaluateVerdicts(guide, answers({ a: 'unknown', b: 'yes' }))[0]?.state, 'excluded')
    fc.assert(
      fc.property(guides, answersGiven, (guide, given) => {
        const excluded = (list: readonly Answer[]) =>
          evaluateVerdicts(guide, list).flatMap(({ state, verdict }) => (state === 'excluded' ? [verdict.id] : []))
        const fewer = excluded(given.slice(0, -1))
        const more = new Set(excluded(given))
        assert.ok(fewer.every((id) => more.has(id)))
      }),
      { numRuns: 500 },
    )
  })
})

describe('triage/weigh: several ways', () => {
  const ways = (...needs: readonly Readonly<Record<string, readonly string[]>>[]) => {
    const checks = ['a', 'b', 'c'].map((id) => aCheck(id, ['yes', 'no']))
    const guide = aGuide({ checks, verdicts: [aVerdict('tp', { needs })] })
    return (given: Readonly<Record<string, string>>): VerdictState => {
      const [only] = evaluateVerdicts(guide, answers(given))
      assert.ok(only)
      return only
    }
  }

  it('are equally near when as much is missing: then the first one counts', () => {
    assert.deepEqual(ways({ a: ['yes'] }, { b: ['yes'] })({}).missing, ['a'])
    assert.deepEqual(ways({ a: ['yes'] }, { b: ['yes'] })({ a: 'yes', b: 'yes' }).deciding, ['a', 'b'])
  })

  it('are decided by the answers that hold, never by those that broke them', () => {
    const { state, deciding, contradictions } = ways({ a: ['yes'], b: ['yes'] })({ a: 'yes', b: 'no' })
    assert.deepEqual([state, deciding, contradictions], ['excluded', ['a'], ['b']])
  })
})
