import { type Severity, severities } from '../../triage/alert.js'

/** Who is to be on call, as written; who was mentioned is told by the message. */
export type OnCallWords =
  | { readonly kind: 'on-call'; readonly atLeast: Severity }
  | { readonly kind: 'off-call' }
  | { readonly kind: 'bad-severity'; readonly word: string }

/**
 * Read `on call` and `off call`, the former with the lowest severity to be called for (medium by default), among words that do not
 * matter; null when it is neither. `names` are those of the people mentioned, as words: a severity in a name does not count.
 */
export const parseOnCall = (words: readonly string[], names: readonly (readonly string[])[]): OnCallWords | null => {
  const [, side, rest = ''] = /^(on|off)[ -]?call(?![\p{L}\p{N}-])(.*)$/u.exec(words.join(' ')) ?? []
  if (side === undefined) return null
  const told = withoutNames(rest, names)
    .split(/[^\p{L}\p{M}\p{N}-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !fillers.has(word))
  const [severity] = severities.filter((one) => one === told[0])
  const odd = severity && side === 'on' ? told[1] : told[0]
  if (odd !== undefined) return { kind: 'bad-severity', word: odd }
  return side === 'on' ? { kind: 'on-call', atLeast: severity ?? 'medium' } : { kind: 'off-call' }
}

/** The longest first, for one name may be the beginning of another; and only as words, for "Al" is in "alerts". */
const withoutNames = (text: string, names: readonly (readonly string[])[]): string =>
  names
    .map((name) => name.join(' '))
    .filter((name) => name !== '')
    .toSorted((one, other) => other.length - one.length)
    .reduce(without, text)

const without = (text: string, name: string): string => {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + name.length)]
    if (!/[\p{L}\p{M}\p{N}]$/u.test(before) && !/^[\p{L}\p{M}\p{N}]/u.test(after)) return `${before} ${after}`
  }
  return text
}

const fillers = new Set(
  'please only and above up or from for alerts severity at least here now me is in this channel'.split(' '),
)
