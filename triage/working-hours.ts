import { dayMinutes, dayText, instantOf, localTime, weekdayOf } from './zone.js'

/**
 * When someone works: in a zone, on these days of the week (0 for Sunday), from one minute of the day to another, which is on the
 * next day when it is not later; not on the days in `off` (`YYYY-MM-DD`).
 */
export type WorkingHours = {
  readonly zone: string
  readonly days: readonly number[]
  readonly from: number
  readonly to: number
  readonly off: readonly string[]
}

/** True when someone works at that moment. */
export const isWorking = (ms: number, hours: WorkingHours): boolean => {
  const { day } = localTime(ms, hours.zone)
  return [day - 1, day].some((one) => {
    const shift = shiftOn(one, hours)
    return shift !== null && ms >= shift.start && ms < shift.end
  })
}

/**
 * The moment by which so much working time has passed, in milliseconds; without hours every hour counts. Where no one ever works,
 * every hour counts as well: what waits must not wait for ever.
 */
export const afterWorking = (from: number, forMs: number, hours: WorkingHours | null): number => {
  if (hours === null) return from + forMs
  const first = localTime(from, hours.zone).day - 1
  let left = forMs
  for (let day = first; day < first + mostDays; day++) {
    const shift = shiftOn(day, hours)
    if (!shift || shift.end <= from) continue
    const start = Math.max(from, shift.start)
    if (start + left <= shift.end) return start + left
    left -= shift.end - start
  }
  return from + forMs
}

/** The spans of working time that touch a span of time. */
export const shiftsBetween = (
  after: number,
  until: number,
  hours: WorkingHours,
): readonly { readonly start: number; readonly end: number }[] => {
  const first = localTime(after, hours.zone).day - 1
  const count = Math.max(0, localTime(until, hours.zone).day - first + 1)
  return Array.from({ length: count }, (_, at) => shiftOn(first + at, hours)).filter((one) => one !== null)
}

/** So far it is looked ahead. */
const mostDays = 400

/** The working time that begins on that day; null where there is none. */
const shiftOn = (day: number, { zone, days, from, to, off }: WorkingHours) => {
  if (!days.includes(weekdayOf(day)) || (off.length > 0 && off.includes(dayText(day)))) return null
  const end = to <= from ? to + dayMinutes : to
  const ends = { day: day + Math.floor(end / dayMinutes), minute: end % dayMinutes }
  return { start: instantOf({ day, minute: from }, zone), end: instantOf(ends, zone) }
}
