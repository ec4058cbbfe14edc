/**
 * What in a text would deceive who reads it: characters that turn the line or cannot be seen, and letters of another script that
 * stand in a Latin word or look like one. `code` is as Unicode writes it.
 */
export type Trap =
  | { readonly kind: 'direction' | 'hidden' | 'control'; readonly code: string }
  | { readonly kind: 'letters'; readonly word: string; readonly letters: readonly Letter[] }

/** A letter that is not what it looks like, and the script it is of. */
export type Letter = { readonly letter: string; readonly code: string; readonly script: Script }

/** The scripts whose letters can pass for Latin ones, as phrases name them. */
export type Script = 'cyrillic' | 'greek' | 'armenian' | 'cherokee' | 'styled'

/** The traps in some texts, each once, at most twelve; only the first 20,000 characters of all texts are looked at. */
export const trapsIn = (texts: readonly string[]): readonly Trap[] => {
  const found = new Map<string, Trap>()
  let left = 20_000
  for (const text of texts) {
    const start = text.slice(0, left)
    left -= start.length
    // Most texts are plain.
    if (!/^[\n\r\t -~]*$/.test(start)) addTraps(start, found)
    if (found.size >= 12 || left === 0) break
  }
  return [...found.values()].slice(0, 12)
}

const addTraps = (text: string, found: Map<string, Trap>): void => {
  for (const match of text.matchAll(marks)) {
    const [mark] = match
    const code = codeOf(mark)
    if (!found.has(code) && !isInEmoji(mark, text, match.index)) found.set(code, { kind: kindOf(mark), code })
  }
  for (const trap of wordsIn(text)) if (!found.has(trap.word)) found.set(trap.word, trap)
}

/** What joins the parts of an emoji, or styles one, is part of it. */
const isInEmoji = (mark: string, text: string, at: number): boolean =>
  /^(?:\u200D|\uFE0E|\uFE0F)$/.test(mark) &&
  /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)$/u.test(text.slice(Math.max(0, at - 2), at))

const kindOf = (mark: string): 'direction' | 'hidden' | 'control' => {
  if (directions.test(mark)) return 'direction'
  return /\p{Cc}/u.test(mark) ? 'control' : 'hidden'
}

/** Controls but line breaks and tabs, and the characters that turn, join, hide or tag text. */
const marks = /[^\P{Cc}\n\r\t]|\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]/gu

const directions = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/

const wordsIn = (text: string): readonly (Trap & { readonly kind: 'letters' })[] => {
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  // Where whole words are of another script, so are those that happen to look Latin.
  const isForeign = words.some((word) => !/[A-Za-z]/.test(word) && !alike.test(word) && letterIn.test(word))
  const isLatin = !isForeign && words.some((word) => /^[A-Za-z]{2,}$/.test(word))
  return words.flatMap((word) => {
    if (/^[ -~]*$/.test(word)) return []
    const letters = Array.from(word).flatMap((letter) => letterOf(letter) ?? [])
    const isMixed = letters.length > 0 && (/[A-Za-z]/.test(word) || letters.some(({ script }) => script === 'styled'))
    // A word of nothing but look-alikes, among Latin ones, is meant to be read as Latin.
    const isPosing = isLatin && letters.length > 2 && alike.test(word)
    if (!isMixed && !isPosing) return []
    const each = [...new Map(letters.map((one) => [one.letter, one])).values()]
    return [{ kind: 'letters' as const, word: Array.from(word).slice(0, 40).join(''), letters: each.slice(0, 6) }]
  })
}

const letterOf = (letter: string): Letter | null => {
  const [script] = scripts.find(([, is]) => is.test(letter)) ?? []
  return script === undefined ? null : { letter, code: codeOf(letter), script }
}

/** `styled`: Latin letters that are characters of their own, such as full-width and mathematical ones. */
const scripts: readonly (readonly [Script, RegExp])[] = [
  ['cyrillic', /^\p{Script=Cyrillic}$/u],
  ['greek', /^\p{Script=Greek}$/u],
  ['armenian', /^\p{Script=Armenian}$/u],
  ['cherokee', /^\p{Script=Cherokee}$/u],
  ['styled', /^[\uFF21-\uFF3A\uFF41-\uFF5A\u{1D400}-\u{1D7FF}\u{1F130}-\u{1F149}\u24B6-\u24E9]$/u],
]

const letterIn = /[\p{Script=Cyrillic}\p{Script=Greek}]/u

/** The Cyrillic and Greek letters that look like Latin ones. */
const alike = /^[авеԁһіјӏкмнорԛѕтуԝхѵАВЕІЈКМНОРЅТУХЅԚԜαορνυικτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]+$/u

const codeOf = (char: string): string => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
