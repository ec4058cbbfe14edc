import type { Diary, Event, Stamp } from '../../triage/event.js'
import type { Actor } from '../people/rights.js'

/** Where an intent comes from: who wants it, and in which conversation. */
export type Origin = Actor & {
  readonly personal: boolean
  /** The conversation a message was written in, with its thread; null for a click. */
  readonly thread: string | null
  /** The chat's own id of the message, or that of a form; null for any other click, and where the chat tells none. */
  readonly messageId: string | null
}

/** The stamp of what is wanted there at that time (ISO 8601). It names the message, if there is one. */
export const stampOf = ({ by, messageId }: Origin, at: string): Stamp => ({
  at,
  by,
  ...(messageId !== null && { via: { message: messageId } }),
})

/**
 * What the same message has led to before. The chat tells a message again when the answer took long, perhaps to another process
 * than the one that wrote this down: the diary is what all of them know.
 */
export const writtenBefore = ({ by, messageId }: Origin, diary: Diary): readonly Event[] =>
  messageId === null ? [] : diary.filter((event) => event.via?.message === messageId && event.by.id === by.id)
