import type { FailedLookUp, LookUpFinding } from '../../triage/look-up.js'
import type { Check } from '../../triage/guide.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { dayAndMonth } from '../time.js'

/** What Winnow looked up itself for a check, in sentences: what was found first, then in one what could not be. *untrusted* */
export const lookedUpFor = ({ state, phrases }: CaseContext, check: Check): readonly string[] => {
  const isFor = ({ lookUp }: Pick<LookUpFinding, 'lookUp'>): boolean => check.look.includes(lookUp)
  const failed = state.failedLookUps.filter(isFor)
  return [
    ...state.lookedUp.filter(isFor).map((one) => sentenceOf(one, phrases)),
    ...(failed.length > 0 ? [failureOf(failed, phrases)] : []),
  ]
}

/** "14 rows", "more than 200 rows", "nothing". */
export const countOf = ({ count, isMore }: Pick<LookUpFinding, 'count' | 'isMore'>, phrases: Phrases): string => {
  const size = isMore ? 'more' : count === 0 ? 'none' : count === 1 ? 'one' : 'some'
  return say(phrases, `looked-up.${size}`, { count: String(count) })
}

const sentenceOf = (found: LookUpFinding, phrases: Phrases): string => {
  const { what, rows } = found
  const details = { what, when: whenOf(found, phrases), count: countOf(found, phrases) }
  const [row] = rows
  return row === undefined
    ? say(phrases, 'looked-up', details)
    : say(phrases, found.count === 1 ? 'looked-up.row' : 'looked-up.first', { ...details, row })
}

/** "31 Jan to 3 Mar", or the day alone of what was read as it is now. */
export const whenOf = ({ from, to }: Pick<LookUpFinding, 'from' | 'to'>, phrases: Phrases): string =>
  from === to ? dayAndMonth(to) : say(phrases, 'looked-up.between', { from: dayAndMonth(from), to: dayAndMonth(to) })

/** All for one reason, as a rule; otherwise the first reason stands for all. */
const failureOf = (failed: readonly FailedLookUp[], phrases: Phrases): string => {
  const [{ why, permission = '' }] = [failed[0] ?? { why: 'refused' as const }]
  return say(phrases, 'looked-up.failed', {
    what: failed.map(({ what }) => what).join(', '),
    why: say(phrases, `look-up.${why}`, { permission }),
  })
}
