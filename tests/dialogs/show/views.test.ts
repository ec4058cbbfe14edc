import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { CaseContext } from '../../../dialogs/case-context.js'
import { showChannel, showManager } from '../../../dialogs/show/show.js'
import type { View } from '../../../dialogs/show/view.js'
import { showPerson } from '../../../dialogs/show/show-person.js'
import { commands, guideChanges, settle } from '../../support/arbitrary.js'
import { ada } from '../../support/cast.js'
import { formOf, titleOf } from '../../support/seen.js'
import { runs } from '../../support/runs.js'
import { words } from '../../support/words.js'

/** Whatever people did, and whatever guide leads by now, this holds for every card of the case. */
const always = (law: (view: View, context: CaseContext) => void): void =>
  fc.assert(
    fc.property(commands, guideChanges, fc.constantFrom('', 'The case changed.'), (list, changes, notice) => {
      const steps = settle(list, changes)
      const last = steps.at(-1)
      if (!last?.after) return
      const { after: state, guide } = last
      const diary = steps.flatMap(({ written }) => written)
      const context = { state, diary, cards: {}, guide, phrases: words, titleOf }
      const views = [showChannel(context, notice), showPerson(context, ada.id, notice), showManager(context, notice)]
      for (const view of views) if (view) law(view, context)
    }),
    { numRuns: runs(100) },
  )

describe('dialogs: every card of every case', () => {
  it('has nothing undefined, null or not a number in it, and no placeholder left', () => {
    always(({ data }) => {
      for (const [path, value] of leaves(data)) {
        assert.ok(
          ['string', 'number', 'boolean'].includes(typeof value) && !Number.isNaN(value),
          `${path} is ${String(value)}`,
        )
        if (typeof value === 'string') assert.doesNotMatch(value, /undefined|NaN|\[object|\{[a-z]+\}/, path)
      }
    })
  })

  it('has a text exactly where its flag says so, and rows likewise', () => {
    always(({ data }) => {
      for (const [path, value] of leaves(data)) {
        const name = /^(?<before>.*)has(?<first>[A-Z])(?<rest>\w*)$/.exec(path)?.groups
        if (!name || value === undefined) continue
        const told = at(data, `${name['before']}${name['first']?.toLowerCase()}${name['rest']}`)
        if (told === undefined) continue
        assert.equal(value, Array.isArray(told) ? told.length > 0 : told !== '', path)
      }
    })
  })

  it('can be read: nothing hidden, nothing endless', () => {
    always(({ data }) => {
      for (const [path, value] of leaves(data)) {
        if (typeof value !== 'string') continue
        assert.ok(Array.from(value).length <= (path.endsWith('because') ? 1200 : 800), path)
        assert.doesNotMatch(
          value,
          /[\p{Cc}\u2028\u2029\p{Surrogate}]|\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}/u,
          path,
        )
      }
    })
  })

  it('stands where the case stands', () => {
    always(({ card, data }, { state }) => {
      if (card === 'question' || card === 'thanks') return assert.ok(state.confirmation)
      if (card === 'list' || card === 'help') return assert.fail()
      if (
        card === 'digest' ||
        card === 'shift' ||
        card === 'take-all' ||
        card === 'verdict-all' ||
        card === 'questions'
      )
        return assert.fail()
      assert.equal(data.line, state.line - 1)
      assert.equal(card === 'closed', state.closed !== null)
      assert.equal(card === 'new', state.closed === null && state.owner === null)
      if (card === 'progress') assert.ok(state.owner && state.owner.id !== ada.id)
      if (card === 'judged') assert.ok(state.recordedVerdict && state.owner)
      if (card === 'work' || card === 'verdict') assert.ok(!state.recordedVerdict && state.owner)
    })
  })

  it('counts well, and offers every verdict once', () => {
    always(({ card, data }, context) => {
      const { guide } = context
      if (card === 'work') assert.ok(data.step >= 1 && data.step <= data.of && data.of <= guide.checks.length)
      if (card !== 'work' && card !== 'verdict') return
      const { others, otherVerdicts } = formOf(context, 'form-override')
      const offered = card === 'verdict' ? [...data.allowed, ...otherVerdicts] : formOf(context, 'form-decide').verdicts
      assert.deepEqual(offered.map(({ value }) => value).toSorted(), guide.verdicts.map(({ id }) => id).toSorted())
      if (card !== 'verdict') return
      assert.equal(others.length, otherVerdicts.length)
      assert.equal(data.hasOthers, others.length > 0)
      for (const { isSuggested, isOther } of data.allowed) assert.notEqual(isSuggested, isOther)
    })
  })

  it('lets one close exactly when nothing required is open', () => {
    always(({ card, data }, context) => {
      if (card !== 'judged') return
      const { length } = formOf(context, 'form-skip').openActions
      assert.deepEqual([data.canClose, data.hasOpenActions], [length === 0, length > 0])
    })
  })

  it('is the same for the same case, and changes nothing', () => {
    always((view, context) => {
      if (view.card === 'question' || view.card === 'thanks' || view.card === 'list' || view.card === 'help') return
      if (view.card === 'digest' || view.card === 'shift' || view.card === 'take-all' || view.card === 'verdict-all')
        return
      const copy = structuredClone({ state: context.state, diary: context.diary })
      const again =
        view.card === 'progress'
          ? showPerson(context, ada.id, view.data.notice)
          : showChannel(context, view.data.notice)
      assert.deepEqual(again, view)
      assert.deepEqual({ state: context.state, diary: context.diary }, copy)
    })
  })
})

/** Every value in a view that is no object or list, with its path. */
const leaves = (value: unknown, path = ''): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
    : [[path, value]]

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((one, key) => (typeof one === 'object' && one !== null ? Reflect.get(one, key) : undefined), value)
