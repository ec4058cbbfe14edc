/** How far the wall clock may move against the monotonic one between two looks, in milliseconds: it is slewed, not set. */
const slewMs = 2000

/** How long the wall clock has to go evenly before it is believed, in milliseconds. */
export const believedAfterMs = 300_000

/**
 * The wall clock for what cannot be taken back, such as letting a question expire. Look at it often.
 *
 * Returns the time in milliseconds since 1970; null at first, and after it was set forward or back, until it has gone evenly for
 * five minutes: a clock that jumps a day ahead for half a minute must decide nothing. `monotonic` never goes back.
 */
export const openSteadyWall = (
  wall: () => number,
  monotonic: () => number,
  afterMs = believedAfterMs,
): (() => number | null) => {
  let [offset, since] = [wall() - monotonic(), monotonic()]
  return () => {
    const [at, elapsed] = [wall(), monotonic()]
    if (Math.abs(at - elapsed - offset) > slewMs) since = elapsed
    offset = at - elapsed
    return elapsed - since >= afterMs ? at : null
  }
}
