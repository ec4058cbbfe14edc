import { families, severities } from '../../triage/alert.js'
import { asCode, isTypedCode } from '../../triage/case-code.js'
import { type VerdictClass, verdictClasses } from '../../triage/guide.js'
import { type FindIntent, searchText } from '../find-filter.js'

/**
 * Read `find kim@contoso.example`, `find "impossible travel" fp closed since 7d page 2`, in any order; null when it is no search.
 * What is no filter is looked for; what stands in quotes always is.
 */
export const parseFind = (said: string): FindIntent | null => {
  const text = searchText(said.slice(0, longestSaid))
  const [, rest = null] = /^(?:find|search)(?![\p{L}\p{N}_-])[\s:,]*(.*)$/su.exec(text) ?? []
  if (rest === null) return null
  const quoted: string[] = []
  const bare = rest
    .replace(/"([^"]*)"/g, (_, inside: string) => {
      quoted.push(inside)
      return ' '
    })
    .replace(/"/g, ' ')
    .replace(/[.!?]+$/, '')
    .replace(/\b(cloud|resource) (apps|manager)\b/g, '$1-$2')
  let page = 1
  let since: string | null = null
  const words = bare
    .replace(/(?<![\p{L}\p{N}])page (\d{1,3})(?![\p{L}\p{N}])/u, (_, digits: string) => {
      page = Math.max(1, Number(digits))
      return ' '
    })
    .replace(sinceWhen, (whole, day: string | undefined, count: string | undefined, unit: string | undefined) => {
      if (day !== undefined && Number.isNaN(Date.parse(day))) return whole
      since = day ?? `${Number(count)}${unit ?? 'd'}`
      return ' '
    })
    .split(/[\s,;]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !fillers.has(word))
  const family = families.find((one) => words.includes(one)) ?? null
  const atLeast = severities.find((one) => words.includes(one)) ?? null
  const state = states.find((one) => words.includes(one)) ?? null
  const verdict = verdictsByWord.get(words.find((word) => verdictsByWord.has(word)) ?? '') ?? null
  const isFilter = (word: string) =>
    word === family || word === atLeast || word === state || (verdict !== null && verdictsByWord.get(word) === verdict)
  const terms = [...quoted, ...words.filter((word) => !isFilter(word))]
    .map((term) => termOf(term.trim()))
    .filter((term) => term !== '')
  return {
    kind: 'find',
    filter: { terms: [...new Set(terms)].slice(0, 8), state, family, atLeast, verdict, since },
    page,
  }
}

const longestSaid = 600
const longestTerm = 200

/** A code as it is printed, whatever its hyphens; anything else as it was typed. */
const termOf = (term: string): string =>
  isTypedCode(term) && /\d/.test(term) ? asCode(term).toLowerCase() : term.slice(0, longestTerm).trim()

const states = ['open', 'closed'] as const
const verdictsByWord: ReadonlyMap<string, VerdictClass> = new Map([
  ...verdictClasses.map((one) => [one.toLowerCase(), one] as const),
  ['btp', 'B-TP'],
])
const sinceWhen =
  /(?<![\p{L}\p{N}])since (?:(\d{4}-\d{2}-\d{2})|(\d{1,3}) ?([hdwm])(?:ours?|ays?|eeks?|onths?)?)(?![\p{L}\p{N}])/u
const fillers = new Set('please all case cases alert alerts about for from with by of the and me'.split(' '))
