import { say, languageOf } from '../../triage/phrases.js'
import { openActions } from '../../triage/decide-verdict.js'
import type { StepKind } from '../../triage/guide.js'
import { uncut } from './fit.js'
import { header } from './header.js'
import type { CaseContext } from '../case-context.js'
import { found, hints, longestBecauseShown, managerPart, urgent } from './show-parts.js'
import { verdictName } from './history.js'
import { proposalPart } from './memory.js'
import { longTime } from '../time.js'
import { choicesOf, counted, doneOf, isRequired, marks, stepsNow, stepViews } from './steps.js'
import type { StepView, VerdictView } from './view-parts.js'
import type { View } from './view.js'
import { escapeUntrusted } from '../escape.js'

/** A judged case: what was found, what is to be done. */
export const showJudged = (context: CaseContext, notice: string): View => {
  const { state, guide } = context
  const open = openActions(state, guide)
  const names = {
    action: stepsNow(context, 'action'),
    scope: stepsNow(context, 'scope'),
    tuning: stepsNow(context, 'tuning'),
    urgent: stepsNow(context, 'urgent'),
  }
  const isTp = state.recordedVerdict?.class === 'TP'
  // What could not wait is still to be done after a TP only; what was done before another verdict stays in sight.
  const isContained = stepsNow(context, 'urgent').some((name) => state.stepStates[name])
  const has = (kind: StepKind) => names[kind].length > 0
  // The scope stands in sight after a TP, where the card has room for it.
  const inSight = [...names.action, ...names.scope]
  const isShort = isTp && inSight.length <= mostActions + 2 && lettersIn(context, inSight) <= mostLetters
  const actions = stepViews(context, 'action')
  const scope = stepViews(context, 'scope')
  const tuning = stepViews(context, 'tuning')
  return {
    card: 'judged',
    data: {
      // No literal of a view begins with a spread: to each key that follows one, V8 makes a shape anew for every card.
      actions,
      hasActionChoices: has('action'),
      ...header(context, notice),
      ...uncut,
      ...verdict(context),
      ...(isTp || isContained ? foldedUrgent(context) : noUrgent),
      ...answersIn(context),
      ...actionChoices(context),
      scope,
      hasScopeInSight: has('scope') && isShort,
      hasScopeFolded: has('scope') && !isShort,
      doneScope: doneOf(context, names.scope),
      scopeChoices: choicesOf(context, names.scope),
      reachTitle: counted(context, 'judged.reach', names.scope),
      hasTicked: [...actions, ...scope].some(({ hasNote }) => hasNote),
      tuning,
      hasTuningChoices: has('tuning'),
      doneTuning: doneOf(context, names.tuning),
      tuningChoices: choicesOf(context, names.tuning),
      hasOpenActions: open.length > 0,
      canClose: open.length === 0,
      hasSteps: has('action') || has('scope'),
      hints: hints(context),
      manager: managerPart(context, true),
    },
  }
}

/** A closed case: the record. */
export const showClosed = (context: CaseContext, notice: string): View => {
  const actions = [...stepViews(context, 'urgent'), ...stepViews(context, 'action')]
  const proposal = proposalPart(context)
  const settled = (kind: StepKind) => stepViews(context, kind).filter(({ mark }) => mark !== marks.open)
  const [scope, tuning] = [settled('scope'), settled('tuning')]
  return {
    card: 'closed',
    data: {
      actions,
      ...header(context, notice),
      ...verdict(context),
      ...answersIn(context),
      ...proposal,
      hasActions: actions.length > 0,
      scope,
      hasScope: scope.length > 0,
      tuning,
      hasTuning: tuning.length > 0,
      summary: [
        say(context.phrases, 'closed.summary', counts([...actions, ...scope, ...tuning])),
        ...(proposal.hasEntry ? [say(context.phrases, 'proposal.hint')] : []),
      ].join(' '),
      closedBy: escapeUntrusted(context.state.closed?.by.name ?? '', 60),
      closedAt: context.state.closed
        ? longTime(context.state.closed.at, context.zone, languageOf(context.phrases))
        : '',
    },
  }
}

/** After the verdict it is always folded. */
const foldedUrgent = (context: CaseContext) => ({
  ...urgent(context),
  hasUrgentInSight: false,
  hasUrgentFolded: stepsNow(context, 'urgent').length > 0,
})

const noUrgent = {
  hasUrgentInSight: false,
  hasUrgentFolded: false,
  urgentTitle: '',
  urgentChoices: [],
  doneUrgent: '',
} as const

const answersIn = (context: CaseContext) => {
  const soFar = found(context)
  return { soFar, hasSoFar: soFar.length > 0 }
}

/** The actions to mark as done: where there are many, those that are not required are folded away. */
const actionChoices = (context: CaseContext) => {
  const all = stepsNow(context, 'action')
  const required = all.filter((name) => isRequired(context, name))
  const isMany =
    (all.length > mostActions || lettersIn(context, all) > mostLetters) &&
    required.length > 0 &&
    required.length < all.length
  const [first, more] = isMany ? [required, all.filter((name) => !required.includes(name))] : [all, []]
  return {
    doneActions: doneOf(context, first),
    actionChoices: choicesOf(context, first),
    doneMoreActions: doneOf(context, more),
    moreActionChoices: choicesOf(context, more),
    hasMoreActions: more.length > 0,
    moreTitle: counted(context, 'judged.more', more),
  }
}

/** So many actions still fit a phone together with everything else. */
const mostActions = 6
const mostLetters = 480

const lettersIn = (context: CaseContext, names: readonly string[]): number =>
  choicesOf(context, names).reduce((sum, { title }) => sum + title.length, 0)

/** Red for what is malicious, yellow for what is real but authorized, green for a false alarm: words say it as well. */
const verdictBadges = { TP: 'Attention', 'B-TP': 'Warning', FP: 'Good', undetermined: 'Default' } as const
const verdictStyles = { TP: 'attention', 'B-TP': 'warning', FP: 'good', undetermined: 'default' } as const

const counts = (all: readonly StepView[]): Readonly<Record<string, string>> => {
  const count = (wanted: string) => String(all.filter(({ mark }) => mark === wanted).length)
  return { done: count(marks.done), skipped: count(marks.skipped), open: count(marks.open) }
}

const verdict = ({ state, guide, phrases, zone }: CaseContext): VerdictView => {
  const { recordedVerdict } = state
  const known = guide.verdicts.find(({ id }) => id === recordedVerdict?.verdict)
  return {
    verdict: recordedVerdict ? verdictName(recordedVerdict.class, recordedVerdict.label) : '',
    verdictClass: recordedVerdict ? say(phrases, `class.${recordedVerdict.class}`) : '',
    verdictBadge: recordedVerdict ? verdictBadges[recordedVerdict.class] : 'Default',
    verdictStyle: recordedVerdict ? verdictStyles[recordedVerdict.class] : 'default',
    means: recordedVerdict?.means || (known?.means ?? ''),
    // In records of earlier versions the reason of an override is the because.
    because:
      recordedVerdict && recordedVerdict.because !== recordedVerdict.against
        ? escapeUntrusted(recordedVerdict.because, longestBecauseShown)
        : '',
    reason: escapeUntrusted(recordedVerdict?.against ?? '', 120),
    hasReason: recordedVerdict !== null && recordedVerdict.against !== null,
    by: escapeUntrusted(recordedVerdict?.by.name ?? '', 60),
    at: recordedVerdict ? longTime(recordedVerdict.at, zone, languageOf(phrases)) : '',
  }
}
