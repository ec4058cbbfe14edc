import type { ConversationRef } from '../../triage/card.js'
import { type Messenger, DeliveryFailure } from '../chat.js'
import type { RateLimiter } from './rate-limiter.js'

/**
 * The chat with a person, or in how many milliseconds to ask again: new chats count for limits of their own, all together.
 * Opening it twice gives the same chat, so an unknown end may be tried again.
 */
export const openPersonalChat = async (
  messenger: Pick<Messenger, 'direct'>,
  rateLimiter: RateLimiter,
  personId: string,
  via: ConversationRef,
): Promise<ConversationRef | number> => {
  const turn = rateLimiter.ask({ tenantId: via.tenantId, conversationId: 'new chats' })
  if (typeof turn === 'number') return turn
  try {
    return await messenger.direct(personId, via)
  } catch (error) {
    throw error instanceof DeliveryFailure && error.kind === 'unknown'
      ? new DeliveryFailure('transient', error.code)
      : error
  } finally {
    turn()
  }
}
