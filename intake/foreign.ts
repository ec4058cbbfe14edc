import { kinds } from './foreign-kinds.js'
import { isJson, type Json } from './outcome.js'
import { kindOf } from './shape.js'
import { quote } from './text.js'

/** What a payload is that Winnow does not read, and what to send in its place. */
export type Foreign = { readonly seen: string; readonly instead: string }

/** The name of a payload that is known not to be an alert Winnow reads; null for any other object. */
export const foreign = (item: Json): Foreign | null => {
  const [, seen, instead] = kinds.find(([is]) => is(item)) ?? []
  if (seen === undefined || instead === undefined) return null
  return { seen: typeof seen === 'string' ? seen : seen(item), instead }
}

/** What to say of something that is not known at all. */
export const stranger = (value: unknown): Foreign => {
  if (!isJson(value)) return { seen: `${kindOf(value)}, not an alert`, instead: sendOne }
  const keys = Object.keys(value)
  const names = keys.slice(0, 8).map(quote).join(', ') + (keys.length > 8 ? `, … (${keys.length} fields)` : '')
  const seen = keys.length === 0 ? 'an empty object' : `an object Winnow does not know, with the fields ${names}`
  return { seen, instead: sendOne }
}

const sendOne =
  'Send a Defender for Cloud alert (workflow automation or ARM REST), a Microsoft Graph alerts_v2 alert, or Winnow’s own JSON with at least "id" and "title".'
