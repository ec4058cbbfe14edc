import type { ActionOutcome, Command } from '../../triage/command.js'
import { winnow } from '../../triage/person.js'
import { type ResponseAction, type WhyFailed, targetKey } from '../../triage/response-action.js'
import type { Sent, Target } from '../effects/target.js'
import type { GraphFailure } from '../graph/failure.js'
import type { LookedUp, ResponseGraph } from '../graph/response-graph.js'
import type { Protection } from './protection.js'

type Parts = {
  readonly graph: ResponseGraph
  readonly protection: Protection
  readonly mode: 'dry-run' | 'on'
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/**
 * Carries out what was approved, as effects of the case: the approval is on disk before Graph is asked, and each operation is safe to
 * repeat, so after a kill it is done again rather than not at all. What can't be done before its time is up is not done later.
 */
export const openCarryOut = (parts: Parts): Target => ({
  name: 'actions',
  effects: ({ state }) =>
    state.responses
      .filter((one) => one.state === 'approved')
      .map((action) => ({
        effect: `actions/${action.line}`,
        does: action.operation,
        hasOwnEvents: true,
        send: (signal) => carryOut(state.id, action, parts, signal),
      })),
})

const carryOut = async (
  caseId: string,
  action: ResponseAction,
  { graph, protection, mode, now }: Parts,
  signal: AbortSignal,
): Promise<Sent> => {
  const { operation, target } = action
  const ended = (outcome: ActionOutcome): Sent => ({
    state: 'settled',
    commands: [finish(caseId, action, outcome, now())],
  })
  const failed = (why: WhyFailed, detail = '', isPartly = false): Sent =>
    ended({ kind: 'failed', why, detail, ...(isPartly && { partly: true }) })
  if (now() > action.carryOutUntil) return failed('too-late')
  const looked = await lookAgain(action, graph, signal)
  if (!looked.ok) return endedBy(looked.failure, failed, false)
  const [found] = looked.found.filter((one) => targetKey(one.target) === targetKey(target.mailbox ?? target))
  if (!found) return failed('not-found')
  // A register can have changed since it was asked for.
  if (protection(found) !== 'open') return failed('protected')
  if (action.isDryRun || mode === 'dry-run') return ended({ kind: 'rehearsed' })
  const done = await graph.carryOut(operation, target, signal)
  return done.ok ? ended({ kind: 'carried-out' }) : endedBy(done.failure, failed, done.isPartly)
}

/** The target, or whose mailbox it is in, as the directory knows it now. */
const lookAgain = ({ target }: ResponseAction, graph: ResponseGraph, signal: AbortSignal): Promise<LookedUp> => {
  const { kind, id } = target.mailbox ?? target
  return kind === 'app' ? graph.app(id, signal) : graph.user(id, signal)
}

/** What passes by itself is tried again, as long as there is time; everything else is told at once. */
const endedBy = (
  failure: GraphFailure,
  failed: (why: WhyFailed, detail: string, isPartly: boolean) => Sent,
  isPartly: boolean,
): Sent => {
  switch (failure.kind) {
    case 'throttled':
      return { state: 'waiting', why: 'throttled', retryAfterMs: failure.retryAfterMs }
    case 'unreachable':
    case 'conflict':
      return { state: 'waiting', why: failure.kind, detail: failure.says, retryAfterMs: null }
    case 'forbidden':
      return failed('forbidden', failure.permission, isPartly)
    case 'signed-out':
    case 'invalid':
      return failed(failure.kind, failure.says, isPartly)
    case 'not-found':
      return failed('not-found', '', isPartly)
  }
}

const finish = (caseId: string, { line }: ResponseAction, outcome: ActionOutcome, at: string): Command => ({
  type: 'finish-action',
  caseId,
  line: null,
  asked: line,
  outcome,
  at,
  by: winnow,
})
