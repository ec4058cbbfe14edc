import { type Clock, machineClock } from './clock.js'

/** What became of one piece of work: done, or to be tried again after some milliseconds; `everybody`: the rest waits as well. */
export type Retry = { readonly againInMs: number; readonly everybody?: boolean } | null

/** Work of one conversation: one at a time, each name at most once in the queue. */
export type DeliveryQueue = {
  /**
   * Queue work under a name; work of that name that has not begun yet is the same work. Lower ranks go first, and equal ones in
   * the order they came; the rank is asked for when there is a choice.
   */
  put(name: string, work: () => Promise<Retry>, rank?: () => number): void
  /** Resolves when nothing is queued or running, waiting for retries as well; with true when there was something. */
  idle(): Promise<boolean>
  /** For how many milliseconds nothing begins, because everybody has to wait; 0 when nothing speaks against it. */
  shutForMs(): number
  /** How much has not begun. */
  length(): number
  /** Forget what has not begun, and wait for what has. */
  stop(): Promise<void>
}

type Item = {
  readonly name: string
  readonly work: () => Promise<Retry>
  readonly rank: () => number
  /** Its turn among equals, and not before this time. */
  readonly order: number
  readonly from: number
}

/** An empty queue. `failed` hears of work that threw: it is not tried again. */
export const openQueue = (failed: (error: unknown) => void, clock: Clock = machineClock): DeliveryQueue => {
  const queue = new Map<string, Item>()
  let stopping = false
  /** While it rests: what ends that. An abort costs, so nobody aborts for nothing. */
  let nap: AbortController | null = null
  let running: Promise<void> | null = null
  let count = 0
  let shutUntil = -Infinity

  const add = (item: Item): void => {
    const same = queue.get(item.name)
    // What is asked for again keeps its turn, and waits as long as it has to.
    const kept = same && { order: Math.min(same.order, item.order), from: Math.max(same.from, item.from) }
    queue.set(item.name, { ...item, ...kept })
  }

  const rest = async (ms: number): Promise<void> => {
    nap = new AbortController()
    await clock.sleep(ms, nap.signal)
    nap = null
  }

  const run = async (): Promise<void> => {
    while (queue.size > 0) {
      const now = clock.now()
      const item = shutUntil > now ? undefined : first(queue.values(), now)
      if (!item) {
        await rest(Math.max(soonest(queue.values()), shutUntil) - now)
        continue
      }
      queue.delete(item.name)
      try {
        const outcome = await item.work()
        if (!outcome) continue
        const from = clock.now() + outcome.againInMs
        if (outcome.everybody) shutUntil = from
        if (!stopping) add({ ...item, work: queue.get(item.name)?.work ?? item.work, from })
      } catch (error) {
        failed(error)
      }
    }
    running = null
  }

  return {
    put: (name, work, rank = () => 0) => {
      if (stopping) return
      add({ name, work, rank, order: (count += 1), from: -Infinity })
      nap?.abort()
      running ??= Promise.resolve().then(run)
    },
    idle: async () => {
      const busy = running !== null
      for (let now = running; now !== null; now = running) await now
      return busy
    },
    shutForMs: () => Math.max(0, shutUntil - clock.now()),
    length: () => queue.size,
    stop: async () => {
      stopping = true
      queue.clear()
      nap?.abort()
      await running
    },
  }
}

/** When the time of the first of them comes. */
const soonest = (items: Iterable<Item>): number => {
  let least = Infinity
  for (const { from } of items) least = Math.min(least, from)
  return least
}

/** The best of those whose time has come. */
const first = (items: Iterable<Item>, now: number): Item | undefined => {
  let best: Item | undefined
  let least = Infinity
  for (const item of items) {
    if (item.from > now) continue
    const ranked = item.rank()
    if (best && (ranked > least || (ranked === least && item.order > best.order))) continue
    best = item
    least = ranked
  }
  return best
}
