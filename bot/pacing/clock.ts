import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** The time, as whoever has to wait needs it; another one in tests. */
export type Clock = {
  /** Milliseconds that never go back; where they begin means nothing. */
  readonly now: () => number
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

/** The machine's own clock. */
export const machineClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal && { signal }).catch(() => {}),
}

/** What time it is, ISO 8601 in UTC; its text is made once for each millisecond in which it is asked for. */
export const wallClock = (): (() => string) => {
  let [last, text] = [NaN, '']
  return () => {
    const ms = Date.now()
    if (ms !== last) [last, text] = [ms, new Date(ms).toISOString()]
    return text
  }
}
