import type { Case } from './case.js'
import type { Command } from './command.js'
import type { Decision } from './decision.js'
import { stepsOf } from './decide-verdict.js'
import type { Event } from './event.js'
import type { Guide } from './guide.js'
import { refuse } from './refusal.js'
import {
  type ResponseAction,
  type Target,
  isUnderWay,
  knownOperations,
  operationFor,
  responseAt,
  targetKey,
  undoOf,
} from './response-action.js'
import { longestText, ownersOnly, stampOf } from './rules.js'
import { winnow } from './person.js'

type Of<T extends Command['type']> = Command & { readonly type: T }

/** Ask Winnow to do what a step recommends, to exactly that target. Who owns the case may, for a step that the guide recommends now. */
export const askAction = (command: Of<'ask-action'>, state: Case, guide: Guide): Decision => {
  const refusal = ownersOnly(command, state)
  if (refusal) return refusal
  const { step, operation, target, until, dryRun, isProtected, at } = command
  const known = stepsOf(state, guide)[step]
  if (!known || operationFor(step)?.operation !== operation) return refuse('no-step')
  const { on, needsApproval } = knownOperations[operation]
  if (target.kind !== on) return refuse('no-target')
  if (isProtected) return refuse('protected', { target: target.name })
  if (isOwn(target, command)) return refuse('own-account')
  const reason = command.reason.trim().slice(0, longestText)
  if (reason === '') return refuse('needs-reason', { verdict: step })
  if (isAsked(state, command, at)) return refuse('action-waiting', { target: target.name })
  return [
    {
      type: 'action-asked',
      step,
      do: known.do,
      operation,
      target,
      reason,
      until,
      needs: needsApproval ? 'approval' : 'nothing',
      ...(dryRun && { dryRun: true as const }),
      ...stampOf(command),
    },
  ]
}

/** Ask Winnow to take back what it has carried out. That brings back what was before, so nobody else has to agree. */
export const undoAction = (command: Of<'undo-action'>, state: Case): Decision => {
  const refusal = ownersOnly(command, state)
  if (refusal) return refusal
  const { asked, until, dryRun, isProtected, at } = command
  const done = responseAt(state, asked)
  const operation = done && undoOf(done)
  if (!operation) return refuse('no-undo')
  const { step, do: words, target } = done
  if (isProtected) return refuse('protected', { target: target.name })
  if (isOwn(target, command)) return refuse('own-account')
  const reason = command.reason.trim().slice(0, longestText)
  if (reason === '') return refuse('needs-reason', { verdict: step })
  if (isAsked(state, { operation, target }, at)) return refuse('action-waiting', { target: target.name })
  return [
    {
      type: 'action-asked',
      step,
      do: words,
      operation,
      target,
      reason,
      until,
      needs: 'nothing',
      undoes: asked,
      ...(dryRun && { dryRun: true as const }),
      ...stampOf(command),
    },
  ]
}

const isAsked = (
  { responses }: Case,
  { operation, target }: Pick<ResponseAction, 'operation' | 'target'>,
  at: string,
): boolean =>
  responses.some(
    (one) => one.operation === operation && targetKey(one.target) === targetKey(target) && isUnderWay(one, at),
  )

/**
 * A second person agrees. It counts once, for the line, the target and the case that they saw, and until its time is up; the step must
 * still be one that the guide recommends. The same press again does nothing.
 */
export const approveAction = (command: Of<'approve-action'>, state: Case, guide: Guide): Decision => {
  const asked = responseAt(state, command.asked)
  if (!asked || targetKey(asked.target) !== command.target) return refuse('no-action')
  if (state.closed) return refuse('closed', { by: state.closed.by.name })
  const { by, at } = command
  if (asked.state === 'approved' && asked.approvedBy?.id === by.id) return []
  if (isOwn(asked.target, command)) return refuse('own-account')
  if (asked.askedBy.id === by.id) return refuse('own-approval')
  if (asked.state !== 'asked') return refuse(asked.state === 'expired' ? 'action-expired' : 'action-settled')
  if (at > asked.until) return refuse('action-expired')
  if (!Object.hasOwn(stepsOf(state, guide), asked.step)) return refuse('no-step')
  return [{ type: 'action-approved', ...bound(asked), ...stampOf(command) }]
}

/** Somebody says no, or who asked takes it back: then it is over, and may be asked for anew. */
export const declineAction = (command: Of<'decline-action'>, state: Case): Decision => {
  const asked = responseAt(state, command.asked)
  if (!asked || targetKey(asked.target) !== command.target) return refuse('no-action')
  if (isOwn(asked.target, command)) return refuse('own-account')
  if (asked.state === 'declined') return []
  if (asked.state !== 'asked') return refuse(asked.state === 'expired' ? 'action-expired' : 'action-settled')
  const reason = command.reason.trim().slice(0, longestText)
  return [{ type: 'action-declined', ...bound(asked), reason, ...stampOf(command) }]
}

/** Nobody approved in time. */
export const expireAction = (command: Of<'expire-action'>, state: Case): Decision => {
  const asked = responseAt(state, command.asked)
  return asked?.state === 'asked' && command.at > asked.until
    ? [{ type: 'action-expired', ...bound(asked), ...stampOf(command) }]
    : []
}

/**
 * What came of it. The step is marked as done by that, or as not done where it was taken back: never by what was only rehearsed, and not
 * over what a person has marked meanwhile.
 */
export const finishAction = (command: Of<'finish-action'>, state: Case): Decision => {
  const action = responseAt(state, command.asked)
  if (action?.state !== 'approved') return []
  const { outcome } = command
  const stamp = stampOf(command)
  if (outcome.kind === 'failed') {
    const { why, detail, partly } = outcome
    return [{ type: 'action-failed', ...bound(action), why, detail, ...(partly && { partly }), ...stamp }]
  }
  if (outcome.kind === 'rehearsed') return [{ type: 'action-rehearsed', ...bound(action), ...stamp }]
  const { step, do: words, undoes } = action
  const known = state.stepStates[step]
  const marks = (type: 'done' | 'undone'): readonly Event[] => [{ type, step, do: words, ...stamp }]
  if (undoes !== null) {
    const isOurs = known?.state === 'done' && known.by.id === winnow.id
    return [{ type: 'action-undone', ...bound(action), undoes, ...stamp }, ...(isOurs ? marks('undone') : [])]
  }
  const isToMark = operationFor(step)?.completes === true && known === undefined
  return [{ type: 'action-carried-out', ...bound(action), ...stamp }, ...(isToMark ? marks('done') : [])]
}

/** Nobody decides about their own account, whatever ids the alert and the rosters have for them. */
const isOwn = ({ kind, id, mailbox }: Target, { by }: Pick<Command, 'by'>): boolean =>
  (mailbox?.id ?? (kind === 'user' ? id : '')).toLowerCase() === by.id.toLowerCase()

const bound = ({ line, operation, target }: ResponseAction) => ({ asked: line, operation, target })
