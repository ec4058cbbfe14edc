import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Pause for so many milliseconds, and on while the process is busy more than half of the time: people and sources go first. After
 * `longestMs` it is enough, so that work without haste comes to its end under any load.
 */
export const whenFree = async (pauseMs: number, longestMs = 100): Promise<void> => {
  const from = performance.now()
  let isBusy = true
  while (isBusy && performance.now() - from < longestMs) {
    const before = performance.eventLoopUtilization()
    await sleep(pauseMs)
    isBusy = performance.eventLoopUtilization(before).utilization > 0.5
  }
}
