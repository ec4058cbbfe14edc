import { Fault } from '../triage/fault.js'
import { type Excess, extentOf } from './extent.js'
import { isJson } from './outcome.js'
import { printable } from './text.js'

/**
 * The value of a JSON text that came from outside.
 *
 * Fault `intake/not-json` when it is none, or when a key stands twice in one object (one of the two would be lost). Faults
 * `intake/too-deep` beyond 64 levels and `intake/too-much` beyond 50,000 values or 1,000 fields of one object: it is refused
 * unread, and a MiB of real alerts has no more than 40,000 values. A byte order mark is passed over. A key `__proto__` is a field
 * like any other.
 */
export const parseJson = (text: string): unknown => {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text
  if (bare.trim() === '') throw new Fault('intake/not-json', 'The body is empty. Send one JSON document.')
  const extent = extentOf(bare, limits)
  if ('excess' in extent) throw tooMuch(extent.excess)
  const value = parsed(bare)
  if (keysIn(value) !== extent.keys) throw notJson('the same key is there twice in one object')
  return value
}

const limits = { depth: 64, values: 50_000, fields: 1_000 }

const tooMuch = (excess: Excess): Fault =>
  excess === 'depth'
    ? new Fault('intake/too-deep', `The body is nested deeper than 64 levels. No alert is; send the alert alone.`)
    : new Fault(
        'intake/too-much',
        excess === 'values'
          ? 'The body holds more than 50,000 values. Send fewer alerts at once.'
          : 'An object of the body has more than 1,000 fields. No alert has; send the alert alone.',
      )

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    // What Node says of it quotes the text around the place.
    throw notJson(error instanceof Error ? printable(error.message.split('\n').join(' '), 200) : 'it is damaged', error)
  }
}

const notJson = (why: string, cause?: unknown): Fault =>
  new Fault('intake/not-json', `The body is not JSON that can be read: ${why}. Send one JSON document.`, { cause })

/** The keys of all objects in a value that is no deeper than the limit. */
const keysIn = (value: unknown): number => {
  let keys = 0
  if (Array.isArray(value)) for (const inside of value) keys += keysIn(inside)
  else if (isJson(value)) for (const key in value) keys += 1 + keysIn(value[key])
  return keys
}
