/** A time as people read it on a card: "21 Nov 2026, 19:24 UTC". */
export const longTime = (iso: string): string => {
  const at = new Date(iso)
  return `${at.getUTCDate()} ${months[at.getUTCMonth()] ?? ''} ${at.getUTCFullYear()}, ${clock(iso)} UTC`
}

/** The same in a line of history: "21 Nov 19:24". */
export const shortTime = (iso: string): string => {
  const at = new Date(iso)
  return `${at.getUTCDate()} ${months[at.getUTCMonth()] ?? ''} ${clock(iso)}`
}

/** The day alone: "21 Nov". */
export const dayAndMonth = (iso: string): string => {
  const at = new Date(iso)
  return `${at.getUTCDate()} ${months[at.getUTCMonth()] ?? ''}`
}

/** The time of day alone: "19:24". */
export const clockTime = (iso: string): string => clock(iso)

/** How long ago: "now", "5 min", "3 h", "2 d". */
export const age = (from: string, now: string): string => {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(from)) / 60_000))
  if (minutes < 1) return 'now'
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const clock = (iso: string): string => iso.slice(11, 16)
