/**
 * Make untrusted text harmless to read: on one line, everything invisible shown as `[U+202E]`, at most `longest` characters.
 *
 * It still must be bound in a `TextRun` only: Markdown is left as it is.
 */
export const escapeUntrusted = (text: string, longest: number): string => {
  // Most texts are short and plain.
  if (text === '' || (text.length <= longest && harmless.test(text))) return text
  const shown = text
    .slice(0, longest * 2)
    .replace(/[\s\u0085\u2028\u2029]+/g, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(hidden, (mark) => `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
    .trim()
  const letters = Array.from(shown)
  return letters.length <= longest && text.length <= longest * 2 ? shown : `${letters.slice(0, longest - 1).join('')}…`
}

/** Controls, and the characters that turn, join, hide or tag text: Unicode's default-ignorable ones. */
const hidden = /\p{Cc}|\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]/gu

/** Words of visible Latin letters, digits and signs, one code unit each, with single blanks between them. */
const harmless = /^[!-~\u00A1-\u00AC\u00AE-\u00FF\u2010-\u2027]+(?: [!-~\u00A1-\u00AC\u00AE-\u00FF\u2010-\u2027]+)*$/
