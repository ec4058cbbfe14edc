import { hearDeed } from '../../dialogs/hear/action-to-intent.js'
import type { Told } from '../../dialogs/hear/parse-action.js'
import { tellNext, tellVerdicts, tellWritten } from '../../dialogs/tell/describe.js'
import { say } from '../../triage/phrases.js'
import { isNews } from '../../triage/event.js'
import { isRefusal, refuse } from '../../triage/refusal.js'
import { askManager } from './ask-manager.js'
import type { Settled } from '../cases/desk.js'
import type { House } from '../app-context.js'
import { lookAt } from '../cases/find-case.js'
import { refusalText } from './refusal-text.js'
import { refusedClick } from '../people/rights.js'
import type { Message, Said } from '../chat.js'

/**
 * Do what an analyst said in words: in the case whose thread it was said in, or in the one that was named. The answer says
 * what was written, or why nothing was, and what can be said next; the case's cards are redrawn as after a click.
 */
export const doDeed = async ({ code, deed }: Told, said: Said, house: House): Promise<readonly Message[]> => {
  const { board, desk, drawing, phrases, now } = house
  const caseId = code ?? board.caseIn(said.thread)
  if (caseId === null) return [{ text: say(phrases, 'deed.which') }]
  const before = await lookAt(caseId, desk)
  const seen = before && drawing.see(before)
  if (!seen) return [{ text: refusalText(refuse('no-case', { code: caseId }), phrases) }]
  const wish = hearDeed(deed, seen, { at: now(), by: said.by })
  if (isRefusal(wish)) return [{ text: `${refusalText(wish, phrases)}\n${tellNext(seen)}` }]
  const refused = await refusedClick(said, wish, house)
  if (refused) return [{ text: refusalText(refused, phrases) }]
  const settled =
    wish.wish === 'settle'
      ? await desk.settle(caseId, wish.commands)
      : wish.wish === 'ask-manager'
        ? await askManager(caseId, wish.line, said.by, house)
        : before
  const after = drawing.see(settled) ?? seen
  const first = settled.refusal
    ? refusalText(settled.refusal, phrases)
    : deed.verb === 'chat'
      ? say(phrases, settled.written.length > 0 ? 'chat.sent' : 'chat.there')
      : tellWritten(settled.written.filter(isNews), after) || say(phrases, 'deed.unchanged')
  // Nothing else tells the ids of verdicts as long as checks are open.
  const next = deed.verb === 'verdict' && (wish.wish === 'look' || isUnknown(settled)) ? tellVerdicts : tellNext
  return [{ text: wish.wish === 'look' ? next(after) : `${first}\n${next(after)}` }]
}

const isUnknown = ({ refusal }: Settled): boolean => refusal?.refusal === 'no-verdict'
