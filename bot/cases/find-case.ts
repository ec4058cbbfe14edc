import { isFault } from '../../triage/fault.js'
import type { Desk, CommandResult } from './desk.js'

/** The case as it stands; null when the code is none at all. */
export const findCase = (caseId: string, desk: Pick<Desk, 'look'>): Promise<CommandResult | null> =>
  desk.look(caseId).catch((error: unknown) => {
    if (isFault(error, 'store/bad-id')) return null
    throw error
  })
