import { stepsOf } from '../../triage/decide-verdict.js'
import { say } from '../../triage/phrases.js'
import type { Seen } from '../case-context.js'
import { stepText } from './history.js'
import { shortTime } from '../time.js'
import type { Choice, Todo } from './view-parts.js'
import { visible } from '../escape.js'

/** What a step belongs to. */
export type Kind = 'action' | 'scope' | 'tuning'

/** The steps of a kind with what became of them; those done for an earlier verdict come last and are not lost. */
export const todos = (seen: Seen, kind: Kind): readonly Todo[] => {
  const { state, playbook } = seen
  const now = stepsNow(seen, kind)
  const before = Object.keys(state.ticks).filter((name) => name.startsWith(`${kind}/`) && !now.includes(name))
  return [...now, ...before].map((name) => {
    const tick = state.ticks[name]
    const note = tick ? tickNote(seen, name) : ''
    return {
      mark: tick ? marks[tick.state] : marks.open,
      do: now.includes(name) ? labelled(seen, name) : stepText(name, playbook),
      note,
      hasNote: note !== '',
    }
  })
}

const tickNote = ({ state, phrases }: Seen, name: string): string => {
  const tick = state.ticks[name]
  if (!tick) return ''
  const details = { by: tick.by.name, at: shortTime(tick.at), reason: tick.reason }
  return visible(say(phrases, `tick.${tick.state}`, details), 240)
}

/** The names of the steps of a kind that the case has now, in the guide's order. */
export const stepsNow = ({ state, playbook }: Seen, kind: Kind): readonly string[] =>
  Object.keys(stepsOf(state, playbook)).filter((name) => name.startsWith(`${kind}/`))

/** Steps as choices to tick. */
export const choicesOf = (seen: Seen, names: readonly string[]): readonly Choice[] =>
  names.map((name) => {
    const text = labelled(seen, name)
    const isSkipped = seen.state.ticks[name]?.state === 'skipped'
    return { title: isSkipped ? say(seen.phrases, 'step.skipped', { do: text }) : text, value: name }
  })

/** Those of the steps that are done, comma-separated, as a multi-select input takes its value. */
export const doneOf = (seen: Seen, names: readonly string[]): string => allDone(seen, names).join(',')

/** A phrase that tells how many of the steps are done. */
export const counted = (seen: Seen, phrase: string, names: readonly string[]): string =>
  say(seen.phrases, phrase, { done: String(allDone(seen, names).length), count: String(names.length) })

const allDone = ({ state }: Seen, names: readonly string[]): readonly string[] =>
  names.filter((name) => state.ticks[name]?.state === 'done')

/** True for a step that always has to be done. */
export const isRequired = ({ state, playbook }: Seen, name: string): boolean => {
  const step = stepsOf(state, playbook)[name]
  return step !== undefined && !step.optional && step.when === null
}

/** A step's text with its condition, and whether it is optional. */
export const labelled = ({ state, playbook, phrases }: Seen, name: string): string => {
  const step = stepsOf(state, playbook)[name]
  if (!step) return name
  const text = step.when === null ? step.do : say(phrases, 'step.when', { do: step.do, when: step.when })
  return step.optional ? say(phrases, 'step.optional', { do: text }) : text
}

/** How a step that is done, skipped or open is marked. */
export const marks = { done: '✔', skipped: '–', open: '○' } as const
