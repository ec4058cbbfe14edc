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
 * The manager whose yes or no points to another option than the answer that a verdict rests on; null where they agree, nobody has said
 * yes or no, or the verdict does not need that check.
 */
export const managerAgainst = ({ confirmation, answers }: Case, guide: Guide, { needs }: Verdict): string | null => {
  const check = guide.checks.find(({ id }) => id === confirmation?.check)
  if (!confirmation || !check || (confirmation.answer !== 'yes' && confirmation.answer !== 'no')) return null
  const suggested = suggestedOption(confirmation, check)
  const given = answers.find((one) => one.check === check.id)?.option
  const isAgainst = suggested !== null && given !== undefined && given !== unknown && given !== suggested
  const rests = needs.some((condition) => Object.hasOwn(condition, check.id))
  return isAgainst && rests ? confirmation.manager.name : null
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
