import type { Fault } from '../triage/fault.js'
import { shardOf } from './layout.js'
import { apply, parseRecord } from './records.js'
import type { StoredCase } from './store.js'

/** One write that is not in the case's own file yet. */
export type Write = {
  /** The version it was written over. */
  readonly version: number
  readonly open: boolean
  /** As it stands in the journal: kept as text, so nobody changes it, and it is small. */
  readonly text: string
  /** True once it is on disk. */
  kept: boolean
}

/** The writes of one case that are not in its own file yet, oldest first. */
export type UnfiledCase = {
  readonly caseId: string
  /** The folder its file is in (`shardIn`); null until somebody has asked. */
  shard: string | null
  /** How the case stands in its file. */
  filed: { readonly version: number; readonly open: boolean }
  readonly writes: Write[]
  /** Settles when the newest write that somebody waits for is kept or lost. */
  waiting: Promise<unknown> | null
  /** Set when the writes don't fit what is on disk: then nothing more is taken. */
  broken: Fault | null
}

/** A case of which everything is in its file. */
export const nothingUnfiled = (caseId: string, version: number, open: boolean): UnfiledCase => ({
  caseId,
  shard: null,
  filed: { version, open },
  writes: [],
  waiting: null,
  broken: null,
})

/** The folder the file of a case is in: a hash, so it is made once, and not while somebody waits for a write. */
export const shardIn = (one: UnfiledCase): string => (one.shard ??= shardOf(one.caseId))

/** The version and side of a case after all of its writes. */
export function standing({ filed, writes }: UnfiledCase): { readonly version: number; readonly open: boolean } {
  const last = writes.at(-1)
  return last ? { version: last.version + 1, open: last.open } : filed
}

/** The case as it stands after some writes over what is in its file. Null when a write in between is missing. */
export const after = (stored: StoredCase | null, writes: readonly Write[]): StoredCase | null =>
  apply(
    stored ?? nobody,
    writes.map(({ text }) => parseRecord(text)),
  )

/** What is stored of a case that is not there. */
export const nobody: StoredCase = { version: 0, diary: [], cards: {} }
