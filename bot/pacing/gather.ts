/**
 * Resolves at the end of this turn of the event loop, for everyone who has come until then; `size` says how much there is to do, in
 * the unit of `most`.
 */
export type Gather = (size: number) => Promise<void>

/**
 * Let those who come together go on together, in the order in which they came: what each does before it next waits is then done for
 * one after the other. The program is larger than what a processor keeps at hand, and the same step done ten times in a row costs
 * hardly more than half.
 *
 * No more go on in one turn than are `most` together, or one that is larger: whatever else is to be done has its turn in between.
 */
export const openGather = (most: number): Gather => {
  let waiting: { readonly size: number; readonly go: () => void }[] = []
  const turn = (): void => {
    let [count, sum] = [0, 0]
    for (const { size } of waiting) {
      sum += size
      if (count > 0 && sum > most) break
      count += 1
    }
    const these = waiting.slice(0, count)
    waiting = waiting.slice(count)
    if (waiting.length > 0) setImmediate(turn)
    for (const { go } of these) go()
  }
  return (size) =>
    new Promise((go) => {
      waiting.push({ size, go })
      if (waiting.length === 1) setImmediate(turn)
    })
}

/** Resolves when the others who go on at the same time have come as far as this one. */
export const inStep = (): Promise<void> => Promise.resolve()
