import { stageOf } from '../../triage/case.js'
import type { Check } from '../../triage/guide.js'
import { suggestedOption } from '../../triage/managers-word.js'
import { type Phrases, say, languageOf } from '../../triage/phrases.js'
import { nextOf } from '../../triage/next-checks.js'
import { evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import { type EvidenceView, evidenceFor } from './evidence.js'
import { fit, uncut } from './fit.js'
import { factsOf, firstFacts, header, nameOf } from './header.js'
import type { CaseContext } from '../case-context.js'
import { managersQuestion } from './show-form.js'
import { showClosed, showJudged } from './show-judged.js'
import { found, findingHints, hints, judging, lookUps, managerPart, noLookUps, urgent } from './show-parts.js'
import { verdictName } from './history.js'
import { longTime } from '../time.js'
import type { View, Working } from './view.js'
import { escapeUntrusted } from '../escape.js'

/** The card of a case in the channel, with a notice for who has just clicked in vain. */
export const showChannel = (context: CaseContext, notice = ''): View => fit(showWhole(context, notice), context.phrases)

const showWhole = (context: CaseContext, notice: string): View => {
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
  const { recordedVerdict, page } = state
  const next = recordedVerdict ? null : nextOf(state, guide).next
  const soFar = found(context)
  const known = next && evidenceFor(context, next)
  const head = header(context, notice)
  const first = firstFacts(head.facts, phrases)
  // Beside a group and what the registers say there is no room for more on a phone.
  const isFull = known?.hasEvidence === true && (head.hasGroup || head.hasReports)
  // Where the facts take all the room there is, what the source says is among the details alone.
  const hasFirstWords = head.hasDescription && !isFull && first.every(({ name }) => name !== '…')
  return {
    card: 'new',
    data: {
      firstFacts: first,
      ...head,
      ...uncut,
      firstWords: hasFirstWords ? escapeUntrusted(state.alert.description, longestFirstWords) : '',
      hasFirstWords,
      about: guide.about,
      canAcknowledge: page?.acknowledgedBy === null,
      acknowledgedBy: escapeUntrusted(page?.acknowledgedBy?.name ?? '', 40),
      isAcknowledged: page !== null && page.acknowledgedBy !== null,
      urgent: guide.urgent.map((step) => ({ text: step.when === null ? step.do : `${step.do} (${step.when})` })),
      hasUrgent: guide.urgent.length > 0,
      hints: [...hints(context), ...learning(context)],
      foldedHints: [],
      guidance: say(phrases, `guidance.${guide.guidance}`),
      soFar,
      hasSoFar: soFar.length > 0,
      verdict: recordedVerdict ? verdictName(recordedVerdict.class, recordedVerdict.label) : '',
      hasVerdict: recordedVerdict !== null,
      hasCheck: next !== null,
      check: next?.id ?? '',
      ask: next?.ask ?? '',
      how: next?.how ?? '',
      ...(next ? lookUps(context, next.look) : noLookUps),
      evidence: known?.evidence ?? [],
      hasEvidence: known?.hasEvidence ?? false,
      options: next ? optionsOf(next, context, known) : [],
    },
  }
}

/** So much of what the source says stands in sight; more of it is among the details. */
const longestFirstWords = 160

const showWork = (context: CaseContext, notice: string): View => {
  const { state, guide, phrases } = context
  const { next, step, of } = nextOf(state, guide)
  const soFar = found(context)
  const hasSoFar = soFar.length > 0
  if (!next) return { card: 'verdict', data: { soFar, hasSoFar, ...header(context, notice), ...judging(context) } }
  const manager = managerPart(context, next.manager !== null)
  const known = evidenceFor(context, next)
  const asked = particulars(next, phrases)
  const already = evaluateVerdicts(guide, state.answers)
    .filter(({ state, verdict }) => state === 'allowed' && verdict.class !== 'undetermined')
    .map(({ verdict }) => ({ label: verdictName(verdict.class, verdict.label) }))
  return {
    card: 'work',
    data: {
      check: next.id,
      ...header(context, notice),
      ...uncut,
      ...urgent(context),
      step,
      of,
      ask: next.ask,
      how: next.how,
      ...lookUps(context, next.look),
      evidence: known.evidence,
      hasEvidence: known.hasEvidence,
      options: optionsOf(next, context, known),
      findingLabel: findingLabel(next, phrases),
      finding: context.draft ?? '',
      particulars: asked,
      hasParticulars: asked !== '',
      soFar,
      hasSoFar,
      already,
      hasAlready: already.length > 0,
      hints: [...hints(context), ...findingHints(context)],
      foldedHints: [],
      manager,
      hasWordHere: manager.hasState && state.confirmation?.check === next.id,
      hasWordElsewhere: manager.hasState && state.confirmation?.check !== next.id,
    },
  }
}

/** The options as they are tapped; the one that the registers or the manager's answer point to says so. */
const optionsOf = (check: Check, { state, phrases }: CaseContext, known: EvidenceView | null): Working['options'] => {
  const byManager = suggestedOption(state.confirmation, check)
  const byRegisters = known?.suggested ?? ''
  // Where the two point to different answers, none is marked: both stand above the options.
  const isSplit = byManager !== null && byRegisters !== '' && byManager !== byRegisters
  const manager = escapeUntrusted(state.confirmation?.manager.name ?? '', 30)
  const suggestionFor = (id: string): string => {
    if (isSplit) return ''
    if (id === byManager) return say(phrases, 'option.suggested', { manager })
    return id === byRegisters ? say(phrases, 'evidence.suggested') : ''
  }
  return check.options.map(({ id, text }) => ({
    title: text,
    value: id,
    isSuggested: suggestionFor(id) !== '',
    suggestion: suggestionFor(id),
  }))
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

/** What to keep in mind from the start: the learning period, where it changes how the alert reads. */
const learning = ({ guide, phrases, related = [] }: CaseContext) => {
  if (!guide.learning || guide.learning.effect === 'unstated') return []
  // Where there were earlier cases, nobody draws a conclusion from a lack of them.
  if (guide.learning.effect === 'quiet' && related.some(({ shares }) => shares.includes('person'))) return []
  const { from, to } = guide.learning.days
  const days = from === to ? String(to) : say(phrases, 'learning.days', { from: String(from), to: String(to) })
  return [{ text: say(phrases, `learning.${guide.learning.effect}`, { days }) }]
}

/** The card in the manager's personal chat: the question, or what became of it. Null when nobody was asked. */
export const showManager = (context: CaseContext, notice = ''): View | null => {
  const { state, phrases, zone } = context
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
    return {
      card: 'question',
      data: {
        ...common,
        ask: managersQuestion(context),
        // Whom it is about stands above; more than when and from where a manager can do nothing with.
        facts: factsOf({ ...state.alert, people: [] }, { phrases, zone }).slice(0, 2),
        asker: escapeUntrusted(asked.askedBy.name, 60),
        until: longTime(asked.until, zone, languageOf(phrases)),
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
      canChange: asked.state === 'answered',
    },
  }
}

/** The card of the manager who was asked before the question went to someone else; null where it did not. */
export const showPassedOn = (context: CaseContext): View | null => {
  const { state, phrases } = context
  const asked = state.confirmation
  if (!asked?.passedOn) return null
  const asker = escapeUntrusted(asked.askedBy.name, 60)
  return {
    card: 'thanks',
    data: {
      caseId: state.id,
      line: asked.passedOn.line,
      who: escapeUntrusted(asked.about, 120),
      notice: '',
      hasNotice: false,
      title: say(phrases, 'thanks.passed-on'),
      text: say(phrases, 'thanks.passed-on.text', { answer: '', asker }),
      canChange: false,
    },
  }
}

/** The person an alert is about, for the question to the manager; "" when it names nobody. */
export const aboutWhom = ({ state }: CaseContext): string => {
  const person = state.alert.people[0]
  return person ? escapeUntrusted(nameOf(person), 120) : ''
}
