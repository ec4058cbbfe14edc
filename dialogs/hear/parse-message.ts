import { type Family, type Severity, families, severities } from '../../triage/alert.js'
import type { Person } from '../../triage/person.js'
import { asCode, isTypedCode } from '../../triage/case-code.js'
import type { MessageIntent } from './intent.js'
import { parseAction } from './parse-action.js'
import { parseFind } from './parse-find.js'
import { parseBulk } from './parse-bulk.js'
import { parseList } from './parse-list.js'
import { parseOnCall } from './parse-on-call.js'

/**
 * Read a text command, generously: case, blanks and a trailing full stop do not matter. What is not understood is told apart from asking for help.
 * Anyone mentioned in it is there by name.
 */
export const parseMessage = (text: string, mentions: readonly Person[] = []): MessageIntent => {
  const words = wordsOf(text)
  const [first = '', second = ''] = words
  const list = parseList(words) ?? parseFind(text)
  if (list) return list
  if (first === 'channels' || asksWhoIsOnCall.test(text.slice(0, 200).trim())) return { kind: 'channels' }
  if (first === 'language') return { kind: 'language', language: words.slice(1).join(' ') }
  if (first === 'travel') return { kind: 'travel', who: words.slice(1).join(' ').replace(/^@/, '') }
  if (first === 'post' && second === 'here') return postHere(words.slice(2))
  if (first === 'post' && second === 'nowhere') {
    const [at = ''] = words.slice(2)
    return { kind: 'post-nowhere', at: at === '' ? null : /^\d{1,3}$/.test(at) ? Number(at) : 0 }
  }
  const names = mentions.map(({ name }) => wordsOf(name))
  const onCall = parseOnCall(words, names)
  if (onCall) return onCall.kind === 'bad-severity' ? onCall : { ...onCall, mentioned: mentions }
  const bulk = parseBulk(text)
  if (bulk) return bulk
  const addressed = parseAction(text)
  if (addressed) return { kind: 'action', ...addressed }
  if (first === 'case' && second !== '') return { kind: 'show-card', code: asCode(words.slice(1).join('')) }
  if (words.length === 1 && isTypedCode(first)) {
    return { kind: 'show-card', code: asCode(first) }
  }
  return asksForHelp.test(first) ? { kind: 'help' } : { kind: 'unknown', said: text.trim().slice(0, 200) }
}

/** Nothing but a mention of Winnow, or a greeting. */
const asksForHelp = /^(?:help|hello|hi|hey)?$/u

/** A question puts no one on call: the list of channels answers it. */
const asksWhoIsOnCall =
  /^(?:who(?:['’]?s|\s+is)?\s+)?(?:on|off)[\s-]?call(?:\s+(?:here|now))*\s*\?|^who(?:['’]?s|\s+is)\s+on[\s-]?call\b/iu

/** A text as single words in lower case, without what cannot be seen and the stop at its end. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .replace(/[.!?]+$/, '')
    .toLowerCase()
    .split(/\s+/)

/** The filter of a channel: a product and the least severity, in any order, among words that do not matter. */
const postHere = (words: readonly string[]): MessageIntent => {
  const known = words
    .join(' ')
    .replace(/\b(cloud|resource) (apps|manager)\b/g, '$1-$2')
    .split(/[^\p{L}\p{M}\p{N}-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !fillers.has(word))
  const family = families.filter((one) => known.includes(one))
  const severity = severities.filter((one) => known.includes(one))
  const odd = known.find((word) => !isOneOf(families, word) && !isOneOf(severities, word))
  if (odd !== undefined) return { kind: 'bad-filter', word: odd }
  const [secondOne] = [...family.slice(1), ...severity.slice(1)]
  if (secondOne !== undefined) return { kind: 'bad-filter', word: secondOne }
  return { kind: 'post-here', filter: { family: family[0] ?? null, atLeast: severity[0] ?? null } }
}

const fillers = new Set(['please', 'only', 'and', 'above', 'up', 'or', 'from', 'for', 'all', 'alerts', 'everything'])
const isOneOf = (list: readonly (Family | Severity)[], word: string): boolean => list.some((one) => one === word)
