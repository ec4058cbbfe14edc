import type { Answer } from '../triage/case.js'
import type { Playbook } from '../triage/playbook.js'
import { walk } from '../triage/walk.js'
import { weigh } from '../triage/weigh.js'
import { answer, kindsOf } from './walks.js'

/** Answers that all end the same way: for each check that is asked, the options that make no difference there. */
export type Row = {
  readonly answers: Readonly<Record<string, readonly string[]>>
  /** The verdicts that may be chosen then, "undetermined" left out. */
  readonly allowed: readonly string[]
  /** The verdicts whose needs hold while something speaks against them. */
  readonly contradicted: readonly string[]
}

/** What every way through a playbook's checks ends with, in few rows: ways that differ in nothing that matters stand in one. */
export const outcomes = (playbook: Playbook): readonly Row[] => {
  const kinds = new Map(playbook.checks.map((check) => [check.id, kindsOf(playbook, check)]))
  const onward = (given: readonly Answer[]): readonly Row[] => {
    const { next } = walk(playbook, given)
    if (!next) return [end(playbook, given)]
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

const end = (playbook: Playbook, given: readonly Answer[]): Row => {
  const standings = weigh(playbook, given)
  const named = (state: string) =>
    standings
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
    found.set(key, { ...branch, options: [...(found.get(key)?.options ?? []), ...branch.options] })
  }
  return [...found.values()]
}

/** Rows that end the same way and differ in one check only become one, as long as there are any. */
const merged = (rows: readonly Row[]): readonly Row[] => {
  for (const [index, row] of rows.entries()) {
    for (const [later, other] of rows.entries()) {
      if (later <= index || endOf(row) !== endOf(other)) continue
      const check = onlyDifference(row, other)
      if (check === null) continue
      const options = [...(row.answers[check] ?? []), ...(other.answers[check] ?? [])]
      const one = { ...row, answers: { ...row.answers, [check]: [...new Set(options)] } }
      return merged(rows.with(index, one).toSpliced(later, 1))
    }
  }
  return rows
}

const onlyDifference = (row: Row, other: Row): string | null => {
  const checks = Object.keys(row.answers)
  if (checks.join() !== Object.keys(other.answers).join()) return null
  const differing = checks.filter((check) => row.answers[check]?.join() !== other.answers[check]?.join())
  return differing.length === 1 ? (differing[0] ?? null) : null
}
