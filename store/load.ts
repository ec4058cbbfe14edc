import { rm } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { findCopies, type Copy } from './copies.js'
import { caseDamaged, fileIsNewer, remedyFor } from './faults.js'
import { inQuarantine, quarantine } from './quarantine.js'

/** Takes a line for the operator. */
export type Report = (line: string) => void

/**
 * The one good file of a case, or null when there is none; for the owner of the folder.
 *
 * Puts right what it finds: damaged files go to quarantine and are reported, of two copies the longer stays.
 * Fault `store/damaged` when there is only a damaged one, also when that was found in an earlier life.
 */
export async function loadCase(folder: string, caseId: string, report: Report): Promise<Copy | null> {
  const { good, bad } = await findCopies(folder, caseId)
  const newer = bad.find((copy) => copy.newer)
  if (newer) throw reported(fileIsNewer(newer.file), report)
  const [best, shorter] = good
  for (const { file, why } of bad) {
    const moved = await quarantine(folder, caseId, file)
    const then = best ? `Its other file, of ${best.diary.length} lines, is used from now on.` : remedyFor(file)
    report(`Case ${caseId} is damaged: ${why}. The file is now ${moved}. ${then}`)
  }
  if (best && shorter) await leaveOne(folder, caseId, best, shorter, report)
  if (best) return best
  const moved = await inQuarantine(folder, caseId)
  if (moved) throw caseDamaged(caseId, moved)
  return null
}

function reported(fault: Error, report: Report): Error {
  report(fault.message)
  return fault
}

/** Diaries only grow, so the shorter is the beginning of the longer; if it is not, somebody put it there, and it is kept. */
async function leaveOne(folder: string, caseId: string, best: Copy, shorter: Copy, report: Report): Promise<void> {
  if (isDeepStrictEqual(shorter.diary, best.diary.slice(0, shorter.diary.length))) {
    await rm(shorter.file, { force: true })
    return
  }
  const moved = await quarantine(folder, caseId, shorter.file)
  report(`Case ${caseId} had two files that disagree: ${best.file} is used, the shorter one is now ${moved}.`)
}
