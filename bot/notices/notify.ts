import type { ConversationRef } from '../../triage/card.js'
import type { Backoff } from '../pacing/backoff.js'
import type { Retry } from '../pacing/queue.js'
import type { RateLimiter } from '../pacing/rate-limiter.js'
import { type Message, type Messenger, DeliveryFailure } from '../chat.js'

/** What an announcement needs to be sent. */
export type Notifying = {
  readonly messenger: Messenger
  readonly rateLimiter: RateLimiter
  readonly backoff: Backoff
  readonly log: { error(details: object, text: string): void }
}

/** An announcement: what is said where, the name and lane it is tried again under, and what the log says when it may be missing. */
export type Notice = {
  readonly to: ConversationRef
  readonly message: Message
  readonly name: string
  readonly deliveryQueue: string
  readonly failed: string
  /** For the log. */
  readonly details: object
}

/** Say something in its turn. Tried again when it surely did not arrive; never when nobody knows, for then it may stand there. */
export const notify = async (announcement: Notice, by: Notifying): Promise<Retry> => {
  const { to, message, name, deliveryQueue, failed, details } = announcement
  const turn = by.rateLimiter.ask(to)
  if (typeof turn === 'number') return { againInMs: turn, everybody: true }
  try {
    await by.messenger.post(to, message)
  } catch (error) {
    if (error instanceof DeliveryFailure && error.kind === 'transient')
      return by.backoff.failed(name, deliveryQueue, error)
    by.log.error({ err: error, ...details }, failed)
  } finally {
    turn()
  }
  by.backoff.worked(name, deliveryQueue)
  return null
}
