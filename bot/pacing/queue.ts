import TinyQueue from 'tinyqueue'
import { type Clock, machineClock } from './clock.js'

/** What became of one piece of work: done, or to be tried again after some milliseconds; `everybody`: the rest waits as well. */
export type Retry = { readonly againInMs: number; readonly everybody?: boolean } | null

/** Work of one conversation: one at a time, each name at most once in the queue. */
export type DeliveryQueue = {
  /**
   * Queue work under a name; work of that name that has not begun yet is the same work. Lower ranks go first, and equal ones in
   * the order they came. The rank is asked for now and when its turn comes, and has to wait again if it has become higher.
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
  work: () => Promise<Retry>
  rank: () => number
  ranked: number
  /** Its turn among equals, and not before this time. */
  order: number
  from: number
}

/** An item as it stood when it was put into line. What has changed since stands there again, and this counts no more. */
type Entry = { readonly item: Item; readonly ranked: number; readonly order: number; readonly from: number }

/** An empty queue. `failed` hears of work that threw: it is not tried again. */
export const openQueue = (failed: (error: unknown) => void, clock: Clock = machineClock): DeliveryQueue => {
  const queue = new Map<string, Item>()
  // Thousands wait in a storm, so nobody looks through all of them for the next.
  const ready = new TinyQueue<Entry>([], (one, other) => one.ranked - other.ranked || one.order - other.order)
  const later = new TinyQueue<Entry>([], (one, other) => one.from - other.from)
  let stopping = false
  /** While it rests: what ends that. An abort costs, so nobody aborts for nothing. */
  let nap: AbortController | null = null
  let running: Promise<void> | null = null
  let count = 0
  let shutUntil = -Infinity

  const entryOf = (item: Item): Entry => {
    const { ranked, order, from } = item
    return { item, ranked, order, from }
  }
  const enter = (item: Item): void => ready.push(entryOf(item))

  const add = (name: string, work: Item['work'], rank: Item['rank'], order: number, from: number): void => {
    const ranked = rank()
    const same = queue.get(name)
    if (!same) {
      const item = { name, work, rank, ranked, order, from }
      queue.set(name, item)
      return enter(item)
    }
    // What is asked for again keeps its turn, and waits as long as it has to.
    const isSooner = ranked < same.ranked || order < same.order
    same.work = work
    same.rank = rank
    same.from = Math.max(same.from, from)
    if (!isSooner) return
    same.ranked = ranked
    same.order = Math.min(same.order, order)
    enter(same)
  }

  const isCurrent = ({ item, ranked, order }: Entry): boolean =>
    queue.get(item.name) === item && item.ranked === ranked && item.order === order

  /** The best of those whose time has come. */
  const first = (now: number): Item | undefined => {
    for (let due = later.peek(); due && due.from <= now; due = later.peek()) {
      later.pop()
      if (isCurrent(due)) ready.push(due)
    }
    for (let entry = ready.pop(); entry; entry = ready.pop()) {
      if (!isCurrent(entry)) continue
      const { item } = entry
      if (item.from > now) {
        later.push(entryOf(item))
        continue
      }
      const ranked = item.rank()
      if (ranked <= item.ranked) return item
      item.ranked = ranked
      enter(item)
    }
    return undefined
  }

  const rest = async (ms: number): Promise<void> => {
    nap = new AbortController()
    await clock.sleep(ms, nap.signal)
    nap = null
  }

  const run = async (): Promise<void> => {
    while (queue.size > 0) {
      const now = clock.now()
      const item = shutUntil > now ? undefined : first(now)
      if (!item) {
        await rest((shutUntil > now ? shutUntil : (later.peek()?.from ?? now)) - now)
        continue
      }
      const { name, order } = item
      queue.delete(name)
      try {
        const outcome = await item.work()
        if (!outcome) continue
        const from = clock.now() + outcome.againInMs
        if (outcome.everybody) shutUntil = from
        // Asked for again meanwhile, it is done as it was asked for last.
        const { work, rank } = queue.get(name) ?? item
        if (!stopping) add(name, work, rank, order, from)
      } catch (error) {
        failed(error)
      }
    }
    running = null
  }

  return {
    put: (name, work, rank = () => 0) => {
      if (stopping) return
      add(name, work, rank, (count += 1), -Infinity)
      // While everybody has to wait, nothing new begins either.
      if (shutUntil <= clock.now()) nap?.abort()
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
