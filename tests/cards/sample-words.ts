import { phraseOf, wordsOf } from '../../cards/words.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { type Data, mapData } from './samples.js'

/** The words that a template's sample needs, so that the card designer shows them, filled in with what the sample holds. */
export const sampleWords = (template: Data, sample: Data, phrases: Phrases): Readonly<Record<string, string>> => {
  const values: Record<string, string> = {}
  mapData(sample, (path, value) => {
    const name = path.split('.').at(-1) ?? ''
    values[name] ??= String(value)
  })
  return Object.fromEntries(wordsOf(template).map((name) => [name, say(phrases, phraseOf(name), values)]))
}
