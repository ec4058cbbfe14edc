/** What was checked, and how it went. */
export type Tally = {
  readonly passed: () => number
  readonly failed: () => number
  /** A check passed unless there are problems; those are printed, the first ten of them. `isToldAnyway` prints that it passed. */
  readonly that: (name: string, problems: readonly string[], isToldAnyway?: boolean) => void
}

/** Nothing is checked yet. */
export const openTally = (): Tally => {
  const results: boolean[] = []
  return {
    passed: () => results.filter(Boolean).length,
    failed: () => results.filter((passed) => !passed).length,
    that: (name: string, problems: readonly string[], isToldAnyway = false): void => {
      results.push(problems.length === 0)
      if (problems.length === 0 && isToldAnyway) console.log(`passed: ${name}`)
      if (problems.length === 0) return
      console.log(`FAILED: ${name}`)
      for (const problem of problems.slice(0, 10)) console.log(`  ${problem}`)
      if (problems.length > 10) console.log(`  and ${problems.length - 10} more`)
    },
  }
}
