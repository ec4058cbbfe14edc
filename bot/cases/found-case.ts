import { z } from 'zod'
import { type FindFilter, findSince, searchText } from '../../dialogs/find-filter.js'
import { verdictName } from '../../dialogs/show/history.js'
import { plainAddress } from '../../intake/addresses.js'
import { families, severities } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import { type Guide, verdictClasses } from '../../triage/guide.js'
import { isAsBad } from '../../triage/routing.js'

/** A case that was found, as lists need it: its severity, the first few people it names, what became of it. */
export type FoundCase = Readonly<z.output<typeof shape>> & { readonly caseId: string }

/**
 * The line a case is found by: its code, its words in lower case with a blank around each, what filters go by, and what a list says
 * of it, parted by tabs.
 */
export const lineOf = (
  { id, alert, openedAt, recordedVerdict, closed, joined, reports }: Case,
  guide: Guide,
): string => {
  const verdict = recordedVerdict ? verdictName(recordedVerdict.class, recordedVerdict.label) : ''
  const family = alert.family ?? (guide.family === 'any' ? null : guide.family)
  const found: Omit<FoundCase, 'caseId'> = {
    title: alert.title.slice(0, 120),
    severity: alert.severity,
    family,
    type: guide.type,
    people: alert.people
      .slice(0, 3)
      .map(({ upn, name, objectId }) => ({ upn: cut(upn), name: cut(name), objectId: upn || name ? null : objectId })),
    openedAt,
    verdict: recordedVerdict?.class ?? null,
    verdictName: verdict,
    closed: closed && { at: closed.at, by: closed.by.name.slice(0, 60) },
  }
  const words = [
    id,
    alert.title,
    ...alert.addresses.map(({ ip }) => ip),
    ...alert.people.flatMap(({ upn, name, objectId }) => [upn, name, objectId]),
    ...(alert.identities ?? []).flatMap(({ name, id: known }) => [name, known]),
    alert.type,
    guide.type,
    guide.title,
    alert.sourceAlertId,
    ...(alert.otherIds ?? []).slice(0, 12),
    verdict,
    ...alert.apps,
    ...alert.resources,
    // What another source added is shown on the card, so the case is found by it.
    ...reports.flatMap(({ sourceAlertId, adds }) => [
      sourceAlertId,
      ...adds.addresses.map(({ ip }) => ip),
      ...adds.people.flatMap(({ upn, name, objectId }) => [upn, name, objectId]),
    ]),
    alert.description.slice(0, 300),
  ]
  const text = searchText(words.filter((word) => word !== null && word !== '').join(' '))
  const filters = [
    openedAt,
    closed ? 'closed' : 'open',
    alert.severity,
    family ?? '',
    recordedVerdict?.class ?? '',
    joined?.leader ?? '-',
  ]
  return [id, ` ${text.slice(0, longestText)} `, ...filters, JSON.stringify(found)].join('\t')
}

const longestText = 3000
const cut = (text: string | null): string | null => text && text.slice(0, 80)

/** The code of the case that a line is of. */
export const caseIdIn = (line: string): string => line.slice(0, line.indexOf('\t'))

/** True for the line of a case that is closed. */
export const isClosedLine = (line: string): boolean => line.split('\t', 4)[3] === 'closed'

/** What a line says of its case; null for what is no such line. */
export const caseIn = (line: string): FoundCase | null => {
  try {
    const found = shape.safeParse(JSON.parse(line.slice(line.lastIndexOf('\t') + 1))).data
    return found ? { caseId: caseIdIn(line), ...found } : null
  } catch {
    return null
  }
}

const shape = z.object({
  title: z.string(),
  severity: z.enum(severities),
  family: z.enum(families).nullable(),
  /** The type of its guide; '' in lines of earlier versions. */
  type: z.string().default(''),
  people: z.array(
    z.object({ upn: z.string().nullable(), name: z.string().nullable(), objectId: z.string().nullable() }).readonly(),
  ),
  openedAt: z.string(),
  verdict: z.enum(verdictClasses).nullable(),
  verdictName: z.string(),
  closed: z.object({ at: z.string(), by: z.string() }).readonly().nullable(),
})

/** The case whose card stands for the one that a line is of; null where it has its own. Lines of earlier versions say nothing of it. */
export const leaderIn = (line: string): string | null => {
  const leader = line.split('\t', 8)[7] ?? ''
  return /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/.test(leader) ? leader : null
}

/** A line that was found, and when its case was opened. */
export type Match = { readonly openedAt: string; readonly line: string }

/**
 * What lets the lines through that a filter wants. Addresses are compared as intake spells them, and as a whole: 10.0.0.1 is not
 * in 10.0.0.12.
 */
export const matcherOf = (filter: FindFilter, now: string): ((line: string) => Match | null) => {
  const terms = filter.terms.map((term) => {
    const address = plainAddress(term)
    return address === null ? term : ` ${address.toLowerCase()} `
  })
  const since = findSince(filter.since, now)
  return (line) => {
    const from = line.indexOf('\t')
    const end = line.indexOf('\t', from + 1)
    if (end < 0) return null
    const text = terms.length === 0 ? '' : line.slice(from, end)
    if (!terms.every((term) => text.includes(term))) return null
    const [openedAt = '', state, severity, family, verdict] = line.slice(end + 1, end + 200).split('\t')
    if (filter.state !== null && filter.state !== state) return null
    if (filter.family !== null && filter.family !== family) return null
    if (filter.verdict !== null && filter.verdict !== verdict) return null
    const known = severities.find((one) => one === severity)
    if (filter.atLeast !== null && (known === undefined || !isAsBad(known, filter.atLeast))) return null
    return since === null || openedAt >= since ? { openedAt, line } : null
  }
}
