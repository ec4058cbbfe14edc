import { join } from 'node:path'
import { Fault } from '../triage/fault.js'
import { type Copies, findCopies } from './copies.js'
import { quarantineName } from './case-files.js'
import { type Disk, machineDisk } from './disk.js'
import { caseDamaged, fileIsNewer } from './faults.js'
import { checkCaseId, isCaseId } from './names.js'
import { inQuarantine } from './quarantine.js'
import { apply, type JournalRecord } from './records.js'
import { segmentsOf } from './replay.js'
import type { StoredCase } from './store.js'
import { nobody } from './unfiled.js'

/**
 * A case from a folder that another process may own at the moment; version 0 when there is none. Changes nothing.
 *
 * Fault `store/folder` when there is no such folder, `store/damaged` when the case cannot be read.
 */
export async function readOnlyCase(folder: string, caseId: string, disk: Disk = machineDisk): Promise<StoredCase> {
  checkCaseId(caseId)
  checkCaseFolder(folder, disk)
  for (let tries = 1; ; tries += 1) {
    // The journal first: what goes from it meanwhile is in the file by then.
    const records = recordsOf(disk, folder, caseId)
    const { good, bad } = findAll(disk, folder, caseId)
    const [best] = good
    const [broken] = bad
    if (!best && broken?.newer) throw fileIsNewer(broken.file)
    if (!best && broken) throw caseDamaged(caseId, broken.file, broken.side)
    if (!best) throwIfQuarantined(disk, folder, caseId)
    const stored = apply(best?.stored ?? nobody, records)
    if (stored) return stored
    if (tries === 5)
      throw new Fault(
        'store/damaged',
        `Case ${caseId} cannot be put together. Start Winnow to have it repaired or set aside.`,
      )
    await new Promise((go) => setTimeout(go, 20))
  }
}

/** The ids of all cases in such a folder, also of those that can't be read, in no order. Fault `store/folder`. */
export function readOnlyIds(folder: string): readonly string[] {
  checkCaseFolder(folder)
  const ids = new Set<string>()
  for (const { segment } of segmentsOf(machineDisk, folder)) {
    for (const { record } of segment.records) ids.add(record.caseId)
  }
  for (const side of ['live', 'settled']) {
    for (const shard of machineDisk.list(join(folder, side)) ?? []) {
      for (const name of machineDisk.list(join(folder, side, shard)) ?? []) {
        const id = name.replace(/\.json$/, '')
        if (name !== id && isCaseId(id)) ids.add(id)
      }
    }
  }
  return [...ids]
}

/**
 * All cases of a folder that nobody writes to, and a sentence for each that can't be read. Fault `store/folder`.
 *
 * Reads the journal once, so it is the way to look at many cases.
 */
export function readOnlyCases(
  folder: string,
  disk: Disk = machineDisk,
): {
  readonly cases: ReadonlyMap<string, StoredCase>
  readonly unreadable: readonly string[]
} {
  const records = new Map<string, JournalRecord[]>()
  for (const { segment } of segmentsOf(disk, folder)) {
    for (const { record } of segment.records)
      records.set(record.caseId, [...(records.get(record.caseId) ?? []), record])
  }
  const cases = new Map<string, StoredCase>()
  const unreadable: string[] = []
  for (const caseId of readOnlyIds(folder)) {
    const { good, bad } = findAll(disk, folder, caseId)
    const stored = good[0] || bad.length === 0 ? apply(good[0]?.stored ?? nobody, records.get(caseId) ?? []) : null
    if (stored) cases.set(caseId, stored)
    else unreadable.push(`case ${caseId} cannot be read: ${bad[0]?.file ?? 'lines of the journal are missing'}`)
  }
  return { cases, unreadable }
}

/**
 * All cases of a folder that another process may own at the moment, one after the other in the order of their codes, as they stand
 * when they are reached; null for one that can't be read. Changes nothing. Fault `store/folder`.
 *
 * Reads the journal once, and holds no more than that and one case.
 */
export async function* readOnlyEach(
  folder: string,
  disk: Disk = machineDisk,
): AsyncGenerator<{ readonly caseId: string; readonly stored: StoredCase | null }> {
  checkCaseFolder(folder, disk)
  const records = new Map<string, JournalRecord[]>()
  for (const { segment } of segmentsOf(disk, folder)) {
    for (const { record } of segment.records) {
      const known = records.get(record.caseId)
      if (known) known.push(record)
      else records.set(record.caseId, [record])
    }
  }
  for (const caseId of readOnlyIds(folder).toSorted()) {
    const { good } = findAll(disk, folder, caseId)
    const found = apply(good[0]?.stored ?? nobody, records.get(caseId) ?? [])
    // It may be on its way from one place to another, or not be what it should be: that takes a closer look.
    const stored = found && found.version > 0 ? found : await readOnlyCase(folder, caseId, disk).catch(() => null)
    if (stored === null || stored.version > 0) yield { caseId, stored }
  }
}

function findAll(disk: Disk, folder: string, caseId: string): Copies {
  const found = findCopies(disk, folder, caseId)
  // It may have moved from where it was looked for last to where it was looked for first.
  return found.good.length + found.bad.length > 0 ? found : findCopies(disk, folder, caseId)
}

function recordsOf(disk: Disk, folder: string, caseId: string): readonly JournalRecord[] {
  return [...segmentsOf(disk, folder)].flatMap(({ segment }) =>
    segment.records.flatMap(({ record }) => (record.caseId === caseId ? [record] : [])),
  )
}

function throwIfQuarantined(disk: Disk, folder: string, caseId: string): void {
  for (const side of ['live', 'settled'] as const) {
    const moved = inQuarantine(disk, folder, quarantineName(caseId, side))
    if (moved) throw caseDamaged(caseId, moved, side)
  }
}

/** Fault `store/folder` when there is no such folder. */
export function checkCaseFolder(folder: string, disk: Disk = machineDisk): void {
  if (disk.has(folder)) return
  throw new Fault(
    'store/folder',
    `There is no folder ${folder}. Set DATA_FOLDER to Winnow's data folder, or run this where Winnow runs.`,
  )
}
