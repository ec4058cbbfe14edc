import { Fault } from '../triage/fault.js'
import { flawIn } from './scan.js'

/**
 * The value of a JSON text that came from outside.
 *
 * Fault `intake/not-json` with line and column when it is none, or when a key stands twice in one object (one of the two would be
 * lost); Fault `intake/too-deep` beyond 64 levels. A byte order mark is passed over. A key `__proto__` is a field like any other.
 */
export const parseJson = (text: string): unknown => {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text
  if (bare.trim() === '') throw new Fault('intake/not-json', 'The body is empty. Send one JSON document.')
  const flaw = flawIn(bare, 64)
  if (flaw === null) return JSON.parse(bare)
  const place = placeOf(bare, flaw.at)
  if (flaw.kind === 'depth') {
    throw new Fault('intake/too-deep', `The body is ${flaw.says} at ${place}. No alert is; send the alert alone.`)
  }
  throw new Fault(
    'intake/not-json',
    `The body is not JSON that can be read: ${flaw.says} at ${place}. Send one JSON document.`,
  )
}

const placeOf = (text: string, at: number): string => {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  return `line ${line}, column ${at - before.lastIndexOf('\n')} (character ${at + 1})`
}
