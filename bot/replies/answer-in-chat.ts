import { clickToIntent } from '../../dialogs/hear/click-to-intent.js'
import { parseMessage } from '../../dialogs/hear/parse-message.js'
import { type ManagerReply, parseManagerReply } from '../../dialogs/hear/parse-manager-reply.js'
import { describeOpenConfirmations, describeReply } from '../../dialogs/tell/describe-manager-reply.js'
import { say } from '../../triage/phrases.js'
import { isRefusal, refuse } from '../../triage/refusal.js'
import { answerMessage } from './answer-message.js'
import type { AppContext } from '../app-context.js'
import { findCase } from '../cases/find-case.js'
import { refusalText } from './refusal-text.js'
import { refusedClick, refusedText } from '../people/rights.js'
import type { Message, ChatMessage } from '../chat.js'

/**
 * Answer what somebody wrote in their own chat: a manager's answer to the question put to them, or anything that can be said
 * in a channel as well. Who is no analyst gets what concerns them, not the analysts' help.
 */
export const answerInChat = async (said: ChatMessage, app: AppContext): Promise<readonly Message[]> => {
  const { openCases, binding, phrases } = app
  const vouch = parseManagerReply(said.text)
  if (vouch) return [{ text: await answerConfirmation(vouch, said, app) }]
  const asked = parseMessage(said.text)
  const refusal = await refusedText(said, { want: 'mine' }, app)
  if (!refusal) return answerMessage(asked, said, app)
  const questions = openCases.confirmationsFor(said.by.id)
  if (questions.length > 0) return [{ text: describeOpenConfirmations(questions, phrases) }]
  // Before the first channel is bound nobody is known as an analyst, and somebody has to learn how to bind it.
  const isStranger = refusal.refusal === 'not-analyst' && binding.channels().length > 0
  return isStranger && asked.want === 'help'
    ? [{ text: say(phrases, 'help.personal') }]
    : answerMessage(asked, said, app)
}

/** The same as the button does, for the case that was named or the only one that waits for them. Says what came of it. */
const answerConfirmation = async (
  { code, ...given }: ManagerReply,
  said: ChatMessage,
  app: AppContext,
): Promise<string> => {
  const { openCases, desk, renderer, phrases, now } = app
  const questions = code === null ? openCases.confirmationsFor(said.by.id) : []
  const [only, ...others] = questions
  const caseId = code ?? (others.length === 0 ? only?.caseId : undefined)
  if (caseId === undefined && !openCases.isComplete()) return say(phrases, 'starting')
  if (caseId === undefined) return describeOpenConfirmations(questions, phrases)
  const line = (await findCase(caseId, desk))?.state?.confirmation?.line ?? 0
  const intent = clickToIntent('vouch', { caseId, line, ...given }, { at: now(), by: said.by })
  if (isRefusal(intent) || intent.intent !== 'settle') return refusalText(refuse('nobody-asked'), phrases)
  const refused = await refusedClick(said, intent, app)
  if (refused) return refusalText(refused, phrases)
  const settled = await desk.settle(caseId, intent.commands)
  const context = renderer.contextOf(settled)
  return settled.refusal || !context
    ? refusalText(settled.refusal ?? refuse('nobody-asked'), phrases)
    : describeReply(context)
}
