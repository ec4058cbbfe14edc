/**
 * How many cases a law is tried with: so many, times the variable RUNS when that is set. CI sets it for a long run of the laws whose
 * cases cost most.
 */
export const runs = (usual: number): number => usual * Number(process.env['RUNS'] ?? 1)
