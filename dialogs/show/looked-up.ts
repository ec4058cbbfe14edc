import type { FailedLookUp, LookUpFinding } from '../../triage/look-up.js'
import type { Check, Guide } from '../../triage/guide.js'
import { type Phrases, languageOf, say } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { dayAndMonth, utc } from '../time.js'

/** What Winnow looked up itself for a check, in sentences: what was found first, then in one what could not be. *untrusted* */
export const lookedUpFor = ({ state, guide, phrases }: CaseContext, check: Check): readonly string[] => {
  const isFor = ({ lookUp }: Pick<LookUpFinding, 'lookUp'>): boolean => check.look.includes(lookUp)
  const failed = state.failedLookUps.filter(isFor)
  return [
    ...state.lookedUp.filter(isFor).map((one) => sentenceOf(one, guide, phrases)),
    ...(failed.length > 0 ? [failureOf(failed, guide, phrases)] : []),
  ]
}

/** "14 rows", "more than 200 rows", "nothing". */
export const countOf = ({ count, isMore }: Pick<LookUpFinding, 'count' | 'isMore'>, phrases: Phrases): string => {
  const size = isMore ? 'more' : count === 0 ? 'none' : count === 1 ? 'one' : 'some'
  return say(phrases, `looked-up.${size}`, { count: String(count) })
}

/** What was looked up, in the language of the guide; in the words of then where it has none. */
export const whatOf = ({ lookUp, what }: Pick<LookUpFinding, 'lookUp' | 'what'>, { lookUpWords }: Guide): string =>
  lookUpWords?.[lookUp]?.what ?? what

const sentenceOf = (found: LookUpFinding, guide: Guide, phrases: Phrases): string => {
  const { rows } = found
  const details = { what: whatOf(found, guide), when: whenOf(found, phrases), count: countOf(found, phrases) }
  const [row] = rows
  return row === undefined
    ? say(phrases, 'looked-up', details)
    : say(phrases, found.count === 1 ? 'looked-up.row' : 'looked-up.first', { ...details, row })
}

/** "31 Jan to 3 Mar", or the day alone of what was read as it is now. */
export const whenOf = ({ from, to }: Pick<LookUpFinding, 'from' | 'to'>, phrases: Phrases): string => {
  const day = (time: string) => dayAndMonth(time, utc, languageOf(phrases))
  return from === to ? day(to) : say(phrases, 'looked-up.between', { from: day(from), to: day(to) })
}

/** All for one reason, as a rule; otherwise the first reason stands for all. */
const failureOf = (failed: readonly FailedLookUp[], guide: Guide, phrases: Phrases): string => {
  const [{ why, permission = '' }] = [failed[0] ?? { why: 'refused' as const }]
  return say(phrases, 'looked-up.failed', {
    what: failed.map((one) => whatOf(one, guide)).join(', '),
    why: say(phrases, `look-up.${why}`, { permission }),
  })
}
