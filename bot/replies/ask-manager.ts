import { nameOf } from '../../dialogs/show/header.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import type { Person } from '../../triage/person.js'
import { refuse } from '../../triage/refusal.js'
import type { CommandResult } from '../cases/desk.js'
import type { AppContext } from '../app-context.js'

/** Ask the manager of the first person of an alert whose manager is known. */
export const askManager = async (caseId: string, line: number, by: Person, app: AppContext): Promise<CommandResult> => {
  const { desk, directory, now, confirmationHours } = app
  const before = await desk.look(caseId)
  for (const person of before.state?.alert.people ?? []) {
    const manager = await directory.managerOf(person)
    // Nobody vouches for themselves.
    if (!manager || manager.id.toLowerCase() === person.objectId?.toLowerCase()) continue
    const until = new Date(Date.parse(now()) + confirmationHours * 3_600_000).toISOString()
    const about = escapeUntrusted(nameOf(person), 120)
    return desk.settle(caseId, [{ type: 'ask-manager', caseId, line, manager, about, until, at: now(), by }])
  }
  return { ...before, refusal: before.state ? refuse('no-manager') : refuse('no-case', { code: caseId }) }
}
