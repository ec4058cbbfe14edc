import type { Case } from './case.js'
import type { Command } from './command.js'
import { closeCase, judge, reopen, skip, tick, withdrawJudgement } from './decide-verdict.js'
import { askManager, answerAsManager, expireQuestion } from './decide-manager.js'
import { answer, claim, note, release, takeOver, withdrawAnswer } from './decide-work.js'
import { beginPost, continueInChat, show, unshow } from './decide-card.js'
import type { Event } from './event.js'
import type { Playbook } from './guide.js'
import { type Refusal, refuse } from './refusal.js'

/** What a command leads to: events to append (none when it is already so), or a refusal. */
export type Decision = readonly Event[] | Refusal

/**
 * The law: what may be written in the diary of a case.
 *
 * Pure and total: it never throws and needs nothing but what it is given. A click that saw an older line of news than the
 * newest is refused as `old-card`, so whatever was clicked twice or too late has no effect.
 */
export const decide = (command: Command, state: Case | null, playbook: Playbook): Decision => {
  if (command.type === 'open') return open(command, state)
  if (!state) return refuse('no-case', { code: command.caseId })
  if (command.line !== null && command.line !== state.news) return refuse('old-card', { code: state.id })
  switch (command.type) {
    case 'claim':
      return claim(command, state)
    case 'release':
      return release(command, state)
    case 'take-over':
      return takeOver(command, state)
    case 'answer':
      return answer(command, state, playbook)
    case 'withdraw-answer':
      return withdrawAnswer(command, state)
    case 'judge':
      return judge(command, state, playbook)
    case 'withdraw-judgement':
      return withdrawJudgement(command, state)
    case 'tick':
      return tick(command, state, playbook)
    case 'skip':
      return skip(command, state, playbook)
    case 'note':
      return note(command)
    case 'ask-manager':
      return askManager(command, state, playbook)
    case 'answer-as-manager':
      return answerAsManager(command, state)
    case 'expire-question':
      return expireQuestion(command, state)
    case 'close':
      return closeCase(command, state, playbook)
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

const open = ({ at, by, caseId, alert, playbook, related = [] }: Command & { type: 'open' }, state: Case | null) =>
  state ? [] : [{ type: 'opened' as const, caseId, alert, playbook, ...(related.length > 0 && { related }), at, by }]
