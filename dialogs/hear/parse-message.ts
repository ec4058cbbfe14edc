import { type Family, type Severity, families, severities } from '../../triage/alert.js'
import type { Person } from '../../triage/person.js'
import type { Filter } from '../../triage/routing.js'
import { asCode, isTypedCode } from '../../triage/case-code.js'
import { type AddressedAction, parseAction } from './parse-action.js'
import { type OnCallIntent, parseOnCall } from './parse-on-call.js'

/** What somebody who writes to Winnow wants. */
export type TextIntent =
  | { readonly want: 'help' }
  | { readonly want: 'queue' }
  | { readonly want: 'mine' }
  | { readonly want: 'channels' }
  | { readonly want: 'post-here'; readonly filter: Filter }
  /** `word` is the one of the filter that is none. */
  | { readonly want: 'bad-filter'; readonly word: string }
  /** `at`: which of the listed channels, from 1; null for the one it is written in. */
  | { readonly want: 'post-nowhere'; readonly at: number | null }
  | OnCallIntent
  | { readonly want: 'case'; readonly code: string }
  | ({ readonly want: 'action' } & AddressedAction)

/**
 * Read a text command, generously: case, blanks and a trailing full stop do not matter. What is not understood wants help.
 * Whoever is mentioned in it is there by name.
 */
export const parseMessage = (text: string, mentions: readonly Person[] = []): TextIntent => {
  const words = wordsOf(text)
  const [first = '', second = ''] = words
  if (first === 'queue' || first === 'list') return { want: 'queue' }
  if (first === 'mine') return { want: 'mine' }
  if (first === 'channels' || asksWhoIsOnCall.test(text.slice(0, 200).trim())) return { want: 'channels' }
  if (first === 'post' && second === 'here') return postHere(words.slice(2))
  if (first === 'post' && second === 'nowhere') {
    const [at = ''] = words.slice(2)
    return { want: 'post-nowhere', at: at === '' ? null : /^\d{1,3}$/.test(at) ? Number(at) : 0 }
  }
  const duty = parseOnCall(
    words,
    mentions.map(({ name }) => wordsOf(name)),
  )
  if (duty) return duty
  const told = parseAction(text)
  if (told) return { want: 'action', ...told }
  if (first === 'case' && second !== '') return { want: 'case', code: asCode(words.slice(1).join('')) }
  if (words.length === 1 && isTypedCode(first)) {
    return { want: 'case', code: asCode(first) }
  }
  return { want: 'help' }
}

/** A question puts nobody on call: the list of channels answers it. */
const asksWhoIsOnCall =
  /^(?:who(?:['’]?s|\s+is)?\s+)?(?:on|off)[\s-]?call(?:\s+(?:here|now))*\s*\?|^who(?:['’]?s|\s+is)\s+on[\s-]?call\b/iu

const wordsOf = (text: string): readonly string[] =>
  text
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .replace(/[.!?]+$/, '')
    .toLowerCase()
    .split(/\s+/)

/** The filter of a channel: a product and the least severity, in any order, among words that do not matter. */
const postHere = (words: readonly string[]): TextIntent => {
  const known = words
    .join(' ')
    .replace(/\b(cloud|resource) (apps|manager)\b/g, '$1-$2')
    .split(/[^\p{L}\p{M}\p{N}-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !fillers.has(word))
  const family = families.filter((one) => known.includes(one))
  const severity = severities.filter((one) => known.includes(one))
  const odd = known.find((word) => !isOneOf(families, word) && !isOneOf(severities, word))
  if (odd !== undefined) return { want: 'bad-filter', word: odd }
  const [secondOne] = [...family.slice(1), ...severity.slice(1)]
  if (secondOne !== undefined) return { want: 'bad-filter', word: secondOne }
  return { want: 'post-here', filter: { family: family[0] ?? null, atLeast: severity[0] ?? null } }
}

const fillers = new Set(['please', 'only', 'and', 'above', 'up', 'or', 'from', 'for', 'all', 'alerts', 'everything'])
const isOneOf = (list: readonly (Family | Severity)[], word: string): boolean => list.some((one) => one === word)
