import type { Case } from './case.js'
import type { Command } from './command.js'
import type { Decision } from './decision.js'
import { refuse } from './refusal.js'
import { stampOf } from './rules.js'

type Of<T extends Command['type']> = Command & { readonly type: T }

/** What was decided before something else was written is decided anew: whatever came meanwhile may be a sign. */
const isOldNews = ({ line }: Command, state: Case): boolean => line !== null && state.line - 1 > line

/** These people are mentioned, because no one has the case. What was taken meanwhile pages no one. */
export const page = (command: Of<'page'>, state: Case): Decision =>
  state.owner || state.closed || state.joined || command.to.length === 0 || isOldNews(command, state)
    ? []
    : [{ type: 'paged', to: command.to, step: command.step, why: command.why, ...stampOf(command) }]

/** Someone has seen a page, or the owner a reminder: who it was is written down, and the clocks begin anew. */
export const acknowledge = (command: Of<'acknowledge'>, state: Case): Decision => {
  const { closed, owner } = state
  if (closed) return refuse('closed', { by: closed.by.name })
  if (owner && owner.id !== command.by.id) return refuse('not-owner', { owner: owner.name })
  return [{ type: 'page-acknowledged', ...stampOf(command) }]
}

/** Who is silent is reminded: the owner of the case, or the manager of the open question. */
export const remind = (command: Of<'remind'>, state: Case): Decision => {
  const { owner, closed, confirmation } = state
  const { person, as, until } = command
  const isWaitedFor =
    as === 'owner' ? owner?.id === person.id : confirmation?.state === 'asked' && confirmation.manager.id === person.id
  return closed || !isWaitedFor || isOldNews(command, state)
    ? []
    : [{ type: 'reminded', person, as, until, ...stampOf(command) }]
}

/** A case whose owner gives no sign goes back to the channel; answers and findings stay. It is never closed. */
export const releaseSilent = (command: Of<'release-silent'>, state: Case): Decision =>
  state.closed || state.owner?.id !== command.from.id || isOldNews(command, state)
    ? []
    : [{ type: 'released', why: 'silence', from: state.owner, ...stampOf(command) }]

/** The manager did not answer, or was not reached: the same question goes to someone else, once. */
export const passOn = (command: Of<'pass-on'>, { closed, confirmation }: Case): Decision => {
  const isOpen = confirmation?.state === 'asked' || confirmation?.state === 'unreached'
  if (closed || !isOpen || confirmation.passedOn || confirmation.line !== command.asked) return []
  const { to, as, until, together } = command
  if (to.id === confirmation.manager.id) return []
  const shared = together && { together }
  return [{ type: 'confirmation-passed-on', from: confirmation.manager, to, as, until, ...shared, ...stampOf(command) }]
}
