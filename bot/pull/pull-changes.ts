import { timeOf } from '../../intake/time.js'
import type { Graph, GraphAnswer } from '../graph/client.js'
import type { Clock } from '../pacing/clock.js'
import type { GraphFailure } from '../graph/failure.js'
import type { Watermark } from './watermark.js'

/** The permission that pulling needs, for the application. */
export const pullPermission = 'SecurityAlert.Read.All'

type Parts = {
  readonly graph: Graph
  readonly watermark: Watermark
  /** Resolves when the entries of a page are on disk; rejects when they can't be stored. */
  readonly take: (entries: readonly unknown[]) => Promise<void>
  readonly signal: AbortSignal
  readonly clock: Pick<Clock, 'now'>
}

/** What changed before the watermark by less than this, in milliseconds, is read again: what is indexed late must not be missed. */
export const overlapMs = 900_000
/** Such a look is enough once in so many milliseconds; between two of them a short one does, or a storm would be read ten times. */
export const overlapEveryMs = 300_000
/** The short one, in milliseconds. */
export const shortOverlapMs = 60_000
/** How far back the very first pull looks, in milliseconds. */
export const firstLookMs = 3_600_000
const pageSize = 100
/** A million alerts in one run: then something is wrong. */
const mostPages = 10_000

/**
 * Read everything that has changed since the watermark, and take it in. Null when all of it is stored; else why it is not yet.
 *
 * All times are Graph's own, so a clock of ours that jumps changes nothing. The oldest changes are asked for first. Where Graph keeps
 * to that, each page moves the watermark on, and the next page is what changed since: pages counted by number would skip an alert
 * whenever an earlier one changes meanwhile. Where it does not, its own links are followed to the end before anything moves.
 */
export const openPullChanges = ({
  graph,
  watermark,
  take,
  signal,
  clock,
}: Parts): (() => Promise<GraphFailure | null>) => {
  let isOrderAsked = true
  let lookedBackAt = -Infinity

  const ask = (path: string, query?: Readonly<Record<string, string>>): Promise<GraphAnswer> =>
    graph.ask({
      method: 'GET',
      path,
      ...(query && { query }),
      // Else products newer than the interface are called unknownFutureValue.
      headers: { Prefer: 'include-unknown-enum-members' },
      permission: pullPermission,
      signal,
    })

  const askSince = (since: string): Promise<GraphAnswer> =>
    ask(alerts, {
      $filter: `lastUpdateDateTime ge ${since}`,
      ...(isOrderAsked && { $orderby: 'lastUpdateDateTime asc' }),
      $top: String(pageSize),
    })

  /** The first pull begins an hour ago, by Graph's clock, and that is kept at once: an outage from then on costs nothing. */
  const begin = async (): Promise<GraphFailure | string> => {
    const answer = await ask(alerts, { $top: '1' })
    if (!answer.ok) return answer.failure
    if (answer.at === null) return { kind: 'invalid', says: 'an answer that tells no time' }
    const from = before(answer.at, firstLookMs)
    await watermark.keep(from)
    return from
  }

  return async () => {
    const start = (await watermark.read()) ?? (await begin())
    if (typeof start !== 'string') return start
    let reached = start
    const began = clock.now()
    const isLong = began - lookedBackAt >= overlapEveryMs
    let from = before(start, isLong ? overlapMs : shortOverlapMs)
    let isAscending = true
    let answer = await askSince(from)
    if (!answer.ok && answer.failure.kind === 'invalid' && isOrderAsked) {
      isOrderAsked = false
      answer = await askSince(from)
    }
    const followed = new Set<string>()
    for (let pages = 1; ; pages += 1) {
      if (!answer.ok) return answer.failure
      const page = pageOf(answer.body)
      if (page === null) return { kind: 'invalid', says: 'an answer that is no list of alerts' }
      if (signal.aborted) return { kind: 'unreachable', says: 'stopped' }
      await take(page.entries)
      const times = page.entries.flatMap(changedAt)
      isAscending &&= times.every((time, at) => time >= (times[at - 1] ?? from))
      // A time that is yet to come is a mistake, and would hide everything until then.
      for (const time of times) if (time > reached && answer.at !== null && time <= answer.at) reached = time
      if (page.next === null) break
      if (isAscending) await watermark.keep(reached)
      if (pages >= mostPages || followed.has(page.next)) return { kind: 'invalid', says: 'pages without an end' }
      const last = times.at(-1) ?? from
      if (isAscending && last > from) {
        from = last
        answer = await askSince(from)
      } else {
        followed.add(page.next)
        answer = await ask(page.next)
      }
    }
    if (isLong) lookedBackAt = began
    await watermark.keep(answer.at !== null && reached > answer.at ? before(answer.at, firstLookMs) : reached)
    return null
  }
}

const alerts = '/security/alerts_v2'

const before = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString()

type Page = { readonly entries: readonly unknown[]; readonly next: string | null }

const pageOf = (body: unknown): Page | null => {
  if (typeof body !== 'object' || body === null || !('value' in body) || !Array.isArray(body.value)) return null
  const next = '@odata.nextLink' in body ? body['@odata.nextLink'] : null
  return { entries: body.value, next: typeof next === 'string' && next !== '' ? next : null }
}

const changedAt = (entry: unknown): readonly string[] => {
  const told =
    typeof entry === 'object' && entry !== null && 'lastUpdateDateTime' in entry ? entry.lastUpdateDateTime : null
  const at = timeOf(told)
  return at === null ? [] : [at]
}
