import { LowSync } from 'lowdb'
import { isFault } from '../triage/fault.js'
import type { Disk } from './disk.js'
import { parseCase } from './envelope.js'
import { jsonReader, unreadable } from './json-file.js'
import { bothSides, caseFileOf, type Side } from './layout.js'
import type { StoredCase } from './store.js'

/** A case's file that can be read. */
export type Copy = { readonly side: Side; readonly file: string; readonly stored: StoredCase }

/** A case's file that cannot; `newer` when only a newer Winnow can. */
export type BadCopy = { readonly side: Side; readonly file: string; readonly why: string; readonly newer: boolean }

/** What is on disk of a case; it has two files for a while after it changed sides. */
export type Copies = { readonly good: readonly Copy[]; readonly bad: readonly BadCopy[] }

/**
 * All the files of a case, the newest first; only those on `sides`, where it is known that there is none elsewhere. Changes nothing, and may
 * be called while another process writes.
 */
export function findCopies(disk: Disk, folder: string, caseId: string, sides?: readonly Side[]): Copies {
  const found = (sides ?? bothSides).flatMap((side) =>
    readCopy(disk, caseFileOf(folder, side, caseId), side, caseId, !sides),
  )
  const good = found.filter((copy) => 'stored' in copy)
  return {
    good: good.length > 1 ? good.toSorted((a, b) => b.stored.version - a.stored.version) : good,
    bad: found.filter((copy) => 'why' in copy),
  }
}

function readCopy(disk: Disk, file: string, side: Side, caseId: string, isUnsure: boolean): (Copy | BadCopy)[] {
  // Where nothing is known of a file it is most often not there, and this is much cheaper than an open that fails.
  if (isUnsure && !isThere(disk, file)) return []
  const low = new LowSync<StoredCase | null>(
    jsonReader<StoredCase | null>(disk, file, (bytes) => parseCase(bytes, caseId)),
    null,
  )
  try {
    low.read()
    return low.data ? [{ side, file, stored: low.data }] : []
  } catch (error) {
    if (isFault(error, 'store/damaged')) return [{ side, file, why: error.message, newer: false }]
    if (isFault(error, 'store/newer')) return [{ side, file, why: error.message, newer: true }]
    throw error
  }
}

function isThere(disk: Disk, file: string): boolean {
  try {
    return disk.has(file)
  } catch (error) {
    throw unreadable(file, error)
  }
}
