import type { Sent } from './target.js'

/**
 * True when what was read says that it is something else than what was asked for; what says nothing is believed. Azure writes ids in
 * letters large and small, and its paths end with them.
 */
export const isAnother = (told: string | null | undefined, asked: string): boolean =>
  typeof told === 'string' && lastPart(told) !== lastPart(asked)

/** What becomes of an effect then: nothing is written over what was not read. */
export const another: Sent = { state: 'refused', why: 'invalid', detail: 'another id' }

const lastPart = (id: string): string => id.slice(id.lastIndexOf('/') + 1).toLowerCase()
