import type { Guide, VerdictClass } from '../../triage/guide.js'

/** All guides in a table, with counts of checks, verdicts by class, actions, scope and tuning steps, and totals. */
export const guideList = (guides: readonly Guide[]): string => {
  const lines = guides.map((guide) => [...names(guide), ...counts(guide).map(String)])
  const totals = guides
    .map(counts)
    .reduce<readonly number[]>((sums, list) => list.map((count, index) => count + (sums[index] ?? 0)), [])
  const table = [heading, ...lines, [`${guides.length} guides`, '', '', '', ...totals.map(String)]]
  const widths = heading.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)))
  return table
    .map((line) =>
      line
        .map((cell, column) => (column < 4 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const heading = ['type', 'family', 'severity', 'tactics', 'checks', 'TP', 'B-TP', 'FP', 'actions', 'scope', 'tuning']

const names = ({ type, family, severity, tactics }: Guide) => [type, family, severity, tactics.join(', ')]

const counts = ({ checks, verdicts, scope, tuning }: Guide): readonly number[] => {
  const of = (wanted: VerdictClass) => verdicts.filter((one) => one.class === wanted).length
  const actions = verdicts.flatMap((one) => one.actions).length
  return [checks.length, of('TP'), of('B-TP'), of('FP'), actions, scope.length, tuning.length]
}
