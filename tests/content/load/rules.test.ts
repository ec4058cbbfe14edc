import assert from 'node:assert/strict'
import { answer, walks } from '../../../content/load/walks.js'
import { unknown, type Verdict } from '../../../triage/guide.js'
import { isAllowed, weigh } from '../../../triage/evaluate-verdicts.js'
import { loadGuides } from '../guides.js'
import { none } from '../none.js'

const playbooks = await loadGuides()

const closes = ({ actions }: Verdict): boolean => actions.some(({ id }) => id === 'close-alert')

const trail = (way: readonly { readonly check: string; readonly option: string }[]): string =>
  way.map(({ check, option }) => `${check}=${option}`).join(' ')

describe('content/alerts', () => {
  it('has guides', () => {
    assert.ok(playbooks.length > 0)
  })

  for (const playbook of playbooks) {
    describe(playbook.type, () => {
      const { checks, verdicts, scope, tuning } = playbook

      it('ends every walk with a verdict when every answer is known', () => {
        const lost = walks(playbook, [unknown]).filter((way) =>
          weigh(playbook, way).every(
            ({ verdict, state }) =>
              verdict.class === 'undetermined' || (state !== 'allowed' && state !== 'contradicted'),
          ),
        )
        none(playbook, 'known answers lead to a verdict, be it one with a contradiction', lost.map(trail))
      })

      it('leads to every verdict on a walk without a contradiction', () => {
        const ends = new Set(
          walks(playbook).flatMap((way) =>
            weigh(playbook, way)
              .filter(isAllowed)
              .map(({ verdict }) => verdict.id),
          ),
        )
        none(
          playbook,
          'every verdict can be reached',
          verdicts.map(({ id }) => id).filter((id) => !ends.has(id)),
        )
      })

      it('allows nothing but undetermined when nothing is known', () => {
        const nothing = checks.map(({ id }) => answer(id, unknown))
        const allowed = weigh(playbook, nothing)
          .filter(isAllowed)
          .map(({ verdict }) => verdict.id)
        assert.deepEqual(allowed, ['undetermined'], `${playbook.type}.yaml: "not known" alone decides nothing`)
      })

      it('never allows a malicious and a harmless verdict at once', () => {
        const both = walks(playbook).filter((way) => {
          const classes = weigh(playbook, way)
            .filter(isAllowed)
            .map(({ verdict }) => verdict.class)
          return classes.includes('TP') && (classes.includes('FP') || classes.includes('B-TP'))
        })
        none(playbook, 'what speaks for one contradicts the other', both.map(trail))
      })

      it('offers the malicious, a harmless and, last, the undetermined verdict', () => {
        const classes = verdicts.map((one) => one.class)
        assert.ok(classes.includes('TP'), `${playbook.type}.yaml: has a TP`)
        assert.ok(classes.includes('FP') || classes.includes('B-TP'), `${playbook.type}.yaml: has a B-TP or FP`)
        assert.equal(classes.at(-1), 'undetermined', `${playbook.type}.yaml: undetermined comes last`)
      })

      it('names verdicts after their class, and no two alike', () => {
        const prefix = { TP: /^tp(-|$)/, 'B-TP': /^btp-/, FP: /^fp-/, undetermined: /^undetermined$/ }
        none(
          playbook,
          'ids begin with tp, btp- or fp-',
          verdicts.filter((one) => !prefix[one.class].test(one.id)).map(({ id }) => id),
        )
        assert.equal(
          new Set(verdicts.map(({ label }) => label)).size,
          verdicts.length,
          `${playbook.type}.yaml: labels differ`,
        )
      })

      it('closes what is harmless, and never what is not', () => {
        none(
          playbook,
          'close-alert belongs to FP and B-TP, and only there',
          verdicts.filter((one) => closes(one) !== (one.class === 'FP' || one.class === 'B-TP')).map(({ id }) => id),
        )
      })

      it('has something to do that is required, whatever the verdict', () => {
        none(
          playbook,
          'a verdict has an action that is neither optional nor conditional',
          verdicts
            .filter(({ actions }) => actions.every(({ optional, when }) => optional || when !== null))
            .map(({ id }) => id),
        )
      })

      it('sets tuning apart from scoping', () => {
        none(
          playbook,
          'what tunes or automates stands under tuning, not under scope',
          scope
            .filter((one) => /^(tune|automate)\b/i.test(one.do) || /^(tune|automat)/.test(one.id))
            .map(({ id }) => id),
        )
        none(
          playbook,
          'tuning is always optional, so its steps do not say so',
          tuning.filter(({ optional }) => optional).map(({ id }) => id),
        )
        assert.ok(
          scope.some(({ optional }) => !optional),
          `${playbook.type}.yaml: has a scope step that is not optional`,
        )
      })
    })
  }
})
