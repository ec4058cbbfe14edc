import type { FindFilter } from '../../dialogs/find-filter.js'
import { keyedQueue } from '../../store/keyed-queue.js'
import { type SearchPages, pageNames, pageOf } from '../../store/search-pages.js'
import type { Store } from '../../store/store.js'
import type { Case } from '../../triage/case.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import type { Guide } from '../../triage/guide.js'
import {
  type FoundCase,
  type Match,
  caseIdIn,
  caseIn,
  isClosedLine,
  leaderIn,
  lineOf,
  matcherOf,
} from './found-case.js'
import { whenFree } from './when-free.js'

/** What came of a search. */
export type Found = {
  /** The newest of them, no more than were asked for. */
  readonly cases: readonly FoundCase[]
  /** How many there are, as far as was looked. */
  readonly count: number
  /** How many cases were looked at, of how many: fewer when the time was up, or when not all are known yet. */
  readonly searched: number
  readonly of: number
}

/** Looks for cases, open and closed. */
export type FindCases = {
  /** The newest `most` cases that such a filter lets through. */
  readonly find: (filter: FindFilter, most: number) => Promise<Found>
  /** Note a case as it stands now, if what was written is something that cases are found by. */
  readonly note: (state: Case, written: readonly Event[]) => void
  /** Write down anew what a case is found by, so that nothing of how it was before is left. Never rejects. */
  readonly renew: (caseId: string) => Promise<void>
  /** Take in the cases that are not known yet, without haste. Never rejects. */
  readonly catchUp: () => Promise<void>
  /** Resolves when all that was noted is written down, or could not be. */
  readonly stop: () => Promise<void>
}

type Parts = {
  readonly pages: SearchPages
  readonly store: Pick<Store, 'all' | 'open' | 'read'>
  readonly guideOf: (type: string) => Guide
  /** The clock, ISO 8601. */
  readonly now: () => string
  /** Milliseconds from anywhere. */
  readonly ms: () => number
  readonly log: { warn(details: object, text: string): void }
  /** How long a search may take, in milliseconds. */
  readonly longestMs?: number
  /** How long what was noted waits for company before it is written down, in milliseconds. */
  readonly waitMs?: number
  /** How long to pause after every ten cases that are taken in, in milliseconds; longer while the process is busy. */
  readonly pauseMs?: number
}

/**
 * Search by a line for each case, which lies in files: nothing of it is held in memory, so a hundred thousand cases cost none. Of
 * several lines of a case the last one counts. One process writes them.
 */
export const openFindCases = (parts: Parts): FindCases => {
  const { pages, store, guideOf, now, ms, log, longestMs = 4000, waitMs = usualWaitMs, pauseMs = 10 } = parts
  /** By page, the cases that are not written down yet, as they stand now: the lines are made when they are wanted. */
  const pending = new Map<string, Map<string, Case>>()
  const pendingOn = (page: string): readonly string[] =>
    [...(pending.get(page)?.values() ?? [])].map((state) => lineOf(state, guideOf(state.guide)))
  const turns = keyedQueue(8)
  let timer: NodeJS.Timeout | null = null
  let isStopped = false
  /** How many cases there are, as far as is known. */
  let known = 0

  const flush = async (page: string): Promise<void> => {
    const noted = [...(pending.get(page) ?? [])]
    if (noted.length === 0) return
    await pages.append(page, textOf(pendingOn(page)))
    const left = pending.get(page)
    for (const [caseId, state] of noted) if (left?.get(caseId) === state) left.delete(caseId)
    if (left?.size === 0) pending.delete(page)
  }
  const flushAll = async (): Promise<void> => {
    if (timer) clearTimeout(timer)
    timer = null
    try {
      // Those of now: what is noted meanwhile waits for company again.
      const due = [...pending.keys()]
      for (const page of due) {
        await turns.take(page, () => flush(page))
        // Everything else gets its turn between two pages.
        await new Promise((go) => setImmediate(go))
      }
    } catch (error) {
      log.warn({ err: error }, 'what cases are found by could not be written down')
      // The next start takes them in again.
      for (const [page, noted] of pending) if (noted.size > 200) pending.delete(page)
    }
  }
  const linesOf = async (page: string): Promise<readonly string[]> => {
    const text = await pages.read(page)
    return [...text.split('\n').slice(0, -1), ...pendingOn(page)]
  }

  const find = async (filter: FindFilter, most: number): Promise<Found> => {
    const matches = matcherOf(filter, now())
    const late = ms() + longestMs
    let newestMatches: readonly Match[] = []
    const standing = new Set<string>()
    let searched = 0
    for (const page of pageNames) {
      if (ms() > late) break
      const newest = new Map((await linesOf(page)).map((line) => [caseIdIn(line), line]))
      const found = [...newest.values()].flatMap((line) => matches(line) ?? [])
      for (const { line } of found) standing.add(standsFor(line))
      searched += newest.size
      newestMatches = newestOf([...newestMatches, ...found], most)
      // Everything else gets its turn between two pages.
      await new Promise((go) => setImmediate(go))
    }
    const lines = await Promise.all(newestMatches.map(({ line }) => leading(line)))
    const cases = lines.flatMap((line) => caseIn(line) ?? [])
    return { cases, count: standing.size, searched, of: Math.max(known, searched) }
  }

  /** The line of the case whose card stands for that one. A twin of a member is two steps away. */
  const leading = async (line: string): Promise<string> => {
    let current = line
    for (let steps = 0; steps < 3; steps += 1) {
      const leader = leaderIn(current)
      if (leader === null) return current
      const found = (await linesOf(pageOf(leader))).findLast((one) => caseIdIn(one) === leader)
      // Until its line is written, what was found stands for itself; a tap opens the right card all the same.
      if (found === undefined) return current
      current = found
    }
    return current
  }

  /** Make a page what the store says: what is missing or out of date is read, what is gone is taken out. Answers how many are on it. */
  const compare = async (page: string, ids: ReadonlySet<string>, open: ReadonlySet<string>): Promise<number> => {
    const lines = await linesOf(page)
    const newest = new Map(lines.flatMap((line) => (ids.has(caseIdIn(line)) ? [[caseIdIn(line), line]] : [])))
    // What is closed here and in the store is as it was: whoever opens it again tells so.
    const unsure = [...ids].filter((caseId) => open.has(caseId) || !isClosedLine(newest.get(caseId) ?? ''))
    let hasChanged = false
    for (const [at, caseId] of unsure.entries()) {
      if (isStopped) return newest.size
      // What can't be read can't be found either; health and log say so.
      const stored = await store.read(caseId).catch(() => null)
      const state = stored && replay(stored.diary)
      const line = state && lineOf(state, guideOf(state.guide))
      if (line !== null && line !== newest.get(caseId)) {
        newest.set(caseId, line)
        hasChanged = true
      }
      if (at % 10 === 9) await whenFree(pauseMs)
    }
    const isLong = lines.length > 2 * newest.size + 50
    const hasGone = lines.some((line) => !newest.has(caseIdIn(line)))
    // What is noted meanwhile is written behind it.
    if (hasChanged || hasGone || isLong) await pages.replace(page, textOf([...newest.values()]))
    return newest.size
  }

  const catchUp = async (): Promise<void> => {
    try {
      for await (const ids of store.all()) known += ids.length
      const open = new Set(await store.open())
      const left = new Set(pageNames)
      let count = 0
      for await (const ids of store.all()) {
        for (const [page, onPage] of byPage(ids)) {
          if (isStopped) return
          left.delete(page)
          count += await turns.take(page, () => compare(page, onPage, open))
        }
        await whenFree(pauseMs)
      }
      for (const page of left) if (!isStopped) await turns.take(page, () => compare(page, new Set(), open))
      known = count
    } catch (error) {
      if (!isStopped) log.warn({ err: error }, 'not every case can be found; the next start takes them in again')
    }
  }

  return {
    find,
    note: (state, written) => {
      if (!written.some(({ type }) => changesLine.has(type))) return
      const page = pageOf(state.id)
      const noted = pending.get(page) ?? new Map<string, Case>()
      // Taken out first, so that they stay in the order in which they were noted.
      noted.delete(state.id)
      pending.set(page, noted.set(state.id, state))
      if (!isStopped) timer ??= setTimeout(() => void flushAll(), waitMs).unref()
    },
    renew: (caseId) =>
      turns
        .take(pageOf(caseId), async () => {
          const page = pageOf(caseId)
          await flush(page)
          const state = replay((await store.read(caseId)).diary)
          const others = (await linesOf(page)).filter((line) => caseIdIn(line) !== caseId)
          const own = state ? [lineOf(state, guideOf(state.guide))] : []
          await pages.replace(page, textOf([...others, ...own]))
        })
        .catch((error: unknown) =>
          log.warn({ err: error, case: caseId }, 'what a case is found by could not be renewed'),
        ),
    catchUp,
    stop: async () => {
      isStopped = true
      await flushAll()
      await turns.idle()
    },
  }
}

/** There are 256 pages, each a file: so long that under load many cases are written at once. They are found meanwhile all the same. */
const usualWaitMs = 10_000

const changesLine: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'opened',
  'left-group',
  'also-reported',
  'judged',
  'judgement-withdrawn',
  'closed',
  'reopened',
])

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

/** The newest of them; of the alerts that share a card only the newest counts. */
const newestOf = (cases: readonly Match[], most: number): readonly Match[] => {
  const newest = new Map<string, Match>()
  for (const match of cases.toSorted((one, other) =>
    one.openedAt < other.openedAt ? 1 : one.openedAt > other.openedAt ? -1 : 0,
  )) {
    const stands = standsFor(match.line)
    if (!newest.has(stands)) newest.set(stands, match)
  }
  return [...newest.values()].slice(0, most)
}

const standsFor = (line: string): string => leaderIn(line) ?? caseIdIn(line)

const byPage = (ids: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const pages = new Map<string, Set<string>>()
  for (const id of ids) pages.set(pageOf(id), (pages.get(pageOf(id)) ?? new Set()).add(id))
  return pages
}
