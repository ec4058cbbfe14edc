import { nameOf } from '../../dialogs/show/header.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import { type Clocks, usualClocks } from '../../triage/clocks.js'
import { endOf } from '../../triage/deadlines.js'
import type { Stamp } from '../../triage/event.js'
import type { Person } from '../../triage/person.js'
import { refuse } from '../../triage/refusal.js'
import type { CommandResult, Desk } from '../cases/desk.js'
import type { Directory } from '../people/directory.js'
import type { Identity } from '../people/identity.js'

/** Ask the manager of the first person of an alert who has one to ask. `line` is the newest line the asker saw. */
export type AskManager = (caseId: string, line: number, stamp: Stamp) => Promise<CommandResult>

type Parts = {
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly directory: Pick<Directory, 'managerOf'>
  readonly identity: Identity
  /** How long a manager has to answer, in hours. */
  readonly confirmationHours: number
  /** How long by the clocks: how severe an alert is and who works when count. */
  readonly clocks?: Clocks
}

/** Look managers up in this directory. Someone whom the alert names is never asked about it. */
export const openAskManager =
  ({ desk, directory, identity, confirmationHours, clocks = usualClocks }: Parts): AskManager =>
  async (caseId, line, stamp) => {
    const before = await desk.look(caseId)
    if (!before.state) return { ...before, refusal: refuse('no-case', { code: caseId }) }
    const { alert } = before.state
    let involved: Person | null = null
    for (const person of alert.people) {
      const manager = await directory.managerOf(person)
      if (!manager) continue
      if (await identity.isNamed([manager.id], alert)) {
        involved ??= manager
        continue
      }
      const { severity } = alert
      const waitMs = clocks.manager[severity].answer ?? confirmationHours * 3_600_000
      const ends = endOf(Date.parse(stamp.at), waitMs, { severity, personId: manager.id }, clocks)
      const until = new Date(ends).toISOString()
      const about = escapeUntrusted(nameOf(person), 120)
      return desk.settle(caseId, [{ type: 'ask-manager', caseId, line, manager, about, until, ...stamp }])
    }
    return {
      ...before,
      refusal: involved ? refuse('manager-involved', { manager: involved.name }) : refuse('no-manager'),
    }
  }
