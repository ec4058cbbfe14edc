import type { Board } from './open-cases.js'
import type { Desk } from './desk.js'
import { winnow } from '../../triage/person.js'

/** Questions to managers expire by themselves, checked every half minute. Returns what stops the clock. */
export const startClocks = (
  board: Board,
  desk: Desk,
  now: () => string,
  failed: (error: unknown) => void,
  everyMs = 30_000,
): (() => void) => {
  const timer = setInterval(() => void expireDue(board, desk, now()).catch(failed), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Expire every question whose time is up. One case that can't be written keeps none of the others; then it rejects at the end. */
export const expireDue = async (board: Board, desk: Desk, at: string): Promise<void> => {
  const ends = await Promise.allSettled(
    board
      .due(at)
      .map((caseId) => desk.settle(caseId, [{ type: 'expire-question', caseId, line: null, at, by: winnow }])),
  )
  const failure = ends.find((end) => end.status === 'rejected')
  if (failure) throw failure.reason
}
