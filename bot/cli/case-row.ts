import { escapeUntrusted } from '../../dialogs/escape.js'
import type { Address, Involved } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import { stepsOf } from '../../triage/decide-verdict.js'
import type { Diary } from '../../triage/event.js'
import type { Guide } from '../../triage/guide.js'
import { type VerdictReport, verdictReports } from '../../triage/verdict-report.js'

/** A step of an exported case: its name and words, and for those done or skipped who did so, when, and why. */
export type StepRow = { readonly step: string; readonly do: string } & Partial<
  Readonly<Record<'by' | 'at' | 'reason', string>>
>

/** An exported case; null for what there is not. The names are permanent: others read them. */
export type CaseRow = {
  readonly case: string
  readonly source: string
  readonly alert_id: string
  readonly type: string
  readonly title: string
  readonly severity: string
  readonly persons: readonly Involved[]
  readonly addresses: readonly Address[]
  readonly occurred: string
  readonly opened: string
  readonly state: 'open' | 'closed'
  readonly taken_by: string | null
  readonly verdict_class: string | null
  readonly verdict: string | null
  readonly verdict_label: string | null
  readonly because: string | null
  /** Why the verdict goes against the evidence. */
  readonly override_reason: string | null
  readonly judged_by: string | null
  readonly judged_at: string | null
  readonly closed_by: string | null
  readonly closed_at: string | null
  readonly steps_done: readonly StepRow[]
  readonly steps_skipped: readonly StepRow[]
  /** The steps that were left open, or are open still; before a verdict nobody knows. */
  readonly steps_left: readonly StepRow[] | null
  readonly sample: boolean
}

/** A case as it is exported. */
export const caseRow = (state: Case, guide: Guide): CaseRow => {
  const { id, alert, openedAt, owner, recordedVerdict: verdict, closed } = state
  return {
    case: id,
    source: alert.source,
    alert_id: alert.sourceAlertId,
    type: alert.type,
    title: alert.title,
    severity: alert.severity,
    persons: alert.people,
    addresses: alert.addresses,
    occurred: alert.occurredAt,
    opened: openedAt,
    state: closed ? 'closed' : 'open',
    taken_by: owner?.name ?? null,
    verdict_class: verdict?.class ?? null,
    verdict: verdict?.verdict ?? null,
    verdict_label: verdict?.label ?? null,
    because: verdict?.because ?? null,
    override_reason: verdict?.against ?? null,
    judged_by: verdict?.by.name ?? null,
    judged_at: verdict?.at ?? null,
    closed_by: closed?.by.name ?? null,
    closed_at: closed?.at ?? null,
    steps_done: stepRows(state, 'done'),
    steps_skipped: stepRows(state, 'skipped'),
    steps_left: stepsLeft(state, guide),
    sample: alert.sample,
  }
}

const stepRows = ({ stepStates }: Case, wanted: 'done' | 'skipped'): readonly StepRow[] =>
  Object.entries(stepStates).flatMap(([step, { state, do: words, reason, by, at }]) =>
    state === wanted ? [{ step, do: words ?? step, by: by.name, at, ...(reason !== '' && { reason }) }] : [],
  )

/** Of a closed case its record tells, of an open one its guide. */
const stepsLeft = (state: Case, guide: Guide): readonly StepRow[] | null => {
  if (state.closed) return state.closed.left?.map(({ step, do: words }) => ({ step, do: words })) ?? null
  if (!state.recordedVerdict) return null
  return Object.entries(stepsOf(state, guide)).flatMap(([step, { do: words }]) =>
    Object.hasOwn(state.stepStates, step) ? [] : [{ step, do: words }],
  )
}

/** The names of the columns, in their order. */
export const columns = [
  'case',
  'source',
  'alert_id',
  'type',
  'title',
  'severity',
  'persons',
  'addresses',
  'occurred',
  'opened',
  'state',
  'taken_by',
  'verdict_class',
  'verdict',
  'verdict_label',
  'because',
  'override_reason',
  'judged_by',
  'judged_at',
  'closed_by',
  'closed_at',
  'steps_done',
  'steps_skipped',
  'steps_left',
  'sample',
] as const satisfies readonly (keyof CaseRow)[]

/** The first line of a CSV file (RFC 4180), with its line break. */
export const csvHead = `${columns.join(',')}\r\n`

/** A case as a line of CSV, with its line break: lists are joined by "; ", of steps there is the count. */
export const csvLine = (row: CaseRow): string =>
  `${columns.map((column) => csvCell(plainOf(row, column))).join(',')}\r\n`

/** A case, or what is told of a verdict, as a line of JSON. What turns or hides text is written as `\u202e`, which reads back as it was. */
export const jsonLine = (row: CaseRow | VerdictReport): string =>
  `${JSON.stringify(row).replace(odd, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`

const odd = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

const plainOf = (row: CaseRow, column: (typeof columns)[number]): string | number => {
  switch (column) {
    case 'persons':
      return row.persons.map(({ upn, name, objectId }) => upn ?? name ?? objectId ?? '').join('; ')
    case 'addresses':
      return row.addresses.map(({ ip, country }) => (country === null ? ip : `${ip} (${country})`)).join('; ')
    case 'steps_done':
    case 'steps_skipped':
    case 'steps_left':
      return row[column]?.length ?? ''
    case 'sample':
      return row.sample ? 'yes' : 'no'
    default:
      return row[column] ?? ''
  }
}

/**
 * One cell: on one line, with what cannot be seen made visible. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front, so that it stays text.
 */
export const csvCell = (value: string | number): string => {
  if (typeof value === 'number') return String(value)
  const shown = escapeUntrusted(value, 8000)
  const text = formula.test(value) || formula.test(shown) ? `'${shown}` : shown
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Also behind blanks, and as the wide signs that some spreadsheets take for the usual ones. */
const formula = /^[\s\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u

/** What others are told of the verdicts of a case, a line of JSON each. */
export const verdictLines = (diary: Diary): string =>
  verdictReports(diary)
    .map(({ report }) => jsonLine(report))
    .join('')
