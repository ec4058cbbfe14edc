import type { RunningClocks } from './clocks.js'

/**
 * Look at the clocks of all cases every half minute, one look at a time. `steadyWall` is the wall clock in milliseconds, null while it
 * is not to be believed: then nothing is done, and afterwards every case is looked at anew. Returns what stops it.
 */
export const startDeadlines = (
  clocks: Pick<RunningClocks, 'look' | 'doubt'>,
  steadyWall: () => number | null,
  failed: (error: unknown) => void,
  everyMs = 30_000,
): (() => void) => {
  let isLooking = false
  let isDoubted = false
  const look = async (): Promise<void> => {
    const at = steadyWall()
    if (at === null) isDoubted = true
    if (at === null || isLooking) return
    if (isDoubted) clocks.doubt()
    isDoubted = false
    isLooking = true
    await clocks
      .look(new Date(at).toISOString())
      .catch(failed)
      .finally(() => (isLooking = false))
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
