import { kinds } from './foreign-kinds.js'
import { isJson, type Json } from './outcome.js'
import { kindOf } from './shape.js'
import { quote } from './text.js'

/**
 * What a payload is that Winnow does not read, and what to send in its place. `harmless` is what travels beside alerts and is none:
 * it is ignored, and its sender need change nothing.
 */
export type Foreign = {
  readonly seen: string
  readonly instead: string
  readonly harmless: boolean
  /** True where it says that an alert has changed, and names it at most. */
  readonly notifies?: boolean
}

/** The name of a payload that is known not to be an alert Winnow reads; null for any other object. */
export const foreign = (item: Json): Foreign | null => {
  const kind = kinds.find(({ is }) => is(item))
  if (!kind) return null
  const { seen, instead, harmless = false, notifies = false } = kind
  return { seen: typeof seen === 'string' ? seen : seen(item), instead, harmless, notifies }
}

/** What to say of something that is not known at all. */
export const stranger = (value: unknown): Foreign => {
  if (!isJson(value)) return { seen: `${kindOf(value)}, not an alert`, instead: sendOne, harmless: false }
  const keys = Object.keys(value)
  const names = keys.slice(0, 8).map(quote).join(', ') + (keys.length > 8 ? `, … (${keys.length} fields)` : '')
  const seen = keys.length === 0 ? 'an empty object' : `an object Winnow does not know, with the fields ${names}`
  return { seen, instead: sendOne, harmless: false }
}

const sendOne =
  'Send an alert as Defender for Cloud, Microsoft Graph, Defender for Cloud Apps, Sentinel, Azure Monitor, Defender XDR, or Office 365 gives it, or Winnow’s own JSON with at least "id" and "title".'
