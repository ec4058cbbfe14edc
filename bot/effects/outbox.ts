import { keyedQueue } from '../../store/keyed-queue.js'
import type { Case } from '../../triage/case.js'
import type { Command } from '../../triage/command.js'
import type { Diary } from '../../triage/event.js'
import { type EffectNote, type EffectTrouble, isSettled, standingOf } from '../../triage/effect.js'
import { isFault } from '../../triage/fault.js'
import { winnow } from '../../triage/person.js'
import type { Desk } from '../cases/desk.js'
import { type Clock, machineClock } from '../pacing/clock.js'
import type { Effect, Sent, Target } from './target.js'

/** A case as far as effects follow from it. */
export type CaseHistory = { readonly state: Case; readonly diary: Diary }

/** What cases tell outside: sent in order for each case and target, and tried again until it has arrived or been refused. */
export type EffectsOutbox = {
  /** True while something of the case is still to be sent, also when it is closed. */
  wants(record: CaseHistory): boolean
  /** Something was written in a case, or it is taken up at a start. */
  note(record: CaseHistory): void
  /** What can't be sent, for whoever operates Winnow. */
  health(): EffectsHealth
  /** Resolves when nothing is being sent and nothing waits but for a later try; with true when there was something. */
  idle(): Promise<boolean>
  /** Begin nothing more, and wait for what has begun. */
  stop(): Promise<void>
}

/** What is wrong, and counts and times for `/health` and `/metrics`. Times are ISO 8601. */
export type EffectsHealth = {
  readonly problems: readonly string[]
  readonly details: Readonly<Record<string, number | string | null>>
}

type Parts = {
  readonly targets: readonly Target[]
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly log: Readonly<Record<'info' | 'warn' | 'error', (details: object, text: string) => void>>
  /** ISO 8601. */
  readonly now: () => string
  readonly clock?: Clock
  /** 0 to 1: scatters what is tried again. */
  readonly random?: () => number
  /** For so long something is tried again, in milliseconds. */
  readonly giveUpAfterMs?: number
}

/**
 * Nothing is kept beside the diary: what is to be sent follows from it, and what has become of it is written there. So a kill at any
 * moment loses nothing; what was sent and not yet written down is sent again, unless it is of the kind that must not be.
 */
export const openEffectsOutbox = (parts: Parts): EffectsOutbox => {
  const { targets, desk, log, now, clock = machineClock, random = Math.random, giveUpAfterMs = twoWeeksMs } = parts
  const stopping = new AbortController()
  const { signal } = stopping
  // One that never answers keeps none of the others waiting.
  const queues = new Map(targets.map((target) => [target, keyedQueue(mostAtOnce)]))
  const queued = new Set<string>()
  const going = new Set<Promise<unknown>>()
  const waiting = new Map<string, Waiting>()
  /** Sent, but not written down, because the disk took nothing: written before anything else is sent. */
  const unkept = new Map<string, readonly Command[]>()
  /** Begun in this process, so it is known how it ended. */
  const begun = new Set<string>()

  const pending = (target: Target, { state, diary }: CaseHistory): readonly Effect[] =>
    target.effects({ state, diary }).filter(({ effect }) => !isSettled(standingOf(state.effects, effect)?.state))

  const enqueue = (caseId: string, target: Target): void => {
    const key = keyOf(caseId, target)
    if (queued.has(key) || signal.aborted) return
    queued.add(key)
    const work = async (): Promise<void> => {
      queued.delete(key)
      if (!signal.aborted) await sendAll(caseId, target)
    }
    const one = (queues.get(target)?.take(key, work) ?? work())
      .catch((error: unknown) => failed(caseId, target, error))
      .finally(() => going.delete(one))
    going.add(one)
  }

  const failed = (caseId: string, target: Target, error: unknown): void => {
    log.error({ err: error, case: caseId, target: target.name }, 'what a case tells outside could not be sent')
    if (!isFault(error, 'store/damaged') && !isFault(error, 'store/closed')) later(caseId, target, null)
  }

  /** Try again after a while; what has waited for long waits longer. */
  const later = (caseId: string, target: Target, trouble: Trouble | null): void => {
    const key = keyOf(caseId, target)
    const former = waiting.get(key)
    former?.nap.abort()
    const tries = (former?.tries ?? 0) + 1
    const nap = new AbortController()
    waiting.set(key, { tries, nap, trouble, target: target.name, since: former?.since ?? now() })
    const againInMs = waitOf(trouble, tries) * (1 + random() / 5)
    const again = async (): Promise<void> => {
      await clock.sleep(againInMs, AbortSignal.any([nap.signal, signal]))
      if (!nap.signal.aborted && !signal.aborted) enqueue(caseId, target)
    }
    void again()
  }

  const worked = (key: string): void => {
    waiting.get(key)?.nap.abort()
    waiting.delete(key)
  }

  const sendAll = async (caseId: string, target: Target): Promise<void> => {
    const key = keyOf(caseId, target)
    const left = unkept.get(key)
    if (left) {
      await desk.settle(caseId, left)
      unkept.delete(key)
    }
    for (let last = ''; ;) {
      const { state, diary } = await desk.look(caseId)
      const effect = state ? pending(target, { state, diary })[0] : undefined
      if (!state || !effect || signal.aborted) {
        if (!effect) worked(key)
        return
      }
      // What is over and wanted all the same would be sent for ever.
      if (effect.effect === last) throw new Error(`${last} is settled, and wanted again`)
      last = effect.effect
      if (!(await sendOne(caseId, target, effect, state))) return
    }
  }

  /** Write down what has been done; it is not done again before that is on disk. */
  const keep = async (caseId: string, key: string, commands: readonly Command[]): Promise<void> => {
    unkept.set(key, commands)
    const { refusal } = await desk.settle(caseId, commands)
    unkept.delete(key)
    // It would be sent for ever.
    if (refusal) throw new Error(`what became of ${key} was refused: ${refusal.refusal}`)
    worked(key)
  }

  /** True when that was the end of it, so that the next can follow. */
  const sendOne = async (caseId: string, target: Target, effect: Effect, state: Case): Promise<boolean> => {
    const key = keyOf(caseId, target)
    const known = standingOf(state.effects, effect.effect)
    const noteOf = (note: Pick<EffectNote, 'state'> & Partial<EffectNote>): Command => ({
      type: 'note-effect',
      caseId,
      line: null,
      note: { effect: effect.effect, target: target.name, does: effect.does, ...note },
      at: now(),
      by: winnow,
    })
    if (effect.once && known?.state === 'begun' && !begun.has(effect.effect)) {
      await desk.settle(caseId, [noteOf({ state: 'unknown' })])
      return true
    }
    if (known?.state === 'waiting' && Date.parse(now()) - Date.parse(known.at) > giveUpAfterMs) {
      await desk.settle(caseId, [noteOf({ state: 'given-up', ...(known.why && { why: known.why }) })])
      return true
    }
    if (effect.once) {
      begun.add(effect.effect)
      await desk.settle(caseId, [noteOf({ state: 'begun' })])
    }
    const sent = await effect.send(signal).catch((error: unknown): Sent => {
      if (!effect.once) throw error
      log.error({ err: error, case: caseId, effect: effect.effect }, 'what may be sent once only has failed')
      return { state: 'unknown' }
    })
    if (sent.state === 'waiting') {
      // What was stopped is no trouble: the next start sends it.
      if (signal.aborted) return false
      const { why, detail, retryAfterMs } = sent
      const isFirst = !waiting.has(key)
      later(caseId, target, { why, detail: detail ?? '', retryAfterMs })
      if (isFirst) log.warn({ case: caseId, target: target.name, why, detail }, 'what a case tells outside has to wait')
      // What passes by itself at the second try is not worth a line.
      if ((isFirst && passing.has(why) && !effect.once) || effect.hasOwnEvents) return false
      await desk.settle(caseId, [noteOf({ state: 'waiting', why, ...(detail !== undefined && { detail }) })])
      return false
    }
    if (sent.state === 'settled') {
      await keep(caseId, key, sent.commands)
      return true
    }
    const { said, marks, also = [], ...note } = sent
    const commands: readonly Command[] = [
      ...(said ? [{ type: 'note-source' as const, caseId, line: null, said, at: now(), by: winnow }] : []),
      { ...noteOf(note), ...(marks !== undefined && { marks }) },
      ...also,
    ]
    await keep(caseId, key, commands)
    begun.delete(effect.effect)
    const level = note.state === 'done' || note.state === 'dry-run' ? 'info' : 'warn'
    log[level]({ case: caseId, effect: effect.effect, state: note.state, why: note.why }, 'told outside')
    return true
  }

  return {
    wants: (record) => targets.some((target) => pending(target, record).length > 0),
    note: (record) => {
      for (const target of targets) {
        // What waits is looked at as a whole when its time has come.
        if (waiting.has(keyOf(record.state.id, target))) continue
        if (pending(target, record).length > 0) enqueue(record.state.id, target)
      }
    },
    health: () => {
      const all = [...waiting.values()].filter(({ since }) => Date.parse(now()) - Date.parse(since) >= patienceMs)
      const since = [...waiting.values()].map((one) => one.since).toSorted()[0] ?? null
      const reasons = new Set(
        all.map(
          ({ target, trouble }) => `${target}: ${trouble ? `${trouble.why} ${trouble.detail}`.trim() : 'unstored'}`,
        ),
      )
      const text = `${all.length} cases could not be told outside yet, the oldest since ${since} (${[...reasons].join('; ')}). See docs/write-back.md.`
      return {
        problems: all.length === 0 ? [] : [text],
        details: { waitingEffects: waiting.size, waitingEffectsSince: since },
      }
    },
    idle: async () => {
      if (going.size === 0) return false
      await Promise.all(going)
      return true
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(going)
    },
  }
}

type Trouble = Pick<Extract<Sent, { readonly state: 'waiting' }>, 'why' | 'retryAfterMs'> & { readonly detail: string }

type Waiting = {
  readonly tries: number
  readonly since: string
  readonly target: string
  readonly trouble: Trouble | null
  readonly nap: AbortController
}

const keyOf = (caseId: string, { name }: Target): string => `${caseId} ${name}`

/** So many cases are told to one target at a time. */
const mostAtOnce = 4
/** What passes by itself is told as a problem only when it has lasted so long, in milliseconds. */
const patienceMs = 300_000
const twoWeeksMs = 14 * 86_400_000

/** What is over in a moment, as a rule. */
const passing: ReadonlySet<EffectTrouble> = new Set(['throttled', 'unreachable', 'conflict'])

/** As the other side asks; else twice as long each time, for what passes by itself from a second on, for what takes someone to mend it from a minute. */
const waitOf = (trouble: Trouble | null, tries: number): number => {
  if (trouble?.retryAfterMs) return trouble.retryAfterMs
  const first = trouble === null || passing.has(trouble.why) ? 1000 : 60_000
  const longest = first === 1000 ? 5 * 60_000 : 10 * 60_000
  return Math.min(longest, first * 2 ** Math.min(tries - 1, 12))
}
