import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadCards } from '../../cards/load.js'
import { maxBytes, objectOf, openRenderer } from '../../cards/render.js'
import { isFault } from '../../triage/fault.js'

const text = (words: string, more: object = {}) => ({ type: 'TextBlock', wrap: true, text: words, ...more })

const fault = (code: string, words: RegExp) => (error: unknown) => {
  assert.ok(isFault(error, code), String(error))
  assert.match(error.message, words)
  return true
}

describe('cards/load', () => {
  let home: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'winnow-cards-'))
  })
  afterEach(async () => {
    await rm(home, { recursive: true, force: true })
  })
  const load = async (body: readonly object[]) => {
    await writeFile(
      join(home, 'one.card.json'),
      JSON.stringify({ $schema: 'x', type: 'AdaptiveCard', version: '1.5', body }),
    )
    const render = await loadCards(home)
    return (data: object) => objectOf(render({ card: 'one', data }))
  }

  it('fills a template, keeps numbers numbers, and leaves the designer’s marks out', async () => {
    const draw = await load([
      { type: 'ActionSet', actions: [{ type: 'Action.Submit', title: 'Go ${a}', data: { line: '${line}' } }] },
    ])
    assert.deepEqual(draw({ a: 'now', line: 3 }), {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'ActionSet', actions: [{ type: 'Action.Submit', title: 'Go now', data: { line: 3 } }] }],
    })
  })

  it('repeats over lists, drops what is not to be shown, and what is empty then', async () => {
    const draw = await load([
      { type: 'Container', items: [text('${name} of ${$root.all}', { $data: '${rows}', $when: '${isShown}' })] },
      text('${all}', { $when: '${hasAll}' }),
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '${nothing}' }] },
    ])
    const rows = [
      { name: 'one', isShown: true },
      { name: 'two', isShown: false },
    ]
    assert.deepEqual(draw({ all: 2, hasAll: false, nothing: '', rows }).body, [
      { type: 'Container', items: [text('one of 2')] },
    ])
    assert.deepEqual(draw({ all: 2, hasAll: false, nothing: '', rows: [] }).body, [])
  })

  it('reads the folder once', async () => {
    const draw = await load([text('${a}')])
    await rm(join(home, 'one.card.json'))
    assert.deepEqual(draw({ a: 'still there' }).body, [text('still there')])
  })

  it('takes text of the data as text, whatever it looks like', async () => {
    const draw = await load([text('${a}'), text('x ${a} ${b}')])
    assert.deepEqual(draw({ a: '${b} ${1+1} `${b}` \\', b: '$&' }).body, [
      text('${b} ${1+1} `${b}` \\'),
      text('x ${b} ${1+1} `${b}` \\ $&'),
    ])
  })

  it('keeps clients from turning text of the data into dates', async () => {
    const draw = await load([text('${a}')])
    assert.deepEqual(draw({ a: '{{DATE(2026-01-01T00:00:00Z)}} {{time(x)}} {{x}}' }).body, [
      text('{\u2060{DATE(2026-01-01T00:00:00Z)}} {\u2060{time(x)}} {{x}}'),
    ])
  })

  const gaps: readonly [string, object, object, RegExp][] = [
    ['a text', text('${a.b}'), { a: {} }, /"one".*\$\{a\.b\} needs a text or a number/],
    ['a text that is null', text('${a}'), { a: null }, /\$\{a\}/],
    ['a text that is only inherited', text('${toString}'), {}, /\$\{toString\}/],
    ['a number that is none', text('${a}'), { a: Number.NaN }, /\$\{a\}/],
    ['a flag', text('x', { $when: '${hasA}' }), {}, /\$\{hasA\} needs true or false/],
    ['a flag that is a text', text('x', { $when: '${hasA}' }), { hasA: 'true' }, /\$\{hasA\}/],
    ['a list', text('x', { $data: '${rows}' }), { rows: {} }, /\$\{rows\} needs a list/],
    ['a text of the second item', text('${a}', { $data: '${rows}' }), { rows: [{ a: '1' }, {}] }, /\$\{rows\[\]\.a\}/],
  ]
  for (const [what, element, data, words] of gaps) {
    it(`does not draw a card that lacks ${what}`, async () => {
      const draw = await load([element])
      assert.throws(() => draw(data), fault('cards/unfilled', words))
    })
  }

  it('does not draw a card that is too big, counted in bytes', async () => {
    const draw = await load([text('${a}')])
    assert.ok(draw({ a: 'é'.repeat(maxBytes / 2 - 200) }))
    assert.throws(() => draw({ a: 'é'.repeat(maxBytes / 2) }), fault('cards/too-big', /"one" has \d+ bytes/))
  })

  it('cuts the longest text runs of a card that would be too big, whole letters only, and nothing else', async () => {
    const run = (words: string) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: words }] })
    const draw = await load([text('${a}'), run('${b}'), run('${c}')])
    const [own, short] = ['w'.repeat(300), 's'.repeat(200)]
    const body = [text(own), run(`${'😀'.repeat(199)}…`), run(short)]
    assert.deepEqual(draw({ a: own, b: '😀'.repeat(maxBytes / 4), c: short }).body, body)
  })

  it('can parse all templates ahead, and tells of a bad one only when that is drawn', async () => {
    const logic = text('${a + b}')
    const { render, prepare } = openRenderer({ bad: { type: 'AdaptiveCard', body: [logic] }, good: text('${a}') })
    await prepare()
    assert.deepEqual(objectOf(render({ card: 'good', data: { a: 'x' } })), text('x'))
    assert.throws(() => render({ card: 'bad', data: {} }), /more than a name/)
  })

  it('knows the cards of its folder only', async () => {
    await load([])
    const render = await loadCards(home)
    for (const card of ['two', '../one', '__proto__', '']) {
      assert.throws(() => render({ card, data: {} }), fault('cards/unknown', /There is no card/))
    }
  })

  for (const logic of ['${a + b}', "${if(a, 'b', 'c')}", '${$index}', '${a', '${rows[0].a}', '${}']) {
    it(`refuses a template with logic: ${logic}`, async () => {
      await assert.rejects(load([text(logic)]), fault('cards/bad-template', /one\.card\.json.*more than a name/))
    })
  }

  it('refuses flags and lists that are more than a name', async () => {
    for (const more of [{ $when: true }, { $when: 'x ${a}' }, { $data: [1] }, { $data: '${a} ${b}' }]) {
      await assert.rejects(load([text('x', more)]), fault('cards/bad-template', /\$data and \$when/))
    }
  })

  it('says which template cannot be read', async () => {
    await assert.rejects(loadCards(join(home, 'nowhere')), fault('cards/bad-template', /nowhere.*cannot be read/))
    await assert.rejects(loadCards(home), fault('cards/bad-template', /there is no \*\.card\.json/))
    await writeFile(join(home, 'one.card.json'), '{')
    await assert.rejects(loadCards(home), fault('cards/bad-template', /one\.card\.json/))
  })
})
