import { isFault } from '../../triage/fault.js'
import type { Backoff } from './backoff.js'
import type { Retry } from './queue.js'

/**
 * Work of a queue that is tried again when it fails, for a disk that takes nothing now may take it later. `failed` hears of each
 * failure, and in how many milliseconds it is tried again; null when that is no use: what is damaged stays so until somebody mends
 * it, and what comes after the end is for the next start.
 */
export const patiently =
  (
    work: () => Promise<Retry>,
    name: string,
    deliveryQueue: string,
    backoff: Backoff,
    failed: (error: unknown, againInMs: number | null) => void,
  ) =>
  async (): Promise<Retry> => {
    try {
      return await work()
    } catch (error) {
      const isFinal = isFault(error, 'store/damaged') || isFault(error, 'store/closed')
      const again = isFinal ? null : backoff.failed(name, deliveryQueue, { retryAfterMs: null, everybody: false })
      failed(error, again && again.againInMs)
      return again
    }
  }
