import { say } from '../../triage/phrases.js'
import { openActions } from '../../triage/decide-verdict.js'
import { head } from './header.js'
import type { Seen } from '../case-context.js'
import { before, managerPart } from './show-parts.js'
import { verdictName } from './history.js'
import { longTime } from '../time.js'
import { type Kind, choicesOf, counted, doneOf, isRequired, labelled, marks, stepsNow, todos } from './steps.js'
import type { Todo, Verdict } from './view-parts.js'
import type { View } from './view.js'
import { visible } from '../escape.js'

/** A judged case: what was found, what is to be done. */
export const showJudged = (seen: Seen, notice: string): View => {
  const { state, playbook } = seen
  const open = openActions(state, playbook)
  const has = (kind: Kind) => stepsNow(seen, kind).length > 0
  const actions = todos(seen, 'action')
  const scope = todos(seen, 'scope')
  const tuning = todos(seen, 'tuning')
  return {
    card: 'judged',
    data: {
      ...head(seen, notice),
      ...verdict(seen),
      actions,
      hasActionChoices: has('action'),
      ...actionChoices(seen),
      scope,
      hasScopeChoices: has('scope'),
      doneScope: doneOf(seen, stepsNow(seen, 'scope')),
      scopeChoices: choicesOf(seen, stepsNow(seen, 'scope')),
      reachTitle: counted(seen, 'judged.reach', stepsNow(seen, 'scope')),
      hasTicked: [...actions, ...scope].some(({ hasNote }) => hasNote),
      tuning,
      hasTuningChoices: has('tuning'),
      doneTuning: doneOf(seen, stepsNow(seen, 'tuning')),
      tuningChoices: choicesOf(seen, stepsNow(seen, 'tuning')),
      openActions: open.map((name) => ({ title: labelled(seen, name), value: name })),
      hasOpenActions: open.length > 0,
      canClose: open.length === 0,
      hasSteps: has('action') || has('scope'),
      hints: before(seen),
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
      summary: say(seen.phrases, 'closed.summary', counts([...actions, ...scope, ...tuning])),
      closedBy: visible(seen.state.closed?.by.name ?? '', 60),
      closedAt: seen.state.closed ? longTime(seen.state.closed.at) : '',
    },
  }
}

/** The actions to tick: where there are many, those that are not required are folded away. */
const actionChoices = (seen: Seen) => {
  const all = stepsNow(seen, 'action')
  const required = all.filter((name) => isRequired(seen, name))
  const isMany = all.length > mostActions && required.length > 0
  const [first, more] = isMany ? [required, all.filter((name) => !required.includes(name))] : [all, []]
  return {
    doneActions: doneOf(seen, first),
    actionChoices: choicesOf(seen, first),
    doneMoreActions: doneOf(seen, more),
    moreActionChoices: choicesOf(seen, more),
    hasMoreActions: more.length > 0,
    moreTitle: counted(seen, 'judged.more', more),
  }
}

/** So many actions still fit a phone together with everything else. */
const mostActions = 6

const counts = (all: readonly Todo[]): Readonly<Record<string, string>> => {
  const count = (wanted: string) => String(all.filter(({ mark }) => mark === wanted).length)
  return { done: count(marks.done), skipped: count(marks.skipped), open: count(marks.open) }
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
