import type { Command } from '../../triage/command.js'
import { stepsOf } from '../../triage/decide-verdict.js'
import type { Stamp } from '../../triage/event.js'
import { type Refusal, refuse } from '../../triage/refusal.js'
import { walk } from '../../triage/next-checks.js'
import type { Heard } from './click-to-intent.js'
import type { Deed } from './parse-action.js'
import type { Seen } from '../case-context.js'

/**
 * What a deed asks for in this case, as it stands now: the same commands a click would give, held against the same line, or a
 * refusal when a number fits nothing.
 */
export const hearDeed = (deed: Deed, { state, playbook }: Seen, stamp: Stamp): Heard | Refusal => {
  const base = { ...stamp, caseId: state.id, line: state.news }
  const steps = Object.keys(stepsOf(state, playbook))
  const settle = (...commands: readonly Command[]): Heard => ({ wish: 'settle', caseId: state.id, commands })
  switch (deed.verb) {
    case 'options':
      return { wish: 'look', caseId: state.id }
    case 'ask-manager':
      return { wish: 'ask-manager', caseId: state.id, line: state.news }
    case 'take':
      return settle({ type: 'claim', ...base })
    case 'take-over':
    case 'release':
      return settle({ type: deed.verb, ...base })
    case 'chat':
      return settle({ type: 'continue-in-chat', ...base })
    case 'back':
      return settle({ type: 'withdraw-answer', check: null, ...base })
    case 'reconsider':
      return settle({ type: 'withdraw-judgement', ...base })
    case 'answer': {
      const check = walk(playbook, state.answers).next
      const option = /^\d+$/.test(deed.option) ? check?.options[Number(deed.option) - 1]?.id : deed.option
      return settle({ type: 'answer', check: check?.id ?? '', option: option ?? '', ...base })
    }
    case 'verdict':
      if (deed.verdict === '') return { wish: 'look', caseId: state.id }
      return settle({ type: 'judge', verdict: deed.verdict, reason: deed.reason, ...base })
    case 'done':
    case 'undo': {
      const named = deed.steps.map((number) => steps[number - 1])
      if (!state.judgement) return refuse('not-judged')
      if (named.includes(undefined)) return refuse('no-step')
      const done = steps.filter((step) =>
        named.includes(step) ? deed.verb === 'done' : state.ticks[step]?.state === 'done',
      )
      const ticks = kinds
        .filter((kind) => named.some((step) => step?.startsWith(`${kind}/`)))
        .map((kind) => ({ type: 'tick' as const, kind, steps: done.filter((step) => step.startsWith(`${kind}/`)) }))
      return settle(...ticks.map((tick, index) => ({ ...tick, ...base, ...(index > 0 && { line: null }) })))
    }
    case 'skip': {
      const step = steps[deed.step - 1]
      if (step !== undefined || !state.judgement)
        return settle({ type: 'skip', step: step ?? '', reason: deed.reason, ...base })
      return refuse('no-step')
    }
    case 'note':
      return settle({ type: 'note', text: deed.reason, ...base, line: null })
    case 'close':
    case 'reopen':
      return settle({ type: deed.verb, reason: deed.reason, ...base })
  }
}

const kinds = ['action', 'scope', 'tuning'] as const
