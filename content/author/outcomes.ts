import type { Answer } from '../../triage/case.js'
import type { Guide } from '../../triage/guide.js'
import { nextChecks } from '../../triage/next-checks.js'
import { evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import { answer, kindsOf } from '../load/walks.js'

/** Answers that all end the same way: for each check that is asked, the options that make no difference there. */
export type Row = {
  readonly answers: Readonly<Record<string, readonly string[]>>
  /** The verdicts that may be chosen then, "undetermined" left out. */
  readonly allowed: readonly string[]
  /** The verdicts whose needs hold while something speaks against them. */
  readonly contradicted: readonly string[]
}

/** What every way through a guide's checks ends with, in few rows: ways that differ in nothing that matters stand in one. */
export const outcomes = (guide: Guide): readonly Row[] => {
  const kinds = new Map(guide.checks.map((check) => [check.id, kindsOf(guide, check)]))
  const onward = (given: readonly Answer[]): readonly Row[] => {
    const { next } = nextChecks(guide, given)
    if (!next) return [end(guide, given)]
    const branches = (kinds.get(next.id) ?? []).map((options) => ({
      options,
      rows: onward([...given, answer(next.id, options[0] ?? '')]),
    }))
    return together(branches).flatMap(({ options, rows }) =>
      rows.map((row) => ({ ...row, answers: { [next.id]: options, ...row.answers } })),
    )
  }
  return merged(onward([]))
}

/** How a row ends, as a text to compare and to group by. */
export const endOf = ({ allowed, contradicted }: Row): string => JSON.stringify([allowed, contradicted])

const end = (guide: Guide, given: readonly Answer[]): Row => {
  const verdictStates = evaluateVerdicts(guide, given)
  const named = (state: string) =>
    verdictStates
      .filter((one) => one.state === state && one.verdict.class !== 'undetermined')
      .map(({ verdict }) => verdict.id)
  return { answers: {}, allowed: named('allowed'), contradicted: named('contradicted') }
}

type Branch = { readonly options: readonly string[]; readonly rows: readonly Row[] }

/** Branches with the same rows become one. */
const together = (branches: readonly Branch[]): readonly Branch[] => {
  const found = new Map<string, Branch>()
  for (const branch of branches) {
    const key = JSON.stringify(branch.rows)
    found.set(key, { ...branch, options: [...(found.get(key)?.options ?? []), ...branch.options].toSorted() })
  }
  return [...found.values()]
}

/** Rows that end the same way and differ in one check only become one, as long as there are any. */
const merged = (rows: readonly Row[]): readonly Row[] => {
  const checks = [...new Set(rows.flatMap(({ answers }) => Object.keys(answers)))]
  const fewer = checks.reduce(mergedIn, rows)
  return fewer.length < rows.length ? merged(fewer) : rows
}

const mergedIn = (rows: readonly Row[], check: string): readonly Row[] => {
  const found = new Map<string, Row>()
  for (const row of rows) {
    const key = JSON.stringify([{ ...row.answers, [check]: check in row.answers }, endOf(row)])
    const options = [...(found.get(key)?.answers[check] ?? []), ...(row.answers[check] ?? [])]
    const answers = check in row.answers ? { ...row.answers, [check]: [...new Set(options)].toSorted() } : row.answers
    found.set(key, { ...row, answers })
  }
  return [...found.values()]
}
