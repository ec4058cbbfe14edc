import * as crypto from 'node:crypto'
import { join } from 'node:path'
import type { Disk } from './disk.js'

/** Tells which cases surely have no file, nearly always without a look at the disk: most cases that are looked for are new. */
export type Presence = {
  /** False when a case surely has no file on either side. True says nothing: whoever wants to know looks. */
  readonly maybe: (caseId: string) => boolean
  /** From now on that case may have a file. */
  readonly note: (caseId: string) => void
}

/**
 * Look a folder's names over, each part of it when it is first asked about, and remember of each no more than one bit: half a megabyte
 * serves for hundreds of thousands of cases. A folder that can't be looked over may hold anything.
 *
 * Right because one process owns the folder: files are put there by nobody else while it is open, and what went into quarantine may
 * come back at any time, so its cases are known from before.
 */
export function openPresence(disk: Pick<Disk, 'list'>, folder: string): Presence {
  const bits = new Uint8Array(bytes)
  const lookedOver = new Set<string>()

  function mark({ at, bit }: Spot): void {
    bits[at] = (bits[at] ?? 0) | bit
  }

  function lookOver(shard: string): boolean {
    if (lookedOver.has(shard)) return true
    try {
      for (const side of ['live', 'settled']) {
        for (const name of disk.list(join(folder, side, shard)) ?? []) {
          if (name.endsWith('.json')) mark(spotOf(name.slice(0, -'.json'.length)))
        }
      }
    } catch {
      return false
    }
    lookedOver.add(shard)
    return true
  }

  return {
    maybe: (caseId) => {
      const { shard, at, bit } = spotOf(caseId)
      return !lookOver(shard) || ((bits[at] ?? 0) & bit) !== 0
    },
    note: (caseId) => mark(spotOf(caseId)),
  }
}

const bytes = 2 ** 19

type Spot = { readonly shard: string; readonly at: number; readonly bit: number }

/** The folder a case's file is in (`shardOf`), and its bit. */
const spotOf = (caseId: string): Spot => {
  const hash = crypto.hash('sha256', caseId, 'hex')
  return {
    shard: hash.slice(0, 2),
    at: parseInt(hash.slice(2, 10), 16) % bytes,
    bit: 1 << (parseInt(hash.charAt(10), 16) % 8),
  }
}
