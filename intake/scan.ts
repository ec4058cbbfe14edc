/** Where a JSON text goes wrong, and how. */
export type Flaw = { readonly at: number; readonly kind: 'syntax' | 'depth' | 'twice'; readonly says: string }

/** The first flaw of a JSON text: its grammar, nesting deeper than `deepest`, or a key twice in one object. No recursion. */
export const flawIn = (text: string, deepest: number): Flaw | null => {
  /** What is open: an object with the keys it has so far, or a list. */
  const open: (Set<string> | 'list')[] = []
  let want: 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'next' = 'value'
  let at = 0

  const close = (): void => {
    open.pop()
    want = 'next'
    at += 1
  }

  for (;;) {
    while (isBlank(text.charCodeAt(at))) at += 1
    const char = text[at]
    const inside = open.at(-1)
    if (want === 'next' && inside === undefined)
      return char === undefined ? null : syntax(at, 'something follows the end')
    if (char === undefined) return syntax(at, 'the text ends too early')

    if (want === ':') {
      if (char !== ':') return syntax(at, 'expected ":"')
      at += 1
      want = 'value'
    } else if (want === 'next') {
      if (char === ',') {
        at += 1
        want = inside === 'list' ? 'value' : 'key'
      } else if (char === (inside === 'list' ? ']' : '}')) close()
      else return syntax(at, inside === 'list' ? 'expected "," or "]"' : 'expected "," or "}"')
    } else if (want === 'key' || want === 'key or }') {
      if (char === '}' && want === 'key or }') close()
      else {
        const end = char === '"' ? endOfString(text, at) : null
        if (end === null || typeof inside !== 'object') return syntax(at, 'expected a key in double quotes')
        const key = String(JSON.parse(text.slice(at, end)))
        if (inside.has(key)) return { at, kind: 'twice', says: 'the same key is there twice in one object' }
        inside.add(key)
        at = end
        want = ':'
      }
    } else if (char === '{' || char === '[') {
      if (open.length === deepest) return { at, kind: 'depth', says: `nested deeper than ${deepest} levels` }
      open.push(char === '{' ? new Set() : 'list')
      at += 1
      want = char === '{' ? 'key or }' : 'value or ]'
    } else if (char === ']' && want === 'value or ]') close()
    else {
      const end = char === '"' ? endOfString(text, at) : endOfWord(text, at)
      if (end === null) return syntax(at, 'expected a value')
      at = end
      want = 'next'
    }
  }
}

const syntax = (at: number, says: string): Flaw => ({ at, kind: 'syntax', says })

const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

/** Behind the closing quote, or null when the string is not one. */
const endOfString = (text: string, start: number): number | null => {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 34) return at + 1
    if (code < 32) return null
    if (code !== 92) continue
    escape.lastIndex = at
    if (!escape.test(text)) return null
    at = escape.lastIndex - 1
  }
  return null
}

const endOfWord = (text: string, start: number): number | null => {
  word.lastIndex = start
  return word.test(text) ? word.lastIndex : null
}

const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const word = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
