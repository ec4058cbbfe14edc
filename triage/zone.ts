/** A moment as the clocks on the wall of a zone show it: the day, counted from 1970-01-01, and the minute of that day. */
export type LocalTime = { readonly day: number; readonly minute: number }

/** How many minutes a day of the calendar has, unless the clocks are changed in it. */
export const dayMinutes = 1440

/** What the clocks of a zone show at that moment, in milliseconds since 1970. */
export const localTime = (ms: number, zone: string): LocalTime => {
  const minutes = Math.floor((ms + offsetOf(ms, zone)) / 60_000)
  return { day: Math.floor(minutes / dayMinutes), minute: minutes - Math.floor(minutes / dayMinutes) * dayMinutes }
}

/**
 * The moment at which the clocks of a zone show that. Of a time that comes twice, because clocks are set back, the first; a time
 * that is skipped, because they are set forward, is as much later.
 */
export const instantOf = ({ day, minute }: LocalTime, zone: string): number => {
  const shown = (day * dayMinutes + minute) * 60_000
  const [before, after] = [shown - offsetOf(shown - dayMs, zone), shown - offsetOf(shown + dayMs, zone)]
  return isShown(before, shown, zone) || !isShown(after, shown, zone) ? before : after
}

/** The day of the calendar `YYYY-MM-DD`, counted from 1970-01-01. */
export const dayNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00.000Z`) / dayMs)

/** The same day as it is written. */
export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** Which day of the week it is: 0 for Sunday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7

const dayMs = 86_400_000

const isShown = (ms: number, shown: number, zone: string): boolean => ms + offsetOf(ms, zone) === shown

/** By how many milliseconds the clocks of a zone are ahead of UTC at that moment. */
export const offsetOf = (ms: number, zone: string): number => {
  if (zone === 'UTC') return 0
  const parts = new Map(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(ms / 1000) * 1000
}

/** Making one takes much longer than using it; there are no more than some six hundred zones. */
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const numeric = 'numeric'
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  })
  formats.set(zone, format)
  return format
}

const formats = new Map<string, Intl.DateTimeFormat>()
