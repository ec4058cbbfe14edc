import { caseId } from '../../intake/case-id.js'
import { type Ignored, type Read, read } from '../../intake/read.js'
import type { SourceName } from '../../intake/sources.js'
import { Fault, isFault } from '../../triage/fault.js'
import type { Event } from '../../triage/event.js'
import { generic, match, plainKey } from '../../triage/match.js'
import type { Guide } from '../../triage/guide.js'
import { nearest } from '../../content/load/nearest.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import type { Reading } from '../../triage/alert.js'
import type { Desk } from './desk.js'
import { type PastCases, newest, openPastCases } from './past-cases.js'

/** What became of each alert of a payload. */
export type IntakeResult = {
  readonly alerts: readonly {
    readonly caseId: string
    readonly source: string
    readonly sourceAlertId: string
    readonly type: string
    /** `updated`: known, and its source tells something new of it. */
    readonly status: 'new' | 'known' | 'updated'
    /** What the sender may want to know: that the type is not known, and which one was probably meant. */
    readonly note?: string
  }[]
  readonly ignored: readonly Ignored[]
}

/**
 * Open a case for each alert of a payload, whose source is told by path or key, or by the payload itself. Resolves when all are on
 * disk; sending a payload again is harmless.
 *
 * Faults `intake/…` when nothing in the payload can be read; then nothing is stored. One with a cause is our own mistake.
 */
export const openCasesFor = async (
  body: unknown,
  guides: readonly Guide[],
  { desk, pastCases }: { readonly desk: Desk; readonly pastCases: PastCases },
  now: string,
  source: SourceName | null = null,
): Promise<IntakeResult> => {
  const { found, ignored, said } = readable(body, guides, now, source)
  // Alerts of one payload are often about the same person: they know of one another, in whatever order they are opened.
  const siblings = openPastCases(Math.max(1, found.length))
  for (const one of found) siblings.note(one)
  const alerts = await Promise.all(
    found.map(async ({ id, alert, guide, note }) => {
      const related = newest([...siblings.about(alert), ...pastCases.about(alert)]).filter((one) => one.caseId !== id)
      const news = said.flatMap((one) => (one.ignored === null && one.caseId === id ? [one.said] : []))
      const { written } = await desk.open(id, alert, guide.type, related, news)
      const status = statusOf(written)
      const { source: from, sourceAlertId, type } = alert
      return { caseId: id, source: from, sourceAlertId, type, status, ...(note !== null && { note }) }
    }),
  )
  const noted = await noteOver(said, desk)
  const isNoted = new Set(noted.map(({ ignored }) => ignored))
  return {
    alerts: [...alerts, ...noted.map(({ alert }) => alert)],
    ignored: ignored.filter((one) => !isNoted.has(one)),
  }
}

type Told = Read['said'][number] & { readonly caseId: string }

/** What is told of alerts that their sources are done with goes into the cases they have; the others stay ignored. */
const noteOver = async (said: readonly Told[], desk: Desk) => {
  const all = said.flatMap(({ ignored, ...one }) => (ignored === null ? [] : [{ ...one, ignored }]))
  const noted = await Promise.all(
    all.map(async ({ caseId, said: one, ignored }) => {
      const { state, written, refusal } = await desk.told(caseId, one)
      if (refusal || !state) return []
      const { source, sourceAlertId, type } = state.alert
      return [{ ignored, alert: { caseId, source, sourceAlertId, type, status: statusOf(written) } }]
    }),
  )
  return noted.flat()
}

const statusOf = ([first]: readonly Event[]): 'new' | 'known' | 'updated' =>
  first === undefined ? 'known' : first.type === 'opened' ? 'new' : 'updated'

/**
 * What a sender of Winnow's own JSON should know of a type that no guide has; null when there is nothing to say. Other sources have many
 * types that no guide knows.
 */
const typeNote = ({ source, key }: Reading, { type, matches }: Guide, guides: readonly Guide[]): string | null => {
  if (source !== 'winnow' || key === null) return null
  if ([type, ...matches.keys].some((one) => plainKey(one) === plainKey(key))) return null
  const near = nearest(
    plainKey(key),
    guides.map((guide) => guide.type),
  )
  const used = type === generic ? 'the generic guide is used' : `the guide ${type} is used, by the title`
  // A sender's own words go back as JSON, cut and without what could not be seen.
  const said = escapeUntrusted(key, 60)
  return `Unknown type "${said}"; ${used}.${near === null ? '' : ` Did you mean "${near}"?`}`
}

/** The alerts of a payload with their case ids and guides. A payload that breaks the reading is refused, not sent again later. */
const readable = (body: unknown, guides: readonly Guide[], now: string, source: SourceName | null) => {
  try {
    const { readings, ignored, said } = read(body, now, source)
    const found = readings.map((reading) => {
      const { alert, guide } = match(reading, guides)
      return { id: caseId(alert.source, alert.sourceAlertId), alert, guide, note: typeNote(reading, guide, guides) }
    })
    const told = said.map((one): Told => ({ ...one, caseId: caseId(one.of, one.said.sourceAlertId) }))
    return { found, ignored, said: told }
  } catch (cause) {
    if (isFault(cause)) throw cause
    const message =
      "This payload couldn't be read, and nothing was stored. Sending it again won't help; contact your Winnow administrator."
    throw new Fault('intake/unreadable', message, { cause })
  }
}
