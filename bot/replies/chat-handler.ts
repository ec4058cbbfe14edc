import { clickToIntent } from '../../dialogs/hear/click-to-intent.js'
import { parseMessage } from '../../dialogs/hear/parse-message.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import { say } from '../../triage/phrases.js'
import { type Refusal, isRefusal } from '../../triage/refusal.js'
import { everything } from '../../triage/routing.js'
import { answerInChat } from './answer-in-chat.js'
import { answerMessage } from './answer-message.js'
import { askManager } from './ask-manager.js'
import { refreshCard } from './refresh-card.js'
import type { CommandResult } from '../cases/desk.js'
import type { AppContext } from '../app-context.js'
import { openLately } from '../pacing/bounded-set.js'
import { refusalText } from './refusal-text.js'
import { refusedClick } from '../people/rights.js'
import { settleClick } from './settle-click.js'
import type { CardClick, Installed, ChatHandler, Message, ChatMessage } from '../chat.js'

/** What Winnow does about what people do in the chat. */
export const openChatHandler = (app: AppContext): ChatHandler => {
  const isNew = openOnce()
  return {
    click: (click) => {
      // A client that looks by itself says nothing of the one its person presses with. One person's view as the answer to a Submit
      // would stand on everybody's card.
      if (click.verb === 'refresh' && click.via === 'execute') return refreshCard(click, app)
      app.clients.note(click)
      return heard(click, app)
    },
    // A click names the line it saw; what is said does not, and said twice it would answer two checks.
    said: async (said) => {
      if (!isNew(said)) return []
      return said.personal ? answerInChat(said, app) : answerMessage(parseMessage(said.text, said.mentions), said, app)
    },
    installed: (installed) => welcome(installed, app),
  }
}

/** True the first time a message is told; the chat tells one again when the answer took long. */
const openOnce = (most = 2000): ((said: ChatMessage) => boolean) => {
  const told = openLately(most)
  return ({ thread, messageId }) => {
    if (messageId === null) return true
    const name = JSON.stringify([thread, messageId])
    const isNew = !told.has(name)
    if (isNew) told.note(name)
    return isNew
  }
}

const heard = async (click: CardClick, app: AppContext): Promise<Message> => {
  const { desk, renderer, now } = app
  const intent = clickToIntent(click.verb, click.data, { at: now(), by: click.by })
  if (isRefusal(intent)) return sentence(intent, app)
  const isManager = click.verb === 'vouch'
  const refused = await refusedClick(click, intent, app)
  // Only what needs a lead is refused to people who may see the case.
  if (refused && refused.refusal !== 'leads-only') return sentence(refused, app)
  const settled = refused
    ? { ...(await desk.look(intent.caseId)), refusal: refused }
    : intent.intent === 'settle'
      ? await settleClick(intent.caseId, intent.commands, desk)
      : intent.intent === 'ask-manager'
        ? await askManager(intent.caseId, intent.line, click.by, app)
        : await desk.look(intent.caseId)
  const context = renderer.contextOf(settled)
  if (!context) return sentence({ refusal: 'no-case', details: { code: intent.caseId } }, app)
  if (isManager) return forManager(context, settled.refusal, click, app)
  await adopt(click, context, app)
  return answerTo(click, context, settled, app)
}

/**
 * The clicker gets the card as they see it now, with a notice when nothing was done. Where the answer would be drawn on
 * everybody's card (`submit`), a refusal is a sentence instead; an old card is just brought up to date.
 */
const answerTo = (
  click: CardClick,
  context: CaseContext,
  { refusal, owed }: CommandResult,
  app: AppContext,
): Message => {
  const { by, personal, via, verb } = click
  const { renderer, phrases } = app
  const card = (notice?: string) =>
    personal
      ? renderer.chat(context, by.id, notice)
      : renderer.channel(context, via === 'submit' ? null : by.id, notice)
  const told = verb === 'chat' ? say(phrases, owed.length > 0 ? 'chat.sent' : 'chat.there') : ''
  const notice = refusal ? refusalText(refusal, phrases) : told
  if (notice === '' || (via === 'submit' && refusal?.refusal === 'old-card')) return card()
  return via === 'execute' ? card(notice) : { text: notice }
}

/** The manager's card, only for the manager: everybody else is told no more than that. */
const forManager = (context: CaseContext, refusal: Refusal | null, click: CardClick, app: AppContext): Message => {
  const notice = refusal ? refusalText(refusal, app.phrases) : ''
  const isAsked = context.state.confirmation?.manager.id === click.by.id
  return (
    (isAsked ? app.renderer.manager(context, notice) : null) ?? {
      text: notice || say(app.phrases, 'refusal.not-the-manager'),
    }
  )
}

/** A card that was thought lost and is clicked is not lost: keep where it is. */
const adopt = async (
  { posted, personal }: CardClick,
  { state }: CaseContext,
  { outbox }: AppContext,
): Promise<void> => {
  if (!personal && posted !== null) await outbox.found(state.id, posted)
}

const welcome = async ({ place, personal, by }: Installed, app: AppContext): Promise<readonly Message[]> => {
  const { phrases } = app
  const channels = app.binding.channels()
  if (personal) return [{ text: say(phrases, 'welcome.personal') }]
  if (channels.length === 0) {
    await app.bind(place, everything, by.name)
    return [{ text: say(phrases, 'welcome.bound') }]
  }
  if (!channels.some((channel) => channel.place.conversationId === place.conversationId)) {
    return [{ text: say(phrases, 'welcome.elsewhere') }]
  }
  await app.rebindAll()
  return []
}

const sentence = (refusal: Refusal, app: AppContext): Message => ({ text: refusalText(refusal, app.phrases) })
