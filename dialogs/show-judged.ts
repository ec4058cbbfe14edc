import { say } from '../triage/phrases.js'
import { openActions, stepsOf } from '../triage/decide-verdict.js'
import { head } from './head.js'
import type { Seen } from './seen.js'
import { managerPart } from './show-parts.js'
import { stepText, verdictName } from './story.js'
import { longTime, shortTime } from './time.js'
import type { Choice, Todo, Verdict } from './view-parts.js'
import type { View } from './view.js'
import { visible } from './visible.js'

/** A judged case: what was found, what is to be done. */
export const showJudged = (seen: Seen, notice: string): View => {
  const { state, playbook } = seen
  const open = openActions(state, playbook)
  const actions = todos(seen, 'action')
  const scope = todos(seen, 'scope')
  const tuning = todos(seen, 'tuning')
  return {
    card: 'judged',
    data: {
      ...head(seen, notice),
      ...verdict(seen),
      actions,
      hasActions: actions.length > 0,
      doneActions: done(seen, 'action'),
      actionChoices: choices(seen, 'action'),
      scope,
      hasScope: scope.length > 0,
      doneScope: done(seen, 'scope'),
      scopeChoices: choices(seen, 'scope'),
      tuning,
      hasTuning: tuning.length > 0,
      doneTuning: done(seen, 'tuning'),
      tuningChoices: choices(seen, 'tuning'),
      openActions: open.map((name) => ({ title: labelled(seen, name), value: name })),
      hasOpenActions: open.length > 0,
      canClose: open.length === 0,
      hasSteps: actions.length + scope.length > 0,
      manager: managerPart(seen, true),
    },
  }
}

/** A closed case: the record. */
export const showClosed = (seen: Seen, notice: string): View => {
  const actions = todos(seen, 'action')
  const settled = (kind: Kind) => todos(seen, kind).filter(({ mark }) => mark !== marks.open)
  const [scope, tuning] = [settled('scope'), settled('tuning')]
  return {
    card: 'closed',
    data: {
      ...head(seen, notice),
      ...verdict(seen),
      actions,
      hasActions: actions.length > 0,
      scope,
      hasScope: scope.length > 0,
      tuning,
      hasTuning: tuning.length > 0,
      closedBy: visible(seen.state.closed?.by.name ?? '', 60),
      closedAt: seen.state.closed ? longTime(seen.state.closed.at) : '',
    },
  }
}

const verdict = ({ state, playbook }: Seen): Verdict => {
  const { judgement } = state
  const known = playbook.verdicts.find(({ id }) => id === judgement?.verdict)
  return {
    verdict: judgement ? verdictName(judgement.class, judgement.label) : '',
    means: known?.means ?? '',
    because: judgement?.against === null ? visible(judgement.because, 800) : '',
    reason: visible(judgement?.against ?? '', 400),
    hasReason: judgement !== null && judgement.against !== null,
    by: visible(judgement?.by.name ?? '', 60),
    at: judgement ? longTime(judgement.at) : '',
  }
}

type Kind = 'action' | 'scope' | 'tuning'

/** The steps of a kind with what became of them; those done for an earlier verdict come last and are not lost. */
const todos = (seen: Seen, kind: Kind): readonly Todo[] => {
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

const stepsNow = ({ state, playbook }: Seen, kind: Kind): readonly string[] =>
  Object.keys(stepsOf(state, playbook)).filter((name) => name.startsWith(`${kind}/`))

const choices = (seen: Seen, kind: Kind): readonly Choice[] =>
  stepsNow(seen, kind).map((name) => ({ title: labelled(seen, name), value: name }))

const done = (seen: Seen, kind: Kind): string =>
  stepsNow(seen, kind)
    .filter((name) => seen.state.ticks[name]?.state === 'done')
    .join(',')

/** A step's text with its condition, and whether it is optional. */
export const labelled = ({ state, playbook, phrases }: Seen, name: string): string => {
  const step = stepsOf(state, playbook)[name]
  if (!step) return name
  const text = step.when === null ? step.do : say(phrases, 'step.when', { do: step.do, when: step.when })
  return step.optional ? say(phrases, 'step.optional', { do: text }) : text
}

/** How a step that is done, skipped or open is marked. */
export const marks = { done: '✔', skipped: '–', open: '○' } as const
