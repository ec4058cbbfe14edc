import type { Source } from './alert.js'

/** Where an alert can stand on its source's side, from untouched to over. */
export const sourceStatuses = ['new', 'in-progress', 'resolved', 'dismissed', 'closed'] as const

/** One of them. */
export type SourceStatus = (typeof sourceStatuses)[number]

/**
 * What a source says has become of one of its alerts on its own side. Null where it does not tell; '' where it tells that there is
 * none. The words are the source's own and untrusted; the reader bounds them.
 */
export type SourceSaid = {
  readonly source: Source
  readonly sourceAlertId: string
  readonly status: SourceStatus | null
  /** Such as `truePositive`, and the reason, such as `compromisedAccount`; with a small first letter, whoever sends them. */
  readonly classification: string | null
  readonly determination: string | null
  readonly assignedTo: string | null
  /** Who changed it there, and when (ISO 8601, UTC). */
  readonly changedBy: string | null
  readonly changedAt: string | null
}

/** Under which id an incident is told of, beside the ids of the alerts that it holds. */
export const incidentId = (incident: string): string => `incident/${incident}`

/** True for what is said of an incident, and not of an alert. */
export const isOfIncident = ({ sourceAlertId }: Pick<SourceSaid, 'sourceAlertId'>): boolean =>
  sourceAlertId.startsWith(incidentId(''))

/** What was said last of that alert; null when nothing was. */
export const lastSaid = (all: readonly SourceSaid[], of: Pick<SourceSaid, 'source' | 'sourceAlertId'>) =>
  all.findLast((one) => isOf(one, of)) ?? null

/** What is said of an alert, with what was said before where it does not tell; null when that is no news. */
export const newsIn = (said: SourceSaid, all: readonly SourceSaid[]): SourceSaid | null => {
  const last = lastSaid(all, said) ?? untouched
  const next: SourceSaid = {
    source: said.source,
    sourceAlertId: said.sourceAlertId,
    status: said.status ?? last.status,
    classification: said.classification ?? last.classification,
    determination: said.determination ?? last.determination,
    assignedTo: said.assignedTo ?? last.assignedTo,
    changedBy: said.changedBy,
    changedAt: said.changedAt,
  }
  if (saysTheSame(next, last)) return null
  if (said.changedAt !== null) return last.changedAt !== null && said.changedAt < last.changedAt ? null : next
  // Without a time nobody knows what came first: what steps back, or was said before, is an old message sent again.
  const isBack = rankOf(next.status) < rankOf(last.status)
  return isBack || all.some((one) => isOf(one, said) && saysTheSame(one, next)) ? null : next
}

/** True when the source is done with an alert. */
export const isOver = (status: SourceStatus | null): boolean => rankOf(status) > 1

/** What it says, without which alert it is about. */
type Said = Omit<SourceSaid, 'source' | 'sourceAlertId'>

const untouched: Said = {
  status: 'new',
  classification: '',
  determination: '',
  assignedTo: '',
  changedBy: null,
  changedAt: null,
}

const rankOf = (status: SourceStatus | null): number =>
  status === null || status === 'new' ? 0 : status === 'in-progress' ? 1 : 2

const isOf = (one: SourceSaid, { source, sourceAlertId }: Pick<SourceSaid, 'source' | 'sourceAlertId'>): boolean =>
  one.source === source && one.sourceAlertId === sourceAlertId

const saysTheSame = (one: Said, other: Said): boolean =>
  one.status === other.status &&
  one.classification === other.classification &&
  one.determination === other.determination &&
  one.assignedTo === other.assignedTo
