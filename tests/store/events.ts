import type { Diary, Event } from '../../triage/event.js'

const stamp = { at: '2026-03-01T08:00:00.000Z', by: { id: 'u-1', name: 'Ada' } } as const

/** An event that says something. */
export const noted = (text: string): Event => ({ ...stamp, type: 'noted', text })

/** An event that ends a case. */
export const closed: Event = { ...stamp, type: 'closed' }

/** An event that begins it again. */
export const reopened: Event = { ...stamp, type: 'reopened', reason: 'more of it' }

/** The rule these tests go by: a case is settled when its last line closes it. */
export const settled = (diary: Diary): boolean => diary.at(-1)?.type === 'closed'

/** The texts of a diary's notes, in order. */
export const notes = (diary: Diary): readonly string[] =>
  diary.map((event) => (event.type === 'noted' ? event.text : event.type))
