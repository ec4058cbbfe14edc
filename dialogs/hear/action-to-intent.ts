import type { Command } from '../../triage/command.js'
import { stepsOf } from '../../triage/decide-verdict.js'
import type { Stamp } from '../../triage/event.js'
import { type Refusal, refuse } from '../../triage/refusal.js'
import { stepKinds } from '../../triage/guide.js'
import { nextChecks } from '../../triage/next-checks.js'
import type { Intent } from './click-to-intent.js'
import type { Action } from './parse-action.js'
import type { CaseContext } from '../case-context.js'

/**
 * What a deed asks for in this case, as it stands now: the same commands a click would give, held against the same line, or a
 * refusal when a number fits nothing.
 */
export const actionToIntent = (action: Action, { state, guide }: CaseContext, stamp: Stamp): Intent | Refusal => {
  const base = { ...stamp, caseId: state.id, line: state.line - 1 }
  const steps = Object.keys(stepsOf(state, guide))
  const settle = (...commands: readonly Command[]): Intent => ({ intent: 'settle', caseId: state.id, commands })
  switch (action.verb) {
    case 'options':
      return { intent: 'look', caseId: state.id }
    case 'ask-manager':
      return { intent: 'ask-manager', caseId: state.id, line: state.line - 1 }
    case 'take':
      return settle({ type: 'take', ...base })
    case 'take-over':
    case 'release':
      return settle({ type: action.verb, ...base })
    case 'chat':
      return settle({ type: 'continue-in-chat', ...base })
    case 'back':
      return settle({ type: 'withdraw-answer', check: null, ...base })
    case 'reconsider':
      return settle({ type: 'withdraw-verdict', ...base })
    case 'answer': {
      const check = nextChecks(guide, state.answers).next
      const option = /^\d+$/.test(action.option) ? check?.options[Number(action.option) - 1]?.id : action.option
      return settle({ type: 'answer', check: check?.id ?? '', option: option ?? '', ...base })
    }
    case 'verdict':
      if (action.verdict === '') return { intent: 'look', caseId: state.id }
      return settle({ type: 'record-verdict', verdict: action.verdict, reason: action.reason, ...base })
    case 'done':
    case 'undo': {
      const named = action.steps.map((number) => steps[number - 1])
      if (!state.recordedVerdict) return refuse('not-judged')
      if (named.includes(undefined)) return refuse('no-step')
      const done = steps.filter((step) =>
        named.includes(step) ? action.verb === 'done' : state.stepStates[step]?.state === 'done',
      )
      const stepStates = stepKinds
        .filter((kind) => named.some((step) => step?.startsWith(`${kind}/`)))
        .map((kind) => ({
          type: 'mark-steps' as const,
          kind,
          steps: done.filter((step) => step.startsWith(`${kind}/`)),
        }))
      return settle(...stepStates.map((tick, index) => ({ ...tick, ...base, ...(index > 0 && { line: null }) })))
    }
    case 'skip': {
      const step = steps[action.step - 1]
      if (step !== undefined || !state.recordedVerdict)
        return settle({ type: 'skip', step: step ?? '', reason: action.reason, ...base })
      return refuse('no-step')
    }
    case 'note':
      return settle({ type: 'note', text: action.reason, ...base, line: null })
    case 'close':
    case 'reopen':
      return settle({ type: action.verb, reason: action.reason, ...base })
  }
}
