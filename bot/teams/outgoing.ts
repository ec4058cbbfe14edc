import type { Activity, ChannelAccount, ConversationParameters } from 'botbuilder'
import { objectOf } from '../../cards/render.js'
import type { Message } from '../chat.js'
import type { ConversationRef } from '../../triage/card.js'
import { type Mentioned, mentioning } from './mentions.js'
import { whole } from './whole.js'

/** A message as Teams takes it. Sentences go out as plain text, so that a name in them stays a name, unless it is a mention. */
export const activityOf = (message: Message, mentioned: readonly Mentioned[] = []): Partial<Activity> => {
  if ('card' in message) {
    return {
      type: 'message',
      summary: message.summary,
      attachments: [{ contentType: cardType, content: objectOf(message.card) }],
    }
  }
  return mentioned.length > 0
    ? mentioning(message.text, mentioned)
    : { type: 'message', text: message.text, textFormat: 'plain' }
}

/** The same, and whoever follows the conversation is notified. */
export const announcementOf = (message: Message, mentioned: readonly Mentioned[] = []): Partial<Activity> => ({
  ...activityOf(message, mentioned),
  channelData: { notification: { alert: true } },
})

/** The request that starts a thread in a channel with that message. */
export const threadIn = (place: ConversationRef, activity: Partial<Activity>): ConversationParameters => ({
  ...common(place),
  isGroup: true,
  activity: whole<Activity>(activity),
  channelData: { channel: { id: place.conversationId }, ...tenant(place) },
})

/** The request that opens the 1:1 chat with a person. */
export const chatWith = (personId: string, via: ConversationRef): ConversationParameters => ({
  ...common(via),
  isGroup: false,
  members: [whole<ChannelAccount>({ id: personId })],
  channelData: tenant(via),
})

/** The media type of an Adaptive Card. */
export const cardType = 'application/vnd.microsoft.card.adaptive'

const common = ({ botId, tenantId }: ConversationRef): Pick<ConversationParameters, 'bot' | 'tenantId'> => ({
  bot: whole<ChannelAccount>({ id: botId }),
  ...(tenantId && { tenantId }),
})

const tenant = ({ tenantId }: ConversationRef): object => (tenantId ? { tenant: { id: tenantId } } : {})
