import { listAsked } from '../../dialogs/show/response.js'
import { showHelp } from '../../dialogs/show/show-help.js'
import {
  describeAnswers,
  describeEvents,
  describeNext,
  describeStep,
  describeVerdicts,
} from '../../dialogs/tell/describe.js'
import { describeOpenConfirmations, describeReply } from '../../dialogs/tell/describe-manager-reply.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { Message } from '../chat.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import type { Origin } from './origin.js'
import { refusalText } from './refusal-text.js'
import type { CaseResult, Result } from './result.js'
import { foundMessage, listMessage } from './list-message.js'

type Parts = {
  readonly renderer: Pick<CaseRenderer, 'channel' | 'chat' | 'view' | 'listed'>
  readonly phrases: Phrases
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/** What is written back to someone who wrote, in order. */
export const openAnswerText =
  ({ renderer, phrases, now }: Parts) =>
  (result: Result, { by, personal }: Pick<Origin, 'by' | 'personal'>): readonly Message[] => {
    switch (result.kind) {
      case 'refused':
        return [{ text: refusalText(result.refusal, phrases) }]
      case 'case':
        return [{ text: caseText(result, phrases, !personal) }]
      case 'confirmation': {
        const { context, refusal } = result
        return [{ text: refusal ? refusalText(refusal, phrases) : describeReply(context) }]
      }
      case 'questions':
        return [{ text: describeOpenConfirmations(result.questions, phrases) }]
      case 'card': {
        const { context, notice } = result
        const card = personal ? renderer.chat(context, by.id, notice) : renderer.channel(context, null, notice)
        return [card]
      }
      case 'list': {
        const { isComplete, damaged } = result
        const more = { count: String(damaged.length), codes: damaged.slice(0, 20).join(', ') }
        return [
          ...(isComplete ? [] : [{ text: say(phrases, 'starting') }]),
          listMessage(result, { renderer, phrases, now }, by.id),
          ...(damaged.length > 0 ? [{ text: say(phrases, 'list.damaged', more) }] : []),
        ]
      }
      // No words ask for a form: they are the words.
      case 'form':
        return []
      case 'found':
        return [foundMessage(result, { renderer, phrases, now }, by.id)]
      case 'help':
        return [renderer.view(showHelp(phrases, result.canRespond), say(phrases, 'help.heading'), by.id)]
      case 'text':
        return [{ text: result.text }]
      case 'view':
        return [result.text === null ? renderer.view(result.view, result.summary, by.id) : { text: result.text }]
      case 'message':
        return [result.message]
    }
  }

/** What was written, or why nothing was, and the next step in a line; for someone who asks for it, all that can be said next. */
const caseText = (result: CaseResult, phrases: Phrases, inThread: boolean): string => {
  const { intent, action, context, refusal, written } = result
  const onlyLooks = intent.kind === 'read' && refusal === null && written.length === 0
  // Nothing else tells the ids of verdicts as long as checks are open.
  const isAboutVerdicts = action?.verb === 'verdict' && (onlyLooks || refusal?.refusal === 'no-verdict')
  // Nothing else tells the numbers of the answers.
  const isAboutAnswers = action?.verb === 'finding' && (onlyLooks || refusal?.refusal === 'no-answer')
  const describe = isAboutVerdicts ? describeVerdicts : isAboutAnswers ? describeAnswers : describeNext
  const isAboutActions = action?.verb === 'approve' || action?.verb === 'decline' || action?.verb === 'undo-action'
  if (onlyLooks) return isAboutActions ? listAsked(context, action.verb) : describe(context)
  const next = describe === describeNext ? describeStep(context, inThread) : describe(context)
  return `${outcomeText(result, phrases)}\n${next}`
}

const outcomeText = ({ action, context, refusal, written, owed }: CaseResult, phrases: Phrases): string => {
  if (refusal) return refusalText(refusal, phrases)
  if (action?.verb === 'chat') return say(phrases, owed.length > 0 ? 'chat.sent' : 'chat.there')
  return describeEvents(written, context) || say(phrases, 'action.unchanged')
}
