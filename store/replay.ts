import { join } from 'node:path'
import { Fault } from '../triage/fault.js'
import type { Damages } from './damages.js'
import type { Disk } from './disk.js'
import { journalOf } from './layout.js'
import { unreadable } from './json-file.js'
import { segmentsIn } from './journal.js'
import { inQuarantine, putInQuarantine } from './quarantine.js'
import { type JournalRecord, readSegment, type Segment } from './records.js'
import { nothingUnfiled, type UnfiledCase } from './unfiled.js'

/** What former lives left in the journal. */
export type Left = {
  readonly segments: readonly { readonly name: string; readonly bytes: number }[]
  /** Their writes by case, not yet held against the files. */
  readonly cases: ReadonlyMap<string, UnfiledCase>
}

/**
 * Read what former lives left in the journal, and make it durable before anything is built on it. A segment with something damaged
 * in it is copied to quarantine. Fault `store/newer` for a journal of a newer Winnow, `store/unreadable` when the disk fails.
 */
export async function readJournal(disk: Disk, folder: string, damages: Damages): Promise<Left> {
  const cases = new Map<string, UnfiledCase>()
  const segments: { readonly name: string; readonly bytes: number }[] = []
  for (const found of segmentsOf(disk, folder)) {
    const { name, bytes, segment } = found
    if (segment.newer) {
      const remedy = 'Start the newer version again.'
      throw new Fault('store/newer', `A newer Winnow wrote the journal in ${journalOf(folder)}. ${remedy}`)
    }
    if (segment.damaged > 0) await keepDamaged(disk, folder, name, found, damages)
    for (const { record, text } of segment.records) addTo(cases, record, text)
    segments.push({ name, bytes: bytes.length })
    await disk.syncFile(join(journalOf(folder), name))
  }
  return { segments, cases }
}

/** A segment that was found. */
export type Found = { readonly name: string; readonly bytes: Buffer; readonly segment: Segment }

/** The journal's segments in a folder, oldest first; one that goes while it is looked for is not needed any more. */
export function* segmentsOf(disk: Disk, folder: string): Generator<Found> {
  for (const name of segmentsIn(disk.list(journalOf(folder)) ?? [])) {
    const bytes = read(disk, join(journalOf(folder), name))
    if (bytes) yield { name, bytes, segment: readSegment(bytes) }
  }
}

function read(disk: Disk, file: string): Buffer | null {
  try {
    return disk.read(file)
  } catch (error) {
    throw unreadable(file, error)
  }
}

function addTo(cases: Map<string, UnfiledCase>, { caseId, version, open }: JournalRecord, text: string): void {
  const known = cases.get(caseId)
  const write = { version, open, text, kept: true }
  if (known) known.writes.push(write)
  else cases.set(caseId, { ...nothingUnfiled(caseId, 0, false), writes: [write] })
}

async function keepDamaged(disk: Disk, folder: string, name: string, found: Found, damages: Damages): Promise<void> {
  const { segment, bytes } = found
  const label = `journal.${name.replace('.log', '')}`
  const known = inQuarantine(disk, folder, label)
  const isKnown = known !== null && disk.read(known)?.equals(bytes)
  const copy = isKnown ? known : await putInQuarantine(disk, folder, label, bytes)
  const whose = segment.suspects.length > 0 ? `, perhaps of ${segment.suspects.join(', ')}` : ''
  const text =
    `${segment.damaged} of the journal's lines in ${name} cannot be read${whose}. Everything else in it is used; a copy is ${copy}. ` +
    'Look at the newest entries of the cases that were changed last, then delete the copy.'
  damages.note(text, { caseId: null, open: false, text })
}
