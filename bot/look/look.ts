import type { LookUps } from '../../evidence/look-ups.js'
import { type Severity, severities } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import type { Guide } from '../../triage/guide.js'
import type { LookUp } from '../../triage/look-up.js'
import { winnow } from '../../triage/person.js'
import type { Desk, WrittenResult } from '../cases/desk.js'
import type { Graph } from '../graph/client.js'
import { type GraphFailure, inWords } from '../graph/failure.js'
import { type Clock, machineClock } from '../pacing/clock.js'
import { openAsk } from './ask.js'
import { makeLookUp } from './make-look-up.js'
import { type Wanted, wantedFor } from './wanted.js'

/** Winnow looks up by itself what the checks of a case name, and writes down what it finds. Nothing ever waits for it. */
export type Look = {
  /** Something was written in a case: one that is taken, or severe and new, is looked into. */
  written(written: Pick<WrittenResult, 'state' | 'written'>): void
  /** Winnow has started, and this is an open case: what was interrupted goes on; what is on record is not asked again. */
  resume(state: Case): void
  /** How it goes, for `/health`. */
  health(): {
    readonly problems: readonly string[]
    readonly details: Readonly<Record<string, number | string | null>>
  }
  /** Resolves when nothing is left to look up; with true when there was something. */
  idle(): Promise<boolean>
  /** Resolves when nothing of it goes on; what was not found out is found out after the next start. */
  stop(): Promise<void>
}

type Parts = {
  readonly graph: Graph
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly guideOf: (type: string) => Guide
  readonly lookUps: readonly LookUp[]
  /** Makes queries ready for an alert. */
  readonly ready: LookUps
  /** Cases of this severity and above are looked into as soon as they come; null for none, before they are taken. */
  readonly atOnce: Severity | null
  readonly perMinute: number
  /** How long one question may take, in milliseconds. */
  readonly timeoutMs: number
  /** ISO 8601. */
  readonly now: () => string
  readonly log: Readonly<Record<'info' | 'warn' | 'error', (details: object, text: string) => void>>
  readonly clock?: Clock
}

/** So many cases are looked into at a time. */
const mostAtOnce = 3
/** More cases than this do not wait: in a storm those that are taken count. */
const mostWaiting = 500
/** A case is taken up after a start only if it was opened so recently, in milliseconds. */
const recentMs = 86_400_000

/** Nothing is looked up yet. */
export const startLook = (parts: Parts): Look => {
  const { graph, desk, guideOf, ready, atOnce, now, log, clock = machineClock } = parts
  const stopping = new AbortController()
  const { signal } = stopping
  const ask = openAsk({ graph, perMinute: parts.perMinute, timeoutMs: parts.timeoutMs, clock, signal })
  const lookUps = new Map(parts.lookUps.map((one) => [one.id, one]))
  /** By case: those that are taken come before those that are not; `afresh` when what failed is tried again. */
  const waiting = { taken: new Map<string, boolean>(), new: new Map<string, boolean>() }
  const going = new Map<string, Promise<void>>()
  let [made, failures] = [0, 0]
  let failing: { readonly since: string; readonly why: GraphFailure } | null = null

  const noteFailure = (why: GraphFailure, caseId: string): void => {
    failures += 1
    if (failing?.why.kind !== why.kind)
      log.warn({ kind: why.kind, case: caseId }, `look-ups with Graph fail: ${inWords(why)}`)
    failing = { since: failing?.why.kind === why.kind ? failing.since : now(), why }
  }

  /** Together, for one write costs one redraw. */
  const make = async (caseId: string, wanted: readonly Wanted[], { alert }: Case): Promise<GraphFailure | null> => {
    const results = await Promise.all(wanted.map((one) => makeLookUp(one, alert, { ready, ask, now })))
    // Who stops does not know how it would have ended.
    if (signal.aborted) return null
    const found = results.flatMap((one) => (one?.ok ? [one.finding] : []))
    const failed = results.flatMap((one) => (one && !one.ok ? [one] : []))
    for (const { failure } of failed) noteFailure(failure, caseId)
    made += found.length
    if (found.length > 0 && failed.length === 0) failing = null
    if (found.length + failed.length > 0) {
      const command = { type: 'note-look-ups', found, failed: failed.map((one) => one.failed) } as const
      await desk.settle(caseId, [{ ...command, caseId, line: null, at: now(), by: winnow }])
    }
    return failed.find(({ failure }) => failure.kind === 'unreachable')?.failure ?? null
  }

  const lookInto = async (caseId: string, afresh: boolean): Promise<void> => {
    const { state } = await desk.look(caseId)
    if (!state) return
    const guide = guideOf(state.guide)
    const wanted = wantedFor(state, guide, lookUps, afresh)
    const nearest = wanted[0]?.checks[0]
    const soon = wanted.filter(({ checks }) => nearest !== undefined && checks.includes(nearest))
    const later = wanted.filter((one) => !soon.includes(one))
    const unreachable = await make(caseId, soon, state)
    if (signal.aborted || later.length === 0) return
    // Nobody answers: asking for the rest would only take as long again.
    if (unreachable) {
      const failed = later.map(({ lookUp: { id, what }, checks }) => {
        return { lookUp: id, what, checks, why: 'unreachable' as const }
      })
      const command = { type: 'note-look-ups', found: [], failed } as const
      await desk.settle(caseId, [{ ...command, caseId, line: null, at: now(), by: winnow }])
    } else await make(caseId, later, state)
  }

  const run = (): void => {
    while (!signal.aborted && going.size < mostAtOnce) {
      const from = waiting.taken.size > 0 ? waiting.taken : waiting.new
      const next = [...from].find(([caseId]) => !going.has(caseId))
      if (!next) return
      const [caseId, afresh] = next
      from.delete(caseId)
      const work = lookInto(caseId, afresh)
        .catch((error: unknown) => log.error({ err: error, case: caseId }, 'look-ups could not be written down'))
        .finally(() => {
          going.delete(caseId)
          run()
        })
      going.set(caseId, work)
    }
  }

  const put = (caseId: string, isTaken: boolean, afresh: boolean): void => {
    if (signal.aborted || (!isTaken && waiting.new.size >= mostWaiting) || waiting.taken.size >= mostWaiting) return
    if (isTaken) waiting.new.delete(caseId)
    else if (waiting.taken.has(caseId)) return
    waiting[isTaken ? 'taken' : 'new'].set(caseId, afresh)
    // Never in the turn of who has written.
    setImmediate(run)
  }

  const isSevere = ({ alert }: Case): boolean =>
    atOnce !== null && severities.indexOf(alert.severity) >= severities.indexOf(atOnce)

  return {
    written: ({ state, written }) => {
      if (state.joined) return
      if (written.some(({ type }) => type === 'claimed' || type === 'handed-over')) put(state.id, true, true)
      else if (written[0]?.type === 'opened' && isSevere(state)) put(state.id, false, true)
    },
    resume: (state) => {
      const isRecent = Date.parse(now()) - Date.parse(state.openedAt) < recentMs
      if (isRecent && (state.owner !== null || isSevere(state))) put(state.id, state.owner !== null, false)
    },
    health: () => ({
      problems:
        failing && lasts(failing.why)
          ? [`Look-ups with Microsoft Graph have failed since ${failing.since}: ${inWords(failing.why)}.`]
          : [],
      details: {
        lookUpsMade: made,
        lookUpsFailed: failures,
        lookUpsWaiting: waiting.taken.size + waiting.new.size + going.size,
        lookUpFailure: failing?.why.kind ?? null,
      },
    }),
    idle: async () => {
      let busy = false
      while (going.size + waiting.taken.size + waiting.new.size > 0 && !signal.aborted) {
        busy = true
        await Promise.all([...going.values(), new Promise((resolve) => setImmediate(resolve))])
      }
      return busy
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(going.values())
    },
  }
}

/** True for what does not pass by itself. */
const lasts = ({ kind }: GraphFailure): boolean => kind === 'forbidden' || kind === 'signed-out'
