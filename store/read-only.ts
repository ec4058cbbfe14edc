import { stat } from 'node:fs/promises'
import type { Diary } from '../triage/event.js'
import { Fault } from '../triage/fault.js'
import { findCopies } from './copies.js'
import { caseDamaged, fileIsNewer } from './faults.js'
import { checkCaseId } from './names.js'
import { inQuarantine } from './quarantine.js'

/**
 * A case's diary from a folder that another process may own at the moment; empty when there is none. Changes nothing.
 *
 * Fault `store/folder` when there is no such folder, `store/damaged` when the case cannot be read.
 */
export async function readOnlyDiary(folder: string, caseId: string): Promise<Diary> {
  checkCaseId(caseId)
  const { good, bad } = await findCopies(folder, caseId)
  const [best] = good
  if (best) return best.diary
  const [broken] = bad
  if (broken?.newer) throw fileIsNewer(broken.file)
  const moved = broken?.file ?? (await inQuarantine(folder, caseId))
  if (moved) throw caseDamaged(caseId, moved)
  await stat(folder).catch((error: unknown) => {
    throw new Fault('store/folder', `There is no folder ${folder}. Name the data folder of Winnow.`, { cause: error })
  })
  return []
}
