import type { ConversationRef } from '../../triage/card.js'
import type { Backoff } from '../pacing/backoff.js'
import type { Doubts } from '../pacing/doubts.js'
import { openPersonalChat } from '../pacing/personal-chat.js'
import type { Retry } from '../pacing/queue.js'
import { type RateLimiter, conversationOf } from '../pacing/rate-limiter.js'
import { type Message, type Messenger, DeliveryFailure } from '../chat.js'

/** What a notice needs to be sent. */
export type Notifying = {
  readonly messenger: Messenger
  readonly rateLimiter: RateLimiter
  readonly backoff: Backoff
  readonly doubts: Doubts
  readonly log: {
    warn(details: object, text: string): void
    error(details: object, text: string): void
  }
}

/** Where a notice may go: a conversation, or somebody's chat with Winnow, in the tenant of another conversation. */
export type Recipient = ConversationRef | { readonly personId: string; readonly via: ConversationRef }

/** A notice: what is said, to the first of these who takes it; the name and queue it is tried again under, and details for the log. */
export type Notice = {
  readonly to: readonly Recipient[]
  readonly message: Message
  readonly name: string
  readonly deliveryQueue: string
  readonly details: object
}

/**
 * Say something in its turn: null when it has arrived, `refused` when none of its recipients takes it. It is tried again until it
 * has surely arrived, for said twice it does no harm.
 */
export const notify = async (notice: Notice, by: Notifying): Promise<Retry | 'refused'> => {
  const { message, name, deliveryQueue, details } = notice
  for (const recipient of notice.to) {
    let to: ConversationRef | number | null = null
    try {
      to = await placeOf(recipient, by)
      if (typeof to === 'number') return { againInMs: to }
      const turn = by.rateLimiter.ask(to)
      if (typeof turn === 'number') return { againInMs: turn, everybody: true }
      try {
        await by.messenger.post(to, message)
      } finally {
        turn()
      }
      by.doubts.settle(conversationOf(to.conversationId))
      by.backoff.worked(name, deliveryQueue)
      return null
    } catch (error) {
      by.log.warn({ err: error, ...details }, 'a notice was not delivered')
      const isFinal = error instanceof DeliveryFailure && (error.kind === 'permanent' || error.kind === 'missing')
      if (!isFinal) return by.backoff.failed(name, deliveryQueue, asFailure(error))
      // A clear no is an answer as well: whatever is posted there gets one.
      if (to !== null && typeof to !== 'number') by.doubts.settle(conversationOf(to.conversationId))
    }
  }
  by.backoff.gaveUp(name)
  return 'refused'
}

const placeOf = async (recipient: Recipient, by: Notifying): Promise<ConversationRef | number> =>
  'personId' in recipient
    ? openPersonalChat(by.messenger, by.rateLimiter, recipient.personId, recipient.via)
    : recipient

const asFailure = (error: unknown): Pick<DeliveryFailure, 'retryAfterMs' | 'everybody'> =>
  error instanceof DeliveryFailure ? error : { retryAfterMs: null, everybody: false }
