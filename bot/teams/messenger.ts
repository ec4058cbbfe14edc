import { type Messenger, DeliveryFailure } from '../chat.js'
import type { ConversationRef, MessageRef } from '../../triage/card.js'
import type { Connector } from './connector.js'
import { type Attempt, deliveryFailure } from './failures.js'
import { withoutThread } from './incoming.js'
import { localId } from './local.js'
import { mentionable } from './mentions.js'
import { activityOf, announcementOf, chatWith, threadIn } from './outgoing.js'
import { wholeRoster } from './roster.js'

/** What the messenger needs: a client for a service address, whether it is the local client, and the clock in milliseconds. */
export type MessengerOptions = {
  readonly connect: (serviceUrl: string) => Promise<Connector>
  readonly local: boolean
  readonly now: () => number
}

/**
 * Sends to Teams. A post into a channel starts a thread of its own; a place with a thread in it (`…;messageid=…`) is answered
 * in that thread. Every request is tried once: when to try again is for the caller to know.
 */
export const openMessenger = ({ connect, local, now }: MessengerOptions): Messenger => {
  const chats = new Map<string, Promise<ConversationRef>>()

  const trying = async <T>(
    attempt: Attempt,
    at: ConversationRef,
    work: (connector: Connector) => Promise<T>,
  ): Promise<T> => {
    try {
      return await work(await connect(at.serviceUrl))
    } catch (error) {
      throw deliveryFailure(error, attempt, now())
    }
  }

  const openChat = (personId: string, via: ConversationRef): Promise<ConversationRef> =>
    trying('direct', via, async (connector) => {
      const known = local ? await localId(connector, withoutThread(via.conversationId), personId) : personId
      const { id } = await connector.conversations.createConversation(chatWith(known ?? personId, via))
      return { ...via, conversationId: must(id, 'transient') }
    })

  return {
    post: (place, message) =>
      trying('post', place, async (connector) => {
        const mentioned = await mentionable(connector, place.conversationId, message, local)
        const activity = announcementOf(message, mentioned)
        return isChannel(place) ? startThread(connector, place, activity) : sendInto(connector, place, activity)
      }),

    update: ({ place, messageId }, message) =>
      trying('update', place, async ({ conversations }) => {
        await conversations.updateActivity(place.conversationId, messageId, { ...activityOf(message), id: messageId })
      }),

    direct: (personId, via) => {
      const key = JSON.stringify([via.serviceUrl, via.tenantId, via.botId, personId])
      const chat = chats.get(key) ?? openChat(personId, via)
      chats.set(key, chat)
      chat.catch(() => chats.delete(key))
      return chat
    },

    roster: (place) => trying('member', place, (connector) => wholeRoster(connector, place)),
  }
}

type Sent = ReturnType<typeof announcementOf>

/** Teams gives channels, old and new, an ending of their own; group chats end in `@thread.v2`, personal chats have none. */
const isChannel = ({ conversationId }: ConversationRef): boolean => /@thread\.(tacv2|skype)$/.test(conversationId)

const startThread = async (
  { conversations }: Connector,
  place: ConversationRef,
  activity: Sent,
): Promise<MessageRef> => {
  const { id, activityId } = await conversations.createConversation(threadIn(place, activity))
  const conversationId = must(id)
  return { place: { ...place, conversationId }, messageId: must(activityId ?? conversationId.split(';messageid=')[1]) }
}

const sendInto = async ({ conversations }: Connector, place: ConversationRef, activity: Sent): Promise<MessageRef> => {
  const { id } = await conversations.sendToConversation(place.conversationId, activity)
  return { place, messageId: must(id) }
}

/**
 * Without an id nothing can be updated later; a post stands there all the same, or something on the way has answered instead of
 * Teams: nobody knows. A chat may be opened again.
 */
const must = (id: string | undefined, kind: 'unknown' | 'transient' = 'unknown'): string => {
  if (!id) throw new DeliveryFailure(kind, 'NoId')
  return id
}
