import type { Diary, Event } from '../triage/event.js'

/**
 * What is remembered: diaries, and a few settings.
 *
 * Every promise that resolves means it is on disk (or as durable as the adapter can be): a `kill -9` right after loses nothing.
 * Fault `store/bad-id` for what is no case id, `store/closed` after `close`; adapters add faults for a disk that fails.
 */
export interface Store {
  /** The diary of a case, empty when there is none. Fault `store/damaged` when it cannot be read. */
  read(caseId: string): Promise<Diary>
  /**
   * Add events behind line `version`, all or none. Fault `store/stale` when the diary has another length, `store/bad-event` for
   * what could not be read again. After any other fault read again: a disk can fail behind the moment the events were there.
   */
  append(caseId: string, version: number, events: readonly Event[]): Promise<void>
  /** The ids of the cases that still want something: not closed, or with a card that is behind. In no order. */
  live(): Promise<readonly string[]>
  /** Remember a small JSON value under a kebab-case name, replacing the former. Fault `store/bad-name` for another name. */
  keep(name: string, value: unknown): Promise<void>
  /** The value kept under that name, or undefined. */
  kept(name: string): Promise<unknown>
  /** What could not be read since opening: a line for the operator each. */
  damaged(): readonly string[]
  /** Finish what was begun and let go; nothing may be called afterwards. */
  close(): Promise<void>
}
