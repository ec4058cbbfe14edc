import type { StepState } from '../../triage/case.js'
import { stepsOf } from '../../triage/decide-verdict.js'
import type { Step, StepKind } from '../../triage/guide.js'
import { say, languageOf } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { stepText } from './history.js'
import { shortTime } from '../time.js'
import type { Choice, StepView } from './view-parts.js'
import { escapeUntrusted } from '../escape.js'
import { onceFor } from '../../triage/once-for.js'

/** The steps of a kind with what became of them; those done for an earlier verdict come last and are not lost. */
export const stepViews = (context: CaseContext, kind: StepKind): readonly StepView[] => {
  const { state, guide } = context
  const left = new Map(state.closed?.left?.map((step) => [step.step, step]))
  // A closed case is never reworded: it has the steps it was closed with, whatever its guide says now.
  const now = state.closed?.left ? [] : stepsNow(context, kind)
  const recorded = [...new Set([...Object.keys(state.stepStates), ...left.keys()])]
  return [...now, ...recorded.filter((name) => name.startsWith(`${kind}/`) && !now.includes(name))].map((name) => {
    const known = state.stepStates[name]
    const words = left.get(name)
    const note = known ? noteOf(known, context) : ''
    return {
      mark: known ? marks[known.state] : marks.open,
      do: now.includes(name)
        ? labelled(context, name)
        : (known?.do ?? (words && withCondition(words, context)) ?? stepText(name, guide)),
      note,
      hasNote: note !== '',
    }
  })
}

const noteOf = ({ state, by, at, reason }: StepState, { phrases, zone }: CaseContext): string =>
  escapeUntrusted(
    say(phrases, `tick.${state}`, { by: by.name, at: shortTime(at, zone, languageOf(phrases)), reason }),
    240,
  )

/** The names of the steps of a kind that the case has now, in the guide's order. */
export const stepsNow = (context: CaseContext, kind: StepKind): readonly string[] =>
  Object.keys(stepsIn(context)).filter((name) => name.startsWith(`${kind}/`))

/** A view asks for the steps many times over; what is put together for a context is kept as long as that is there. */
const stepsIn = onceFor(({ state, guide }: CaseContext): Readonly<Record<string, Step>> => stepsOf(state, guide))

/** Steps as choices to mark as done. */
export const choicesOf = (context: CaseContext, names: readonly string[]): readonly Choice[] =>
  names.map((name) => {
    const text = labelled(context, name)
    const isSkipped = context.state.stepStates[name]?.state === 'skipped'
    return { title: isSkipped ? say(context.phrases, 'step.skipped', { do: text }) : text, value: name }
  })

/** Those of the steps that are done, comma-separated, as a multi-select input takes its value. */
export const doneOf = (context: CaseContext, names: readonly string[]): string => allDone(context, names).join(',')

/** A phrase that tells how many of the steps are done. */
export const counted = (context: CaseContext, phrase: string, names: readonly string[]): string =>
  say(context.phrases, phrase, { done: String(allDone(context, names).length), count: String(names.length) })

const allDone = ({ state }: CaseContext, names: readonly string[]): readonly string[] =>
  names.filter((name) => state.stepStates[name]?.state === 'done')

/** True for a step that always has to be done. */
export const isRequired = (context: CaseContext, name: string): boolean => {
  const step = stepsIn(context)[name]
  return step !== undefined && !step.optional && step.when === null
}

/** A step's text with its condition, and whether it is optional. */
export const labelled = (context: CaseContext, name: string): string => {
  const step = stepsIn(context)[name]
  return step ? withCondition(step, context) : name
}

const withCondition = (
  { do: text, when, optional }: Pick<Step, 'do'> & Partial<Pick<Step, 'when' | 'optional'>>,
  { phrases }: CaseContext,
): string => {
  const conditional = typeof when === 'string' ? say(phrases, 'step.when', { do: text, when }) : text
  return optional ? say(phrases, 'step.optional', { do: conditional }) : conditional
}

/** How a step that is done, skipped or open is marked. */
export const marks = { done: '✔', skipped: '–', open: '○' } as const
