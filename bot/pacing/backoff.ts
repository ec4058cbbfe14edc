import type { Retry } from './queue.js'
import type { DeliveryFailure } from '../chat.js'

/** When to try again. */
export type Backoff = {
  /** That failed: when to try it again, and whether the whole conversation waits. */
  failed(
    name: string,
    deliveryQueue: string,
    error: Pick<DeliveryFailure, 'retryAfterMs' | 'everybody'>,
  ): NonNullable<Retry>
  /** That went well: its next failure counts as the first. */
  worked(name: string, deliveryQueue: string): void
  /** That is not tried any more. */
  gaveUp(name: string): void
}

/**
 * Wait as long as the chat says, or twice as long after each failure, from half a second to a minute; and a little less or more,
 * so that what failed together does not come back together. `random` is 0 to 1.
 */
export const openBackoff = (random: () => number): Backoff => {
  const failures = new Map<string, number>()
  return {
    failed: (name, deliveryQueue, { retryAfterMs, everybody }) => {
      const who = everybody ? `queue ${deliveryQueue}` : name
      const times = (failures.get(who) ?? 0) + 1
      failures.set(who, times)
      const wait =
        retryAfterMs === null
          ? Math.min(60_000, 500 * 2 ** times) * (0.5 + random() / 2)
          : retryAfterMs * (1 + random() / 10)
      return { againInMs: Math.round(wait), everybody }
    },
    worked: (name, deliveryQueue) => {
      failures.delete(name)
      failures.delete(`queue ${deliveryQueue}`)
    },
    gaveUp: (name) => void failures.delete(name),
  }
}
