import type { Answer, Case } from './case.js'
import type { Also, Check, Condition, Guide } from './guide.js'
import { evaluateVerdicts, isAllowed, type VerdictState } from './evaluate-verdicts.js'
import { firstAsked } from './follow.js'
import { onceFor } from './once-for.js'

/** Where one stands in a guide's checks. */
export type NextChecks = {
  /** The check to answer now; null when no answer would decide anything any more. */
  readonly next: Check | null
  /**
   * Which step that is, from 1, of how many at most: those that are answered, and those that may still be asked. An answer can only
   * make it fewer, so whoever goes on never sees it grow; it grows again when an answer is withdrawn or changed.
   */
  readonly step: number
  readonly of: number
  /** The checks that still matter and are not answered, in order. */
  readonly ahead: readonly Check[]
  /** Checks that are not asked because earlier answers made them moot. */
  readonly moot: readonly Check[]
}

/**
 * Find the next check: the first unanswered one that could still change which verdict is allowed, and when there is none any more,
 * the first that corroborates what is allowed.
 *
 * A check matters as long as some verdict that no answer has ruled out needs it or would be contradicted by it. What is named in
 * `first` comes first, as long as it matters or may yet corroborate something.
 */
export const nextChecks = (guide: Guide, answers: readonly Answer[], first: readonly string[] = []): NextChecks => {
  const answered = new Set(answers.map(({ check }) => check))
  const given = new Map(answers.map(({ check, option }) => [check, option]))
  const verdictStates = evaluateVerdicts(guide, answers)
  const matters = new Set<string>()
  for (const { state, verdict } of verdictStates) {
    if (state === 'excluded') continue
    for (const condition of [...verdict.needs, ...verdict.against])
      if (mayHold(condition, given)) for (const check in condition) matters.add(check)
  }
  const unanswered = guide.checks.filter(({ id }) => !answered.has(id))
  const deciding = unanswered.filter(({ id, also }) => matters.has(id) && also === null)
  // Corroboration comes last, though it may decide as well.
  const corroborating = unanswered.filter(
    ({ id, also }) => also !== null && (matters.has(id) || isDue(also, verdictStates)),
  )
  const promoted = unanswered.filter(
    ({ id, also }) => first.includes(id) && (matters.has(id) || mayBeDue(also, verdictStates)),
  )
  const ahead = [...promoted, ...[...deciding, ...corroborating].filter((one) => !promoted.includes(one))]
  const moot = unanswered.filter((one) => !ahead.includes(one))
  // Answers to what the guide does not ask are not counted.
  const done = guide.checks.length - unanswered.length
  const possible = unanswered.filter(({ id, also }) => matters.has(id) || mayBeDue(also, verdictStates)).length
  return { next: ahead[0] ?? null, step: done + 1, of: done + possible, ahead, moot }
}

/** Where a case stands in its guide's checks: what bears on an earlier case about the same person is asked first. */
export const nextOf = (
  { alert, answers, orderedBy }: Pick<Case, 'alert' | 'answers' | 'orderedBy'>,
  guide: Guide,
): NextChecks => {
  const first = orderedBy.length === 0 ? [] : firstAsked({ alert, related: orderedBy }, guide)
  if (answers.length > 0) return nextChecks(guide, answers, first)
  const beginnings = beginningsOf(guide)
  const name = first.join(' ')
  const known = beginnings.get(name) ?? nextChecks(guide, [], first)
  beginnings.set(name, known)
  return known
}

/** Where the cases of a guide begin, by what is asked first, which the guide decides: most open cases stand there, and each list asks for all. */
const beginningsOf = onceFor<Guide, Map<string, NextChecks>>(() => new Map())

/** Whether the answers so far leave it open or have it so. */
const mayHold = (condition: Condition, given: ReadonlyMap<string, string>): boolean => {
  for (const check in condition) {
    const option = given.get(check)
    if (option !== undefined && !condition[check]?.includes(option)) return false
  }
  return true
}

/** Whether a verdict is allowed that this corroboration is for: a benign one before closing, a TP before suspending. */
const isDue = (also: Also, verdictStates: readonly VerdictState[]): boolean =>
  verdictStates.filter(isAllowed).some((verdictState) => isFor(also, verdictState))

/** Whether one may yet be allowed, as far as no answer has ruled it out for good. */
const mayBeDue = (also: Also | null, verdictStates: readonly VerdictState[]): boolean =>
  also !== null && verdictStates.some((verdictState) => verdictState.state !== 'excluded' && isFor(also, verdictState))

const isFor = (also: Also, { verdict }: VerdictState): boolean =>
  also === 'suspending' ? verdict.class === 'TP' : verdict.class === 'B-TP' || verdict.class === 'FP'
