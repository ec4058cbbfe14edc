import type { Reading } from '../triage/alert.js'
import { Fault, isFault } from '../triage/fault.js'
import type { Foreign } from './foreign.js'
import { spell, type Problem, type Step } from './outcome.js'
import { mostAlerts, recognize, type Entry } from './recognize.js'
import { quote } from './text.js'

/** What a payload holds: the alerts in its order, and what was left aside on purpose with the reason. */
export type Read = {
  readonly readings: readonly Reading[]
  readonly ignored: readonly { readonly reason: string }[]
}

/**
 * Reads a payload of any source Winnow knows, whole or not at all.
 *
 * `now` (ISO 8601) stands in where an alert tells no time. Fault `intake/unrecognised` when it is something else: the message
 * says what, and what to send. Fault `intake/malformed` when an alert is damaged: the message names the fields, the first 20.
 * Fault `intake/unreadable` when Winnow itself fails at it: sending the same again would not help.
 */
export const read = (body: unknown, now: string): Read => {
  try {
    return readAll(body, now)
  } catch (cause) {
    if (isFault(cause)) throw cause
    throw new Fault(
      'intake/unreadable',
      "This payload couldn't be read, and the reason is unknown. Nothing in it was stored, and sending it again won't help; the log has more.",
      { cause },
    )
  }
}

const readAll = (body: unknown, now: string): Read => {
  const { list, entries, extra } = recognize(body)
  if (entries.length > mostAlerts) {
    throw new Fault(
      'intake/malformed',
      `This payload holds more than ${mostAlerts} alerts. Send them in several payloads.`,
    )
  }
  const problems: Problem[] = extra.map((key) => ({
    path: [],
    says: `${quote(key)} is not a field Winnow knows beside "alerts"`,
  }))
  const strangers: (Foreign & { readonly path: readonly Step[] })[] = []
  const ignored: { reason: string }[] = list && entries.length === 0 ? [{ reason: 'the list is empty' }] : []
  const readings = new Map<string, Reading>()
  let left = entries.length

  for (const entry of entries) {
    // It is refused anyhow, and its sender knows enough.
    if (problems.length > 200) break
    left -= 1
    if ('foreign' in entry) {
      strangers.push({ ...entry.foreign, path: entry.path })
      continue
    }
    const outcome = entry.read(entry.alert, now)
    if (outcome.kind === 'malformed') problems.push(...placed(outcome.problems, entry))
    if (outcome.kind === 'ignored') ignored.push({ reason: at(entry, outcome.reason) })
    if (outcome.kind === 'reading') {
      const { source, sourceAlertId } = outcome.reading
      const id = `${source}\n${sourceAlertId}`
      const again = `the alert ${quote(sourceAlertId)} is in this payload more than once; the first counts`
      if (readings.has(id)) ignored.push({ reason: at(entry, again) })
      else readings.set(id, outcome.reading)
    }
  }
  if (problems.length > 0) throw malformed(problems, strangers, left)
  if (strangers[0]) throw unrecognised(strangers[0], strangers.length, entries.length)
  return { readings: [...readings.values()], ignored }
}

const placed = (problems: readonly Problem[], entry: Entry): readonly Problem[] =>
  problems.map(({ path, says }) => ({ path: [...entry.path, ...path], says }))

const at = (entry: Entry, reason: string): string =>
  entry.path.length > 0 ? `${spell(entry.path)}: ${reason}` : reason

/** How many problems a message names. */
const told = 20

const malformed = (
  problems: readonly Problem[],
  strangers: readonly (Foreign & { path: readonly Step[] })[],
  left: number,
): Fault => {
  const all = [
    ...problems.map(({ path, says }) => `${spell(path) || 'the payload'}: ${says}`),
    ...strangers.map(({ path, seen }) => `${spell(path)}: this is ${seen}`),
  ]
  const rest = all.length > told ? [`and ${all.length - told} more`] : []
  const unread = left > 0 ? [`the last ${left} of the alerts were not looked at`] : []
  const count = all.length === 1 ? 'one problem' : `${all.length} problems`
  return new Fault(
    'intake/malformed',
    [`Nothing in this payload was stored: ${count}.`, ...all.slice(0, told), ...rest, ...unread].join('\n  '),
  )
}

const unrecognised = (
  { path, seen, instead }: Foreign & { path: readonly Step[] },
  count: number,
  of: number,
): Fault => {
  const where = spell(path)
  const more = count > 1 ? ` (${count} of ${of} entries are no alerts Winnow reads.)` : ''
  return new Fault('intake/unrecognised', `${where === '' ? 'This' : where} is ${seen}. ${instead}${more}`)
}
