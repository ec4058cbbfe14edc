/** A case code as it is printed on cards, for use in a regular expression; people may write it in lower case. */
export const codePattern = '[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}'

/** A case code as it is written: groups of four, upper case. Anything else stays what it is, in upper case. */
export const asCode = (typed: string): string => {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
  return letters.length === 12 ? `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}` : letters
}
