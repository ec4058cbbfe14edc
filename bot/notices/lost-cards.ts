import { type Phrases, say } from '../../triage/phrases.js'
import type { ConversationRef } from '../../triage/card.js'
import type { Clock } from '../pacing/clock.js'
import type { DeliveryQueue, Retry } from '../pacing/queue.js'
import type { RateLimiter } from '../pacing/rate-limiter.js'
import { type Messenger, DeliveryFailure } from '../chat.js'

type Parts = {
  readonly messenger: Messenger
  readonly phrases: Phrases
  readonly log: { error(details: object, text: string): void }
  readonly deliveryQueue: DeliveryQueue
  readonly clock: Clock
  readonly rateLimiter: RateLimiter
  /** How long to collect codes before telling them, in milliseconds. */
  readonly collectMs?: number
}

/**
 * Tell a channel, in one message for all of that second, which cases may have no card there; not more than can be read at once.
 * What was not told when Winnow ended is told at the next start, for the case still says that its card is lost.
 */
export const openLostNotices = ({
  messenger,
  phrases,
  log,
  deliveryQueue,
  clock,
  rateLimiter,
  collectMs = 1000,
}: Parts) => {
  const lost = new Map<string, () => ConversationRef | null>()
  /** Channels that take nothing just now, and until when; the others go on. */
  const shutUntil = new Map<string, number>()
  const waitFor = ({ conversationId }: ConversationRef): number =>
    (shutUntil.get(conversationId) ?? -Infinity) - clock.now()

  const again = ({ conversationId }: ConversationRef, ms: number): Retry => {
    shutUntil.set(conversationId, clock.now() + ms)
    return { againInMs: 0 }
  }

  const tell = async (): Promise<Retry> => {
    await clock.sleep(collectMs)
    const places = [...lost.values()].flatMap((place) => place() ?? [])
    const to = places.find((place) => waitFor(place) <= 0)
    // Not longer than a moment, for a code of another channel may come meanwhile.
    if (!to) return places.length > 0 ? { againInMs: Math.min(...places.map(waitFor), 5000) } : null
    const isThere = (place: ConversationRef | null) => place?.conversationId === to.conversationId
    const codes = [...lost].flatMap(([code, place]) => (isThere(place()) ? code : [])).slice(0, 20)
    const turn = rateLimiter.ask(to)
    if (typeof turn === 'number') return again(to, turn)
    try {
      const text = say(phrases, 'lost', { codes: codes.join(', '), count: String(codes.length) })
      await messenger.post(to, { text })
    } catch (error) {
      if (error instanceof DeliveryFailure && error.kind === 'transient') return again(to, error.retryAfterMs ?? 5000)
      log.error({ err: error, cases: codes }, 'these cases may have no card, and the channel could not be told')
    } finally {
      turn()
    }
    for (const code of codes) lost.delete(code)
    return lost.size > 0 ? { againInMs: 0 } : null
  }

  return (caseId: string, place: () => ConversationRef | null): void => {
    lost.set(caseId, place)
    deliveryQueue.put('lost', tell)
  }
}
