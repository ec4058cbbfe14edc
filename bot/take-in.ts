import { caseId } from '../intake/case-id.js'
import { read } from '../intake/read.js'
import { match } from '../triage/match.js'
import type { Playbook } from '../triage/playbook.js'
import type { Desk } from './desk.js'
import type { Recent } from './recent.js'

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
  const alerts = await Promise.all(
    readings.map(async (reading) => {
      const { alert, playbook } = match(reading, playbooks)
      const id = caseId(alert.source, alert.sourceAlertId)
      const { written } = await desk.open(id, alert, playbook.type, recent.about(alert))
      const status = written.length > 0 ? ('new' as const) : ('known' as const)
      return { caseId: id, source: alert.source, sourceAlertId: alert.sourceAlertId, type: alert.type, status }
    }),
  )
  return { alerts, ignored }
}
