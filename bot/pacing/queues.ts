import type { Clock } from './clock.js'
import { type DeliveryQueue, openQueue } from './queue.js'

/** A queue for each conversation, made when it is first asked for. */
export type DeliveryQueues = {
  at(name: string): DeliveryQueue
  /** Resolves when no queue has anything left; with true when there was something. */
  idle(): Promise<boolean>
  /** How much has not begun, in all of them. */
  length(): number
  stop(): Promise<void>
}

/** No queues yet. `failed` hears of work that threw, and in which queue. */
export const openQueues = (failed: (error: unknown, deliveryQueue: string) => void, clock: Clock): DeliveryQueues => {
  const deliveryQueues = new Map<string, DeliveryQueue>()
  return {
    at: (name) => {
      const deliveryQueue = deliveryQueues.get(name) ?? openQueue((error) => failed(error, name), clock)
      deliveryQueues.set(name, deliveryQueue)
      return deliveryQueue
    },
    idle: async () => {
      // The end of work in one queue can be the beginning of work in another.
      let busy = false
      while ((await Promise.all([...deliveryQueues.values()].map((one) => one.idle()))).includes(true)) busy = true
      return busy
    },
    length: () => [...deliveryQueues.values()].reduce((sum, one) => sum + one.length(), 0),
    stop: async () => void (await Promise.all([...deliveryQueues.values()].map((one) => one.stop()))),
  }
}
