import { answerWords } from './answer-words.js'
import { because } from './because.js'
import type { Answer, Case } from './case.js'
import type { Command } from './command.js'
import type { Decision } from './decision.js'
import type { Event, Evidence, LeftStep } from './event.js'
import { guideChange } from './guide-change.js'
import type { Guide, Step, Verdict } from './guide.js'
import { managerAgainst } from './managers-word.js'
import { onceFor } from './once-for.js'
import { refuse } from './refusal.js'
import { isDoneByWinnow } from './response-action.js'
import { longestText, ownersOnly, stampOf, unjudgedOnly } from './rules.js'
import { isAllowed, evaluateVerdicts } from './evaluate-verdicts.js'

type Of<T extends Command['type']> = Command & { readonly type: T }

/**
 * Record a verdict with its because. What the answers do not allow needs a written reason, which is told beside what they said; so does
 * what contradicts an earlier verdict, and what rests on an answer that the manager gave otherwise.
 */
export const recordVerdict = (command: Of<'record-verdict'>, state: Case, guide: Guide): Decision => {
  const refusal = ownersOnly(command, state) ?? unjudgedOnly(state)
  if (refusal) return refusal
  const verdictState = evaluateVerdicts(guide, state.answers).find(({ verdict }) => verdict.id === command.verdict)
  if (!verdictState) return refuse('no-verdict')
  const reason = command.reason.trim().slice(0, longestText)
  const allowed = isAllowed(verdictState)
  if (!allowed && reason === '') return refuse('needs-reason', { verdict: verdictState.verdict.label })
  const { earlier } = command
  if (earlier && reason === '') return refuse('contradicts', { ...earlier })
  const manager = managerAgainst(state, guide, verdictState.verdict)
  if (manager !== null && reason === '') return refuse('against-manager', { manager })
  const { id, class: verdictClass, label } = verdictState.verdict
  const judged: Event = {
    type: 'judged',
    verdict: id,
    class: verdictClass,
    label,
    means: verdictState.verdict.means,
    because: because(verdictState, state, guide, { by: command.by, words: reason }),
    evidence: state.answers.map((given) => evidenceOf(given, guide)),
    against: allowed ? null : reason,
    ...(earlier && { unlike: earlier.code }),
    language: guide.language,
    ...stampOf(command),
  }
  return [judged]
}

const evidenceOf = (given: Answer, guide: Guide): Evidence => ({
  check: given.check,
  option: given.option,
  ...answerWords(given, guide),
  ...(given.finding !== '' && { finding: given.finding }),
})

/** Withdraw the verdict and go on with the checks; answers and steps stay as they are. */
export const withdrawVerdict = (command: Of<'withdraw-verdict'>, state: Case): Decision =>
  ownersOnly(command, state) ??
  (state.recordedVerdict ? [{ type: 'judgement-withdrawn', ...stampOf(command) }] : refuse('not-judged'))

/**
 * The steps a case has, by `urgent/<id>`, `action/<id>`, `scope/<id>` and `tuning/<id>`; before the verdict there are no actions, and
 * only what is urgent can be marked.
 */
export const stepsOf = (state: Case, guide: Guide): Readonly<Record<string, Step>> =>
  stepsAfter(guide)(state.recordedVerdict?.verdict ?? '')

/** The steps of a guide by the verdict: each card and each press asks for them. */
const stepsAfter = onceFor((guide: Guide) => {
  const known = new Map<string, Readonly<Record<string, Step>>>()
  return (id: string): Readonly<Record<string, Step>> => {
    const verdict = guide.verdicts.find((one) => one.id === id)
    const steps = known.get(verdict?.id ?? '') ?? stepsIn(guide, verdict)
    known.set(verdict?.id ?? '', steps)
    return steps
  }
})

const stepsIn = (guide: Guide, verdict: Verdict | undefined): Readonly<Record<string, Step>> =>
  Object.fromEntries([
    ...guide.urgent.map((step) => [`urgent/${step.id}`, step] as const),
    ...(verdict?.actions ?? []).map((step) => [`action/${step.id}`, step] as const),
    ...guide.scope.map((step) => [`scope/${step.id}`, step] as const),
    ...guide.tuning.map((step) => [`tuning/${step.id}`, step] as const),
  ])

/**
 * The required actions that were neither done nor skipped. A conditional action is not required; what cannot wait is, after a TP.
 */
export const openActions = (state: Case, guide: Guide): readonly string[] =>
  Object.entries(stepsOf(state, guide))
    .filter(
      ([name, step]) =>
        (name.startsWith('action/') || (name.startsWith('urgent/') && state.recordedVerdict?.class === 'TP')) &&
        !step.optional &&
        step.when === null &&
        !state.stepStates[name],
    )
    .map(([name]) => name)

/** Make exactly these steps of a kind done; skipped ones that are not named stay skipped. */
export const markSteps = (command: Of<'mark-steps'>, state: Case, guide: Guide): Decision => {
  const refusal =
    ownersOnly(command, state) ?? (state.recordedVerdict || command.kind === 'urgent' ? null : refuse('not-judged'))
  if (refusal) return refusal
  const steps = Object.entries(stepsOf(state, guide)).filter(([name]) => name.startsWith(`${command.kind}/`))
  if (command.steps.some((name) => !steps.some(([step]) => step === name))) return refuse('no-step')
  return steps.flatMap(([step, words]): Event[] => {
    const wanted = command.steps.includes(step)
    const done = state.stepStates[step]?.state === 'done'
    if (wanted === done || (done && isDoneByWinnow(state, step))) return []
    return [{ type: wanted ? 'done' : 'undone', step, do: words.do, ...stampOf(command) }]
  })
}

/** Leave a step out, with the reason. */
export const skip = (command: Of<'skip'>, state: Case, guide: Guide): Decision => {
  const { step } = command
  const refusal =
    ownersOnly(command, state) ?? (state.recordedVerdict || step.startsWith('urgent/') ? null : refuse('not-judged'))
  if (refusal) return refusal
  const reason = command.reason.trim().slice(0, longestText)
  const steps = stepsOf(state, guide)
  if (!Object.hasOwn(steps, step)) return refuse('no-step')
  const known = state.stepStates[step]
  // The same press twice: what it asks for is so already.
  if (known?.state === 'skipped' && known.reason === reason && known.by.id === command.by.id) return []
  if (known) return refuse('already-ticked')
  if (reason === '') return refuse('needs-reason', { verdict: step })
  return [{ type: 'skipped', step, reason, do: steps[step]?.do ?? step, ...stampOf(command) }]
}

/**
 * Close a judged case. Required actions that are left need a reason and count as skipped for it, unless they are said to be all done.
 * A TP whose scope nobody has looked at needs a reason as well.
 */
export const closeCase = (command: Of<'close'>, state: Case, guide: Guide): Decision => {
  const refusal = ownersOnly(command, state) ?? (state.recordedVerdict ? null : refuse('not-judged'))
  if (refusal) return refusal
  const steps = stepsOf(state, guide)
  const open = openActions(state, guide)
  const left = Object.entries(steps)
    .filter(([step]) => !Object.hasOwn(state.stepStates, step) && !open.includes(step))
    .map(([step, words]) => leftStep(step, words))
  const reason = command.reason.trim().slice(0, longestText)
  const isAllDone = command.allDone === true
  if (open.length > 0 && reason === '' && !isAllDone) return refuse('actions-open', { count: String(open.length) })
  if (isScopeOpen(state, guide) && reason === '') return refuse('scope-open')
  return [
    ...open.map((step): Event => {
      const words = { step, do: steps[step]?.do ?? step, ...stampOf(command) }
      return isAllDone ? { type: 'done', ...words } : { type: 'skipped', reason, ...words }
    }),
    ...((open.length === 0 || isAllDone) && reason !== ''
      ? [{ type: 'noted' as const, text: reason, ...stampOf(command) }]
      : []),
    { type: 'closed', left, ...stampOf(command) },
  ]
}

/** True for a TP whose guide has steps of scope of which none was done or skipped. */
export const isScopeOpen = ({ recordedVerdict, stepStates }: Case, { scope }: Guide): boolean =>
  recordedVerdict?.class === 'TP' && scope.length > 0 && !scope.some(({ id }) => stepStates[`scope/${id}`])

const leftStep = (step: string, words: Step): LeftStep => ({
  step,
  do: words.do,
  ...(words.when !== null && { when: words.when }),
  ...(words.optional && { optional: true }),
})

/** Open a closed case again; who does so has it. If its guide has changed since, that comes along: closed cases are not told. */
export const reopen = (command: Of<'reopen'>, state: Case, guide: Guide): Decision => {
  if (!state.closed) return refuse('not-closed')
  const reason = command.reason.trim().slice(0, longestText)
  const change = guideChange(command, { ...state, closed: null }, guide)
  return [
    { type: 'reopened', reason, ...stampOf(command) },
    ...(change ? [change] : []),
    ...(state.owner?.id === command.by.id
      ? []
      : [{ type: 'handed-over' as const, to: command.by, ...stampOf(command) }]),
  ]
}
