/** The most characters of any short text in a reading. */
export const longest = 512

/** The text without blanks around it; null for anything that is no text, is empty, or says "null". */
export const given = (value: unknown): string | null => {
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' || (text.length === 4 && text.toLowerCase() === 'null') ? null : text
}

/** The text, at most `max` characters long, with an ellipsis where it was cut; never cut through a character. */
export const cut = (text: string, max: number): string => (text.length <= max ? text : `${start(text, max - 1)}…`)

/** A description of at most 8,000 characters that says at its end how much is missing. */
export const cutDescription = (text: string): string => {
  if (text.length <= 8_000) return text
  const kept = start(text, 7_900)
  return `${kept}… (cut here; ${text.length - kept.length} more characters in the source)`
}

/** The given texts, each once whatever its case, at most 20 of at most 512 characters. */
export const shortList = (values: readonly unknown[]): readonly string[] => {
  if (values.length < 2) {
    const text = given(values[0])
    return text === null ? [] : [cut(text, longest)]
  }
  const seen = new Map<string, string>()
  for (const value of values) {
    const text = given(value)
    if (text === null) continue
    const short = cut(text, longest)
    const same = short.toLowerCase()
    if (!seen.has(same)) seen.set(same, short)
    if (seen.size === 20) break
  }
  return [...seen.values()]
}

/** A text in HTML as plain text: its marks are left out, and its lines kept. Of a text too long for any alert the beginning. */
export const withoutMarkup = (html: string): string =>
  html
    .slice(0, 50_000)
    .replace(/<(?:br|\/p|\/div|\/li)[^<>]{0,100}>/gi, '\n')
    .replace(/<\/?[a-z][^<>]{0,1000}>/gi, '')
    .replace(/&(?:lt|gt|quot|#39|nbsp|amp);/g, (mark) => entities[mark] ?? mark)
    .replace(/\n{3,}/g, '\n\n')
    .trim()

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
  '&amp;': '&',
}

/** A link that may be shown: https, no user name in it, at most 2,048 characters; else null. */
export const httpsLink = (value: unknown): string | null => {
  const text = given(value)
  const url = text === null || text.length > 2_048 ? null : urlOf(text)
  const plain = url?.protocol === 'https:' && url.username === '' && url.password === ''
  return plain && url.href.length <= 2_048 ? url.href : null
}

/** `URL.canParse` would do the work twice, and nearly every text is one. */
const urlOf = (text: string): URL | null => {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** Something a sender wrote, for a message: short, in quotes, nothing in it that hides, turns the line round or is markup. */
export const quote = (text: string): string => printable(JSON.stringify(cut(text, 60)), 400)

/** An id or number a sender wrote, for a message; of anything else only what it is not. */
export const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? quote(String(value)) : 'without an id'

/** A text at most `max` characters long whose control and direction characters and marks of HTML and Markdown are written out. */
export const printable = (text: string, max: number): string =>
  cut(text, max).replace(hidden, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)

const hidden = /[\p{C}\p{Zl}\p{Zp}<>&`*[\]]/gu

/** The beginning of a text; half a surrogate pair at its end is left off. */
const start = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
