import assert from 'node:assert/strict'
import { Template } from 'adaptivecards-templating/lib/template-engine.js'
import fc from 'fast-check'
import { type Filled, openSplit } from '../../cards/split.js'
import { tidy } from '../../cards/tidy.js'
import { cardNames, mapData, readJson, recordOf } from './samples.js'

const text = (words: string, more: object = {}) => ({ type: 'TextBlock', text: words, ...more })
const card = (...body: readonly object[]) => ({ $schema: 'x', type: 'AdaptiveCard', version: '1.5', body })

/** The engine; `handed` gets what it is to parse, and `expanded` how often it expands something. */
const engineOf = (handed: object[] = [], expanded: () => void = () => {}) => {
  return (payload: object) => {
    handed.push(payload)
    const template = new Template(payload)
    return (data: object): unknown => {
      expanded()
      return template.expand({ $root: data })
    }
  }
}

const split = openSplit(engineOf())

const bodyOf = (filled: Filled | null): unknown => {
  assert.ok(filled)
  return Object(JSON.parse(filled.json)).body
}

/** What expands a template in two parts, and as a whole. */
const openBoth = (template: object) => {
  const [engine, fill] = [new Template(template), split(template)]
  return (data: object) => {
    const whole = tidy(recordOf(engine.expand({ $root: data })))
    const filled = fill(data)
    assert.ok(filled)
    return { ...filled, card: Object(JSON.parse(filled.json)), whole }
  }
}

/** A template expanded in both ways. */
const both = (template: object, data: object) => openBoth(template)(data)

describe('cards/split', () => {
  it('makes the same cards, key by key, as expanding and tidying the whole template', async () => {
    const ways: readonly ((value: unknown) => unknown)[] = [
      (value) => value,
      (value) => (typeof value === 'boolean' ? !value : value),
      (value) => (typeof value === 'string' ? '' : value),
      (value) => (typeof value === 'string' ? '{{DATE(x)}} ${line} $& \\ ` "' : value === false || value),
    ]
    for (const name of await cardNames()) {
      const [expand, sample] = [openBoth(await readJson(name, 'card')), await readJson(name, 'sample')]
      for (const way of ways) {
        const { json, whole } = expand(mapData(sample, (_, value) => way(value)))
        assert.equal(json, JSON.stringify(whole), name)
      }
    }
  })

  it('drops what holds nothing, whether the template or the data left it empty', () => {
    const hollow = { type: 'Container', items: [{ type: 'ColumnSet', columns: [] }, text('')] }
    const template = card(hollow, text('${a}'), { type: 'Container', items: [text('${$root.a}')] }, text('x'))
    assert.deepEqual(both(template, { a: '' }).card, { type: 'AdaptiveCard', version: '1.5', body: [text('x')] })
  })

  it('hands the engine nothing that no data changes, and each value once, all of them in one expression', () => {
    const button = (title: string) => ({ type: 'Action.Submit', title, data: { caseId: '${$root.caseId}' } })
    const template = card(text('still'), { type: 'ActionSet', actions: [button('Go'), button('Stop')] }, text('${a}'))
    const handed: object[] = []
    openSplit(engineOf(handed))(template)
    assert.deepEqual(handed, [{ values: '${createArray($root.caseId, a)}' }])
    assert.doesNotMatch(JSON.stringify(handed), /still|Go|Submit/)
  })

  it('expands an item of a list once, in whatever cards it stands, and anew as soon as it changes', () => {
    let times = 0
    const open = openSplit(engineOf([], () => (times += 1)))
    const list = { type: 'TextBlock', $data: '${rows}', text: '${a}' }
    const [one, other] = [open(card(list)), open(card(text('${t}'), { ...list, $data: '${lines}' }))]
    one({ rows: [{ a: 'x' }, { a: 'y' }] })
    assert.equal(times, 3)
    const second = bodyOf(other({ t: 't', lines: [{ a: 'y' }, { a: 'z' }] }))
    assert.equal(times, 5)
    assert.deepEqual(second, [text('t'), text('y'), text('z')])
  })

  it('fills items that name values of the root anew in each card', () => {
    const fill = split(card({ type: 'TextBlock', $data: '${rows}', text: '${a} ${$root.t}' }))
    const drawn = (t: string) => bodyOf(fill({ t, rows: [{ a: 'x' }, { a: 'y' }] }))
    assert.deepEqual(drawn('1'), [text('x 1'), text('y 1')])
    assert.deepEqual(drawn('2'), [text('x 2'), text('y 2')])
  })

  it('leaves items out by their own flag, and repeats lists in items', () => {
    const inner = { type: 'Container', items: [text('${b}', { $data: '${parts}' })] }
    const template = card({ ...inner, $data: '${rows}', $when: '${isShown}' })
    const rows = [
      { isShown: true, parts: [{ b: '1' }, { b: '2' }] },
      { isShown: false, parts: [{ b: '3' }] },
      { isShown: true, parts: [] },
    ]
    const { card: joined, json, whole } = both(template, { rows })
    assert.equal(json, JSON.stringify(whole))
    assert.equal(Object(joined['body']).length, 1)
  })

  it('writes any text, number and emptiness as JSON does, wherever they stand', () => {
    const row = { type: 'TextBlock', text: '${a}', é: 'ü"\n' }
    const button = { type: 'Action.Submit', title: '${$root.a}', data: { n: '${$root.n}', a: '${$root.a}', none: [] } }
    const expand = openBoth(
      card(
        { ...row, $data: '${rows}' },
        text('${a} ${$root.n}', { $when: '${isShown}' }),
        { type: 'ActionSet', actions: [button, { ...button, $when: '${isShown}' }] },
        { type: 'Container', $when: '${isShown}', items: [{ ...row, $data: '${$root.rows}' }, text('${a}')] },
        { type: 'Table', rows: [{ cells: [text('${a}'), { type: 'Container', items: [] }, '${a}', null, ''] }] },
        text('', { color: '${a}' }),
        { ...button, data: { only: { $when: '${isShown}', a: '${a}' } } },
        { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '${a}' }], fallback: text('${$root.a}') },
      ),
    )
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\u0000', '"', '\ud800', 'a') }),
      fc.constant('{{DATE(x)}}'),
    )
    const number = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(anything, number, fc.array(anything), fc.boolean(), (a, n, rows, isShown) => {
        const { json, whole } = expand({ a, n, isShown, rows: rows.map((one) => ({ a: one })) })
        assert.equal(json, JSON.stringify(whole))
      }),
    )
  })
})
