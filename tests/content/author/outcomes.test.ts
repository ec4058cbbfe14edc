import assert from 'node:assert/strict'
import fc from 'fast-check'
import { outcomes } from '../../../content/author/outcomes.js'
import { walks } from '../../../content/load/walks.js'
import { isAllowed, evaluateVerdicts } from '../../../triage/evaluate-verdicts.js'
import { guides } from '../../support/arbitrary.js'
import { aCheck, aGuide, aVerdict, travel } from '../../support/guides.js'

describe('content/author/outcomes', () => {
  it('tells which answers allow which verdicts, those that make no difference together', () => {
    const guide = aGuide({
      checks: [aCheck('a', ['yes', 'no', 'maybe']), aCheck('b', ['yes', 'no'])],
      verdicts: [
        aVerdict('tp', { needs: [{ a: ['yes'] }], against: [{ b: ['yes'] }] }),
        aVerdict('fp', { needs: [{ a: ['no'] }] }),
      ],
    })
    assert.deepEqual(outcomes(guide), [
      { answers: { a: ['yes'], b: ['yes'] }, allowed: [], contradicted: ['tp'] },
      { answers: { a: ['yes'], b: ['no', 'unknown'] }, allowed: ['tp'], contradicted: [] },
      { answers: { a: ['no'] }, allowed: ['fp'], contradicted: [] },
      { answers: { a: ['maybe', 'unknown'] }, allowed: [], contradicted: [] },
    ])
  })

  it('agrees with every single walk, and covers each exactly once', () => {
    fc.assert(
      fc.property(fc.oneof(guides, fc.constant(travel)), (guide) => {
        const rows = outcomes(guide)
        for (const way of walks(guide)) {
          const fitting = rows.filter(
            ({ answers }) =>
              Object.keys(answers).length === way.length &&
              way.every(({ check, option }) => answers[check]?.includes(option)),
          )
          assert.equal(fitting.length, 1)
          const allowed = evaluateVerdicts(guide, way)
            .filter((one) => isAllowed(one) && one.verdict.class !== 'undetermined')
            .map(({ verdict }) => verdict.id)
          assert.deepEqual(fitting[0]?.allowed, allowed)
        }
      }),
    )
  })
})
