import { Low } from 'lowdb'
import type { Diary } from '../triage/event.js'
import { isFault } from '../triage/fault.js'
import { parseCase, type CaseFile } from './envelope.js'
import { jsonFile } from './json-file.js'
import { caseFileOf, type Side } from './layout.js'

/** A case's file that can be read. */
export type Copy = { readonly side: Side; readonly file: string; readonly diary: Diary }

/** A case's file that cannot; `newer` when only a newer Winnow can. */
export type BadCopy = { readonly file: string; readonly why: string; readonly newer: boolean }

/** What is on disk of a case; a crash in the middle of a move leaves two files. */
export type Copies = { readonly good: readonly Copy[]; readonly bad: readonly BadCopy[] }

/** All the files of a case, the longest diary first. Changes nothing, and may be called while another process writes. */
export async function findCopies(folder: string, caseId: string): Promise<Copies> {
  let found = [...(await readCopy(folder, 'live', caseId)), ...(await readCopy(folder, 'settled', caseId))]
  // It may have moved from where it was looked for last to where it was looked for first.
  if (found.length === 0) found = await readCopy(folder, 'live', caseId)
  return {
    good: found.filter((copy) => 'diary' in copy).toSorted((a, b) => b.diary.length - a.diary.length),
    bad: found.filter((copy) => 'why' in copy),
  }
}

async function readCopy(folder: string, side: Side, caseId: string): Promise<(Copy | BadCopy)[]> {
  const file = caseFileOf(folder, side, caseId)
  const low = new Low<CaseFile | null>(
    jsonFile<CaseFile | null>(file, (text) => parseCase(text, caseId)),
    null,
  )
  try {
    await low.read()
    return low.data ? [{ side, file, diary: low.data.diary }] : []
  } catch (error) {
    if (isFault(error, 'store/damaged')) return [{ file, why: error.message, newer: false }]
    if (isFault(error, 'store/newer')) return [{ file, why: error.message, newer: true }]
    throw error
  }
}
