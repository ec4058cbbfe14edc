/** The digits and letters of a case code: none of I, L, O and U, which people misread. The position is the value, 0 to 31. */
export const codeLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** True for a case code exactly as it is printed on cards, such as `7K3F-9QXM-2ABC`. */
export const isCaseCode = (text: string): boolean => exact.test(text)

const exact = new RegExp(`^[${codeLetters}]{4}(?:-[${codeLetters}]{4}){2}$`)

/** A case code as people type it, for use in a regular expression with the flag `i`; `asCode` makes it the printed one. */
export const codePattern = '[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}'

/** True for what can only be meant as a case code, with its hyphens or without. */
export const isTypedCode = (text: string): boolean => /^(?:[0-9a-z]{4}-?){2}[0-9a-z]{4}$/i.test(text)

/**
 * What was typed as a case code, as it is printed: groups of four, upper case, O read as 0, I and L as 1. What is too long or too
 * short to be one stays what it is, in upper case, its digits and letters only.
 */
export const asCode = (typed: string): string => {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
  if (letters.length !== 12) return letters
  const meant = letters.replaceAll('O', '0').replace(/[IL]/g, '1')
  return `${meant.slice(0, 4)}-${meant.slice(4, 8)}-${meant.slice(8)}`
}
