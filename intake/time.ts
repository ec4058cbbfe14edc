import type { Problem, Step } from './outcome.js'
import { kindOf } from './shape.js'
import { given } from './text.js'

/** One field that may hold the time. */
export type Field = { readonly path: readonly Step[]; readonly value: unknown }

/** A time, and what had to be assumed about it; null where nothing had to be. */
export type Occurred = { readonly at: string; readonly is: 'zoneless' | 'arrival' | null }

/**
 * When it happened: the first valid time of the fields, in milliseconds UTC; `now` when none is given at all.
 *
 * .NET's empty date (year 1) counts as not given. When something is given but nothing valid, the first bad field is the problem.
 */
export const occurred = (fields: readonly Field[], now: string): Occurred | { readonly problem: Problem } => {
  let bad: Field | null = null
  for (const field of fields) {
    if (isAbsent(field.value)) continue
    const match = isoTime.exec(given(field.value) ?? '')
    const at = match && timeIn(match)
    if (at !== null) return { at, is: match?.[5] === undefined ? 'zoneless' : null }
    bad ??= field
  }
  if (bad === null) return { at: new Date(now).toISOString(), is: 'arrival' }
  return { problem: { path: bad.path, says: `expected ${expectedTime}, not ${kindOf(bad.value)}` } }
}

/** What a time must look like, for messages. */
export const expectedTime = 'an ISO 8601 time between the years 2000 and 2100, such as 2026-03-01T09:30:00Z'

/** The time a text says, ISO 8601 in milliseconds UTC (no zone means UTC); null when it says none between 2000 and 2100. */
export const timeOf = (value: unknown): string | null => {
  const match = isoTime.exec(given(value) ?? '')
  return match && timeIn(match)
}

const timeIn = (match: RegExpExecArray): string | null => {
  const [, date = '', minutes = '', seconds = '00', fraction = '', zone = 'Z'] = match
  if (!isDay(date)) return null
  const local = `${date}T${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`
  // Nearly every time is one in UTC, and then its text is at hand.
  const isUtc = zone === 'Z' && minutes < '24' && minutes.slice(3) < '60' && seconds < '60'
  if (isUtc) return date >= '2000' && date < '2101' ? `${local}Z` : null
  const time = Date.parse(`${local}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()}`)
  return time >= Date.UTC(2000, 0) && time < Date.UTC(2101, 0) ? new Date(time).toISOString() : null
}

/** Whether there is such a day: Date.parse takes 31 February for 2 March. Every month has 28, and all but February have 30. */
const isDay = (date: string): boolean => {
  const [month, day] = [date.slice(5, 7), date.slice(8)]
  if (month < '01' || month > '12' || day < '01') return false
  if (day <= '28' || (day <= '30' && month !== '02')) return true
  const known = new Date(Date.UTC(Number(date.slice(0, 4)), Number(month) - 1, Number(day)))
  return known.getUTCDate() === Number(day)
}

/** The time of milliseconds since 1970, as a number or as digits, in the form the other times have; else what was given. */
export const fromEpoch = (value: unknown): unknown => {
  const digits = typeof value === 'string' && /^\d{12,13}$/.test(value.trim()) ? Number(value) : value
  return typeof digits === 'number' && digits >= Date.UTC(2000, 0) && digits < Date.UTC(2101, 0)
    ? new Date(digits).toISOString()
    : value
}

const isoTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,12}))?)? ?(Z|[+-]\d{2}:?\d{2})?$/i

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && /^(?:\s*|null|0001-01-01.*)$/s.test(value))
