import assert from 'node:assert/strict'
import { openRenderer } from '../../cards/render.js'
import { phraseOf, worded, wordsOf } from '../../cards/words.js'
import { loadPhrases } from '../../content/load/load-phrases.js'
import type { Phrases } from '../../triage/phrases.js'
import { sampleWords } from './sample-words.js'
import { type Data, cardNames, objectsIn, readJson, recordOf } from './samples.js'

/** What of a template people read. */
const read = ['text', 'title', 'label', 'placeholder', 'errorMessage', 'altText', 'fallbackText', 'speak']

describe('the words on cards', () => {
  let english: Phrases
  let cards: readonly (readonly [name: string, template: Data, sample: Data])[]
  before(async () => {
    english = await loadPhrases('content/phrases', 'en')
    cards = await Promise.all(
      (await cardNames()).map(
        async (name) => [name, await readJson(name, 'card'), await readJson(name, 'sample')] as const,
      ),
    )
  })

  it('are none of the templates: what people read there is bound, but for marks', () => {
    const written = cards.flatMap(([name, template]) =>
      objectsIn(template).flatMap(({ it }) =>
        read.flatMap((key) => {
          const text = it[key]
          return typeof text === 'string' && /\p{L}/u.test(text.replaceAll(/\$\{[^}]*\}/g, ''))
            ? [`${name}: ${text}`]
            : []
        }),
      ),
    )
    assert.deepEqual(written, [], 'move it to content/phrases/en.yaml as on-card.…, and write ${$root.words.…} here')
  })

  it('are all phrases, and each such phrase stands on some card', () => {
    const named = new Set(cards.flatMap(([, template]) => wordsOf(template)).map(phraseOf))
    const written = Object.keys(english).filter((key) => key.startsWith('on-card.'))
    assert.deepEqual([...named].toSorted(), written.toSorted())
  })

  it('name only bindings of the place where they stand', () => {
    // Whatever a card does not fill is told when it is drawn.
    const render = openRenderer(Object.fromEntries(cards.map(([name, template]) => [name, template])), { en: english })
    for (const [card, , data] of cards) assert.doesNotMatch(String(render.render({ card, data }).json), /[{}]\w+\}/)
  })

  it('stand in the samples, for the card designer; if not, run: npx tsx tests/cards/write-words.ts', () => {
    for (const [name, template, { words = {}, ...sample }] of cards) {
      assert.deepEqual(recordOf(words), sampleWords(template, sample, english), name)
    }
  })

  it('are those of the language of a view, in English where there is no such language', () => {
    const template = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: '${$root.words.takeIt}: ${name}' }] }
    const { render } = openRenderer(
      { one: template },
      { en: { 'on-card.take-it': 'Take {name}' }, nl: { 'on-card.take-it': '{name} nemen' } },
    )
    const drawn = (language?: string) => render({ card: 'one', data: { name: 'it' } }, language).json.toString()
    assert.match(drawn('nl'), /"it nemen: it"/)
    for (const other of [undefined, 'en', 'sv', 'constructor']) assert.match(drawn(other), /"Take it: it"/)
  })

  it('that are in no language are told when the card is read', () => {
    assert.throws(() => worded('${$root.words.takeOver}', {}), /on-card\.take-over.*en\.yaml/)
  })
})
