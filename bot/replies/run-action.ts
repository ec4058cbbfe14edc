import { actionToIntent } from '../../dialogs/hear/action-to-intent.js'
import type { AddressedAction } from '../../dialogs/hear/parse-action.js'
import { describeNext, describeVerdicts, describeEvents } from '../../dialogs/tell/describe.js'
import { say } from '../../triage/phrases.js'
import { isRefusal, refuse } from '../../triage/refusal.js'
import { askManager } from './ask-manager.js'
import type { CommandResult } from '../cases/desk.js'
import type { AppContext } from '../app-context.js'
import { findCase } from '../cases/find-case.js'
import { refusalText } from './refusal-text.js'
import { refusedClick } from '../people/rights.js'
import type { Message, ChatMessage } from '../chat.js'

/**
 * Do what an analyst said in words: in the case whose thread it was said in, or in the one that was named. The answer says
 * what was written, or why nothing was, and what can be said next; the case's cards are redrawn as after a click.
 */
export const runAction = async (
  { code, action }: AddressedAction,
  said: ChatMessage,
  app: AppContext,
): Promise<readonly Message[]> => {
  const { openCases, desk, renderer, phrases, now } = app
  const caseId = code ?? openCases.caseIn(said.thread)
  if (caseId === null) return [{ text: say(phrases, 'action.which') }]
  const before = await findCase(caseId, desk)
  const context = before && renderer.contextOf(before)
  if (!context) return [{ text: refusalText(refuse('no-case', { code: caseId }), phrases) }]
  const intent = actionToIntent(action, context, { at: now(), by: said.by })
  if (isRefusal(intent)) return [{ text: `${refusalText(intent, phrases)}\n${describeNext(context)}` }]
  const refused = await refusedClick(said, intent, app)
  if (refused) return [{ text: refusalText(refused, phrases) }]
  const settled =
    intent.intent === 'settle'
      ? await desk.settle(caseId, intent.commands)
      : intent.intent === 'ask-manager'
        ? await askManager(caseId, intent.line, said.by, app)
        : before
  const after = renderer.contextOf(settled) ?? context
  const first = settled.refusal
    ? refusalText(settled.refusal, phrases)
    : action.verb === 'chat'
      ? say(phrases, settled.owed.length > 0 ? 'chat.sent' : 'chat.there')
      : describeEvents(settled.written, after) || say(phrases, 'action.unchanged')
  // Nothing else tells the ids of verdicts as long as checks are open.
  const next =
    action.verb === 'verdict' && (intent.intent === 'look' || isUnknown(settled)) ? describeVerdicts : describeNext
  return [{ text: intent.intent === 'look' ? next(after) : `${first}\n${next(after)}` }]
}

const isUnknown = ({ refusal }: CommandResult): boolean => refusal?.refusal === 'no-verdict'
