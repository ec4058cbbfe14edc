import type { Source } from '../triage/alert.js'
import type { SourceSaid, SourceStatus } from '../triage/source-said.js'
import { own, type Json, type Outcome } from './outcome.js'
import { cut, given, longest } from './text.js'
import { timeOf } from './time.js'

/** What an alert tells of itself on its source's side, before it is known which alert it is; `source` says so, its own unless told. */
export type Told = Omit<SourceSaid, 'source' | 'sourceAlertId'> & { readonly source?: Source }

/** The names of the fields that tell it; one that is not given is not told by this form. */
export type Names = {
  readonly classification?: string
  readonly determination?: string
  readonly assignedTo?: string
  readonly changedBy?: string
  /** The first that holds a time counts. */
  readonly changedAt?: readonly string[]
}

/** What the fields of an alert tell, beside its status. A field that is not there does not tell; an empty one tells "none". */
export const saidIn = (item: Json, status: SourceStatus | null, names: Names = {}): Told => {
  const at = (name: string | undefined): unknown => (name === undefined ? undefined : own(item, name))
  return {
    status,
    classification: wordOf(at(names.classification)),
    determination: wordOf(at(names.determination)),
    assignedTo: nameOf(at(names.assignedTo)),
    changedBy: nameOf(at(names.changedBy)) || null,
    changedAt: names.changedAt?.map((name) => timeOf(own(item, name))).find((time) => time !== null) ?? null,
  }
}

/** An alert that its source is done with: ignored for that reason, unless it is known; then what is told belongs on its case. */
export const over = (reason: string, told: Told, alerts: readonly (readonly [Source, unknown])[]): Outcome => ({
  kind: 'ignored',
  reason,
  said: alerts.flatMap(([source, id]) => {
    const sourceAlertId = given(id)
    const isId = sourceAlertId !== null && sourceAlertId.length <= longest && !/[\p{Cc}\p{Cs}]/u.test(String(id))
    return isId ? [{ of: source, said: { source, sourceAlertId, ...told } }] : []
  }),
})

/** The status in the words most products have for it; null for a word that none has. */
export const statusOf = (value: unknown): SourceStatus | null =>
  statuses.get(
    (given(value) ?? '')
      .slice(0, 40)
      .toLowerCase()
      .replace(/[\s_-]+/g, ''),
  ) ?? null

const statuses: ReadonlyMap<string, SourceStatus> = new Map([
  ['new', 'new'],
  ['newalert', 'new'],
  ['active', 'new'],
  ['inprogress', 'in-progress'],
  ['resolved', 'resolved'],
  ['dismissed', 'dismissed'],
  ['closed', 'closed'],
])

/** A word of a vocabulary, with a small first letter: the interfaces of one product do not agree on it. */
const wordOf = (value: unknown): string | null => {
  const name = nameOf(value)
  if (name === null) return null
  const word = name.slice(0, 1).toLowerCase() + name.slice(1)
  return /^(?:unknown|none|notSet|undefined)$/i.test(word) ? '' : word
}

const nameOf = (value: unknown): string | null => (value === undefined ? null : cut(given(value) ?? '', 256))
