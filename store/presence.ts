import { join } from 'node:path'
import type { Disk } from './disk.js'
import { bothSides, hashOf, type Side } from './layout.js'

/** Tells where a case surely has no file, nearly always without a look at the disk: most cases that are looked for are new, or on one side. */
export type Presence = {
  /** The sides on which a case may have a file; on the others it surely has none. */
  readonly sides: (caseId: string) => readonly Side[]
  /** From now on that case may have a file on that side. */
  readonly note: (caseId: string, side: Side) => void
}

/**
 * Look a folder's names over, each part of it when it is first asked about, and remember of each no more than one bit: a megabyte serves for
 * hundreds of thousands of cases. A folder that can't be looked over may hold anything.
 *
 * Right because one process owns the folder: files are put there by nobody else while it is open. What went into quarantine may come back
 * at any time, so who asks knows its cases.
 */
export function openPresence(disk: Pick<Disk, 'list'>, folder: string): Presence {
  const bits = { live: new Uint8Array(bytes), settled: new Uint8Array(bytes) }
  const lookedOver = new Set<string>()

  function mark(side: Side, { at, bit }: Spot): void {
    bits[side][at] = (bits[side][at] ?? 0) | bit
  }

  function lookOver(shard: string): boolean {
    if (lookedOver.has(shard)) return true
    try {
      for (const side of bothSides) {
        for (const name of disk.list(join(folder, side, shard)) ?? []) {
          if (name.endsWith('.json')) mark(side, spotOf(name.slice(0, -'.json'.length)))
        }
      }
    } catch {
      return false
    }
    lookedOver.add(shard)
    return true
  }

  return {
    sides: (caseId) => {
      const { shard, at, bit } = spotOf(caseId)
      if (!lookOver(shard)) return bothSides
      const isMaybe = (side: Side): boolean => ((bits[side][at] ?? 0) & bit) !== 0
      return isMaybe('live') ? (isMaybe('settled') ? bothSides : onlyLive) : isMaybe('settled') ? onlySettled : nowhere
    },
    note: (caseId, side) => mark(side, spotOf(caseId)),
  }
}

const onlyLive: readonly Side[] = ['live']
const onlySettled: readonly Side[] = ['settled']
const nowhere: readonly Side[] = []

const bytes = 2 ** 19

type Spot = { readonly shard: string; readonly at: number; readonly bit: number }

/** The folder a case's file is in (`shardOf`), and its bit. */
const spotOf = (caseId: string): Spot => {
  const hash = hashOf(caseId)
  return {
    shard: hash.slice(0, 2),
    at: parseInt(hash.slice(2, 10), 16) % bytes,
    bit: 1 << (parseInt(hash.charAt(10), 16) % 8),
  }
}
