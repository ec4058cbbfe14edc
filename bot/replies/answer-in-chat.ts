import { hear } from '../../dialogs/hear/click-to-intent.js'
import { readText } from '../../dialogs/hear/parse-message.js'
import { type Vouch, readVouch } from '../../dialogs/hear/parse-manager-reply.js'
import { tellQuestions, tellVouched } from '../../dialogs/tell/describe-manager-reply.js'
import { say } from '../../triage/phrases.js'
import { isRefusal, refuse } from '../../triage/refusal.js'
import { answerText } from './answer-message.js'
import type { House } from '../app-context.js'
import { lookAt } from '../cases/find-case.js'
import { refusalText } from './refusal-text.js'
import { refusedClick, refusedText } from '../people/rights.js'
import type { Message, Said } from '../chat.js'

/**
 * Answer what somebody wrote in their own chat: a manager's answer to the question put to them, or anything that can be said
 * in a channel as well. Who is no analyst gets what concerns them, not the analysts' help.
 */
export const answerChat = async (said: Said, house: House): Promise<readonly Message[]> => {
  const { board, binding, phrases } = house
  const vouch = readVouch(said.text)
  if (vouch) return [{ text: await answerAsManager(vouch, said, house) }]
  const asked = readText(said.text)
  const refusal = await refusedText(said, { want: 'mine' }, house)
  if (!refusal) return answerText(asked, said, house)
  const questions = board.questionsTo(said.by.id)
  if (questions.length > 0) return [{ text: tellQuestions(questions, phrases) }]
  // Before the first channel is bound nobody is known as an analyst, and somebody has to learn how to bind it.
  const isStranger = refusal.refusal === 'not-analyst' && binding.channels().length > 0
  return isStranger && asked.want === 'help'
    ? [{ text: say(phrases, 'help.personal') }]
    : answerText(asked, said, house)
}

/** The same as the button does, for the case that was named or the only one that waits for them. Says what came of it. */
const answerAsManager = async ({ code, ...given }: Vouch, said: Said, house: House): Promise<string> => {
  const { board, desk, drawing, phrases, now } = house
  const questions = code === null ? board.questionsTo(said.by.id) : []
  const [only, ...others] = questions
  const caseId = code ?? (others.length === 0 ? only?.caseId : undefined)
  if (caseId === undefined && !board.isComplete()) return say(phrases, 'starting')
  if (caseId === undefined) return tellQuestions(questions, phrases)
  const line = (await lookAt(caseId, desk))?.state?.confirmation?.line ?? 0
  const wish = hear('vouch', { caseId, line, ...given }, { at: now(), by: said.by })
  if (isRefusal(wish) || wish.wish !== 'settle') return refusalText(refuse('nobody-asked'), phrases)
  const refused = await refusedClick(said, wish, house)
  if (refused) return refusalText(refused, phrases)
  const settled = await desk.settle(caseId, wish.commands)
  const seen = drawing.see(settled)
  return settled.refusal || !seen ? refusalText(settled.refusal ?? refuse('nobody-asked'), phrases) : tellVouched(seen)
}
