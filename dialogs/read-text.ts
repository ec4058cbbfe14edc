/** What somebody who writes to Winnow wants. */
export type Asked =
  | { readonly want: 'help' }
  | { readonly want: 'queue' }
  | { readonly want: 'mine' }
  | { readonly want: 'post-here' }
  | { readonly want: 'case'; readonly code: string }

/** Read a text command, generously: case, blanks and a trailing full stop do not matter. What is not understood wants help. */
export const readText = (text: string): Asked => {
  const words = text
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .replace(/[.!?]+$/, '')
    .toLowerCase()
    .split(/\s+/)
  const [first = '', second = ''] = words
  if (first === 'queue' || first === 'list') return { want: 'queue' }
  if (first === 'mine') return { want: 'mine' }
  if (first === 'post' && second === 'here') return { want: 'post-here' }
  if (first === 'case' && second !== '') return { want: 'case', code: asCode(words.slice(1).join('')) }
  if (words.length === 1 && /^[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]{4}$/.test(first)) {
    return { want: 'case', code: asCode(first) }
  }
  return { want: 'help' }
}

/** A case code as it is written: groups of four, upper case. Anything else stays what it is, in upper case. */
const asCode = (typed: string): string => {
  const letters = typed.replace(/[^0-9a-z]/g, '').toUpperCase()
  return letters.length === 12 ? `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}` : letters
}
