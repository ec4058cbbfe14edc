import type { Clock } from './clock.js'
import { type Lane, openLane } from './queue.js'

/** A lane for each conversation, made when it is first asked for. */
export type Lanes = {
  at(name: string): Lane
  /** Resolves when no lane has anything left. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/** No lanes yet. `failed` hears of work that threw, and in which lane. */
export const openLanes = (failed: (error: unknown, lane: string) => void, clock: Clock): Lanes => {
  const lanes = new Map<string, Lane>()
  return {
    at: (name) => {
      const lane = lanes.get(name) ?? openLane((error) => failed(error, name), clock)
      lanes.set(name, lane)
      return lane
    },
    idle: async () => {
      // The end of work in one lane can be the begin of work in another.
      while ((await Promise.all([...lanes.values()].map((one) => one.idle()))).includes(true));
    },
    stop: async () => void (await Promise.all([...lanes.values()].map((one) => one.stop()))),
  }
}
