import type { OpenCases } from './open-cases.js'
import type { Desk } from './desk.js'
import { winnow } from '../../triage/person.js'

/** Questions to managers expire by themselves, checked every half minute. Returns what stops the clock. */
export const startDeadlines = (
  openCases: OpenCases,
  desk: Desk,
  now: () => string,
  failed: (error: unknown) => void,
  everyMs = 30_000,
): (() => void) => {
  const timer = setInterval(() => void expireDue(openCases, desk, now()).catch(failed), everyMs)
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
