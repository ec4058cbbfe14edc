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
    const at = timeOf(field.value)
    if (at !== null) return { at, is: isZoneless(field.value) ? 'zoneless' : null }
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
  if (!match) return null
  const [, date = '', minutes, seconds = '00', fraction = '', zone = 'Z'] = match
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
  const time = Date.parse(`${date}T${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`)
  if (Number.isNaN(time) || !isDay(date)) return null
  return time >= Date.UTC(2000, 0) && time < Date.UTC(2101, 0) ? new Date(time).toISOString() : null
}

/** Whether there is such a day: Date.parse takes 31 February for 2 March. Every month has 28. */
const isDay = (date: string): boolean => {
  if (Number(date.slice(8)) <= 28) return true
  const day = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(date)
}

/** The time of milliseconds since 1970, as a number or as digits, in the form the other times have; else what was given. */
export const fromEpoch = (value: unknown): unknown => {
  const digits = typeof value === 'string' && /^\d{12,13}$/.test(value.trim()) ? Number(value) : value
  return typeof digits === 'number' && digits >= Date.UTC(2000, 0) && digits < Date.UTC(2101, 0)
    ? new Date(digits).toISOString()
    : value
}

/** True for a time that names no zone; what is already no time is none either. */
const isZoneless = (value: unknown): boolean => {
  const match = isoTime.exec(given(value) ?? '')
  return match !== null && match[5] === undefined
}

const isoTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,12}))?)? ?(Z|[+-]\d{2}:?\d{2})?$/i

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && /^(?:\s*|null|0001-01-01.*)$/s.test(value))
