import assert from 'node:assert/strict'
import { answer, walks } from '../../../content/load/walks.js'
import type { Answer } from '../../../triage/case.js'
import { type Guide, unknown, type Verdict } from '../../../triage/guide.js'
import { isAllowed, evaluateVerdicts } from '../../../triage/evaluate-verdicts.js'
import { loadGuides } from '../guides.js'
import { none } from '../none.js'

const guides = await loadGuides()

const closes = ({ actions }: Verdict): boolean => actions.some(({ id }) => id === 'close-alert')

type Way = readonly Answer[]

const trail = (way: readonly { readonly check: string; readonly option: string }[]): string =>
  way.map(({ check, option }) => `${check}=${option}`).join(' ')

/** Where a walk ends: what is allowed there, and whether anything but undetermined is, be it with a contradiction. */
type End = { readonly allowed: readonly Verdict[]; readonly isDecided: boolean }

/** Every walk with its end; found once, for there are thousands. */
const endsOf = (guide: Guide) => {
  let known: ReadonlyMap<Way, End> | undefined
  return (): ReadonlyMap<Way, End> => (known ??= new Map(walks(guide).map((way) => [way, endOf(guide, way)])))
}

const endOf = (guide: Guide, way: Way): End => {
  const states = evaluateVerdicts(guide, way)
  return {
    allowed: states.filter(isAllowed).map(({ verdict }) => verdict),
    isDecided: states.some(
      ({ verdict, state }) => verdict.class !== 'undetermined' && (state === 'allowed' || state === 'contradicted'),
    ),
  }
}

describe('content/alerts', () => {
  it('has guides', () => {
    assert.ok(guides.length > 0)
  })

  for (const guide of guides) {
    describe(guide.type, () => {
      const { checks, verdicts, scope, tuning } = guide
      const ends = endsOf(guide)

      it('ends every walk with a verdict when every answer is known', () => {
        // "Not known" comes last among the options, so it stands for no known one: those ways are among all of them.
        assert.deepEqual(
          checks.map(({ options }) => options.findIndex(({ id }) => id === unknown)),
          checks.map(({ options }) => options.length - 1),
        )
        const lost = [...ends()].filter(
          ([way, { isDecided }]) => !isDecided && way.every(({ option }) => option !== unknown),
        )
        none(
          guide,
          'known answers lead to a verdict, be it one with a contradiction',
          lost.map(([way]) => trail(way)),
        )
      })

      it('leads to every verdict on a walk without a contradiction', () => {
        const reached = new Set([...ends()].flatMap(([, { allowed }]) => allowed.map(({ id }) => id)))
        none(
          guide,
          'every verdict can be reached',
          verdicts.map(({ id }) => id).filter((id) => !reached.has(id)),
        )
      })

      it('allows nothing but undetermined when nothing is known', () => {
        const nothing = checks.map(({ id }) => answer(id, unknown))
        const allowed = evaluateVerdicts(guide, nothing)
          .filter(isAllowed)
          .map(({ verdict }) => verdict.id)
        assert.deepEqual(allowed, ['undetermined'], `${guide.type}.yaml: "not known" alone decides nothing`)
      })

      it('never allows a malicious and a harmless verdict at once', () => {
        const both = [...ends()].filter(([, { allowed }]) => {
          const classes = allowed.map((one) => one.class)
          return classes.includes('TP') && (classes.includes('FP') || classes.includes('B-TP'))
        })
        none(
          guide,
          'what speaks for one contradicts the other',
          both.map(([way]) => trail(way)),
        )
      })

      it('never allows a false positive and a benign true positive at once', () => {
        const both = [...ends()].filter(([, { allowed }]) => {
          const classes = allowed.map((one) => one.class)
          return classes.includes('FP') && classes.includes('B-TP')
        })
        none(
          guide,
          'answers tell a false alarm from what was authorized',
          both.map(([way]) => trail(way)),
        )
      })

      it('offers the malicious, a harmless and, last, the undetermined verdict', () => {
        const classes = verdicts.map((one) => one.class)
        assert.ok(classes.includes('TP'), `${guide.type}.yaml: has a TP`)
        assert.ok(classes.includes('FP') || classes.includes('B-TP'), `${guide.type}.yaml: has a B-TP or FP`)
        assert.equal(classes.at(-1), 'undetermined', `${guide.type}.yaml: undetermined comes last`)
      })

      it('names verdicts after their class, and no two alike', () => {
        const prefix = { TP: /^tp(-|$)/, 'B-TP': /^btp-/, FP: /^fp-/, undetermined: /^undetermined$/ }
        none(
          guide,
          'ids begin with tp, btp- or fp-',
          verdicts.filter((one) => !prefix[one.class].test(one.id)).map(({ id }) => id),
        )
        assert.equal(
          new Set(verdicts.map(({ label }) => label)).size,
          verdicts.length,
          `${guide.type}.yaml: labels differ`,
        )
      })

      it('closes what is harmless, and never what is not', () => {
        none(
          guide,
          'close-alert belongs to FP and B-TP, and only there',
          verdicts.filter((one) => closes(one) !== (one.class === 'FP' || one.class === 'B-TP')).map(({ id }) => id),
        )
      })

      it('has something to do that is required, whatever the verdict', () => {
        none(
          guide,
          'a verdict has an action that is neither optional nor conditional',
          verdicts
            .filter(({ actions }) => actions.every(({ optional, when }) => optional || when !== null))
            .map(({ id }) => id),
        )
      })

      it('sets tuning apart from scoping', () => {
        none(
          guide,
          'what tunes or automates stands under tuning, not under scope',
          scope
            .filter((one) => /^(tune|automate)\b/i.test(one.do) || /^(tune|automat)/.test(one.id))
            .map(({ id }) => id),
        )
        none(
          guide,
          'tuning is always optional, so its steps do not say so',
          tuning.filter(({ optional }) => optional).map(({ id }) => id),
        )
        assert.ok(
          scope.some(({ optional }) => !optional),
          `${guide.type}.yaml: has a scope step that is not optional`,
        )
      })
    })
  }
})
