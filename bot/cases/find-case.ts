import { isFault } from '../../triage/fault.js'
import type { Desk, Settled } from './desk.js'

/** The case as it stands; null when the code is none at all. */
export const lookAt = (caseId: string, desk: Pick<Desk, 'look'>): Promise<Settled | null> =>
  desk.look(caseId).catch((error: unknown) => {
    if (isFault(error, 'store/bad-id')) return null
    throw error
  })
