import type { Answer } from './case.js'
import type { Check, Guide } from './guide.js'
import { evaluateVerdicts } from './evaluate-verdicts.js'

/** Where one stands in a guide's checks. */
export type NextChecks = {
  /** The check to answer now; null when no answer would decide anything any more. */
  readonly next: Check | null
  /** Which step that is, from 1, of how many: those that are answered, and those ahead. */
  readonly step: number
  readonly of: number
  /** The checks that still matter and are not answered, in order. */
  readonly ahead: readonly Check[]
  /** Checks that are not asked because earlier answers made them moot. */
  readonly moot: readonly Check[]
}

/**
 * Find the next check: the first unanswered one that could still change which verdict is allowed.
 *
 * A check matters as long as some verdict that no answer has ruled out needs it or would be contradicted by it.
 */
export const nextChecks = (guide: Guide, answers: readonly Answer[]): NextChecks => {
  const answered = new Set(answers.map(({ check }) => check))
  const given = new Map(answers.map(({ check, option }) => [check, option]))
  const matters = new Set(
    evaluateVerdicts(guide, answers)
      .filter(({ state }) => state !== 'excluded')
      .flatMap(({ verdict }) => [...verdict.needs, ...verdict.against])
      .filter((one) => Object.entries(one).every(([check, ok]) => ok.includes(given.get(check) ?? ok[0] ?? '')))
      .flatMap((one) => Object.keys(one)),
  )
  const unanswered = guide.checks.filter(({ id }) => !answered.has(id))
  const ahead = unanswered.filter(({ id }) => matters.has(id))
  const moot = unanswered.filter(({ id }) => !matters.has(id))
  // Answers to what the guide does not ask are not counted.
  const done = guide.checks.length - unanswered.length
  return { next: ahead[0] ?? null, step: done + 1, of: done + ahead.length, ahead, moot }
}
