import type { Clock } from '../../bot/pacing/clock.js'

/** A clock that jumps: nothing takes time but waiting, and waiting takes none. */
export type FakeClock = Clock & {
  /** Let everything that is ready go on, then jump to whoever waits the shortest; until it is so, or nobody waits any more. */
  run(isSo?: () => boolean): Promise<void>
}

/** It begins at 0. */
export const fakeClock = (): FakeClock => {
  const waiting = new Set<{ readonly at: number; readonly wake: () => void }>()
  let time = 0
  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(one)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const one = { at: time + Math.max(0, ms), wake }
        if (signal?.aborted) return resolve()
        signal?.addEventListener('abort', wake)
        waiting.add(one)
      }),
    run: async (isSo = () => false) => {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve))
        if (isSo()) return
        let next: (typeof waiting extends Set<infer One> ? One : never) | undefined
        for (const one of waiting) if (!next || one.at < next.at) next = one
        if (!next) return
        time = Math.max(time, next.at)
        next.wake()
      }
    },
  }
}
