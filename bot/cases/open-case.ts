import { distance } from 'fastest-levenshtein'
import { caseId } from '../../intake/case-id.js'
import { type Ignored, type Read, read } from '../../intake/read.js'
import type { SourceName } from '../../intake/sources.js'
import { Fault, isFault } from '../../triage/fault.js'
import { generic, match, plainKey } from '../../triage/match.js'
import type { Guide } from '../../triage/guide.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import type { Reading } from '../../triage/alert.js'
import { inStep } from '../pacing/gather.js'
import { type Groups, statusOf } from './groups.js'
import { type PastCases, newest, openPastCases } from './past-cases.js'

/** What became of each alert of a payload. */
export type IntakeResult = {
  readonly alerts: readonly {
    readonly caseId: string
    readonly source: string
    readonly sourceAlertId: string
    readonly type: string
    /**
     * `updated`: known, and its source tells something new of it. `joined`: the same alert came from another source, and `caseId` is
     * the case of both. `grouped`: it has a case of its own that shares the card of the case `group`.
     */
    readonly status: 'new' | 'known' | 'updated' | 'joined' | 'grouped'
    readonly group?: string
    /** What the sender may want to know: that the type is not known, and which one was probably meant. */
    readonly note?: string
  }[]
  readonly ignored: readonly Ignored[]
}

type Into = {
  readonly groups: Pick<Groups, 'open' | 'told'>
  readonly pastCases: PastCases
  /** Hears when a payload says that alerts have changed, and does not tell them. */
  readonly notified?: () => void
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
  { groups, pastCases, notified }: Into,
  now: string,
  source: SourceName | null = null,
): Promise<IntakeResult> => {
  const { found, ignored, said, notifies } = await readable(body, guides, now, source)
  if (notifies) notified?.()
  // Alerts of one payload are often about the same person: they know of one another, in whatever order they are opened.
  const siblings = found.length > 1 ? openPastCases(found.length) : null
  for (const one of found) siblings?.note(one)
  const alerts = await Promise.all(
    found.map(async ({ id, alert, guide, note }): Promise<Taken> => {
      const before = pastCases.about(alert)
      const known = siblings ? newest([...siblings.about(alert), ...before]) : before
      const related = known.filter((one) => one.caseId !== id)
      const news = said.flatMap((one) => (one.ignored === null && one.caseId === id ? [one.said] : []))
      const { status, joins } = await groups.open(id, alert, guide.type, related, news)
      const taken = takenOf(alert, note)
      if (!joins) return taken(id, status)
      if (joins.as === 'twin') return taken(joins.leader, status === 'new' ? 'joined' : status)
      return { ...taken(id, status === 'new' ? 'grouped' : status), group: joins.leader }
    }),
  )
  if (said.every((one) => one.ignored === null)) return { alerts, ignored }
  const noted = await noteOver(said, groups)
  const isNoted = new Set(noted.map(({ ignored }) => ignored))
  return {
    alerts: [...alerts, ...noted.map(({ alert }) => alert)],
    ignored: ignored.filter((one) => !isNoted.has(one)),
  }
}

/** What is answered of an alert, once its case and what became of it are known. */
const takenOf =
  ({ source, sourceAlertId, type }: Pick<Taken, 'source' | 'sourceAlertId' | 'type'>, note: string | null) =>
  (caseId: string, status: Taken['status']): Taken =>
    note === null
      ? { caseId, source, sourceAlertId, type, status }
      : { caseId, source, sourceAlertId, type, note, status }

type Taken = IntakeResult['alerts'][number]

type Told = Read['said'][number] & { readonly caseId: string }

/** What is told of alerts that their sources are done with goes into the cases they have; the others stay ignored. */
const noteOver = async (said: readonly Told[], groups: Pick<Groups, 'told'>) => {
  const all = said.flatMap(({ ignored, ...one }) => (ignored === null ? [] : [{ ...one, ignored }]))
  const noted = await Promise.all(
    all.map(async ({ caseId, said: one, ignored }) => {
      const { state, written, refusal } = await groups.told(caseId, one)
      if (refusal || !state) return []
      const { type } = state.alert
      return [
        {
          ignored,
          alert: {
            caseId: state.id,
            source: one.source,
            sourceAlertId: one.sourceAlertId,
            type,
            status: statusOf(written),
          },
        },
      ]
    }),
  )
  return noted.flat()
}

/**
 * What a sender of Winnow's own JSON should know of a type that no guide has; null when there is nothing to say. Other sources have many
 * types that no guide knows.
 */
const typeNote = ({ source, key }: Reading, { type, matches }: Guide, guides: readonly Guide[]): string | null => {
  if (source !== 'winnow' || key === null) return null
  if ([type, ...matches.keys].some((one) => plainKey(one) === plainKey(key))) return null
  const near = nearestType(key, guides)
  const used = type === generic ? 'the generic guide is used' : `the guide ${type} is used, by the title`
  // A sender's own words go back as JSON, cut and without what could not be seen.
  const said = escapeUntrusted(key, 60)
  return `Unknown type "${said}"; ${used}.${near === null ? '' : ` Did you mean "${near}"?`}`
}

/** The type that was probably meant; null when none is near. */
const nearestType = (key: string, guides: readonly Guide[]): string | null => {
  const said = plainKey(key)
  const ranked = guides
    .map(({ type }) => ({ type, apart: distance(said, plainKey(type)) }))
    .toSorted((one, other) => one.apart - other.apart)
  const [best] = ranked
  return best && best.apart <= Math.max(2, Math.floor(said.length / 3)) ? best.type : null
}

/** The alerts of a payload with their case ids and guides. A payload that breaks the reading is refused, not sent again later. */
const readable = async (body: unknown, guides: readonly Guide[], now: string, source: SourceName | null) => {
  try {
    const { readings, ignored, said, notifies } = read(body, now, source)
    await inStep()
    const found = readings.map((reading) => {
      const { alert, guide } = match(reading, guides)
      return { id: caseId(alert.source, alert.sourceAlertId), alert, guide, note: typeNote(reading, guide, guides) }
    })
    const told = said.map((one): Told => ({ caseId: caseId(one.of, one.said.sourceAlertId), ...one }))
    return { found, ignored, said: told, notifies }
  } catch (cause) {
    if (isFault(cause)) throw cause
    const message =
      "This payload couldn't be read, and nothing was stored. Sending it again won't help; contact your Winnow administrator."
    throw new Fault('intake/unreadable', message, { cause })
  }
}
