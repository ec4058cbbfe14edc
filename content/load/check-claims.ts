import type { BecausePart, Condition, Guide, Verdict } from '../../triage/guide.js'
import { unknown } from '../../triage/guide.js'
import type { SchemaIssue } from './explain.js'

/**
 * Find sentences of a because that may claim what no one established.
 *
 * A verdict that is reached in one way claims what that way establishes. Where several ways lead to it, what is said always may only
 * point at the evidence; every other sentence is bound to answers. What hangs on an unknown answer says that it is unknown. Each way has
 * a sentence of its own.
 */
export const checkClaims = ({ verdicts }: Guide): readonly SchemaIssue[] =>
  verdicts.flatMap((verdict, index) =>
    claimsOf(verdict).map((text) => ({ path: ['verdicts', index, 'because'], text })),
  )

/** How a sentence begins that names the alert's facts and claims nothing else. */
const openings = { undetermined: 'It is unclear', other: 'The evidence points to' }

const claimsOf = (verdict: Verdict): readonly string[] => {
  const parts = verdict.because
  const opening = verdict.class === 'undetermined' ? openings.undetermined : openings.other
  const wrong = (part: BecausePart, why: string) => `'${verdict.id}' says “${part.say}”: ${why}`
  const isOneWay = verdict.class !== 'undetermined' && verdict.needs.length === 1
  return [
    ...parts
      .filter(({ say, when }) => when === null && !isOneWay && !say.startsWith(opening))
      .map((part) =>
        wrong(
          part,
          verdict.class === 'undetermined'
            ? `begin it with “${opening}”, or bind it to answers with when`
            : `${verdict.needs.length} ways lead here, so no one may have established it: bind it to answers with when, or begin it with “${opening}”`,
        ),
      ),
    ...parts
      .filter(({ say, when }) => when !== null && mayBeUnknown(when) && !saysUnknown.test(say))
      .map((part) =>
        wrong(part, `it is said when an answer is unknown as well: take '${unknown}' out of when, or say so`),
      ),
    ...parts
      .filter(({ when }) => when !== null && verdict.needs.length > 0 && !verdict.needs.some((way) => fits(when, way)))
      .map((part) => wrong(part, 'no way to this verdict has these answers: correct its when')),
    ...verdict.needs
      .filter((way) => !parts.some(({ when }) => when === null || isSaidOn(when, way)))
      .map(
        (way) =>
          `'${verdict.id}' says nothing for sure on the way ${inWords(way)}: bind a sentence to answers of that way`,
      ),
  ]
}

const saysUnknown =
  /unknown|unclear|unexplained|could not|couldn't|no one|not known|not confirmed|not established|without|neither/i

const mayBeUnknown = (when: Condition): boolean => Object.values(when).some((options) => options.includes(unknown))

/** True when both can hold at once. */
const fits = (when: Condition, way: Condition): boolean =>
  Object.entries(when).every(([check, options]) => way[check]?.some((option) => options.includes(option)) ?? true)

/** True when the way makes the condition hold whatever else is answered. */
const isSaidOn = (when: Condition, way: Condition): boolean =>
  Object.entries(when).every(([check, options]) => way[check]?.every((option) => options.includes(option)) ?? false)

const inWords = (way: Condition): string =>
  Object.entries(way)
    .map(([check, options]) => `${check}: ${options.join('|')}`)
    .join(', ')
