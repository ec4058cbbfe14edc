import type { Case } from './case.js'
import type { Command } from './command.js'
import type { Decision } from './decision.js'
import type { Event } from './event.js'
import type { Guide } from './guide.js'
import type { FailedLookUp } from './look-up.js'
import { stampOf } from './rules.js'

/**
 * What Winnow has looked up itself: each finding is written once, a failure once as long as its reason is the same, and neither once the
 * case is closed. They decide nothing.
 */
export const noteLookUps = (
  command: Command & { readonly type: 'note-look-ups' },
  { lookedUp, failedLookUps, closed }: Case,
  { language }: Guide,
): Decision => {
  if (closed) return []
  const isFound = (id: string): boolean => lookedUp.some(({ lookUp }) => lookUp === id)
  const found = command.found.filter(({ lookUp }) => !isFound(lookUp))
  const failed = command.failed.filter(
    (one) =>
      !isFound(one.lookUp) &&
      !failedLookUps.some((known) => known.lookUp === one.lookUp && reasonOf(known) === reasonOf(one)),
  )
  const stamp = stampOf(command)
  return [
    ...found.map((one): Event => ({ type: 'looked-up', ...one, language, ...stamp })),
    ...[...new Set(failed.map(reasonOf))].flatMap((reason): readonly Event[] => {
      const same = failed.filter((one) => reasonOf(one) === reason)
      const [first] = same
      if (!first) return []
      const { why, permission } = first
      const lookUps = same.map(({ lookUp, checks, what }) => ({ lookUp, checks, what }))
      const because = { why, ...(permission !== undefined && { permission }) }
      return [{ type: 'look-up-failed', lookUps, ...because, language, ...stamp }]
    }),
  ]
}

const reasonOf = ({ why, permission = '' }: FailedLookUp): string => `${why} ${permission}`
