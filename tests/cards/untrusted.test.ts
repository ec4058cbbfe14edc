import assert from 'node:assert/strict'
import { array, assert as assertLaw, constantFrom, oneof, property, string } from 'fast-check'
import { type DrawObject, loadRender } from '../support/load-render.js'
import { cardNames, mapData, objectsIn, readJson, untrusted } from './samples.js'

describe('cards/*.card.json: untrusted text', () => {
  let render: DrawObject
  before(async () => {
    render = await loadRender()
  })

  it('stands in text runs and nowhere else, letter by letter', async () => {
    for (const card of await cardNames()) {
      const planted = new Set<string>()
      const data = mapData(await readJson(card, 'sample'), (path, value) => {
        if (typeof value === 'boolean') return true
        if (!untrusted.has(path) || typeof value !== 'string') return value
        const marker = `[${path}](http://evil) <at>y</at> \${z} \`'"\\`
        planted.add(marker)
        return marker
      })
      const drawn = objectsIn(render({ card, data }))
      const strings = drawn.flatMap(({ it }) =>
        Object.entries(it).flatMap(([key, value]) => (typeof value === 'string' ? [{ it, key, value }] : [])),
      )
      const bearing = strings.filter(({ value }) => value.includes('http://evil'))
      for (const { it, key, value } of bearing)
        assert.deepEqual([it.type, key], ['TextRun', 'text'], `${card}: ${value}`)
      for (const marker of planted) {
        assert.ok(
          bearing.some(({ value }) => value.includes(marker)),
          `${card}: ${marker} is shown as it is`,
        )
      }
    }
  })

  it('never is evaluated, never stops a card', async () => {
    const samples = await Promise.all(
      // The help has nobody's words on it.
      (await cardNames())
        .filter((card) => card !== 'help')
        .map(async (card) => ({ card, data: await readJson(card, 'sample') })),
    )
    const nasty = constantFrom('${title}', '${', '}', '`', '\\', '$&', '{{DATE(2026-01-01T00:00:00Z)}}', '@{1}', '=1+1')
    const text = array(oneof(nasty, string({ unit: 'binary', maxLength: 8 })), { maxLength: 4 }).map((parts) =>
      parts.join(''),
    )
    assertLaw(
      property(constantFrom(...samples), text, ({ card, data }, planted) => {
        const marked = mapData(data, (path, value) =>
          typeof value === 'string' && untrusted.has(path) ? `<<${planted}>>` : value,
        )
        const texts = objectsIn(render({ card, data: marked })).flatMap(({ it }) =>
          typeof it.text === 'string' && it.text.includes('<<') ? [it.text] : [],
        )
        assert.ok(texts.length > 0)
        for (const one of texts) assert.ok(shown(one).includes(`<<${shown(planted)}>>`), one)
      }),
      { numRuns: 300 },
    )
  })
})

/** Without the mark that keeps `{{DATE(…)}}` text. */
const shown = (one: string) => one.replaceAll('\u2060', '')
