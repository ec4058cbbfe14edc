import { type Phrases, say } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { dates } from '../show/history.js'
import { escapeUntrusted } from '../escape.js'

/** An open question to a manager, as far as it is needed to tell it from others. */
export type OpenConfirmation = {
  readonly caseId: string
  readonly about: string
  /** The name of who asked. */
  readonly asker: string
}

/** What a manager does about the questions that wait for them, as plain text; with none, that nobody waits. */
export const describeOpenConfirmations = (questions: readonly OpenConfirmation[], phrases: Phrases): string => {
  const [first, ...others] = questions
  if (!first) return say(phrases, 'confirmation.none')
  if (others.length === 0) {
    const [about, asker] = [escapeUntrusted(first.about, 120), escapeUntrusted(first.asker, 60)]
    return say(phrases, 'confirmation.waiting', { about, asker, code: first.caseId })
  }
  const lines = questions.slice(0, most).map(({ caseId, about }) => `\n${caseId}: ${escapeUntrusted(about, 120)}`)
  const more = questions.length - most
  const rest = more > 0 ? `\n${say(phrases, 'list.more', { count: String(more) })}` : ''
  return say(phrases, 'confirmation.which', { code: first.caseId, questions: `${lines.join('')}${rest}` })
}

const most = 10

/** What was recorded of a manager's answer, and how to correct it, as plain text; "" when there is none. */
export const describeReply = ({ state, phrases }: CaseContext): string => {
  const { confirmation } = state
  if (!confirmation?.answer) return ''
  const { answer, from, to, note, about, askedBy } = confirmation
  return say(phrases, 'confirmation.recorded', {
    code: state.id,
    about: escapeUntrusted(about, 120),
    answer: say(phrases, `manager.${answer}`),
    dates: dates(from, to, phrases),
    note: note === '' ? '' : ` “${escapeUntrusted(note, 300)}”`,
    asker: escapeUntrusted(askedBy.name, 60),
  })
}
