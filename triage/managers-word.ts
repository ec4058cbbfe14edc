import type { Case, Confirmation } from './case.js'
import { type Check, type Guide, type Verdict, unknown } from './guide.js'
import { joined, joinedWith } from './because-words.js'
import type { Phrases } from './phrases.js'
import { longestFinding } from './rules.js'

/**
 * The option that a manager's answer points to, for the check it was asked for; null where nothing was answered, for another check,
 * and where the guide says of no option that it fits. It is a suggestion: the answer is the analyst's.
 */
export const suggestedOption = (confirmation: Confirmation | null, check: Check): string | null => {
  if (confirmation?.state !== 'answered' || confirmation.check !== check.id || isDoubted(confirmation)) return null
  const { answer } = confirmation
  const fits =
    answer === 'not-sure'
      ? unknown
      : answer === 'yes' || answer === 'no'
        ? check.manager?.suggests?.[answer]
        : undefined
  return check.options.find(({ id }) => id === fits)?.id ?? null
}

/**
 * The manager who said the opposite of the answer that a verdict rests on: a no where the answer is what a yes points to, or the other way
 * round. Null where that is not so, and where the verdict does not need that check.
 */
export const managerAgainst = ({ confirmation, answers }: Case, guide: Guide, { needs }: Verdict): string | null => {
  const check = guide.checks.find(({ id }) => id === confirmation?.check)
  const suggests = check?.manager?.suggests
  if (!confirmation || !check || !suggests || suggestedOption(confirmation, check) === null) return null
  const opposite = confirmation.answer === 'yes' ? suggests.no : confirmation.answer === 'no' ? suggests.yes : undefined
  const given = answers.find((one) => one.check === check.id)?.option
  const rests = needs.some((condition) => Object.hasOwn(condition, check.id))
  return given !== undefined && given !== unknown && given === opposite && rests ? confirmation.manager.name : null
}

/** True when something speaks against the manager who answered: the answer is told, and nothing follows from it. */
export const isDoubted = ({ doubts = [] }: Confirmation): boolean => doubts.length > 0

/** What the manager said as what was seen for that check, as short as the record keeps it; '' when nothing was answered. Untrusted. */
export const managersFinding = (confirmation: Confirmation | null, joining: Phrases = joinedWith({})): string => {
  if (confirmation?.state !== 'answered' || confirmation.answer === null || isDoubted(confirmation)) return ''
  const { manager, answer, from, to, note, answeredAt, askedAt } = confirmation
  const days = daysIn(from, to, joining)
  const at = `${(answeredAt ?? askedAt).slice(0, 16).replace('T', ' ')} UTC`
  const words = joined(joining, 'answered', { manager: manager.name, answer: joined(joining, `answer.${answer}`), at })
  const all = [words, ...(days === '' ? [] : [`, ${days}`]), ...(note === '' ? [] : [`: ${note}`])].join('')
  return all.replace(/\s+/gu, ' ').trim().slice(0, longestFinding)
}

/** A trip's days as one text: both as a span, or the one there is; '' for none. */
export const daysIn = (from: string | null, to: string | null, words: Phrases): string =>
  from !== null && to !== null ? joined(words, 'days', { from, to }) : (from ?? to ?? '')
