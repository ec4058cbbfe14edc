import { fill } from '../../triage/because.js'
import { stageOf } from '../../triage/case.js'
import { say } from '../../triage/phrases.js'
import { walk } from '../../triage/next-checks.js'
import { weigh } from '../../triage/evaluate-verdicts.js'
import { factsOf, head, nameOf } from './header.js'
import type { Seen } from '../case-context.js'
import { showClosed, showJudged } from './show-judged.js'
import { before, found, judging, managerPart, verdictChoices } from './show-parts.js'
import { verdictName } from './history.js'
import { longTime } from '../time.js'
import type { View } from './view.js'
import { visible } from '../escape.js'

/** The card of a case in the channel, with a notice for who has just clicked in vain. */
export const showChannel = (seen: Seen, notice = ''): View => {
  switch (stageOf(seen.state)) {
    case 'new':
      return showNew(seen, notice)
    case 'work':
      return showWork(seen, notice)
    case 'judged':
      return showJudged(seen, notice)
    case 'closed':
      return showClosed(seen, notice)
  }
}

const showNew = (seen: Seen, notice: string): View => {
  const { state, playbook, phrases } = seen
  const { judgement } = state
  const soFar = found(seen)
  const description = visible(state.alert.description, 500)
  return {
    card: 'new',
    data: {
      ...head(seen, notice),
      about: playbook.about,
      description,
      hasDescription: description !== '',
      hints: [...before(seen), ...learning(seen)],
      guidance: say(phrases, `guidance.${playbook.guidance}`),
      soFar,
      hasSoFar: soFar.length > 0,
      verdict: judgement ? verdictName(judgement.class, judgement.label) : '',
      hasVerdict: judgement !== null,
    },
  }
}

const showWork = (seen: Seen, notice: string): View => {
  const { state, playbook, phrases } = seen
  const { next, ahead } = walk(playbook, state.answers)
  if (!next) return { card: 'verdict', data: { ...head(seen, notice), ...judging(seen) } }
  const soFar = found(seen)
  const already = weigh(playbook, state.answers)
    .filter(({ state, verdict }) => state === 'allowed' && verdict.class !== 'undetermined')
    .map(({ verdict }) => ({ label: verdictName(verdict.class, verdict.label) }))
  return {
    card: 'work',
    data: {
      ...head(seen, notice),
      check: next.id,
      step: state.answers.length + 1,
      of: state.answers.length + ahead.length,
      ask: next.ask,
      how: next.how,
      options: next.options.map(({ id, text }) => ({ title: text, value: id })),
      soFar,
      hasSoFar: soFar.length > 0,
      already,
      hasAlready: already.length > 0,
      hints: before(seen),
      manager: managerPart(seen, next.manager !== null),
      verdicts: verdictChoices(seen, phrases),
    },
  }
}

/** What to keep in mind from the start: the learning period. */
const learning = ({ playbook, phrases }: Seen) => {
  if (!playbook.learning) return []
  const { from, to } = playbook.learning.days
  const days = from === to ? String(to) : say(phrases, 'learning.days', { from: String(from), to: String(to) })
  return [{ text: say(phrases, `learning.${playbook.learning.effect}`, { days }) }]
}

/** The card in the manager's personal chat: the question, or what became of it. Null when nobody was asked. */
export const showManager = (seen: Seen, notice = ''): View | null => {
  const { state, playbook, phrases } = seen
  const asked = state.confirmation
  if (!asked) return null
  const common = {
    caseId: state.id,
    line: asked.line,
    who: visible(asked.about, 120),
    notice: visible(notice, 400),
    hasNotice: notice !== '',
  }
  if (asked.state === 'asked' && !state.closed) {
    const check = playbook.checks.find(({ id }) => id === asked.check)
    return {
      card: 'question',
      data: {
        ...common,
        manager: visible(asked.manager.name, 60),
        what: say(phrases, 'question.what', { kind: playbook.title }),
        ask: visible(fill(check?.manager?.ask ?? say(phrases, 'question.ask'), state.alert), 400),
        facts: factsOf(state.alert, phrases).slice(0, 4),
        asker: visible(asked.askedBy.name, 60),
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
        asker: visible(asked.askedBy.name, 60),
      }),
      canChange: asked.state === 'answered' && !state.closed,
    },
  }
}

/** The person an alert is about, for the question to the manager; "" when it names nobody. */
export const aboutWhom = ({ state }: Seen): string => {
  const person = state.alert.people[0]
  return person ? visible(nameOf(person), 120) : ''
}
