/**
 * Make untrusted text harmless to read: on one line, everything invisible shown as `[U+202E]`, at most `longest` characters.
 *
 * It still must be bound in a `TextRun` only: Markdown is left as it is.
 */
export const escapeUntrusted = (text: string, longest: number): string => {
  if (text === '') return text
  const start = text.slice(0, longest * 2)
  // Most texts are plain, and most are short.
  if (harmless.test(start)) return text.length <= longest ? text : `${start.slice(0, longest - 1)}…`
  const shown = start
    .replace(/[\s\u0085\u2028\u2029]+/g, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(hidden, (mark) => `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
    .trim()
  const letters = Array.from(shown)
  return letters.length <= longest && text.length <= longest * 2 ? shown : `${letters.slice(0, longest - 1).join('')}…`
}

/** The same, and no wider than so many common letters are: the widest letters and signs of whole squares count for more. */
export const cutToWidth = (text: string, longest: number): string => {
  const letters = Array.from(escapeUntrusted(text, longest))
  let width = 0
  const end = letters.findIndex((letter) => {
    width += widthOfLetter(letter)
    return width > longest
  })
  return end < 0 ? letters.join('') : `${letters.slice(0, Math.max(1, end - 1)).join('')}…`
}

/** How wide a text is, in common letters. */
export const widthOf = (text: string): number => {
  let width = text.length
  // Most texts are plain, and every card is measured.
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 126) return Array.from(text).reduce((sum, letter) => sum + widthOfLetter(letter), 0)
    // M, W, m, w and @.
    if (code === 109 || code === 119 || code === 77 || code === 87 || code === 64) width += 0.6
  }
  return width
}

const widthOfLetter = (letter: string): number => (square.test(letter) ? 2 : wide.test(letter) ? 1.6 : 1)

const wide = /[MWmw@\u2014\u0416\u0428\u0429\u042E]/u
const square = /[\u1100-\u11FF\u2E80-\uD7FF\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|\p{Extended_Pictographic}/u

/** Controls, and the characters that turn, join, hide or tag text: Unicode's default-ignorable ones. */
const hidden = /\p{Cc}|\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]/gu

/** Words of visible Latin letters, digits and signs, one code unit each, with single blanks between them. */
const harmless = /^[!-~\u00A1-\u00AC\u00AE-\u00FF\u2010-\u2027]+(?: [!-~\u00A1-\u00AC\u00AE-\u00FF\u2010-\u2027]+)*$/
