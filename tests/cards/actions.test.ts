import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { type DrawObject, loadRender } from '../support/load-render.js'
import { managerAnswers } from '../../triage/event.js'
import { formNames } from '../../dialogs/form.js'
import { rowVerbs } from '../../dialogs/hear/click-to-intent.js'
import {
  type Data,
  type Found,
  cardNames,
  isTucked,
  mapData,
  objectsIn,
  readJson,
  recordOf,
  textOf,
} from './samples.js'

const missing = (wanted: readonly string[], there: readonly string[]) => wanted.filter((id) => !there.includes(id))

const steps = ['urgent', 'moreUrgent', 'actions', 'moreActions', 'scope', 'moreScope', 'tuning'] as const

/** What buttons for several cases carry: the words that select them, and the answers given so far. */
const selected = { selection: '${$root.selection}', given: '${$root.given}' }
const forSeveral: Readonly<Record<string, object>> = {
  'digest-list': {},
  'digest-take': {},
  'digest-verdict': {},
  'take-all': {},
  'verdict-all-type': {},
  'verdict-all-answer': { ...selected, check: '${$root.check}' },
  'verdict-all-back': selected,
  'verdict-all': selected,
}
/** Of these stages of a verdict for several cases a card shows one at a time. */
const stages = ['chosen', 'option', 'verdict', 'bulkReason']

/** What stands on the same card and is sent along: marked steps are saved with whatever is pressed, the rest is left alone. */
const sentAlong: Readonly<Record<string, readonly string[]>> = {
  answer: ['urgent', 'moreUrgent'],
  urgent: ['moreUrgent', 'finding'],
  judge: ['urgent', 'moreUrgent'],
  // What is typed comes back on the card that is drawn next.
  'ask-manager': ['urgent', 'moreUrgent', 'finding'],
  back: ['urgent', 'moreUrgent', 'finding'],
  chat: ['urgent', 'moreUrgent', 'finding'],
  look: [...steps, 'finding'],
  tick: steps,
  tune: steps,
  close: steps,
  'verdict-all-type': stages,
  'verdict-all-answer': stages,
  'verdict-all': stages,
}

/** What each verb brings along: the inputs of its own card, beside `caseId` and `line`. */
const inputsOf: Readonly<Record<string, readonly string[]>> = {
  claim: [],
  ack: [],
  start: [],
  look: [],
  release: [],
  chat: [],
  'take-over': [],
  answer: ['option', 'finding'],
  urgent: ['urgent'],
  finding: ['findingCheck', 'findingText'],
  back: [],
  'ask-manager': [],
  judge: ['verdict'],
  'judge-against': ['otherVerdict', 'otherReason'],
  reconsider: [],
  tick: ['moreUrgent', 'actions', 'moreActions', 'scope'],
  tune: ['tuning'],
  skip: ['skipStep', 'skipReason'],
  note: ['noteText'],
  close: [],
  reopen: ['reopenReason'],
  act: ['actChoice', 'actReason'],
  'allow-manager': ['allowReason'],
  'approve-action': [],
  'decline-action': ['declineReason'],
  'open-case': [],
  'take-listed': [],
  'take-out': [],
  list: [],
  vouch: [],
  'digest-list': [],
  'digest-take': [],
  'digest-verdict': [],
  'take-all': ['selection'],
  'verdict-all-type': ['chosen'],
  'verdict-all-answer': ['option'],
  'verdict-all-back': [],
  'verdict-all': ['verdict', 'bulkReason'],
}

/** What some verbs are read with on a form beside that. */
const inputsOnForms: Readonly<Record<string, readonly string[]>> = {
  judge: ['judgeReason'],
  close: ['closeReason'],
  vouch: ['from', 'to', 'countries', 'note'],
}

const readWith = (name: string, verb: unknown): readonly string[] => [
  ...(inputsOf[textOf(verb)] ?? []),
  ...(name.startsWith('form-') ? (inputsOnForms[textOf(verb)] ?? []) : []),
]

/** The ids that a button may carry beside those of the case: what it answers or records, or that all is done. */
const idsOf: Readonly<Record<string, object>> = {
  answer: { check: '${$root.check}', option: '${value}' },
  start: { check: '${$root.check}', option: '${value}' },
  judge: { verdict: '${value}' },
  close: { all: 'yes' },
  'take-out': { member: '${caseId}' },
  'approve-action': { asked: '${asked}', target: '${target}' },
  'decline-action': { asked: '${asked}', target: '${target}' },
}

/** True for what is folded away at first. */
const isHidden = ({ around }: Found): boolean => around.some(({ isVisible }) => isVisible === false)

const typeIs =
  (start: string) =>
  ({ type }: Found) =>
    type.startsWith(start)
const executes = (node: unknown) => objectsIn(node).filter(typeIs('Action.Execute'))
const cardAround = ({ around }: Found): Data | undefined => around.findLast(({ type }) => type === 'AdaptiveCard')
const inputsIn = (card: Data | undefined) =>
  objectsIn(card)
    .filter(typeIs('Input.'))
    .filter((found) => cardAround(found) === card || cardAround(found)?.body === card?.body)
    .map(({ it }) => it)

/** What is typed beside what it is for: the finding of an answer, and one reason for many cases on a card that no one else draws anew. */
const inSight: Readonly<Record<string, readonly string[]>> = { work: ['finding'], 'verdict-all': ['bulkReason'] }

describe('cards/*.card.json: actions', () => {
  let render: DrawObject
  let templates: readonly (readonly [string, Data])[]
  before(async () => {
    render = await loadRender()
    templates = await Promise.all(
      (await cardNames()).map(async (name) => [name, await readJson(name, 'card')] as const),
    )
  })
  const everyExecute = (check: (found: Found, name: string) => void) => {
    for (const [name, template] of templates) for (const found of executes(template)) check(found, name)
  }

  it('every verb there is can be pressed somewhere', () => {
    const verbs = templates.flatMap(([, template]) => executes(template).map(({ it }) => textOf(it.verb)))
    assert.deepEqual([...new Set(verbs)].toSorted(), Object.keys(inputsOf).toSorted())
  })

  it('every command carries the case and the line, and beside them ids only', () => {
    everyExecute(({ it }, name) => {
      const several = forSeveral[textOf(it.verb)]
      if (several) return assert.deepEqual(it.data, several, name)
      const { caseId, line, words, form, formId, ...rest } = recordOf(it.data)
      // On a form also which, and which showing of it.
      assert.deepEqual(
        [form, formId],
        name.startsWith('form-') ? [name.replace('form-', ''), '${$root.formId}'] : [undefined, undefined],
      )
      // A list is about many cases: its rows carry their own, and its page the words that ask for the next.
      const isRow = rowVerbs.includes(textOf(it.verb)) || name === 'questions'
      const own = isRow ? ['${caseId}', '${line}'] : ['${$root.caseId}', '${$root.line}']
      if (it.verb === 'list') assert.deepEqual([words, caseId, line], ['${$root.next}', undefined, undefined], name)
      else assert.deepEqual([caseId, line], own, name)
      if (it.verb === 'vouch')
        assert.ok(
          managerAnswers.some((one) => isDeepStrictEqual(rest, { answer: one })),
          name,
        )
      else
        assert.ok(
          [{}, idsOf[textOf(it.verb)]].some((ids) => isDeepStrictEqual(rest, ids)),
          `${name}: ${JSON.stringify(rest)}`,
        )
    })
  })

  it('every command has a submit of the same name, verb and data to fall back on', () => {
    everyExecute(({ it }, name) => {
      const { type, title, data, associatedInputs } = recordOf(it.fallback)
      assert.deepEqual(
        { type, title, data, associatedInputs },
        {
          type: 'Action.Submit',
          title: it.title,
          data: { verb: it.verb, ...recordOf(it.data) },
          associatedInputs: it.associatedInputs,
        },
        name,
      )
    })
  })

  it('every command brings the inputs its verb is read with, or none', () => {
    everyExecute((found, name) => {
      const { verb, data, associatedInputs } = found.it
      const carried = Object.keys(recordOf(data))
      const expected = readWith(name, verb).filter((id) => !carried.includes(id))
      const ids = inputsIn(cardAround(found)).map(({ id }) => textOf(id))
      if (associatedInputs === 'none') assert.equal(expected.length, 0, `${name}: ${textOf(verb)}`)
      else assert.deepEqual(missing(expected, ids), [], `${name}: ${textOf(verb)}`)
    })
  })

  it('what is filled in beside a button comes along, and is read with it or belongs to nothing else', () => {
    everyExecute((found, name) => {
      const { verb, associatedInputs } = found.it
      if (associatedInputs === 'none') return
      const ids = inputsIn(cardAround(found)).map(({ id }) => textOf(id))
      const known = [...readWith(name, verb), ...(sentAlong[textOf(verb)] ?? [])]
      assert.deepEqual(missing(ids, known), [], `${name}: ${textOf(verb)}`)
    })
  })

  it('no command waits for an input that belongs to another', () => {
    everyExecute((found, name) => {
      if (found.it.associatedInputs === 'none') return
      const own = cardAround(found)
      for (const outer of found.around.filter((card) => card.type === 'AdaptiveCard' && card !== own)) {
        const required = inputsIn(outer).filter(({ isRequired }) => isRequired === true)
        assert.deepEqual(
          required,
          [],
          `${name}: ${textOf(found.it.verb)} would not be sent while another input is empty`,
        )
      }
    })
  })

  it('ids are unique within a card', () => {
    for (const [name, template] of templates) {
      const ids = objectsIn(template).flatMap(({ it }) => (typeof it.id === 'string' ? [it.id] : []))
      assert.deepEqual(ids, [...new Set(ids)], name)
    }
  })

  it('what is toggled is there, and hidden at first', () => {
    for (const [name, template] of templates) {
      const hidden = objectsIn(template).flatMap(({ it }) => (it.isVisible === false ? [it.id] : []))
      const toggled = objectsIn(template).flatMap(({ it }) => it.targetElements ?? [])
      assert.deepEqual(hidden, toggled, name)
    }
  })

  it('beside what is to be decided four buttons or five stand in sight, with short titles', async () => {
    for (const [card] of templates) {
      const sample = await readJson(card, 'sample')
      const all = mapData(sample, (path, value) => (typeof value === 'boolean' && path !== 'canClose' ? true : value))
      const drawn = objectsIn(render({ card, data: all }))
      const primary = drawn.filter(
        (found) =>
          /Execute|ShowCard/.test(found.type) &&
          !isTucked(found) &&
          !isHidden(found) &&
          !rowVerbs.includes(textOf(found.it.verb)) &&
          // Each question has its own answers beside it.
          card !== 'questions',
      )
      // The answers and the verdicts to record are what is to be decided; beside them stand four at the most.
      const calm = primary.filter(({ it }) => !['answer', 'start', 'judge', 'urgent'].includes(textOf(it.verb)))
      assert.ok(calm.length <= 5, `${card}: ${calm.length}`)
      for (const { it, type } of drawn) {
        if (type === 'ActionSet') assert.ok(Array.isArray(it.actions) && it.actions.length <= 3, card)
        // The one long answer of a manager has a row of its own, and each answer to a check is one.
        const isRow = ['answer', 'start'].some((verb) => [it.verb, recordOf(it.data).verb].includes(verb))
        const isLong = type.startsWith('Action.') && !isRow && textOf(it.title).length > 18
        if (isLong) assert.equal(recordOf(it.data).answer, 'not-my-report', textOf(it.title))
        if (type === 'ActionSet' && JSON.stringify(it).includes('not-my-report'))
          assert.ok(Array.isArray(it.actions) && it.actions.length === 1, card)
      }
    }
  })

  it('a manager answers with one press, each answer a button right after the question, and may add something in a form', async () => {
    for (const name of ['question', 'form-dates']) {
      const template = await readJson(name, 'card')
      const answers = executes(template).map(({ it }) => recordOf(it.data).answer)
      assert.deepEqual(answers, managerAnswers, name)
      const inputs = objectsIn(template).filter(typeIs('Input.'))
      assert.deepEqual(
        inputs.map(({ it }) => [it.id, it.isRequired]),
        name === 'question' ? [] : ['from', 'to', 'countries', 'note'].map((id) => [id, undefined]),
      )
    }
    const question = await readJson('question', 'card')
    const [first] = objectsIn(question).filter(
      ({ type, around }) =>
        type.startsWith('Action.') && !around.some(({ type: one }) => String(one).startsWith('Action.')),
    )
    assert.equal(recordOf(first?.it.data).answer, 'yes')
  })

  it('what takes words is a form, opened by a button that every client sends in one of two ways', () => {
    const opened = templates.flatMap(([name, template]) =>
      objectsIn(template)
        .filter(({ type, it }) => type === 'Action.Submit' && recordOf(it.data).verb === 'form')
        .map(({ it }) => {
          const { form, ...rest } = recordOf(it.data)
          const msteams = { type: 'task/fetch' }
          const of = name === 'questions' ? '' : '$root.'
          assert.deepEqual(rest, { verb: 'form', caseId: `\${${of}caseId}`, line: `\${${of}line}`, msteams }, name)
          return textOf(form)
        }),
    )
    assert.deepEqual([...new Set(opened)].toSorted(), [...formNames].toSorted())
    for (const [name, template] of templates) {
      const texts = objectsIn(template).filter(({ type }) => /^Input\.(Text|Date)/.test(type))
      const beside = texts.filter(() => !name.startsWith('form-')).map(({ it }) => it.id)
      assert.deepEqual(beside, inSight[name] ?? [], name)
      // What comes back with a refusal stands in its input again.
      for (const { it } of texts) if (name !== 'verdict-all') assert.equal(it.value, `\${${textOf(it.id)}}`, name)
    }
  })

  it('only what is passed on is styled as the way to go: one for each card', async () => {
    for (const [card] of templates) {
      const sample = await readJson(card, 'sample')
      for (const canClose of [true, false]) {
        const data = { ...sample, ...('canClose' in sample && { canClose, hasOpenActions: !canClose }) }
        const strong = executes(render({ card, data })).filter(({ it }) => it.style === 'positive')
        assert.ok(strong.length <= 1, card)
      }
    }
  })
})
