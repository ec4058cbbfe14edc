import { setTimeout as sleep } from 'node:timers/promises'

/** What became of one piece of work: done, or to be tried again after some milliseconds. */
export type Outcome = { readonly againInMs: number } | null

/** Work of one conversation: one at a time, each name at most once in the queue. */
export type Lane = {
  /** Queue work under a name; work of that name that has not begun yet is the same work. */
  put(name: string, work: () => Promise<Outcome>): void
  /** Resolves when nothing is queued or running, waiting for retries as well; with true when there was something. */
  idle(): Promise<boolean>
  /** Forget what has not begun, and wait for what has. */
  stop(): Promise<void>
}

/** An empty lane. `failed` hears of work that threw: it is not tried again. */
export const openLane = (failed: (error: unknown) => void): Lane => {
  const queue = new Map<string, () => Promise<Outcome>>()
  const stopping = new AbortController()
  let running: Promise<void> | null = null

  const run = async (): Promise<void> => {
    for (let next = first(queue); next && !stopping.signal.aborted; next = first(queue)) {
      const [name, work] = next
      queue.delete(name)
      try {
        const outcome = await work()
        if (outcome) {
          if (!queue.has(name)) queue.set(name, work)
          await sleep(outcome.againInMs, undefined, { signal: stopping.signal }).catch(() => {})
        }
      } catch (error) {
        failed(error)
      }
    }
    running = null
  }

  return {
    put: (name, work) => {
      if (stopping.signal.aborted) return
      if (!queue.has(name)) queue.set(name, work)
      running ??= Promise.resolve().then(run)
    },
    idle: async () => {
      const busy = running !== null
      for (let now = running; now !== null; now = running) await now
      return busy
    },
    stop: async () => {
      stopping.abort()
      queue.clear()
      await running
    },
  }
}

const first = <K, V>(map: ReadonlyMap<K, V>): readonly [K, V] | undefined => map.entries().next().value
