import type { Alert } from './alert.js'
import type { Diary, Event } from './event.js'
import type { VerdictClass } from './guide.js'
import type { Person } from './person.js'

/**
 * What others are told of a verdict: one for each time it is recorded, withdrawn, closed with, or reopened. Names of fields are permanent:
 * others read them. Null for what there is not.
 */
export type VerdictReport = {
  readonly schema: 'winnow-verdict/1'
  /** The same each time it is sent: the code of the case and the line of its history. */
  readonly id: string
  readonly event: 'recorded' | 'withdrawn' | 'closed' | 'reopened'
  readonly at: string
  readonly by: ReportedPerson
  readonly case: string
  readonly source: string
  readonly alert_id: string
  /** What the source calls the detection; null where it names none. */
  readonly rule_id: string | null
  readonly title: string
  readonly severity: string
  readonly tactics: readonly string[]
  readonly techniques: readonly string[]
  /** The type of the alert, by which Winnow finds its guide, and that guide's version. */
  readonly type: string
  readonly guide_version: string | null
  readonly class: VerdictClass | null
  readonly variant: string | null
  readonly label: string | null
  readonly because: string | null
  readonly override_reason: string | null
  readonly recorded_by: ReportedPerson | null
  /** Why it was reopened. */
  readonly reason: string | null
  readonly occurred_at: string
  readonly opened_at: string
  readonly taken_at: string | null
  readonly recorded_at: string | null
  readonly closed_at: string | null
  /** The same alert as other sources told it. */
  readonly also_reported: readonly { readonly source: string; readonly alert_id: string }[]
  readonly sample: boolean
}

/** Who did it: the proven identity, and the name that was shown. */
export type ReportedPerson = { readonly id: string; readonly name: string }

/** All that can be told of the verdicts of a case, each with its line, oldest first. */
export const verdictReports = (diary: Diary): readonly { readonly line: number; readonly report: VerdictReport }[] => {
  const first = diary[0]
  if (first?.type !== 'opened') return []
  const reports: { line: number; report: VerdictReport }[] = []
  let so: Soon = {
    guideVersion: first.version ?? null,
    verdict: null,
    takenAt: null,
    closedAt: null,
    also: [],
  }
  diary.forEach((event, line) => {
    so = after(so, event)
    const kind = kinds[event.type]
    if (kind === undefined) return
    const reason = event.type === 'reopened' && event.reason !== '' ? event.reason : null
    reports.push({ line, report: reportOf({ first, so, event, kind, line, reason }) })
    if (event.type === 'judgement-withdrawn') so = { ...so, verdict: null }
    if (event.type === 'reopened') so = { ...so, closedAt: null }
  })
  return reports
}

const kinds: Readonly<Partial<Record<Event['type'], VerdictReport['event']>>> = {
  judged: 'recorded',
  'judgement-withdrawn': 'withdrawn',
  closed: 'closed',
  reopened: 'reopened',
}

type Soon = {
  readonly guideVersion: string | null
  readonly verdict: (Event & { readonly type: 'judged' }) | null
  readonly takenAt: string | null
  readonly closedAt: string | null
  readonly also: VerdictReport['also_reported']
}

const after = (so: Soon, event: Event): Soon => {
  switch (event.type) {
    case 'guide-changed':
      return { ...so, guideVersion: event.version }
    case 'claimed':
      return { ...so, takenAt: so.takenAt ?? event.at }
    case 'judged':
      return { ...so, verdict: event }
    case 'closed':
      return { ...so, closedAt: event.at }
    case 'also-reported':
      return { ...so, also: [...so.also, { source: event.report.source, alert_id: event.report.sourceAlertId }] }
    default:
      return so
  }
}

type Parts = {
  readonly first: { readonly caseId: string; readonly alert: Alert; readonly at: string }
  readonly so: Soon
  readonly event: Event
  readonly kind: VerdictReport['event']
  readonly line: number
  readonly reason: string | null
}

const reportOf = ({ first: { caseId, alert, at }, so, event, kind, line, reason }: Parts): VerdictReport => ({
  schema: 'winnow-verdict/1',
  id: `${caseId}/${line}`,
  event: kind,
  at: event.at,
  by: personOf(event.by),
  case: caseId,
  source: alert.source,
  alert_id: alert.sourceAlertId,
  rule_id: alert.key,
  title: alert.title,
  severity: alert.severity,
  tactics: alert.tactics,
  techniques: alert.techniques ?? [],
  type: alert.type,
  guide_version: so.guideVersion,
  class: so.verdict?.class ?? null,
  variant: so.verdict?.verdict ?? null,
  label: so.verdict?.label ?? null,
  because: so.verdict?.because ?? null,
  override_reason: so.verdict?.against ?? null,
  recorded_by: so.verdict && personOf(so.verdict.by),
  reason,
  occurred_at: alert.occurredAt,
  opened_at: at,
  taken_at: so.takenAt,
  recorded_at: so.verdict?.at ?? null,
  closed_at: so.closedAt,
  also_reported: so.also,
  sample: alert.sample,
})

const personOf = ({ id, name }: Person): ReportedPerson => ({ id, name })
