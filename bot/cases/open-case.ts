import { caseId } from '../../intake/case-id.js'
import { read } from '../../intake/read.js'
import { match } from '../../triage/match.js'
import type { Playbook } from '../../triage/guide.js'
import type { Desk } from './desk.js'
import { type Recent, newest, openRecent } from './past-cases.js'

/** What became of each alert of a payload. */
export type Taken = {
  readonly alerts: readonly {
    readonly caseId: string
    readonly source: string
    readonly sourceAlertId: string
    readonly type: string
    readonly status: 'new' | 'known'
  }[]
  readonly ignored: readonly { readonly reason: string }[]
}

/**
 * Open a case for each alert of a payload. Resolves when all are on disk; sending a payload again is harmless.
 *
 * Faults `intake/…` when the payload can't be read; then nothing is stored.
 */
export const takeIn = async (
  body: unknown,
  playbooks: readonly Playbook[],
  { desk, recent }: { readonly desk: Desk; readonly recent: Recent },
  now: string,
): Promise<Taken> => {
  const { readings, ignored } = read(body, now)
  const found = readings.map((reading) => {
    const { alert, playbook } = match(reading, playbooks)
    return { id: caseId(alert.source, alert.sourceAlertId), alert, playbook }
  })
  // Alerts of one payload are often about the same person: they know of one another, in whatever order they are opened.
  const siblings = openRecent()
  for (const one of found) siblings.note(one)
  const alerts = await Promise.all(
    found.map(async ({ id, alert, playbook }) => {
      const related = newest([...siblings.about(alert), ...recent.about(alert)]).filter((one) => one.caseId !== id)
      const { written } = await desk.open(id, alert, playbook.type, related)
      const status = written.length > 0 ? ('new' as const) : ('known' as const)
      return { caseId: id, source: alert.source, sourceAlertId: alert.sourceAlertId, type: alert.type, status }
    }),
  )
  return { alerts, ignored }
}
