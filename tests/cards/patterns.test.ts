import assert from 'node:assert/strict'
import { Template } from 'adaptivecards-templating/lib/template-engine.js'
import fc from 'fast-check'
import { bindingsOf, gapFinder } from '../../cards/bindings.js'
import { type Context, openPatterns } from '../../cards/patterns.js'
import { tidy } from '../../cards/tidy.js'
import { cardNames, mapData, readJson, recordOf } from './samples.js'

const text = (words: string, more: object = {}) => ({ type: 'TextBlock', text: words, ...more })
const card = (...body: readonly object[]) => ({ $schema: 'x', type: 'AdaptiveCard', version: '1.5', body })

/** The engine; `expanded` hears for what it expands something. */
const engineOf = (expanded: (context: Context) => void = () => {}) => {
  return (payload: object) => {
    const template = new Template(payload)
    return (context: Context): unknown => {
      expanded(context)
      return template.expand(context)
    }
  }
}

/** What fills a template, as text. */
const filling = (template: object, parse = openPatterns(engineOf())) => {
  const { look, fill } = parse(template)
  return (data: object): string => {
    const looked = look(data)
    assert.ok(looked)
    return String(fill(looked))
  }
}

/** A template expanded by its patterns, and by the engine as a whole. */
const openBoth = (template: object, parse = openPatterns(engineOf())) => {
  const [engine, fill] = [new Template(template), filling(template, parse)]
  return (data: object) => ({ json: fill(data), whole: tidy(recordOf(engine.expand({ $root: data }))) })
}

const bodyOf = (json: string): unknown => Object(JSON.parse(json)).body

describe('cards/patterns', () => {
  it('makes the same cards, key by key, as expanding and tidying the whole template', async () => {
    const ways: readonly ((value: unknown) => unknown)[] = [
      (value) => value,
      (value) => (typeof value === 'boolean' ? !value : value),
      (value) => (typeof value === 'string' ? '' : value),
      (value) => (typeof value === 'string' ? '{{DATE(x)}} ${line} $& \\ ` " ü – 😀' : value === false || value),
      (value) => (typeof value === 'string' ? `${value}!` : value),
    ]
    const parse = openPatterns(engineOf())
    for (const name of await cardNames()) {
      const [expand, sample] = [openBoth(await readJson(name, 'card'), parse), await readJson(name, 'sample')]
      for (const way of ways) {
        const { json, whole } = expand(mapData(sample, (_, value) => way(value)))
        assert.equal(json, JSON.stringify(whole), name)
      }
    }
  })

  it('lets the engine expand a template once for all cards that differ in their values alone', async () => {
    let times = 0
    const fill = filling(await readJson('judged', 'card'), openPatterns(engineOf(() => (times += 1))))
    const sample = await readJson('judged', 'sample')
    fill(sample)
    const first = times
    const other = fill(mapData(sample, (_, value) => (typeof value === 'string' && value !== '' ? 'other' : value)))
    assert.equal(times, first)
    assert.match(other, /"other"/)
  })

  it('lets it expand anew where a flag is another, a text is empty, or nothing of a list is left', () => {
    let times = 0
    const template = card(text('${a}', { $when: '${isShown}' }), { ...text('${b}'), $data: '${rows}' })
    const { look, fill } = openPatterns(engineOf(() => (times += 1)))(template)
    const drawn = (data: object) => {
      const looked = look(data)
      assert.ok(looked)
      return bodyOf(String(fill(looked)))
    }
    const rows = [{ b: 'x' }, { b: '' }, { b: 'y' }]
    assert.deepEqual(drawn({ a: 'a', isShown: true, rows }), [text('a'), text('x'), text('y')])
    assert.equal(times, 3)
    assert.deepEqual(drawn({ a: 'a', isShown: false, rows }), [text('x'), text('y')])
    assert.deepEqual(drawn({ a: '', isShown: true, rows }), [text('x'), text('y')])
    assert.deepEqual(drawn({ a: 'a', isShown: true, rows: [{ b: '' }] }), [text('a')])
    assert.equal(times, 6)
    assert.deepEqual(drawn({ a: 'b', isShown: true, rows: [{ b: 'z' }] }), [text('b'), text('z')])
    assert.equal(times, 6)
  })

  it('hands the engine no value, so that none can be taken for a binding', () => {
    const handed: Context[] = []
    const fill = filling(
      card(text('${a} ${$root.n}'), { ...text('${a}'), $data: '${rows}' }),
      openPatterns(engineOf((context) => handed.push(context))),
    )
    assert.deepEqual(bodyOf(fill({ a: '${n}', n: 7, rows: [{ a: '${$root.a}' }] })), [
      text('${n} 7'),
      text('${$root.a}'),
    ])
    assert.ok(handed.length > 0)
    assert.doesNotMatch(JSON.stringify(handed), /\$\{|7/)
  })

  it('takes an item of a list for the same template in whatever cards it stands', () => {
    let times = 0
    const parse = openPatterns(engineOf(() => (times += 1)))
    const list = { type: 'TextBlock', $data: '${rows}', text: '${a}' }
    filling(card(list), parse)({ rows: [{ a: 'x' }, { a: 'y' }] })
    assert.equal(times, 2)
    const second = filling(card(text('${t}'), { ...list, $data: '${lines}' }), parse)
    assert.deepEqual(bodyOf(second({ t: 't', lines: [{ a: 'z' }] })), [text('t'), text('z')])
    assert.equal(times, 3)
  })

  it('fills items with values of the root as well', () => {
    const fill = filling(card({ type: 'TextBlock', $data: '${rows}', text: '${a} ${$root.t}', id: '${$root.a}' }))
    const drawn = (t: string, a: string) => bodyOf(fill({ t, a, rows: [{ a: 'x' }, { a: 'y' }] }))
    assert.deepEqual(drawn('1', 'r'), [text('x 1', { id: 'r' }), text('y 1', { id: 'r' })])
    assert.deepEqual(drawn('2', ''), [text('x 2', { id: '' }), text('y 2', { id: '' })])
  })

  it('leaves items out by their own flag, and repeats lists in items', () => {
    const inner = { type: 'Container', items: [text('${b}', { $data: '${parts}' })] }
    const rows = [
      { isShown: true, parts: [{ b: '1' }, { b: '2' }] },
      { isShown: false, parts: [{ b: '3' }] },
      { isShown: true, parts: [] },
    ]
    const { json, whole } = openBoth(card({ ...inner, $data: '${rows}', $when: '${isShown}' }))({ rows })
    assert.equal(json, JSON.stringify(whole))
    assert.equal(Object(whole['body']).length, 1)
  })

  it('drops what holds nothing, whether the template or the data left it empty', () => {
    const hollow = { type: 'Container', items: [{ type: 'ColumnSet', columns: [] }, text('')] }
    const template = card(hollow, text('${a}'), { type: 'Container', items: [text('${$root.a}')] }, text('x'))
    assert.deepEqual(JSON.parse(filling(template)({ a: '' })), {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [text('x')],
    })
  })

  it('writes any text, number and emptiness as JSON does, wherever they stand', () => {
    const row = { type: 'TextBlock', text: '${a}', é: 'ü"\n' }
    const button = { type: 'Action.Submit', title: '${$root.a}', data: { n: '${$root.n}', a: '${$root.a}', none: [] } }
    const expand = openBoth(
      card(
        { ...row, $data: '${rows}' },
        text('${a} ${$root.n}', { $when: '${isShown}', alt: '{${a}' }),
        text('{${a}'),
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
      fc.string({ unit: fc.constantFrom('\u0000', '\u0001', '"', '\ud800', 'a') }),
      fc.constantFrom('{{DATE(x)}}', '{TIME(x)}}', '\u0001value0\u0001', ''),
    )
    const number = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(anything, number, fc.array(anything), fc.boolean(), (a, n, rows, isShown) => {
        const { json, whole } = expand({ a, n, isShown, rows: rows.map((one) => ({ a: one })) })
        assert.equal(json, JSON.stringify(whole))
      }),
    )
  })

  it('finds data lacking exactly where a binding is not filled', async () => {
    for (const name of await cardNames()) {
      const [template, sample] = [await readJson(name, 'card'), await readJson(name, 'sample')]
      const { look } = openPatterns(engineOf())(template)
      const gapIn = gapFinder(bindingsOf(template))
      const ways: readonly ((value: unknown) => unknown)[] = [
        (value) => (typeof value === 'string' ? null : value),
        (value) => (typeof value === 'string' ? true : value),
        (value) => (typeof value === 'number' ? NaN : value),
        (value) => (typeof value === 'boolean' ? 'yes' : value),
      ]
      const places: string[] = []
      mapData(sample, (place, value) => (places.push(place), value))
      assert.equal(look(sample) === null, gapIn(sample) !== null)
      for (const wanted of places) {
        for (const way of ways) {
          const data = mapData(sample, (place, value) => (place === wanted ? way(value) : value))
          assert.equal(look(data) === null, gapIn(data) !== null, `${name} ${wanted}`)
        }
      }
      for (const key of Object.keys(sample)) {
        for (const value of [undefined, null, {}, [null], ['x'], [{}], 'x']) {
          const data = { ...sample, [key]: value }
          assert.equal(look(data) === null, gapIn(data) !== null, `${name} ${key}`)
        }
      }
    }
  })

  it('forgets all patterns when they take too much, and makes them again', () => {
    let times = 0
    const parse = openPatterns(
      engineOf(() => (times += 1)),
      500,
    )
    const fill = filling(card(...['a', 'b', 'c'].map((name) => text('${t}', { $when: `\${${name}}` }))), parse)
    const drawn = (shape: number) =>
      bodyOf(fill({ t: 't', a: (shape & 1) !== 0, b: (shape & 2) !== 0, c: (shape & 4) !== 0 }))
    const sizes = Array.from({ length: 16 }, (_, at) => Object(drawn(at % 8)).length)
    assert.deepEqual(sizes.slice(0, 8), [0, 1, 1, 2, 1, 2, 2, 3])
    assert.deepEqual(sizes.slice(8), sizes.slice(0, 8))
    assert.ok(times > 8)
  })

  it('takes no template whose lists stand anywhere but in lists', () => {
    const template = card({ type: 'Container', selectAction: { $data: '${rows}', title: '${a}' } })
    assert.throws(() => openPatterns(engineOf())(template), /Only what is in a list may have \$data/)
  })
})
