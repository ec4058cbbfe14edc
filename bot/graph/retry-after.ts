/**
 * How long a `Retry-After` asks to wait, in milliseconds: a number of seconds, or a time, counted from the other side's own (`at`, ISO
 * 8601). Null when it asks for nothing that can be understood; an hour at the most, whatever it says.
 */
export const retryAfterMs = (header: string | null, at: string | null): number | null => {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return Math.min(longestMs, Math.ceil(Number(text) * 1000))
  const until = Date.parse(text)
  if (Number.isNaN(until) || at === null) return null
  return Math.min(longestMs, Math.max(0, until - Date.parse(at)))
}

const longestMs = 3_600_000
