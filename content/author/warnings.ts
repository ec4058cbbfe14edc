import { type Guide, unknown, type VerdictClass } from '../../triage/guide.js'
import type { Row } from './outcomes.js'
import { kindsOf } from '../load/walks.js'

/** What may be wrong with a guide's logic although it can be loaded: sentences for its author, each with a remedy. */
export const warnings = (guide: Guide, rows: readonly Row[]): readonly string[] => [
  ...idle(guide, rows),
  ...unreached(guide, rows),
  ...atOnce(guide, rows),
  ...twoBenign(guide, rows),
  ...lost(rows),
  ...guessed(rows),
]

/** Options that make no difference to any verdict: right when the record should tell them apart, else one too many. */
export const notes = (guide: Guide): readonly string[] =>
  guide.checks.flatMap((check) =>
    kindsOf(guide, check)
      .filter((options) => options.length > 1 && !options.includes(unknown))
      .map((options) => `'${check.id}': ${options.join(' and ')} lead the same way`),
  )

/** A row's answers hold every option where the answer makes no difference. */
const idle = ({ checks }: Guide, rows: readonly Row[]): readonly string[] =>
  checks.flatMap(({ id, options, also }) => {
    const asked = rows.filter(({ answers }) => answers[id])
    if (asked.length === 0) return [`'${id}' is never asked: move it up, or take it out`]
    return also === null && asked.every(({ answers }) => answers[id]?.length === options.length)
      ? [`no answer to '${id}' ever changes what is allowed: let a verdict depend on it, or take it out`]
      : []
  })

const unreached = ({ verdicts }: Guide, rows: readonly Row[]): readonly string[] =>
  verdicts
    .filter(
      ({ id, class: verdictClass }) => verdictClass !== 'undetermined' && !rows.some((row) => row.allowed.includes(id)),
    )
    .map(({ id }) => `no answers allow '${id}': loosen its needs or its against`)

const atOnce = ({ verdicts }: Guide, rows: readonly Row[]): readonly string[] => {
  const classes = new Map<string, VerdictClass>(verdicts.map(({ id, class: verdictClass }) => [id, verdictClass]))
  return rows.flatMap((row) => {
    const malicious = row.allowed.filter((id) => classes.get(id) === 'TP')
    return malicious.length > 0 && malicious.length < row.allowed.length
      ? [`${row.allowed.join(' and ')} are allowed at once: let what supports one contradict the other: ${trail(row)}`]
      : []
  })
}

/** Answers that allow a false positive and a benign true positive at once: what speaks for one must speak against the other. */
const twoBenign = ({ verdicts }: Guide, rows: readonly Row[]): readonly string[] => {
  const classes = new Map<string, VerdictClass>(verdicts.map(({ id, class: verdictClass }) => [id, verdictClass]))
  return rows.flatMap((row) => {
    const benign = row.allowed.filter((id) => classes.get(id) === 'FP' || classes.get(id) === 'B-TP')
    return new Set(benign.map((id) => classes.get(id))).size < 2
      ? []
      : [`${benign.join(' and ')} are allowed at once, an FP and a B-TP: let answers tell them apart: ${trail(row)}`]
  })
}

const lost = (rows: readonly Row[]): readonly string[] =>
  rows
    .filter(
      ({ answers, allowed, contradicted }) =>
        allowed.length + contradicted.length === 0 &&
        Object.values(answers).every((options) => options.some((option) => option !== unknown)),
    )
    .map((row) => `every check is answered, but only undetermined is possible: ${trail(row)}`)

const guessed = (rows: readonly Row[]): readonly string[] =>
  rows
    .filter(
      ({ answers, allowed }) => allowed.length > 0 && Object.values(answers).every((one) => one.includes(unknown)),
    )
    .map((row) => `every answer is unknown, but ${row.allowed.join(' and ')} is allowed: ${trail(row)}`)

const trail = ({ answers }: Row): string =>
  Object.entries(answers)
    .map(([check, options]) => `${check}=${options.join('|')}`)
    .join(' ')
