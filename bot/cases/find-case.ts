import { isFault } from '../../triage/fault.js'
import type { Desk, CommandResult } from './desk.js'

/** The case as it stands; null when the code is none at all. */
export const findCase = (caseId: string, desk: Pick<Desk, 'look'>): Promise<CommandResult | null> =>
  desk.look(caseId).catch((error: unknown) => {
    if (isFault(error, 'store/bad-id')) return null
    throw error
  })

/** The case whose card stands for that one: itself, or the one it shares a card with. */
export const findLeader = async (caseId: string, desk: Pick<Desk, 'look'>): Promise<CommandResult | null> => {
  let found = await findCase(caseId, desk)
  // The same alert from a third source may lead to a member of a group.
  for (let steps = 0; steps < 3 && found?.state?.joined; steps += 1) {
    const leader = await findCase(found.state.joined.leader, desk)
    if (!leader?.state) return found
    found = leader
  }
  return found
}
