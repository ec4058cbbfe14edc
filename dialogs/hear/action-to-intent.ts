import { inOrder } from '../../triage/answer-words.js'
import type { Command } from '../../triage/command.js'
import { stepsOf } from '../../triage/decide-verdict.js'
import type { Stamp } from '../../triage/event.js'
import { type Refusal, refuse } from '../../triage/refusal.js'
import { stepKinds } from '../../triage/guide.js'
import { nextOf } from '../../triage/next-checks.js'
import { responseAt, targetKey } from '../../triage/response-action.js'
import type { CaseIntent } from './intent.js'
import type { Action } from './parse-action.js'
import type { CaseContext } from '../case-context.js'

/**
 * What an action asks for in this case, as it stands now: the same commands a click would give, held against the same line, or
 * a refusal when a number fits nothing.
 */
export const actionToIntent = (action: Action, { state, guide }: CaseContext, stamp: Stamp): CaseIntent | Refusal => {
  const base = { ...stamp, caseId: state.id, line: state.line - 1 }
  const steps = Object.keys(stepsOf(state, guide))
  const commands = (...all: readonly Command[]): CaseIntent => ({ kind: 'commands', caseId: state.id, commands: all })
  switch (action.verb) {
    case 'options':
      return { kind: 'read', caseId: state.id }
    case 'ask-manager':
      return { kind: 'ask-manager', caseId: state.id, line: state.line - 1 }
    case 'allow-manager':
      return { kind: 'allow-manager', caseId: state.id, reason: action.reason }
    case 'take':
      return commands({ type: 'take', ...base })
    case 'ack':
      return commands({ type: 'acknowledge', ...base })
    case 'take-over':
    case 'release':
      return commands({ type: action.verb, ...base })
    case 'chat':
      return commands({ type: 'continue-in-chat', ...base })
    case 'take-out':
      return commands({ type: 'take-out', member: action.member, ...base })
    case 'back':
      return commands({ type: 'withdraw-answer', check: null, ...base })
    case 'reconsider':
      return commands({ type: 'withdraw-verdict', ...base })
    case 'answer': {
      const check = nextOf(state, guide).next
      const option = /^\d+$/.test(action.option) ? check?.options[Number(action.option) - 1]?.id : action.option
      return commands({
        type: 'answer',
        check: check?.id ?? '',
        option: option ?? '',
        finding: action.finding,
        ...base,
      })
    }
    case 'finding': {
      if (action.finding === '') return { kind: 'read', caseId: state.id }
      const given = action.answer === null ? state.answers.at(-1) : inOrder(state.answers, guide)[action.answer - 1]
      return commands({ type: 'note-finding', check: given?.check ?? '', finding: action.finding, ...base })
    }
    case 'verdict':
      if (action.verdict === '') return { kind: 'read', caseId: state.id }
      return commands({ type: 'record-verdict', verdict: action.verdict, reason: action.reason, ...base })
    case 'done':
    case 'undo': {
      const named = action.steps.map((number) => steps[number - 1])
      // Before the verdict only what is urgent can be marked.
      if (!state.recordedVerdict && !named.every((step) => step?.startsWith('urgent/'))) return refuse('not-judged')
      if (named.includes(undefined)) return refuse('no-step')
      const done = steps.filter((step) =>
        named.includes(step) ? action.verb === 'done' : state.stepStates[step]?.state === 'done',
      )
      const marks = stepKinds
        .filter((kind) => named.some((step) => step?.startsWith(`${kind}/`)))
        .map((kind) => ({
          type: 'mark-steps' as const,
          kind,
          steps: done.filter((step) => step.startsWith(`${kind}/`)),
        }))
      return commands(...marks.map((mark, index) => ({ ...mark, ...base, ...(index > 0 && { line: null }) })))
    }
    case 'skip': {
      const step = steps[action.step - 1]
      if (step !== undefined || !state.recordedVerdict)
        return commands({ type: 'skip', step: step ?? '', reason: action.reason, ...base })
      return refuse('no-step')
    }
    case 'revoke-travel':
      return commands({ type: 'revoke-journey', reason: action.reason, ...base, line: null })
    case 'act':
      // Which target it is must still be looked up.
      return { kind: 'read', caseId: state.id }
    case 'undo-action': {
      const { asked, reason } = action
      if (asked === null) return { kind: 'read', caseId: state.id }
      return { kind: 'ask-action', caseId: state.id, line: base.line, choice: { undo: asked }, reason }
    }
    case 'approve':
    case 'decline': {
      const { asked, reason } = action
      if (asked === null) return { kind: 'read', caseId: state.id }
      const known = responseAt(state, asked)
      const target = known ? targetKey(known.target) : ''
      return action.verb === 'approve'
        ? commands({ type: 'approve-action', asked, target, ...base, line: null })
        : commands({ type: 'decline-action', asked, target, reason, ...base, line: null })
    }
    case 'note':
      return commands({ type: 'note', text: action.reason, ...base, line: null })
    case 'close':
    case 'reopen':
      return commands({ type: action.verb, reason: action.reason, ...base })
  }
}
