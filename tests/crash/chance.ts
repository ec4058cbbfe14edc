/** Chance that can be had again: the same seed throws the same dice in the same order. */
export type Chance = {
  /** At least 0 and less than 1. */
  readonly roll: () => number
  /** A whole number from `least` to `most`. */
  readonly between: (least: number, most: number) => number
  /** True once in so many throws, as with `odds(1 / 6)`. */
  readonly odds: (chance: number) => boolean
  /** One of these; throws a RangeError when there are none. */
  readonly one: <T>(of: readonly T[]) => T
  /** Each of these with an even chance. */
  readonly some: <T>(of: readonly T[]) => readonly T[]
}

/** Chance from a seed (the generator is mulberry32). */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number): number => least + Math.floor(roll() * (most - least + 1))
  const odds = (chance: number): boolean => roll() < chance
  return {
    roll,
    between,
    odds,
    one: (of) => {
      const found = of[between(0, of.length - 1)]
      if (found === undefined) throw new RangeError('there is nothing to choose from')
      return found
    },
    some: (of) => of.filter(() => odds(0.5)),
  }
}
