/** Resolves at the end of this turn of the event loop, for everyone who has come until then. */
export type Gather = () => Promise<void>

/**
 * Let those who come together go on together, in the order in which they came: what each does before it next waits is then done for
 * one after the other. The program is larger than what a processor keeps at hand, and the same step done ten times in a row costs
 * hardly more than half.
 */
export const openGather = (): Gather => {
  let next: Promise<void> | null = null
  return () =>
    (next ??= new Promise((go) =>
      setImmediate(() => {
        next = null
        go()
      }),
    ))
}

/** Resolves when the others who go on at the same time have come as far as this one. */
export const inStep = (): Promise<void> => Promise.resolve()
