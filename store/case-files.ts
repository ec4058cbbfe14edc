import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { Low } from 'lowdb'
import type { Fault } from '../triage/fault.js'
import { type BadCopy, type Copies, type Copy, findCopies } from './copies.js'
import type { Damages } from './damages.js'
import type { Disk } from './disk.js'
import { type CaseFile, format } from './envelope.js'
import { caseDamaged, fileIsNewer, remedyFor } from './faults.js'
import { folderMaker } from './folder-maker.js'
import { jsonWriter } from './json-file.js'
import { caseFileOf, shardOf, type Side } from './layout.js'
import { openPresence } from './presence.js'
import { inQuarantine, putInQuarantine, quarantine } from './quarantine.js'
import { isTemporary } from './replace-file.js'
import type { StoredCase } from './store.js'

/** The files of cases, for the owner of the folder. */
export type CaseFiles = {
  /**
   * The one good file of a case, or null when there is none.
   *
   * Puts right what it finds: damaged files go to quarantine and are noted, of two copies the newer stays. Fault `store/damaged`
   * when there is only a damaged one, also when that was found in an earlier life; `store/unreadable` when the disk fails.
   */
  readonly load: (caseId: string) => Promise<Copy | null>
  /** Write a case's file on that side; it is there for good after `sync`. Leaves the one on the other side for `tidy`. */
  readonly put: (caseId: string, side: Side, stored: StoredCase) => Promise<void>
  /** Make durable that the files put so far are there. */
  readonly sync: () => Promise<void>
  /** The next `sync` is for those as well. */
  readonly mustSync: (caseIds: Iterable<string>) => void
  /** Remove what cases left on their former side at least so long ago. Never fails: the next reader of both goes by the newer. */
  readonly tidy: (olderThanMs: number) => Promise<void>
  /**
   * A case can't be put together: its files go to quarantine, and behind them what was written to it last. Answers the fault that
   * its readers get from now on.
   */
  readonly condemn: (caseId: string, why: string, written: string) => Promise<Fault>
  /** That case has something in quarantine. */
  readonly noteIll: (caseId: string) => void
}

/** Open the files in a folder; `now` counts milliseconds from anywhere. */
export function openCaseFiles(disk: Disk, folder: string, damages: Damages, now: () => number): CaseFiles {
  const makeFolder = folderMaker(disk)
  const presence = openPresence(disk, folder)
  const tidied = new Map<string, Promise<void>>()
  const mending = new Map<string, Promise<void>>()
  const ill = new Set<string>()
  const unsynced = new Set<string>()
  const left = new Map<string, { readonly side: Side; readonly at: number }>()

  async function load(caseId: string): Promise<Copy | null> {
    for (;;) {
      const going = mending.get(caseId)
      if (going) {
        await going
        continue
      }
      // What was damaged may be put right and put back.
      const copies = findCopies(disk, folder, caseId, ill.has(caseId) ? undefined : presence.sides(caseId))
      if (isInOrder(caseId, copies)) return bestOf(caseId, copies)
      const mend = mendCase(caseId, copies).finally(() => mending.delete(caseId))
      mending.set(caseId, mend)
      await mend
    }
  }

  const isInOrder = (caseId: string, { good, bad }: Copies): boolean =>
    bad.every(({ newer }) => newer) && (good.length < 2 || left.has(caseId))

  function bestOf(caseId: string, { good, bad }: Copies): Copy | null {
    const [newer] = bad
    if (newer) throw unreadableCase(caseId, newer.side === 'live', fileIsNewer(newer.file))
    const [best] = good
    const moved = best || !ill.has(caseId) ? null : newestIn(caseId)
    if (moved) throw unreadableCase(caseId, moved.side === 'live', caseDamaged(caseId, moved.file, moved.side))
    ill.delete(caseId)
    damages.clear(caseId)
    return best ?? null
  }

  function unreadableCase(caseId: string, open: boolean, fault: Fault): Fault {
    if (!damages.has(caseId)) damages.note(caseId, { caseId, open, text: fault.message })
    return fault
  }

  function newestIn(caseId: string): { readonly side: Side; readonly file: string } | null {
    for (const side of ['live', 'settled'] as const) {
      const file = inQuarantine(disk, folder, quarantineName(caseId, side))
      if (file !== null) return { side, file }
    }
    return null
  }

  async function mendCase(caseId: string, { good, bad }: Copies): Promise<void> {
    const [best, older] = good
    for (const copy of bad) if (!copy.newer) await putAside(caseId, copy, best)
    if (best && older && !left.has(caseId)) await leaveOne(caseId, best, older)
  }

  async function putAside(caseId: string, { side, file, why }: BadCopy, best: Copy | undefined): Promise<void> {
    const moved = await quarantine(disk, folder, quarantineName(caseId, side), file)
    ill.add(caseId)
    const then = best ? `Its other file, of version ${best.stored.version}, is used from now on.` : remedyFor(file)
    const text = `Case ${caseId} is damaged: ${why}. The file is now ${moved}. ${then}`
    damages.note(best ? text : caseId, { caseId: best ? null : caseId, open: side === 'live', text })
  }

  /** Diaries only grow, so the older is the beginning of the newer; if it is not, somebody put it there, and it is kept. */
  async function leaveOne(caseId: string, best: Copy, older: Copy): Promise<void> {
    const { diary } = older.stored
    if (isDeepStrictEqual(diary, best.stored.diary.slice(0, diary.length))) {
      await disk.remove(older.file)
      return
    }
    const moved = await quarantine(disk, folder, quarantineName(caseId, older.side), older.file)
    const text = `Case ${caseId} had two files that disagree: ${best.file} is used, the older one is now ${moved}.`
    damages.note(text, { caseId: null, open: false, text })
  }

  async function put(caseId: string, side: Side, { version, diary, cards }: StoredCase): Promise<void> {
    const file = caseFileOf(folder, side, caseId)
    const shard = dirname(file)
    await makeFolder(shard)
    await tidyShard(shard)
    const other = side === 'live' ? 'settled' : 'live'
    const former = left.get(caseId)
    // Before the new file is there: from then on the two are no mistake.
    const hasOther = presence.sides(caseId).includes(other) && disk.has(caseFileOf(folder, other, caseId))
    presence.note(caseId, side)
    // Taken out first, so that the list stays in the order of time.
    left.delete(caseId)
    if (hasOther) left.set(caseId, { side: other, at: now() })
    try {
      await new Low<CaseFile>(jsonWriter(disk, file), { format, caseId, version, diary, cards }).write()
    } catch (error) {
      if (former) left.set(caseId, former)
      else left.delete(caseId)
      throw error
    }
    unsynced.add(shard)
  }

  /** What crashed writes left in a folder is removed before the first write there. */
  function tidyShard(shard: string): Promise<void> {
    const known = tidied.get(shard)
    if (known) return known
    const tidying = removeTemporaries(disk, shard)
    tidied.set(shard, tidying)
    // Else a folder that could not be looked at once would take no file until the next start.
    tidying.catch(() => tidied.delete(shard))
    return tidying
  }

  function mustSync(caseIds: Iterable<string>): void {
    for (const caseId of caseIds) {
      for (const side of ['live', 'settled']) {
        const shard = join(folder, side, shardOf(caseId))
        if (disk.has(shard)) unsynced.add(shard)
      }
    }
  }

  async function sync(): Promise<void> {
    for (const shard of unsynced) {
      await disk.syncFolder(shard)
      unsynced.delete(shard)
    }
  }

  async function tidy(olderThanMs: number): Promise<void> {
    for (const [caseId, { side, at }] of left) {
      if (now() - at < olderThanMs) break
      left.delete(caseId)
      await disk.remove(caseFileOf(folder, side, caseId)).catch(() => undefined)
    }
  }

  async function condemn(caseId: string, why: string, written: string): Promise<Fault> {
    const { good, bad } = findCopies(disk, folder, caseId)
    const found = [...bad, ...good.toReversed()]
    const side = good[0]?.side ?? bad[0]?.side ?? 'live'
    for (const copy of found) {
      if ('newer' in copy && copy.newer) continue
      await quarantine(disk, folder, quarantineName(caseId, side), copy.file)
    }
    left.delete(caseId)
    const moved = await putInQuarantine(disk, folder, quarantineName(caseId, side), written)
    ill.add(caseId)
    const fault = caseDamaged(caseId, moved, side)
    const text = `Case ${caseId} cannot be put together: ${why}. What was written to it last is ${moved}, what was known before is beside it. ${remedyFor(caseFileOf(folder, side, caseId))}`
    damages.note(caseId, { caseId, open: side === 'live', text })
    return fault
  }

  return { load, put, sync, mustSync, tidy, condemn, noteIll: (caseId) => void ill.add(caseId) }
}

/** Remove what crashed writes left in a folder; what can't be removed does no harm. */
export async function removeTemporaries(disk: Disk, folder: string): Promise<void> {
  const left = (disk.list(folder) ?? []).filter(isTemporary)
  await Promise.all(left.map((name) => disk.remove(join(folder, name)).catch(() => undefined)))
}

/** Under which name a case's file is put into quarantine, so that one can tell from where. */
export const quarantineName = (caseId: string, side: Side): string => (side === 'live' ? caseId : `${caseId}.settled`)
