import { fill } from '../../triage/because.js'
import { stageOf } from '../../triage/case.js'
import type { Check } from '../../triage/guide.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { nextChecks } from '../../triage/next-checks.js'
import { evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import { evidenceFor } from './evidence.js'
import { factsOf, header, nameOf } from './header.js'
import type { CaseContext } from '../case-context.js'
import { showClosed, showJudged } from './show-judged.js'
import {
  answered,
  found,
  findingHints,
  hints,
  judging,
  lookUps,
  managerPart,
  urgent,
  verdictChoices,
} from './show-parts.js'
import { verdictName } from './history.js'
import { longTime } from '../time.js'
import type { View } from './view.js'
import { escapeUntrusted } from '../escape.js'

/** The card of a case in the channel, with a notice for who has just clicked in vain. */
export const showChannel = (context: CaseContext, notice = ''): View => {
  switch (stageOf(context.state)) {
    case 'new':
      return showNew(context, notice)
    case 'work':
      return showWork(context, notice)
    case 'judged':
      return showJudged(context, notice)
    case 'closed':
      return showClosed(context, notice)
  }
}

const showNew = (context: CaseContext, notice: string): View => {
  const { state, guide, phrases } = context
  const { recordedVerdict } = state
  const soFar = found(context)
  return {
    card: 'new',
    data: {
      ...header(context, notice),
      about: guide.about,
      urgent: guide.urgent.map((step) => ({ text: step.when === null ? step.do : `${step.do} (${step.when})` })),
      hasUrgent: guide.urgent.length > 0,
      hints: [...hints(context), ...learning(context)],
      guidance: say(phrases, `guidance.${guide.guidance}`),
      soFar,
      hasSoFar: soFar.length > 0,
      verdict: recordedVerdict ? verdictName(recordedVerdict.class, recordedVerdict.label) : '',
      hasVerdict: recordedVerdict !== null,
    },
  }
}

const showWork = (context: CaseContext, notice: string): View => {
  const { state, guide, phrases } = context
  const { next, step, of } = nextChecks(guide, state.answers)
  if (!next) return { card: 'verdict', data: { ...header(context, notice), ...judging(context) } }
  const soFar = found(context)
  const known = evidenceFor(context, next)
  const already = evaluateVerdicts(guide, state.answers)
    .filter(({ state, verdict }) => state === 'allowed' && verdict.class !== 'undetermined')
    .map(({ verdict }) => ({ label: verdictName(verdict.class, verdict.label) }))
  return {
    card: 'work',
    data: {
      ...header(context, notice),
      ...urgent(context),
      check: next.id,
      step,
      of,
      ask: next.ask,
      how: next.how,
      ...lookUps(context, next.look),
      evidence: known.evidence,
      hasEvidence: known.hasEvidence,
      options: next.options.map(({ id, text }) => ({
        title: id === known.suggested ? say(phrases, 'evidence.suggested', { option: text }) : text,
        value: id,
      })),
      findingLabel: findingLabel(next, phrases),
      particulars: particulars(next, phrases),
      hasParticulars: particulars(next, phrases) !== '',
      answered: answered(context),
      soFar,
      hasSoFar: soFar.length > 0,
      already,
      hasAlready: already.length > 0,
      hints: [...hints(context), ...findingHints(context)],
      manager: managerPart(context, next.manager !== null),
      verdicts: verdictChoices(context, phrases),
    },
  }
}

/** What to write down beside the answer; where the check mostly decides it is not called optional. */
const findingLabel = ({ finding, decides }: Check, phrases: Phrases): string => {
  const ask = finding ?? say(phrases, 'finding.ask')
  return decides ? ask : say(phrases, 'finding.optional', { ask })
}

const particulars = ({ options }: Check, phrases: Phrases): string =>
  options.filter(({ asks }) => asks !== null).length > mostParticulars
    ? ''
    : options
        .flatMap(({ text, asks }) =>
          asks === null ? [] : [say(phrases, 'finding.particular', { option: text, asks })],
        )
        .join(' ')

/** More would fill the card; what an option asks for is missed after the answer anyway. */
const mostParticulars = 1

/** What to keep in mind from the start: the learning period. */
const learning = ({ guide, phrases }: CaseContext) => {
  if (!guide.learning) return []
  const { from, to } = guide.learning.days
  const days = from === to ? String(to) : say(phrases, 'learning.days', { from: String(from), to: String(to) })
  return [{ text: say(phrases, `learning.${guide.learning.effect}`, { days }) }]
}

/** The card in the manager's personal chat: the question, or what became of it. Null when nobody was asked. */
export const showManager = (context: CaseContext, notice = ''): View | null => {
  const { state, guide, phrases } = context
  const asked = state.confirmation
  if (!asked) return null
  const common = {
    caseId: state.id,
    line: asked.line,
    who: escapeUntrusted(asked.about, 120),
    notice: escapeUntrusted(notice, 400),
    hasNotice: notice !== '',
  }
  if ((asked.state === 'asked' || asked.state === 'unreached') && !state.closed) {
    const known = guide.checks.find(({ id }) => id === asked.check)?.manager?.ask
    return {
      card: 'question',
      data: {
        ...common,
        ask: escapeUntrusted(fill(asked.ask ?? known ?? say(phrases, 'question.ask'), state.alert), 400),
        // Whom it is about stands above; more than when and from where a manager can do nothing with.
        facts: factsOf({ ...state.alert, people: [] }, phrases).slice(0, 2),
        asker: escapeUntrusted(asked.askedBy.name, 60),
        until: longTime(asked.until),
      },
    }
  }
  const outcome = asked.state === 'answered' ? 'answered' : state.closed ? 'closed' : 'expired'
  return {
    card: 'thanks',
    data: {
      ...common,
      title: say(phrases, `thanks.${outcome}`),
      text: say(phrases, `thanks.${outcome}.text`, {
        answer: asked.answer === null ? '' : say(phrases, `manager.${asked.answer}`),
        asker: escapeUntrusted(asked.askedBy.name, 60),
      }),
      canChange: asked.state === 'answered' && !state.closed,
    },
  }
}

/** The person an alert is about, for the question to the manager; "" when it names nobody. */
export const aboutWhom = ({ state }: CaseContext): string => {
  const person = state.alert.people[0]
  return person ? escapeUntrusted(nameOf(person), 120) : ''
}
