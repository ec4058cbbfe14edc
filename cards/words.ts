import type { Phrases } from '../triage/phrases.js'

/**
 * A template with its words filled in: `${$root.words.takeCase}` becomes the phrase `on-card.take-case`, and a phrase's
 * `{caseId}` the binding `${caseId}` of the place where it stands. So a language costs nothing when a card is drawn.
 *
 * Throws an Error that names the word which the phrases lack.
 */
export const worded = (node: unknown, phrases: Phrases): unknown => {
  if (typeof node === 'string') {
    return node.includes(opening) ? node.replaceAll(word, (_whole, name: string) => textOf(name, phrases)) : node
  }
  if (Array.isArray(node)) return node.map((one) => worded(one, phrases))
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, worded(value, phrases)]))
}

/** The words a template names, each once, in the order of their names. */
export const wordsOf = (template: object): readonly string[] =>
  [...new Set([...JSON.stringify(template).matchAll(word)].map(([, name = '']) => name))].toSorted()

/** The phrase behind a word: `on-card.take-case` for `takeCase`. */
export const phraseOf = (name: string): string =>
  `on-card.${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

const opening = '${$root.words.'

const word = /\$\{\$root\.words\.([a-zA-Z]+)\}/g

const textOf = (name: string, phrases: Phrases): string => {
  const text = phrases[phraseOf(name)]
  if (text === undefined) throw new Error(`no phrase is named ${phraseOf(name)}; write it in content/phrases/en.yaml`)
  return text.replaceAll(/\{([a-zA-Z]+)\}/g, '${$1}')
}
