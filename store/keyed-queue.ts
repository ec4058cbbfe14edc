/** A queue for each key: work of one key in the order it was asked for, of different keys side by side. */
export type KeyedQueue = {
  readonly take: <T>(key: string, work: () => Promise<T>) => Promise<T>
  /** Resolves when nothing is going on or waiting. */
  readonly idle: () => Promise<void>
}

/** Make queues that together do at most `atMost` works at a time: each may hold open files, and those run out. */
export function keyedQueue(atMost: number): KeyedQueue {
  const last = new Map<string, Promise<unknown>>()
  const waiting: (() => void)[] = []
  let free = atMost

  function take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = after(last.get(key), work)
    const ended = (): void => {
      if (last.get(key) === over) last.delete(key)
    }
    const over: Promise<unknown> = mine.then(ended, ended)
    last.set(key, over)
    return mine
  }

  /** Begins a moment later even where nothing went before: by then it stands in the queue. */
  async function after<T>(before: Promise<unknown> | undefined, work: () => Promise<T>): Promise<T> {
    await before
    if (free > 0) free -= 1
    else await new Promise<void>((go) => waiting.push(go))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }

  async function idle(): Promise<void> {
    while (last.size > 0) await Promise.all(last.values())
  }

  return { take, idle }
}
