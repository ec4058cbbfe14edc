import { asCode } from './case-code.js'
import { type Told, readDeed } from './read-deed.js'

/** What somebody who writes to Winnow wants. */
export type Asked =
  | { readonly want: 'help' }
  | { readonly want: 'queue' }
  | { readonly want: 'mine' }
  | { readonly want: 'post-here' }
  | { readonly want: 'case'; readonly code: string }
  | ({ readonly want: 'deed' } & Told)

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
  const told = readDeed(text)
  if (told) return { want: 'deed', ...told }
  if (first === 'case' && second !== '') return { want: 'case', code: asCode(words.slice(1).join('')) }
  if (words.length === 1 && /^[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]{4}$/.test(first)) {
    return { want: 'case', code: asCode(first) }
  }
  return { want: 'help' }
}
