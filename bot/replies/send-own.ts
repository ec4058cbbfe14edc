import type { ConversationRef } from '../../triage/card.js'
import type { Message, Messenger } from '../chat.js'
import type { RateLimiter } from '../pacing/rate-limiter.js'

type Parts = {
  readonly messenger: Pick<Messenger, 'direct' | 'post'>
  readonly rateLimiter: Pick<RateLimiter, 'count'>
  readonly log: { warn(details: object, text: string): void }
}

/** Post what somebody has just asked for into their own chat with Winnow: they wait, so it is sent at once, and counted. */
export const openSendOwn =
  ({ messenger, rateLimiter, log }: Parts) =>
  async (personId: string, via: ConversationRef, message: Message): Promise<boolean> => {
    try {
      const opened = rateLimiter.count({ tenantId: via.tenantId, conversationId: 'new chats' })
      const home = await messenger.direct(personId, via).finally(opened)
      await messenger.post(home, message).finally(rateLimiter.count(home))
      return true
    } catch (error) {
      log.warn({ err: error }, 'a form could not be sent to the chat of who asked for it')
      return false
    }
  }
