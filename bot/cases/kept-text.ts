// What thousands of records that were kept over a restart are read with. By hand and not by a schema, whose copies would be garbage for long.

/** True for a text. */
export const isText = (one: unknown): one is string => typeof one === 'string'

/** True for a list of texts. */
export const isTexts = (one: unknown): one is readonly string[] => Array.isArray(one) && one.every(isText)

/**
 * Answers each text with the equal one that it was told first, so that records with the same names in them hold each of them once. It
 * remembers all of them: for one reading.
 */
export const openSameText = (): ((text: string) => string) => {
  const texts = new Map<string, string>()
  return (text) => {
    const known = texts.get(text)
    if (known !== undefined) return known
    texts.set(text, text)
    return text
  }
}
