import type { Store } from '../../store/store.js'
import type { IntakeResult } from '../cases/open-case.js'
import type { Graph } from '../graph/client.js'
import { type GraphFailure, inWords } from '../graph/failure.js'
import { openBoundedSet } from '../pacing/bounded-set.js'
import { type Clock, machineClock } from '../pacing/clock.js'
import { openPullChanges } from './pull-changes.js'
import { type Take, takeEntries } from './take-entries.js'
import { openWatermark } from './watermark.js'

/** Winnow fetches alerts by itself, again and again until it is stopped. */
export type Pull = {
  /** How it goes: what is wrong, and facts and counts for `/health` and `/metrics`. Times are ISO 8601. */
  health(): {
    readonly problems: readonly string[]
    readonly details: Readonly<Record<string, number | string | null>>
  }
  /**
   * Pull soon, because something is said to have changed. Called often, it pulls every five seconds at the most, and never sooner than
   * Graph allows.
   */
  soon(): void
  /** Resolves when nothing of it goes on. */
  stop(): Promise<void>
}

type Parts = {
  readonly graph: Graph
  readonly store: Pick<Store, 'keep' | 'kept'>
  readonly take: Take
  /** How long it rests between two pulls, in milliseconds. */
  readonly everyMs: number
  readonly log: Readonly<Record<'info' | 'warn' | 'error', (details: object, text: string) => void>>
  /** ISO 8601. */
  readonly now: () => string
  readonly clock?: Clock
}

/** Why a pull failed: what Graph said, or that the store did not take what was read. */
type Failure = GraphFailure | { readonly kind: 'unstored' }

/** What passes by itself is told as a problem only when it has lasted so long, in milliseconds. */
const patienceMs = 300_000
/** The longest it rests after failures in a row, in milliseconds, unless pulls are farther apart anyway. */
const longestRestMs = 300_000
/** Between two pulls it rests at least so long, in milliseconds, however often it is asked. */
const leastRestMs = 5000

/** It begins at once. */
export const startPull = ({ graph, store, take, everyMs, log, now, clock = machineClock }: Parts): Pull => {
  const stopping = new AbortController()
  const { signal } = stopping
  const toldOf = openBoundedSet(1000)
  let lastPull: string | null = null
  let failing: { readonly since: string; readonly from: number; readonly times: number; readonly why: Failure } | null =
    null
  let pulled = 0

  const note = ({ alerts, ignored }: IntakeResult): void => {
    const news = alerts.filter(({ status }) => status !== 'known')
    pulled += news.filter(({ status }) => status === 'new').length
    const cases = news.map(({ caseId, status }) => `${caseId} ${status}`)
    if (cases.length > 0) log.info({ caller: 'pull', cases }, 'alerts taken in')
    // What is defective is read again as long as it is in the overlap, and told of once.
    const defects = ignored.filter(({ reason, field }) => field !== undefined && !toldOf.has(reason))
    for (const { reason } of defects) toldOf.note(reason)
    if (defects.length > 0)
      log.warn(
        { caller: 'pull', count: defects.length, fields: defects.map(({ field }) => field) },
        'alerts could not be read',
      )
  }

  /** What was read before and has not changed since costs nothing more. */
  const stored = openBoundedSet(20_000)
  const isStored = (entry: unknown): boolean => {
    const name = nameOf(entry)
    return name !== null && stored.has(name)
  }

  const pullChanges = openPullChanges({
    graph,
    watermark: openWatermark(store, 'graph-pull'),
    take: async (entries) => {
      const fresh = entries.filter((entry) => !isStored(entry))
      note(await takeEntries(fresh, take))
      for (const entry of fresh) stored.note(nameOf(entry) ?? '')
    },
    signal,
    clock,
  })

  const attempt = async (): Promise<Failure | null> => {
    try {
      return await pullChanges()
    } catch (error) {
      log.error({ err: error }, 'pulled alerts could not be stored')
      return { kind: 'unstored' }
    }
  }

  const worked = (): void => {
    lastPull = now()
    if (failing) log.info({ since: failing.since }, 'alerts are pulled again')
    failing = null
  }

  const failed = (why: Failure): void => {
    const isNews = failing?.why.kind !== why.kind
    failing = {
      since: failing?.since ?? now(),
      from: failing?.from ?? clock.now(),
      times: (failing?.times ?? 0) + 1,
      why,
    }
    if (isNews) log.warn({ kind: why.kind, since: failing.since }, `alerts can't be pulled: ${wordsOf(why)}`)
  }

  const restMs = (): number => {
    if (!failing) return everyMs
    if (failing.why.kind === 'throttled') return failing.why.retryAfterMs
    return Math.max(everyMs, Math.min(longestRestMs, everyMs * 2 ** (failing.times - 1)))
  }

  let asked = new AbortController()
  const rest = async (): Promise<void> => {
    const ms = restMs()
    if (failing) return clock.sleep(ms, signal)
    const from = clock.now()
    await clock.sleep(ms, AbortSignal.any([signal, asked.signal]))
    const left = Math.min(ms, leastRestMs) - (clock.now() - from)
    if (left > 0) await clock.sleep(left, signal)
    asked = new AbortController()
  }

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const why = await attempt()
      if (signal.aborted) return
      if (why === null) worked()
      else failed(why)
      await rest()
    }
  }

  const running = run()
  return {
    health: () => ({
      problems:
        failing && (lasts(failing.why) || clock.now() - failing.from >= patienceMs)
          ? [`Alerts haven't been pulled from Microsoft Graph since ${failing.since}: ${wordsOf(failing.why)}.`]
          : [],
      details: {
        lastPull,
        pullFailingSince: failing?.since ?? null,
        pullFailure: failing?.why.kind ?? null,
        pulledAlerts: pulled,
      },
    }),
    soon: () => asked.abort(),
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

/** One state of an alert: its id, and when it changed last; null where it does not tell both. */
const nameOf = (entry: unknown): string | null => {
  if (typeof entry !== 'object' || entry === null || !('id' in entry) || !('lastUpdateDateTime' in entry)) return null
  const { id, lastUpdateDateTime: at } = entry
  return typeof id === 'string' && id !== '' && typeof at === 'string' && at !== ''
    ? `${id.slice(0, 600)} ${at.slice(0, 60)}`
    : null
}

/** True for what does not pass by itself. */
const lasts = ({ kind }: Failure): boolean => kind !== 'throttled' && kind !== 'unreachable'

const wordsOf = (why: Failure): string =>
  why.kind === 'unstored' ? "what was read can't be stored. Check the data folder" : inWords(why)
