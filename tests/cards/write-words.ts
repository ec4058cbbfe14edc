// Writes the words of each card into its sample, for the card designer; run it after a change to a card or its words.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadPhrases } from '../../content/load/load-phrases.js'
import { sampleWords } from './sample-words.js'
import { cardNames, folder, readJson } from './samples.js'

const phrases = await loadPhrases('content/phrases', 'en')
for (const name of await cardNames()) {
  const file = join(folder, `${name}.sample.json`)
  const { words: _before, ...sample } = await readJson(name, 'sample')
  const words = sampleWords(await readJson(name, 'card'), sample, phrases)
  const text = (await readFile(file, 'utf8')).replace(/(,\s*"words": \{[^{}]*\})?\s*\}\s*$/, '')
  const added = Object.keys(words).length > 0 ? `,\n"words": ${JSON.stringify(words, null, 2)}` : ''
  await writeFile(file, `${text}${added}\n}\n`)
}
