import type { Case } from './case.js'
import type { Command } from './command.js'
import type { Decision } from './decision.js'
import { stepsOf } from './decide-verdict.js'
import { isSettled, standingOf } from './effect.js'
import type { Guide } from './guide.js'
import { stampOf } from './rules.js'

type Of<T extends Command['type']> = Command & { readonly type: T }

/**
 * What has become of something told outside: written once, and never after its end. A recommended step that is done with it is marked
 * as done, unless someone has marked or skipped it.
 */
export const noteEffect = (command: Of<'note-effect'>, state: Case, guide: Guide): Decision => {
  const { note, marks } = command
  const known = standingOf(state.effects, note.effect)
  if (isSettled(known?.state)) return []
  if (known?.state === note.state && known.why === note.why && known.detail === note.detail) return []
  const step = marks === undefined ? null : openStep(marks, state, guide)
  return [
    { type: 'effect-noted', ...note, ...stampOf(command) },
    ...(step === null ? [] : [{ type: 'done' as const, ...step, ...stampOf(command) }]),
  ]
}

const openStep = (id: string, state: Case, guide: Guide) => {
  const name = `action/${id}`
  const step = stepsOf(state, guide)[name]
  return !step || state.closed || Object.hasOwn(state.stepStates, name) ? null : { step: name, do: step.do }
}
