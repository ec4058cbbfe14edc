/** The bot's own words, by key; `{placeholders}` are filled by `say`. */
export type Phrases = Readonly<Record<string, string>>

/** The language the words are in, as an IETF tag such as `nl`; whoever loads them says so under this key. */
export const languageOf = (phrases: Phrases): string => phrases['language'] ?? 'en'

/** A phrase with its placeholders filled. A key that is not there is a mistake of ours and shows as the key. */
export const say = (phrases: Phrases, key: string, details: Readonly<Record<string, string>> = {}): string => {
  const phrase = phrases[key] ?? key
  // Most have none, and a card takes dozens of them.
  if (!phrase.includes('{')) return phrase
  const { start, rest } = partsOf(phrase)
  let said = start
  for (const { name, text } of rest) {
    said += (Object.hasOwn(details, name) ? details[name] : undefined) ?? `{${name}}`
    said += text
  }
  return said
}

/** How a phrase begins, and its placeholders, each with the text behind it. */
type Parts = { readonly start: string; readonly rest: readonly { readonly name: string; readonly text: string }[] }

const partsOf = (phrase: string): Parts => {
  const known = parted.get(phrase)
  if (known) return known
  const [start = '', ...others] = phrase.split(/\{([a-zA-Z-]+)\}/)
  const names = others.filter((_, at) => at % 2 === 0)
  const parts = { start, rest: names.map((name, at) => ({ name, text: others[2 * at + 1] ?? '' })) }
  parted.set(phrase, parts)
  return parts
}

/** There are no more than Winnow has phrases. */
const parted = new Map<string, Parts>()
