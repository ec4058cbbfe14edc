import type { Case } from './case.js'
import type { Command } from './command.js'
import { closeCase, recordVerdict, reopen, skip, tick, withdrawVerdict } from './decide-verdict.js'
import { askManager, answerConfirmation, expireConfirmation } from './decide-manager.js'
import { answer, take, note, release, takeOver, withdrawAnswer } from './decide-work.js'
import { beginPost, continueInChat, show, unshow } from './decide-card.js'
import type { Event } from './event.js'
import type { Guide } from './guide.js'
import { type Refusal, refuse } from './refusal.js'

/** What a command leads to: events to append (none when it is already so), or a refusal. */
export type Decision = readonly Event[] | Refusal

/**
 * The law: what may be written in the diary of a case.
 *
 * Pure and total: it never throws and needs nothing but what it is given. A click that saw an older line of news than the
 * newest is refused as `old-card`, so whatever was clicked twice or too late has no effect.
 */
export const decide = (command: Command, state: Case | null, guide: Guide): Decision => {
  if (command.type === 'open') return open(command, state)
  if (!state) return refuse('no-case', { code: command.caseId })
  if (command.line !== null && command.line !== state.news) return refuse('old-card', { code: state.id })
  switch (command.type) {
    case 'take':
      return take(command, state)
    case 'release':
      return release(command, state)
    case 'take-over':
      return takeOver(command, state)
    case 'answer':
      return answer(command, state, guide)
    case 'withdraw-answer':
      return withdrawAnswer(command, state)
    case 'record-verdict':
      return recordVerdict(command, state, guide)
    case 'withdraw-verdict':
      return withdrawVerdict(command, state)
    case 'mark-steps':
      return tick(command, state, guide)
    case 'skip':
      return skip(command, state, guide)
    case 'note':
      return note(command)
    case 'ask-manager':
      return askManager(command, state, guide)
    case 'answer-confirmation':
      return answerConfirmation(command, state)
    case 'expire-confirmation':
      return expireConfirmation(command, state)
    case 'close':
      return closeCase(command, state, guide)
    case 'reopen':
      return reopen(command, state)
    case 'continue-in-chat':
      return continueInChat(command, state)
    case 'begin-post':
      return beginPost(command, state)
    case 'show':
      return show(command, state)
    case 'unshow':
      return unshow(command, state)
  }
}

const open = ({ at, by, caseId, alert, guide, related = [] }: Command & { type: 'open' }, state: Case | null) =>
  state
    ? []
    : [{ type: 'opened' as const, caseId, alert, playbook: guide, ...(related.length > 0 && { related }), at, by }]
