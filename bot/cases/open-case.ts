import { caseId } from '../../intake/case-id.js'
import { type Ignored, read } from '../../intake/read.js'
import type { SourceName } from '../../intake/sources.js'
import { Fault, isFault } from '../../triage/fault.js'
import { match } from '../../triage/match.js'
import type { Guide } from '../../triage/guide.js'
import type { Groups } from './groups.js'
import { type PastCases, newest, openPastCases } from './past-cases.js'

/** What became of each alert of a payload. */
export type IntakeResult = {
  readonly alerts: readonly {
    readonly caseId: string
    readonly source: string
    readonly sourceAlertId: string
    readonly type: string
    /**
     * `joined`: the same alert came from another source, and `caseId` is the case of both. `grouped`: it has a case of its own that
     * shares the card of the case `group`.
     */
    readonly status: 'new' | 'known' | 'joined' | 'grouped'
    readonly group?: string
  }[]
  readonly ignored: readonly Ignored[]
}

/**
 * Open a case for each alert of a payload, whose source is told by path or key, or by the payload itself. Resolves when all are on
 * disk; sending a payload again is harmless.
 *
 * Faults `intake/…` when nothing in the payload can be read; then nothing is stored. One with a cause is our own mistake.
 */
export const openCasesFor = async (
  body: unknown,
  guides: readonly Guide[],
  { groups, pastCases }: { readonly groups: Pick<Groups, 'open'>; readonly pastCases: PastCases },
  now: string,
  source: SourceName | null = null,
): Promise<IntakeResult> => {
  const { found, ignored } = readable(body, guides, now, source)
  // Alerts of one payload are often about the same person: they know of one another, in whatever order they are opened.
  const siblings = openPastCases(Math.max(1, found.length))
  for (const one of found) siblings.note(one)
  const alerts = await Promise.all(
    found.map(async ({ id, alert, guide }) => {
      const related = newest([...siblings.about(alert), ...pastCases.about(alert)]).filter((one) => one.caseId !== id)
      const { isNew, joins } = await groups.open(id, alert, guide.type, related)
      const { source, sourceAlertId, type } = alert
      const told = { source, sourceAlertId, type }
      const known = isNew ? null : ('known' as const)
      if (joins?.as === 'twin') return { caseId: joins.leader, ...told, status: known ?? ('joined' as const) }
      if (joins) return { caseId: id, ...told, status: known ?? ('grouped' as const), group: joins.leader }
      return { caseId: id, ...told, status: known ?? ('new' as const) }
    }),
  )
  return { alerts, ignored }
}

/** The alerts of a payload with their case ids and guides. A payload that breaks the reading is refused, not sent again later. */
const readable = (body: unknown, guides: readonly Guide[], now: string, source: SourceName | null) => {
  try {
    const { readings, ignored } = read(body, now, source)
    const found = readings.map((reading) => {
      const { alert, guide } = match(reading, guides)
      return { id: caseId(alert.source, alert.sourceAlertId), alert, guide }
    })
    return { found, ignored }
  } catch (cause) {
    if (isFault(cause)) throw cause
    const message =
      "This payload couldn't be read, and nothing was stored. Sending it again won't help; contact your Winnow administrator."
    throw new Fault('intake/unreadable', message, { cause })
  }
}
