import type { Case } from './case.js'
import type { Command } from './command.js'
import type { Event } from './event.js'
import type { Guide } from './guide.js'
import { stampOf } from './rules.js'

/**
 * That the guide has changed since the case was opened, as an event that comes before whatever is done next; null when it has not.
 *
 * Answers whose question or option is gone are dropped, to be asked again; so are all of them when the guide itself is gone and
 * another one leads. Closed cases stay as they were. A case of the first format does not tell its guide's version: it counts as
 * unchanged as long as all of its answers fit.
 */
export const guideChange = (command: Command, state: Case, guide: Guide): Event | null => {
  if (state.closed || state.version === guide.version) return null
  const dropped = state.answers.filter(({ check, option }) => !fits(guide, check, option)).map(({ check }) => check)
  if (state.version === null && dropped.length === 0) return null
  return { type: 'guide-changed', version: guide.version, dropped, ...stampOf(command) }
}

const fits = ({ checks }: Guide, check: string, option: string): boolean =>
  checks.some(({ id, options }) => id === check && options.some((one) => one.id === option))
