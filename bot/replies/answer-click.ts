import { typedBeside } from '../../dialogs/form.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { Event } from '../../triage/event.js'
import type { Refusal } from '../../triage/refusal.js'
import type { CardClick, Message } from '../chat.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import { foundMessage, listMessage } from './list-message.js'
import { refusalText } from './refusal-text.js'
import type { Result } from './result.js'

type Parts = {
  readonly renderer: Pick<CaseRenderer, 'channel' | 'chat' | 'manager' | 'view' | 'listed'>
  readonly phrases: Phrases
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/**
 * What the clicker sees next: the card as it is for them now, with a notice when nothing was done. Where the answer would be drawn
 * on everyone's card (`submit`), a refusal is a sentence instead; an old card is just brought up to date. `beside` is said where
 * nothing else is.
 */
export const openAnswerClick =
  ({ renderer, phrases, now }: Parts) =>
  (
    result: Result,
    { by, personal, via, data }: Pick<CardClick, 'by' | 'personal' | 'via' | 'data'>,
    beside = '',
  ): Message => {
    const sentence = (refusal: Refusal): Message => ({ text: refusalText(refusal, phrases) + keptText(data, phrases) })
    switch (result.kind) {
      case 'case':
      case 'refused': {
        const { context, refusal } = result
        if (!context) return refusal ? sentence(refusal) : { text: '' }
        const card = (notice?: string): Message =>
          personal
            ? renderer.chat(context, by.id, notice)
            : renderer.channel(context, via === 'submit' ? null : by.id, notice)
        const kept = refusal ? keptText(data, phrases, context.draft) : ''
        const notice = refusal ? refusalText(refusal, phrases) + kept : noticeOf(result, phrases) || beside
        if (notice === '' || (via === 'submit' && refusal?.refusal === 'old-card' && kept === '')) return card()
        return via === 'execute' ? card(notice) : { text: notice }
      }
      case 'confirmation': {
        // The manager's card is for the manager alone: anyone else is told no more than that.
        const { context, refusal } = result
        const notice = refusal ? refusalText(refusal, phrases) + keptText(data, phrases) : ''
        const isAsked = context.state.confirmation?.manager.id === by.id
        const card = isAsked ? renderer.manager(context, notice) : null
        return card ?? { text: notice || say(phrases, 'refusal.not-the-manager') }
      }
      case 'text':
        return { text: result.text }
      case 'list':
        return listMessage(result, { renderer, phrases, now }, by.id)
      case 'found':
        return foundMessage(result, { renderer, phrases, now }, by.id)
      case 'view':
        return renderer.view(result.view, result.summary, by.id)
      case 'message':
        return result.message
      // No click asks for a card elsewhere, the open questions or the help.
      case 'questions':
      case 'card':
      case 'form':
      case 'help':
        return { text: say(phrases, 'refusal.bad-click') }
    }
  }

/** What was typed beside a press that did not record it, told with the refusal; what stands in its input again (`draft`) need not be. */
const keptText = (data: CardClick['data'], phrases: Phrases, draft = ''): string => {
  const typed = typedBeside(data).filter((text) => text !== draft)
  return typed.length === 0 ? '' : ` ${say(phrases, 'refused.typed', { typed: typed.join(' / ') })}`
}

/** What is worth a word though all went well: where the card is now that someone wanted in their personal chat. */
const noticeOf = (result: Result, phrases: Phrases): string => {
  if (result.kind !== 'case') return ''
  if (result.intent.kind === 'ask-manager') return askedText(result.written, phrases)
  if (result.intent.kind !== 'commands') return ''
  if (!result.intent.commands.some(({ type }) => type === 'continue-in-chat')) return ''
  return say(phrases, result.owed.length > 0 ? 'chat.sent' : 'chat.there')
}

/** What is unusual about the way a manager was asked; '' where nothing is. */
const askedText = (written: readonly Event[], phrases: Phrases): string => {
  const asked = written.find(({ type }) => type === 'manager-asked')
  if (asked?.type !== 'manager-asked') return ''
  const manager = asked.manager.name
  return [
    ...(asked.together ? [say(phrases, 'asked.together', { manager })] : []),
    ...(asked.relation?.because === undefined ? [] : [say(phrases, 'asked.by-file', { manager })]),
  ].join(' ')
}
