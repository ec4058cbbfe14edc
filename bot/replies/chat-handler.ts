import { clickToIntent, digestVerbs, rowVerbs } from '../../dialogs/hear/click-to-intent.js'
import { messageToIntent } from '../../dialogs/hear/message-to-intent.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { ConversationRef } from '../../triage/card.js'
import { isRefusal } from '../../triage/refusal.js'
import { everything } from '../../triage/routing.js'
import type { CardClick, ChatHandler, ChatMessage, Installed, Message } from '../chat.js'
import type { Channels } from '../outbox/channels.js'
import type { Clients } from '../outbox/clients.js'
import type { Rebind } from '../outbox/rebind.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import { openBoundedSet } from '../pacing/bounded-set.js'
import { conversationOf } from '../pacing/rate-limiter.js'
import { openAnswerClick } from './answer-click.js'
import { openAnswerText } from './answer-text.js'
import type { CardKeeper, DigestKeeper } from './card-keeper.js'
import type { Handle } from './handle.js'
import type { RefreshCard } from './refresh-card.js'
import { refusalText } from './refusal-text.js'
import type { Result } from './result.js'

type Parts = {
  readonly handle: Handle
  readonly refreshCard: RefreshCard
  readonly renderer: CaseRenderer
  readonly clients: Pick<Clients, 'note'>
  readonly cards: Pick<CardKeeper, 'found'>
  readonly channels: Pick<Channels, 'channels'>
  readonly digests: DigestKeeper
  /** Send something into that conversation at once, for somebody waits for it. */
  readonly reply: (place: ConversationRef, message: Message) => Promise<void>
  readonly rebind: Pick<Rebind, 'setChannel' | 'rebindAll'>
  readonly phrases: Phrases
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/** What Winnow does about what people do in the chat. */
export const openChatHandler = (parts: Parts): ChatHandler => {
  const { handle, refreshCard, clients, phrases, now } = parts
  const isNew = openOnce()
  // Where a case was opened in the place of something else, what is pressed says nothing about where the case's own card is.
  const borrowed = openBoundedSet(2000)
  const answerClick = openAnswerClick(parts)
  const answerText = openAnswerText(parts)

  /** The digest stays as it is for everyone; what was asked for is sent into its thread. */
  const besideDigest = async (click: CardClick, result: Result): Promise<Message> => {
    const { posted, place, by } = click
    if (result.kind === 'refused') return { text: refusalText(result.refusal, phrases), keepsCard: true }
    if (posted) await parts.digests.found(posted)
    for (const message of answerText(result, click)) await parts.reply(posted?.place ?? place, message)
    const digest = await parts.digests.digest(conversationOf(place.conversationId), by.id)
    return digest ?? { text: say(phrases, 'digest.sent'), keepsCard: true }
  }
  return {
    click: async (click) => {
      // A client that refreshes by itself says nothing about the one its person presses with. One person's view as the answer to a
      // Submit would stand on everyone's card.
      if (click.verb === 'refresh' && click.via === 'execute') return refreshCard(click)
      clients.note(click)
      const { by, place, personal } = click
      const intent = clickToIntent(click.verb, click.data, { at: now(), by })
      if (isRefusal(intent)) return { text: refusalText(intent, phrases) }
      const result = await handle(intent, { by, place, personal, thread: null, messageId: null })
      const where = JSON.stringify(click.posted)
      if (rowVerbs.includes(click.verb)) borrowed.note(where)
      if (digestVerbs.includes(click.verb)) return besideDigest(click, result)
      if (!borrowed.has(where)) await adopt(click, result, parts.cards)
      return answerClick(result, click)
    },
    // A click names the line it saw; a message does not, and told twice it would answer two checks.
    said: async (message) => {
      if (!isNew(message)) return []
      const intent = messageToIntent(message.text, message.mentions, message.personal)
      return answerText(await handle(intent, message), message)
    },
    installed: (installed) => welcome(installed, parts),
  }
}

/** True the first time a message is told here; what one led to before a restart is in the diary of its case. */
const openOnce = (most = 2000): ((message: ChatMessage) => boolean) => {
  const told = openBoundedSet(most)
  return ({ thread, messageId }) => {
    if (messageId === null) return true
    const name = JSON.stringify([thread, messageId])
    const isNew = !told.has(name)
    if (isNew) told.note(name)
    return isNew
  }
}

/** A card that was thought lost and is pressed is not lost. */
const adopt = async (
  { posted, personal }: CardClick,
  result: Result,
  cards: Pick<CardKeeper, 'found'>,
): Promise<void> => {
  const context = result.kind === 'case' || result.kind === 'refused' ? result.context : null
  if (context && posted && !personal) await cards.found(context.state.id, posted)
}

const welcome = async (
  { place, personal, by }: Installed,
  { channels, rebind, phrases }: Parts,
): Promise<readonly Message[]> => {
  const bound = channels.channels()
  if (personal) return [{ text: say(phrases, 'welcome.personal') }]
  if (bound.length === 0) {
    await rebind.setChannel(place, everything, by.name)
    return [{ text: say(phrases, 'welcome.bound') }]
  }
  if (!bound.some((channel) => channel.place.conversationId === place.conversationId)) {
    return [{ text: say(phrases, 'welcome.elsewhere') }]
  }
  await rebind.rebindAll()
  return []
}
