import { codePattern } from '../../triage/case-code.js'
import type { Phrases } from '../../triage/phrases.js'

/** What people may type for a command, a filter or an answer in any language, and what is understood for it, both in lower case. */
export type Synonyms = {
  readonly commands: Pairs
  readonly filters: Pairs
  readonly answers: Pairs
}

type Pairs = readonly (readonly [typed: string, understood: string])[]

/** None: only English is understood. */
export const noSynonyms: Synonyms = { commands: [], filters: [], answers: [] }

/** The synonyms of all languages: the phrases `typed.command.…`, `typed.filter.…` and `typed.answer.…`, each a list with commas. */
export const synonymsOf = (languages: Readonly<Record<string, Phrases>>): Synonyms => {
  const of = (section: string): Pairs =>
    Object.values(languages)
      .flatMap((phrases) => Object.entries(phrases))
      .filter(([key]) => key.startsWith(`typed.${section}.`))
      .flatMap(([key, typed]) => {
        const understood = key.slice(`typed.${section}.`.length).replaceAll('-', ' ')
        return typed.split(',').map((one) => [one.trim().toLowerCase(), understood] as const)
      })
      .filter(([typed, understood]) => typed !== understood)
      // "neem over" before "neem".
      .toSorted(([one], [other]) => other.length - one.length)
  return { commands: of('command'), filters: of('filter').map(hyphened), answers: of('answer') }
}

/** A product is one word, whatever its key looks like: `cloud-apps`. */
const hyphened = ([typed, understood]: Pairs[number]): Pairs[number] => [typed, understood.replaceAll(' ', '-')]

/**
 * A text command with its beginning, and the filters of a list, in the words that are understood; all else as it was typed. A
 * case's code may stand in front. What is not understood stays as it is.
 */
export const understoodCommand = (said: string, { commands, filters }: Synonyms): string => {
  const [, front = '', rest = said] = inFront.exec(said) ?? []
  const told = replaced(rest, commands)
  return replaced(front, commands) + (hasFilters.test(told) ? wordByWord(told, filters) : told)
}

/** A manager's answer with its beginning in the words that are understood. */
export const understoodAnswer = (said: string, { answers }: Synonyms): string => {
  const [, front = '', rest = said] = inFront.exec(said) ?? []
  return front + replaced(rest, answers)
}

const inFront = new RegExp(`^(\\s*(?:\\p{L}+\\s+)?${codePattern}[\\s:,]+)(.*)$`, 'isu')
const hasFilters = /^\s*(?:queue|list|mine|find|search|on call|post here)(?![\p{L}\p{N}])/iu

/** The longest that the text begins with. */
const replaced = (text: string, pairs: Pairs): string => {
  const start = text.length - text.trimStart().length
  const spoken = text.slice(start).toLowerCase()
  const found = pairs.find(
    ([typed]) => spoken.startsWith(typed) && !/^[\p{L}\p{M}\p{N}_-]/u.test(spoken.slice(typed.length)),
  )
  if (!found) return text
  const [typed, understood] = found
  return `${text.slice(0, start)}${understood}${text.slice(start + typed.length)}`
}

/** What stands in quotes is looked for as it is. */
const wordByWord = (text: string, pairs: Pairs): string => {
  const known = new Map(pairs)
  return text.replaceAll(/"[^"]*"|[\p{L}\p{M}-]+/gu, (word) => known.get(word.toLowerCase()) ?? word)
}
