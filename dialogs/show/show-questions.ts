import { type Phrases, say } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { cutToWidth, escapeUntrusted } from '../escape.js'
import { longTime } from '../time.js'
import { factsOf } from './header.js'
import { managersQuestion } from './show-form.js'
import type { View } from './view.js'

/**
 * One card with the questions of several cases to the same manager: those that wait, oldest first, and what became of the others, newest
 * first. Where more wait than can be read at once, the rest is counted and follows. `notice` says why a press changed nothing.
 */
export const showQuestions = (contexts: readonly CaseContext[], phrases: Phrases, notice = ''): View => {
  const waiting = contexts.filter(isWaiting)
  const others = contexts.filter((one) => !isWaiting(one))
  const left = waiting.length - mostWaiting
  return {
    card: 'questions',
    data: {
      notice: escapeUntrusted(notice, 200),
      hasNotice: notice !== '',
      open: waiting.slice(0, mostWaiting).flatMap(openRow),
      more: left > 0 ? say(phrases, 'questions.more', { count: String(left) }) : '',
      hasMore: left > 0,
      answered: others.slice(-mostAnswered).toReversed().flatMap(answeredRow),
    },
  }
}

/** True while the question of a case waits for its manager. */
export const isWaiting = ({ state: { confirmation, closed } }: CaseContext): boolean =>
  (confirmation?.state === 'asked' || confirmation?.state === 'unreached') && closed === null

/** More would take several screens of a phone. */
const mostWaiting = 2
const mostAnswered = 2

const openRow = (context: CaseContext) => {
  const { state, phrases, zone } = context
  const { confirmation: asked } = state
  if (!asked) return []
  return [
    {
      caseId: state.id,
      line: asked.line,
      who: escapeUntrusted(asked.about, 60),
      ask: cutToWidth(managersQuestion(context), 140),
      facts: factsOf({ ...state.alert, people: [] }, { phrases, zone })
        .slice(0, 2)
        .map(({ name, value }) => ({ name, value: cutToWidth(value, 60) })),
      asker: escapeUntrusted(asked.askedBy.name, 30),
      until: longTime(asked.until, zone),
    },
  ]
}

const answeredRow = ({ state, phrases }: CaseContext) => {
  const { confirmation: asked, closed } = state
  if (!asked) return []
  const outcome = asked.state === 'answered' ? 'answered' : closed ? 'closed' : 'expired'
  return [
    {
      caseId: state.id,
      who: escapeUntrusted(asked.about, 60),
      text: say(phrases, `questions.${outcome}`, {
        answer: asked.answer === null ? '' : say(phrases, `manager.${asked.answer}`),
        asker: escapeUntrusted(asked.askedBy.name, 30),
      }),
    },
  ]
}
