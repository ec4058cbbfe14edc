import type { OpenCases } from './open-cases.js'
import type { Desk } from './desk.js'
import { winnow } from '../../triage/person.js'

/**
 * Questions to managers expire by themselves, checked every half minute. `steadyWall` is the wall clock in milliseconds, null while
 * it is not to be believed: then nothing expires. Returns what stops the clock.
 */
export const startDeadlines = (
  openCases: OpenCases,
  desk: Desk,
  steadyWall: () => number | null,
  failed: (error: unknown) => void,
  everyMs = 30_000,
): (() => void) => {
  const look = (): void => {
    const at = steadyWall()
    if (at !== null) void expireDue(openCases, desk, new Date(at).toISOString()).catch(failed)
  }
  const timer = setInterval(look, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Expire every question whose time is up. One case that can't be written keeps none of the others; then it rejects at the end. */
export const expireDue = async (openCases: OpenCases, desk: Desk, at: string): Promise<void> => {
  const due = await openCases.due(at)
  const ends = await Promise.allSettled(
    due.map((caseId) => desk.settle(caseId, [{ type: 'expire-confirmation', caseId, line: null, at, by: winnow }])),
  )
  const failure = ends.find((end) => end.status === 'rejected')
  if (failure) throw failure.reason
}
