import assert from 'node:assert/strict'
import { answer } from '../../content/load/walks.js'
import type { Guide } from '../../triage/guide.js'
import { nextChecks } from '../../triage/next-checks.js'
import { evaluateVerdicts } from '../../triage/evaluate-verdicts.js'

/** What a set of answers, as `check: option`, makes of a guide. */
export type Outcome = {
  readonly allowed: readonly string[]
  readonly contradicted: readonly string[]
  /** Nothing says yet whether it holds. */
  readonly open: readonly string[]
  readonly next: string | null
}

/** Answer the checks of a guide, refusing checks and options it does not have. */
export const found = (guide: Guide, given: Readonly<Record<string, string>>): Outcome => {
  const answers = Object.entries(given).map(([check, option]) => {
    const known = guide.checks.find(({ id }) => id === check)?.options.map(({ id }) => id)
    assert.ok(known?.includes(option), `${guide.type} has no answer ${check}: ${option}`)
    return answer(check, option)
  })
  const verdictStates = evaluateVerdicts(guide, answers)
  const named = (state: string) => verdictStates.filter((one) => one.state === state).map(({ verdict }) => verdict.id)
  return {
    allowed: named('allowed').filter((id) => id !== 'undetermined'),
    contradicted: named('contradicted'),
    open: named('open'),
    next: nextChecks(guide, answers).next?.id ?? null,
  }
}

/** The ids of a verdict's actions in order, with a question mark where one is optional or conditional. */
export const actionsOf = (guide: Guide, verdict: string): readonly string[] =>
  (guide.verdicts.find(({ id }) => id === verdict)?.actions ?? []).map(({ id, optional, when }) =>
    optional || when !== null ? `${id}?` : id,
  )
