import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Answer } from '../../triage/case.js'
import { nextChecks } from '../../triage/next-checks.js'
import { evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import { answersGiven, guides } from '../support/arbitrary.js'
import { anAnswer as answer } from '../support/cast.js'
import { aCheck, aGuide, aVerdict, travel } from '../support/guides.js'

const verdictState = (...given: readonly (readonly [string, string])[]) => {
  const { next, ahead, moot } = nextChecks(
    travel,
    given.map(([check, option]) => answer(check, option)),
  )
  return { next: next?.id ?? null, ahead: ahead.map(({ id }) => id), moot: moot.map(({ id }) => id) }
}

describe('triage/next-checks', () => {
  it('asks in the guide’s order', () => {
    assert.deepEqual(verdictState(), { next: 'address', ahead: ['address', 'journey', 'download'], moot: [] })
    assert.deepEqual(verdictState(['address', 'ours']).next, 'journey')
    assert.deepEqual(verdictState(['journey', 'yes']).next, 'address')
  })

  it('counts where one stands among the checks that matter, and only answers to what the guide asks', () => {
    const stands = (...given: readonly (readonly [string, string])[]) => {
      const { step, of } = nextChecks(
        travel,
        given.map(([check, option]) => answer(check, option)),
      )
      return [step, of]
    }
    assert.deepEqual(stands(), [1, 3])
    assert.deepEqual(stands(['address', 'ours']), [2, 3])
    assert.deepEqual(stands(['address', 'ours'], ['weather', 'fine']), [2, 3])
    assert.deepEqual(stands(['address', 'unknown'], ['journey', 'yes']), [3, 2])
  })

  it('does not ask what no verdict waits for any more', () => {
    assert.deepEqual(verdictState(['address', 'unknown'], ['journey', 'yes']), {
      next: null,
      ahead: [],
      moot: ['download'],
    })
  })

  it('asks what could still contradict a verdict that is allowed', () => {
    assert.deepEqual(verdictState(['address', 'ours'], ['journey', 'unknown']).next, 'download')
  })

  it('ends when all is answered', () => {
    assert.deepEqual(verdictState(['address', 'ours'], ['journey', 'no'], ['download', 'no']), {
      next: null,
      ahead: [],
      moot: [],
    })
  })

  it('always ends: every answer leaves one check fewer, and nothing answered is asked again', () => {
    fc.assert(
      fc.property(guides, answersGiven, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (guide, start, picks) => {
        let given: readonly Answer[] = start
        for (const pick of picks) {
          const { next, ahead, moot } = nextChecks(guide, given)
          if (!next) return
          assert.ok(!given.some(({ check }) => check === next.id))
          given = [...given, answer(next.id, next.options[pick % next.options.length]?.id ?? '')]
          const after = nextChecks(guide, given)
          assert.equal(after.ahead.length + after.moot.length, ahead.length + moot.length - 1)
        }
        assert.equal(nextChecks(guide, given).next, null)
      }),
      { numRuns: 500 },
    )
  })

  it('has every check once: answered, ahead or moot', () => {
    fc.assert(
      fc.property(guides, answersGiven, (guide, given) => {
        const { next, ahead, moot } = nextChecks(guide, given)
        const known = [...given.map(({ check }) => check), ...ahead.map(({ id }) => id), ...moot.map(({ id }) => id)]
        for (const { id } of guide.checks) assert.equal(known.filter((one) => one === id).length, 1)
        assert.equal(next, ahead[0] ?? null)
      }),
      { numRuns: 500 },
    )
  })

  it('leaves out only what no answer to would change: the verdicts stand as they stood', () => {
    fc.assert(
      fc.property(guides, answersGiven, (guide, given) => {
        const states = (list: readonly Answer[]) => evaluateVerdicts(guide, list).map(({ state }) => state)
        for (const { id, options } of nextChecks(guide, given).moot) {
          for (const option of options) assert.deepEqual(states([...given, answer(id, option.id)]), states(given))
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('triage/walk: several ways to one verdict', () => {
  it('does not ask what only a broken way waits for', () => {
    const checks = ['a', 'b', 'c'].map((id) => aCheck(id, ['yes', 'no']))
    const guide = aGuide({
      checks,
      verdicts: [aVerdict('tp', { needs: [{ a: ['yes'] }, { b: ['yes'], c: ['yes'] }] })],
    })
    const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
    const { ahead, moot } = nextChecks(guide, [answer('b', 'no')])
    assert.deepEqual([ids(ahead), ids(moot)], [['a'], ['c']])
    assert.deepEqual(ids(nextChecks(guide, [answer('b', 'yes')]).ahead), ['a', 'c'])
  })
})

describe('triage/walk: how far one is', () => {
  const at = (...given: readonly (readonly [string, string])[]) => {
    const { step, of } = nextChecks(
      travel,
      given.map(([check, option]) => answer(check, option)),
    )
    return [step, of]
  }

  it('counts the checks that are answered and those ahead, and none that is moot', () => {
    assert.deepEqual(at(), [1, 3])
    assert.deepEqual(at(['address', 'ours']), [2, 3])
    assert.deepEqual(at(['address', 'unknown'], ['journey', 'yes']), [3, 2])
  })

  it('does not count an answer to what the guide no longer asks', () => {
    assert.deepEqual(at(['shoe-size', 'ours']), [1, 3])
  })
})
