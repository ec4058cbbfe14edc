import { type Phrases, say } from '../triage/phrases.js'
import { offsetOf } from '../triage/zone.js'

/** The zone that every time is also told in. A `zone` is a name that `zoneNamed` gave. */
export const utc = 'UTC'

/** A time zone by the name that times are told in, such as `Europe/Stockholm`; null for what is none. */
export const zoneNamed = (text: string): string | null => {
  if (text === '' || text.length > 64) return null
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

/** A time as people read it on a card: "21 Nov 2026, 20:24 Europe/Stockholm (19:24 UTC)"; in UTC "21 Nov 2026, 19:24 UTC". */
export const longTime = (iso: string, zone: string = utc, language = 'en'): string => {
  const there = partsIn(iso, utc, language)
  if (zone === utc) return `${there.day} ${there.year}, ${there.clock} UTC`
  const here = partsIn(iso, zone, language)
  return `${here.day} ${here.year}, ${here.clock} ${zone.replaceAll('_', ' ')} (${besides(there, here)} UTC)`
}

/** The same in a line of history: "21 Nov 20:24 (19:24 UTC)"; in UTC "21 Nov 19:24 UTC". */
export const shortTime = (iso: string, zone: string = utc, language = 'en'): string => {
  const there = partsIn(iso, utc, language)
  if (zone === utc) return `${there.day} ${there.clock} UTC`
  const here = partsIn(iso, zone, language)
  return `${here.day} ${here.clock} (${besides(there, here)} UTC)`
}

/** The day alone: "21 Nov". */
export const dayAndMonth = (iso: string, zone: string = utc, language = 'en'): string =>
  partsIn(iso, zone, language).day

/** The time of day alone: "19:24". */
export const clockTime = (iso: string, zone: string = utc): string => partsIn(iso, zone, 'en').clock

/** How long ago: "now", "5 min", "3 h", "2 d". */
export const age = (from: string, now: string, phrases: Phrases): string => {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(from)) / 60_000))
  if (minutes < 1) return say(phrases, 'time.now')
  if (minutes < 60) return say(phrases, 'time.minute', { count: String(minutes) })
  return minutes < 48 * 60
    ? say(phrases, 'time.hour', { count: String(Math.floor(minutes / 60)) })
    : say(phrases, 'time.day', { count: String(Math.floor(minutes / 1440)) })
}

/** A number with its thousands set apart as that language does. */
export const thousands = (count: number, language: string): string => {
  const known = numbers.get(language) ?? new Intl.NumberFormat(language)
  numbers.set(language, known)
  return known.format(count)
}

/** There are no more languages than Winnow has words in. */
const numbers = new Map<string, Intl.NumberFormat>()
const monthNames = new Map<string, readonly string[]>()

/** The months as that language shortens them, without a stop: "Nov", "nov". In English always three letters. */
const monthsIn = (language: string): readonly string[] => {
  const known = monthNames.get(language)
  if (known) return known
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-US' : language, { month: 'short', timeZone: utc })
  const names = Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month, 1)).replace(/\.$/, ''))
  monthNames.set(language, names)
  return names
}

type Parts = { readonly day: string; readonly year: number; readonly clock: string }

/** The day as well where it is another one there. */
const besides = (there: Parts, here: Parts): string =>
  there.day === here.day ? there.clock : `${there.day} ${there.clock}`

const partsIn = (iso: string, zone: string, language: string): Parts => {
  // The record's own times are all written so.
  if (zone === utc && asRecorded.test(iso)) {
    const day = `${Number(iso.slice(8, 10))} ${monthsIn(language)[Number(iso.slice(5, 7)) - 1] ?? ''}`
    return { day, year: Number(iso.slice(0, 4)), clock: iso.slice(11, 16) }
  }
  const at = new Date(iso)
  const ms = at.getTime()
  const local = zone === utc || Number.isNaN(ms) ? at : new Date(ms + offsetOf(ms, zone))
  const day = `${local.getUTCDate()} ${monthsIn(language)[local.getUTCMonth()] ?? ''}`
  const clock = `${twoDigits(local.getUTCHours())}:${twoDigits(local.getUTCMinutes())}`
  return { day, year: local.getUTCFullYear(), clock }
}

const asRecorded = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

const twoDigits = (count: number): string => String(count).padStart(2, '0')
