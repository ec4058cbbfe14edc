import type { Where } from '../pacing/rate-limiter.js'
import type { Turn } from './turn.js'

/** The same turn, and each message it sends or edits is told of: those count for the chat's limits like any other. */
export const counted =
  (turn: Turn, sending: (where: Where) => () => void): Turn =>
  (context, incoming) => {
    const { conversation, channelData } = incoming
    const tenantId = conversation.tenantId ?? channelData?.tenant?.id ?? ''
    const whileSending = async <T>(work: () => Promise<T>): Promise<T> => {
      const ended = sending({ conversationId: conversation.id, tenantId })
      return work().finally(ended)
    }
    context.onSendActivities((_, __, next) => whileSending(next))
    context.onUpdateActivity((_, __, next) => whileSending(next))
    return turn(context, incoming)
  }
