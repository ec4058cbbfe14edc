import type { Reading } from '../triage/alert.js'
import { Fault, isFault } from '../triage/fault.js'
import type { Foreign } from './foreign.js'
import { spell, type Problem, type Said, type Step } from './outcome.js'
import { mostAlerts, recognize, type Entry } from './recognize.js'
import type { SourceName } from './sources.js'
import { cut, quote } from './text.js'

/** Why an entry of a payload became no case: where it stands and which field is wrong, where there is a place to name. */
export type Ignored = { readonly reason: string; readonly position?: string; readonly field?: string }

/** What a payload holds: the alerts in its order, and what was left aside with the reason. */
export type Read = {
  readonly readings: readonly Reading[]
  readonly ignored: readonly Ignored[]
  /**
   * What sources tell of alerts' standing on their own side, in the payload's order. `ignored`: the entry is ignored, unless its alert
   * is known; then this is news of it.
   */
  readonly said: readonly (Said & { readonly ignored: Ignored | null })[]
  /** True when something in it says that alerts have changed, without telling how: whoever pulls should do so now. */
  readonly notifies: boolean
}

/**
 * Reads a payload of any source Winnow knows, or of the one it is said to come from.
 *
 * `now` (ISO 8601) stands in where an alert tells no time. One defective entry does not cost the others: it is named among the
 * ignored. Only where nothing could be read at all it is a fault: `intake/unrecognised` when it is something else (the message says
 * what, and what to send), `intake/malformed` when every alert is damaged (the message names the fields, the first 20), and
 * `intake/unreadable` when Winnow itself fails at it: sending the same again would not help.
 */
export const read = (body: unknown, now: string, source: SourceName | null = null): Read => {
  try {
    return readAll(body, now, source)
  } catch (cause) {
    if (isFault(cause)) throw cause
    throw new Fault(
      'intake/unreadable',
      "This payload couldn't be read, and the reason is unknown. Nothing in it was stored, and sending it again won't help; the log has more.",
      { cause },
    )
  }
}

const readAll = (body: unknown, now: string, source: SourceName | null): Read => {
  const { list, entries, extra } = recognize(body, source)
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
  const ignored: Ignored[] = list && entries.length === 0 ? [{ reason: 'the list is empty' }] : []
  for (const { says } of problems.slice(0, told)) ignored.push({ reason: says })
  /** How many of the ignored are wrong, and not only none of ours to take. */
  let defects = Math.min(problems.length, told)
  let count = problems.length
  /** How many are no alerts at all, but come with alerts. */
  let beside = 0
  let notifies = false
  let thrown: { readonly cause: unknown } | null = null
  const readings = new Map<string, Reading>()
  const said: Read['said'][number][] = []

  for (const entry of entries) {
    const outcome = outcomeOf(entry, now)
    if (outcome.kind === 'ignored') {
      const why = at(entry, outcome.reason)
      ignored.push(why)
      for (const one of outcome.said ?? []) said.push({ ignored: why, ...one })
    }
    if (outcome.kind === 'thrown') {
      thrown ??= outcome
      defects += 1
      ignored.push(at(entry, 'this alert could not be read, and the reason is unknown'))
    }
    if (outcome.kind === 'beside') {
      beside += 1
      notifies ||= outcome.foreign.notifies === true
      ignored.push(at(entry, `this is ${outcome.foreign.seen}. ${outcome.foreign.instead}`))
    }
    if (outcome.kind === 'foreign') {
      defects += 1
      strangers.push({ ...outcome.foreign, path: entry.path })
      ignored.push(at(entry, `this is ${outcome.foreign.seen}`))
    }
    if (outcome.kind === 'malformed') {
      defects += 1
      count += outcome.problems.length
      if (problems.length < told) problems.push(...placed(outcome.problems, entry))
      ignored.push(defect(entry, outcome.problems))
    }
    if (outcome.kind === 'reading') {
      const { source: from, sourceAlertId } = outcome.reading
      if (outcome.said) said.push({ ignored: null, ...outcome.said })
      const id = `${from}\n${sourceAlertId}`
      if (readings.has(id)) {
        const again = `the alert ${quote(sourceAlertId)} is in this payload more than once; the first counts`
        ignored.push(at(entry, again))
      } else readings.set(id, outcome.reading)
    }
  }
  if (readings.size === 0 && thrown) throw thrown.cause
  if (readings.size === 0 && defects > 0 && defects + beside === ignored.length) {
    if (problems.length > 0) throw malformed(problems, strangers, count + strangers.length)
    if (strangers[0]) throw unrecognised(strangers[0], strangers.length, entries.length)
  }
  return { readings: [...readings.values()], ignored, said, notifies }
}

/** What a reader throws, nobody thought of: it costs its own alert, and no other. */
const outcomeOf = (entry: Entry, now: string) => {
  if ('alert' in entry) {
    try {
      return entry.read(entry.alert, now)
    } catch (cause) {
      return { kind: 'thrown', cause } as const
    }
  }
  const { foreign } = entry
  return { kind: foreign.harmless ? 'beside' : 'foreign', foreign } as const
}

const placed = (problems: readonly Problem[], entry: Entry): readonly Problem[] =>
  problems.map(({ path, says }) => ({ path: [...entry.path, ...path], says }))

const at = (entry: Entry, reason: string): Ignored => {
  const position = spell(entry.path)
  return position === '' ? { reason } : { reason: `${position}: ${reason}`, position }
}

/** A damaged entry among good ones: its first problem in full, and how many more there are. */
const defect = (entry: Entry, problems: readonly Problem[]): Ignored => {
  const [first] = problems
  const field = cut(spell(first?.path ?? []), 100)
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  const says = `${first?.says ?? 'damaged'}${more}`
  return { ...at(entry, field === '' ? says : `${field}: ${says}`), ...(field !== '' && { field }) }
}

/** How many problems a message names. */
const told = 20

const malformed = (
  problems: readonly Problem[],
  strangers: readonly (Foreign & { path: readonly Step[] })[],
  count: number,
): Fault => {
  const all = [
    ...problems.map(({ path, says }) => `${spell(path) || 'the payload'}: ${says}`),
    ...strangers.map(({ path, seen }) => `${spell(path) || 'the payload'}: this is ${seen}`),
  ]
  const rest = count > told ? [`and ${count - told} more`] : []
  const many = count === 1 ? 'one problem' : `${count} problems`
  return new Fault(
    'intake/malformed',
    [`Nothing in this payload was stored: ${many}.`, ...all.slice(0, told), ...rest].join('\n  '),
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
