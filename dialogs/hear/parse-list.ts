import { families, severities } from '../../triage/alert.js'
import { type ListIntent, noCardWord } from '../list-filter.js'

/**
 * Read `queue high`, `queue cloud-apps`, `mine 2`, `queue kim@contoso.example`, in any order, among words that do not matter; null when
 * it is no list. What is neither a page, a severity nor a product is looked for among the people.
 */
export const parseList = ([said = '', ...rest]: readonly string[]): ListIntent | null => {
  const first = said.replace(/[,:;]$/, '')
  if (first !== 'queue' && first !== 'list' && first !== 'mine') return null
  const told = rest
    .join(' ')
    .replace(/\b(cloud|resource) (apps|manager)\b/g, '$1-$2')
    .split(/[\s,;:]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !fillers.has(word))
  const page = told.find((word) => isPage.test(word))
  const family = families.find((one) => told.includes(one)) ?? null
  const atLeast = severities.find((one) => told.includes(one)) ?? null
  const person = told
    .filter((word) => !isPage.test(word) && word !== family && word !== atLeast && word !== noCardWord)
    .join(' ')
  const filter = {
    family,
    atLeast,
    person: person.slice(0, longestPerson).trim(),
    ...(told.includes(noCardWord) && { noCard: true as const }),
  }
  return { kind: first === 'mine' ? 'mine' : 'queue', filter, page: Math.max(1, Number(page ?? 1)) }
}

const isPage = /^\d{1,3}$/
const longestPerson = 80
const fillers = new Set(
  'please only page and above up or higher severity from for of by about the all open case cases alerts'.split(' '),
)
