import assert from 'node:assert/strict'
import { formNames } from '../../dialogs/form.js'
import { bindingsOf } from '../../cards/bindings.js'
import { worded } from '../../cards/words.js'
import { loadPhrases } from '../../content/load/load-phrases.js'
import type { Phrases } from '../../triage/phrases.js'
import { maxBytes } from '../../cards/render.js'
import { type DrawObject, loadRender } from '../support/load-render.js'
import { noticeOf } from '../crash/press.js'
import { noticeOn, objectsOf } from '../support/card-walk.js'
import { type Data, cardNames, mapData, objectsIn, readJson, recordOf, textOf } from './samples.js'

/** What Teams draws everywhere: elements of version 1.5, and of each no more properties than the cards need. */
const known: Readonly<Record<string, string>> = {
  // Teams' own beside 1.5; elsewhere its fallback is drawn.
  Badge: 'text size style appearance fallback',
  'Chart.HorizontalBar': 'displayMode data fallback',
  Table: 'columns rows firstRowAsHeaders showGridLines',
  TableRow: 'cells',
  TableCell: 'items',
  AdaptiveCard: 'version body actions',
  Container: 'items style bleed spacing separator id isVisible selectAction',
  ColumnSet: 'columns spacing',
  Column: 'width items spacing',
  TextBlock: 'text wrap size weight color isSubtle spacing style',
  RichTextBlock: 'inlines spacing',
  TextRun: 'text size weight isSubtle',
  ActionSet: 'actions',
  'Input.ChoiceSet': 'id label style wrap isMultiSelect value isRequired errorMessage choices',
  'Input.Text': 'id label isMultiline maxLength isRequired errorMessage value',
  'Input.Date': 'id label value',
  // What Teams reads in a button's data: that it opens a dialog.
  'task/fetch': '',
  'Action.Execute': 'title verb data associatedInputs style fallback',
  'Action.Submit': 'title data associatedInputs',
  'Action.ShowCard': 'title card',
  'Action.ToggleVisibility': 'title targetElements',
  'Action.OpenUrl': 'title url',
}

const bodyOf = ({ body }: Data): readonly unknown[] => (Array.isArray(body) ? body : [])

describe('cards/*.card.json', () => {
  let render: DrawObject
  let names: readonly string[]
  let english: Phrases
  before(async () => {
    render = await loadRender()
    english = await loadPhrases('content/phrases', 'en')
    names = await cardNames()
  })
  const each = async (check: (name: string, template: Data, sample: Data) => void) => {
    assert.ok(names.length > 0)
    for (const name of names) {
      const { words: _english, ...sample } = await readJson(name, 'sample')
      check(name, recordOf(worded(await readJson(name, 'card'), english)), sample)
    }
  }

  it('there is one for every view', () => {
    assert.deepEqual(
      [...names].toSorted(),
      [
        ...[...formNames, 'done'].map((form) => `form-${form}`),
        ...'closed digest shift help judged list new progress question questions take-all thanks verdict verdict-all work'.split(
          ' ',
        ),
      ].toSorted(),
    )
  })

  it('samples have exactly the data their template binds, and an item for each list', async () => {
    await each((name, template, sample) => {
      const given = new Set<string>()
      mapData(sample, (path) => given.add(path))
      const bound = bindingsOf(template).filter(({ kind }) => kind !== 'list')
      assert.deepEqual([...given].toSorted(), [...new Set(bound.map(({ path }) => path))].toSorted(), name)
    })
  })

  it('a notice stands in bold at the top, in a container named notice, and only where there is one', async () => {
    await each((card, template, data) => {
      if (!bindingsOf(template).some(({ path }) => path === 'notice')) return
      const [first] = bodyOf(render({ card, data: { ...data, notice: 'Too late.', hasNotice: true } }))
      assert.equal(noticeOn(first), 'Too late.', card)
      assert.equal(objectsOf(first).find(({ text }) => text === 'Too late.')?.['weight'], 'Bolder', card)
      const without = render({ card, data: { ...data, hasNotice: false } })
      assert.deepEqual([noticeOn(without), noticeOf(without)], ['', null], card)
      assert.equal(noticeOf({ body: [first] }), 'Too late.', card)
    })
  })

  it('samples are drawn as version 1.5, small enough, with nothing of the template left', async () => {
    await each((card, _template, data) => {
      const drawn = render({ card, data })
      const json = JSON.stringify(drawn)
      assert.equal(drawn['version'], '1.5', card)
      assert.equal(drawn['type'], 'AdaptiveCard', card)
      assert.ok(Buffer.byteLength(json) < maxBytes / 2, `${card}: a plain sample leaves room for long texts`)
      assert.doesNotMatch(json, /\$\{|"\$|undefined|\[object/, card)
    })
  })

  it('only elements and properties of 1.5 that Teams draws on every device', async () => {
    await each((name, template) => {
      for (const { it, type } of objectsIn(template)) {
        if (type === '') continue
        const properties = known[type]?.split(' ').filter(Boolean)
        assert.ok(properties, `${name}: unknown element ${type}`)
        const more = Object.keys(it).filter(
          (key) => key !== 'type' && !key.startsWith('$') && !properties.includes(key),
        )
        assert.deepEqual(more, [], `${name}: ${type}`)
      }
    })
  })

  it('what only Teams draws has a text to fall back on that says the same', async () => {
    await each((name, template) => {
      for (const { it, type } of objectsIn(template)) {
        if (type !== 'Badge') continue
        const { text, fallback }: { readonly text?: unknown; readonly fallback?: unknown } = it
        const shown: unknown = Object(fallback).text
        assert.equal(Object(fallback).type, 'TextBlock', name)
        assert.ok(
          typeof text === 'string' && typeof shown === 'string' && shown.includes(text),
          `${name}: ${String(text)}`,
        )
      }
    })
  })

  it('a chart that only Teams draws has a table of the same numbers to fall back on', async () => {
    const { body } = render({ card: 'shift', data: await readJson('shift', 'sample') })
    const [chart] = objectsOf(body).filter(({ type }) => type === 'Chart.HorizontalBar')
    const { data, fallback }: { readonly data?: unknown; readonly fallback?: unknown } = Object(chart)
    assert.ok(Array.isArray(data) && data.length === 4)
    for (const { x, y } of data) assert.deepEqual([typeof x, typeof y], ['string', 'number'])
    const texts = objectsOf(fallback).flatMap(({ type, text }) => (type === 'TextBlock' ? [String(text)] : []))
    assert.deepEqual(
      texts,
      data.flatMap(({ x, y }) => [x, String(y)]),
    )
  })

  it('every TextBlock wraps', async () => {
    await each((name, template) => {
      const stiff = objectsIn(template).filter(({ it }) => it.type === 'TextBlock' && it.wrap !== true)
      assert.deepEqual(stiff, [], name)
    })
  })

  it('flags are named has…, is… or can…', async () => {
    await each((name, template) => {
      for (const { path, kind } of bindingsOf(template)) {
        if (kind === 'flag') assert.match(path, /(^|\.)(has|is|can)[A-Z]\w+$/, name)
      }
    })
  })

  it('every input says what it is for, and a required one what is missing', async () => {
    await each((name, template) => {
      for (const { it, type } of objectsIn(template)) {
        if (!type.startsWith('Input.')) continue
        assert.equal(typeof it.label, 'string', name)
        assert.equal(it.isRequired === true, typeof it.errorMessage === 'string', name)
      }
    })
  })

  it('the case code can be read on every card about a case', async () => {
    await each((card, _template, data) => {
      if (['list', 'help', 'digest', 'shift', 'take-all', 'verdict-all', 'questions'].includes(card)) return
      const texts = objectsIn(render({ card, data })).map(({ it }) => it.text)
      assert.ok(texts.includes(`Case ${textOf(data.caseId)}`), card)
    })
  })

  it('the cards of the channel begin alike, and end with all there is to know folded into one', async () => {
    const [fresh, ...taken] = await Promise.all(
      ['new', 'progress', 'work', 'verdict', 'judged'].map(async (name) => bodyOf(await readJson(name, 'card'))),
    )
    for (const body of [fresh ?? [], ...taken]) {
      assert.deepEqual(body[0], fresh?.[0])
      const [details] = objectsIn(body.at(-1))
      assert.deepEqual([details?.it.id, details?.it.isVisible], ['details', false])
    }
    for (const body of taken) assert.deepEqual(body.slice(0, 2), taken[0]?.slice(0, 2))
  })

  it('every fact of the alert can be read on every card of the channel, with one tap at the most', async () => {
    for (const name of ['new', 'progress', 'work', 'verdict', 'judged', 'closed']) {
      const bound = bindingsOf(await readJson(name, 'card')).map(({ path }) => path)
      for (const path of ['title', 'description', 'facts[].value', 'history[].what', 'soFar[].finding', 'link'])
        assert.ok(bound.includes(path), `${name}: ${path}`)
    }
  })

  it('what is to be decided comes right after what the case is', async () => {
    const first = { work: 'finding', judged: 'actions' }
    for (const [name, input] of Object.entries(first)) {
      const body = bodyOf(await readJson(name, 'card'))
      // But for what cannot wait.
      const calm = body.filter(
        (part) => !objectsIn(part).some(({ it }) => it.id === 'urgent' || it.id === 'moreUrgent'),
      )
      const firstInput = objectsIn(calm).find(({ type }) => type.startsWith('Input.'))
      const firstButton = calm.findIndex((part) => objectsIn(part).some(({ type }) => type.startsWith('Action.')))
      const decision = calm.findIndex((part) => objectsIn(part).some(({ it }) => it.id === input))
      assert.equal(firstInput?.it.id, input, name)
      assert.ok(decision <= firstButton, name)
    }
  })

  it('each answer and each verdict that the answers allow is one tap', async () => {
    const pressed = async (card: string, verb: string) =>
      objectsIn(render({ card, data: await readJson(card, 'sample') }))
        .filter(({ it, type }) => type === 'Action.Execute' && it.verb === verb)
        .map(({ it }) => recordOf(it.data))
    const answers = await pressed('work', 'answer')
    assert.deepEqual(
      answers.map(({ check, option }) => [check, option]),
      ['yes', 'no', 'unknown'].map((option) => ['manager-vouches', option]),
    )
    assert.deepEqual(
      (await pressed('verdict', 'judge')).map(({ verdict }) => verdict),
      ['btp-business-trip', 'undetermined'],
    )
  })
})
