import type { Case } from './case.js'
import type { Command } from './command.js'
import type { Decision } from './decision.js'
import { acknowledge, page, passOn, releaseSilent, remind } from './decide-clocks.js'
import {
  allowVerifier,
  noteDoubts,
  answerConfirmation,
  askManager,
  expireConfirmation,
  noteInstalled,
  noteUnreached,
  revokeJourney,
} from './decide-manager.js'
import { noteEffect } from './decide-effect.js'
import { addMember, follow, leave, noteIncident, noteReport, takeOut } from './decide-group.js'
import { closeCase, recordVerdict, reopen, skip, markSteps, withdrawVerdict } from './decide-verdict.js'
import { approveAction, askAction, declineAction, expireAction, finishAction, undoAction } from './decide-response.js'
import {
  answer,
  continueInChat,
  note,
  noteFinding,
  noteRelated,
  noteSource,
  release,
  take,
  takeOver,
  withdrawAnswer,
} from './decide-work.js'
import { noteLookUps } from './decide-look-ups.js'
import type { Event } from './event.js'
import { evolve } from './evolve.js'
import type { Guide } from './guide.js'
import { guideChange } from './guide-change.js'
import { isLate } from './late.js'
import { isRefusal, refuse } from './refusal.js'

/**
 * The rules: what may be written in the diary of a case.
 *
 * Pure and total: it never throws and needs nothing but what it is given. What was clicked twice or too late is refused as
 * `old-card`: too late is a click that relies on something that has changed since the line it saw.
 */
export const decide = (command: Command, state: Case | null, guide: Guide): Decision => {
  if (command.type === 'open') return open(command, state, guide)
  if (!state) return refuse('no-case', { code: command.caseId })
  const change = guideChange(command, state, guide)
  const current = change ? (evolve(state, change) ?? state) : state
  if (isLate(command, current, state.line - 1) || isLateFinding(command, current))
    return refuse('old-card', { code: state.id })
  const decision = decideNow(command, current, guide)
  return isRefusal(decision) || !change || (decision.length === 0 && command.type !== 'update-guide')
    ? decision
    : [change, ...decision]
}

const decideNow = (command: Exclude<Command, { type: 'open' }>, state: Case, guide: Guide): Decision => {
  switch (command.type) {
    case 'take':
      return take(command, state)
    case 'release':
      return release(command, state)
    case 'take-over':
      return takeOver(command, state)
    case 'answer':
      return answer(command, state, guide)
    case 'note-finding':
      return noteFinding(command, state, guide)
    case 'withdraw-answer':
      return withdrawAnswer(command, state, guide)
    case 'record-verdict':
      return recordVerdict(command, state, guide)
    case 'withdraw-verdict':
      return withdrawVerdict(command, state)
    case 'mark-steps':
      return markSteps(command, state, guide)
    case 'skip':
      return skip(command, state, guide)
    case 'note':
      return note(command, state)
    case 'ask-manager':
      return askManager(command, state, guide)
    case 'note-doubts':
      return noteDoubts(command, state)
    case 'allow-verifier':
      return allowVerifier(command, state)
    case 'note-installed':
      return noteInstalled(command, state)
    case 'answer-confirmation':
      return answerConfirmation(command, state)
    case 'revoke-journey':
      return revokeJourney(command, state)
    case 'expire-confirmation':
      return expireConfirmation(command, state)
    case 'note-unreached':
      return noteUnreached(command, state)
    case 'note-related':
      return noteRelated(command, state)
    case 'close':
      return closeCase(command, state, guide)
    case 'reopen':
      return reopen(command, state, guide)
    case 'continue-in-chat':
      return continueInChat(command, state)
    case 'note-report':
      return noteReport(command, state)
    case 'add-member':
      return addMember(command, state)
    case 'take-out':
      return takeOut(command, state)
    case 'follow':
      return follow(command, state, guide)
    case 'leave':
      return leave(command, state)
    case 'note-incident':
      return noteIncident(command, state)
    case 'note-look-ups':
      return noteLookUps(command, state, guide)
    case 'page':
      return page(command, state)
    case 'acknowledge':
      return acknowledge(command, state)
    case 'remind':
      return remind(command, state)
    case 'release-silent':
      return releaseSilent(command, state)
    case 'pass-on':
      return passOn(command, state)
    case 'update-guide':
      return []
    case 'note-source':
      return noteSource(command, state)
    case 'ask-action':
      return askAction(command, state, guide)
    case 'undo-action':
      return undoAction(command, state)
    case 'approve-action':
      return approveAction(command, state, guide)
    case 'decline-action':
      return declineAction(command, state)
    case 'expire-action':
      return expireAction(command, state)
    case 'finish-action':
      return finishAction(command, state)
    case 'note-effect':
      return noteEffect(command, state, guide)
  }
}

const open = (
  { at, by, caseId, alert, guide: playbook, related = [], joins }: Command & { type: 'open' },
  state: Case | null,
  { version, title, language }: Guide,
): Decision => {
  if (state) return []
  const opened: Event =
    related.length > 0
      ? { type: 'opened', caseId, alert, playbook, version, title, language, related, at, by }
      : { type: 'opened', caseId, alert, playbook, version, title, language, at, by }
  return joins ? [opened, { type: 'joined', ...joins, at, by }] : [opened]
}

/**
 * The same answer a second time only writes down what was seen for it. So it is late once that was written anew: sent twice, it would
 * take a newer finding back.
 */
const isLateFinding = (command: Command, { answers, changed }: Case): boolean =>
  command.type === 'answer' &&
  command.line !== null &&
  changed.findings > command.line &&
  answers.some(({ check, option }) => check === command.check && option === command.option)
