import type { Cards, Card } from '../triage/card.js'
import type { Diary, Event } from '../triage/event.js'

/** What is kept of a case: what people and sources did, and where its cards stand. */
export type StoredCase = {
  /** How often it was written; 0 when there is no such case. */
  readonly version: number
  readonly diary: Diary
  readonly cards: Cards
}

/** What one write changes, all or nothing. */
export type Change = {
  /** Events to add behind the diary's last line. */
  readonly events?: readonly Event[]
  /** Cards by name as they stand from now on; null takes one away. */
  readonly cards?: Readonly<Record<string, Card | null>>
  /** True while the case still wants something: it isn't closed, or one of its cards is behind. */
  readonly open: boolean
}

/** How a write is done. */
export type WriteOptions = {
  /**
   * False for bookkeeping nobody waits for: resolves once it is queued, a moment before it is on disk. It is read back at once;
   * a `kill -9` within that moment loses it, and so does a disk that fails. True unless told.
   */
  readonly durable?: boolean
}

/** A place in the order of everything that was written. Opaque: it is only good for `since` of a store of the same kind. */
export type Position = string

/** Cases that were written to, oldest first, each once with its newest version, and the position to go on from. */
export type Changes = {
  readonly position: Position
  readonly changes: readonly { readonly caseId: string; readonly version: number }[]
}

/** Something that can't be read, for the operator. */
export type Damage = {
  /** The case that can't be read; null when it is something else. */
  readonly caseId: string | null
  /** True when that case was open, or nobody knows. */
  readonly open: boolean
  /** What happened and what to do about it. Quotes nothing of what was read. */
  readonly text: string
}

/**
 * What is remembered: cases, and a few settings.
 *
 * A promise that resolves means it is on disk, or as durable as the adapter can be: a `kill -9` right after loses nothing.
 * Fault `store/bad-id` for what is no case id, `store/closed` after `close`; adapters add faults for a disk that fails.
 */
export interface Store {
  /** A case as it stands; version 0 when there is none. Fault `store/damaged` when it can't be read. */
  read(caseId: string): Promise<StoredCase>
  /**
   * Change a case that has that version; resolves with the new version, or the same when there was nothing to change. Fault
   * `store/stale` when it has another version, `store/bad-change` for what could not be read again, `store/unwritable` when the
   * disk takes nothing: then nothing was changed, as far as one can know; read again.
   */
  write(caseId: string, version: number, change: Change, options?: WriteOptions): Promise<number>
  /**
   * The ids of the open cases, in no order. After a crash, some that are not open any more may be among them until they are
   * read; none is missing.
   */
  open(): Promise<readonly string[]>
  /** The ids of all cases, open or not, a few hundred at a time, in no order; also of those that can't be read. */
  all(): AsyncIterable<readonly string[]>
  /**
   * Remember a small JSON value under a kebab-case name, replacing the former; resolves with its version. Fault `store/stale` when
   * a version is given and another one is kept, `store/bad-name` for another name.
   */
  keep(name: string, value: unknown, version?: number): Promise<number>
  /** What is kept under that name; undefined and version 0 when nothing ever was. */
  kept(name: string): Promise<{ readonly value: unknown; readonly version: number }>
  /**
   * Put another record in the place of a case that is not open: what stood there is gone for good once everything that is written
   * before it has been filed, within an hour or so and at `close`. Only for data that must not stay. Resolves with the new version;
   * faults as for `write`, and `store/open` for an open case.
   */
  replace(caseId: string, version: number, record: Omit<StoredCase, 'version'>): Promise<number>
  /**
   * For readers that follow: which cases were written to after that position. Null for a position farther back than is
   * remembered, also from before a restart: then ask for the position of now, with null, and read everything.
   */
  since(position: Position | null): Promise<Changes | null>
  /** What can't be read at the moment, and what was found and put right since opening. */
  damaged(): readonly Damage[]
  /** Finish what was begun and let go; nothing may be called afterwards. */
  close(): Promise<void>
}
