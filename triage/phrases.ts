/** The bot's own words, by key; `{placeholders}` are filled by `say`. */
export type Phrases = Readonly<Record<string, string>>

/** The language the words are in, as an IETF tag such as `nl`; whoever loads them says so under this key. */
export const languageOf = (phrases: Phrases): string => phrases['language'] ?? 'en'

/** A phrase with its placeholders filled. A key that is not there is a mistake of ours and shows as the key. */
export const say = (phrases: Phrases, key: string, details: Readonly<Record<string, string>> = {}): string => {
  const phrase = phrases[key] ?? key
  // Most have none, and a card takes dozens of them.
  if (!phrase.includes('{')) return phrase
  return phrase.replace(/\{([a-zA-Z-]+)\}/g, (whole, name: string) =>
    Object.hasOwn(details, name) ? (details[name] ?? whole) : whole,
  )
}
