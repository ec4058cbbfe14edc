import type { Case } from '../../triage/case.js'
import type { Cards } from '../../triage/card.js'
import { cardOf, staleCards } from '../../triage/stale-cards.js'
import type { Clock } from '../pacing/clock.js'
import type { Retry } from '../pacing/queue.js'

/**
 * What became of the redraw that follows an owner's own press: it stands, or waits until the owner has been quiet for a while; `late`
 * when the chat has it and hasn't said so yet.
 */
export type OwnRedraw = 'drawn' | 'waits' | 'late'

/**
 * An owner sees the answer of a press at once, and goes on typing in it. The redraw for everyone else would wipe that out if it
 * came later; so it comes before the answer, or waits.
 */
export type OwnRedraws = {
  /** Work that draws a card, unless its redraw waits. `look` tells what is known of its case. */
  around(key: string, name: string, look: Look, work: () => Promise<Retry>): () => Promise<Retry>
  /**
   * Its owner has pressed that card, and what came of it is written: resolves when the answer can be given. `shutForMs` is how long
   * nothing can be drawn in that conversation, `mostMs` how long the presser can be kept waiting.
   */
  pressed(key: string, name: string, look: Look, shutForMs: number, mostMs: number): Promise<OwnRedraw>
  /** Have everything that waits drawn now; true when there was something. */
  release(): Promise<boolean>
  stop(): void
}

type Known = { readonly state: Case | null; readonly cards: Cards }
type Look = () => Promise<Known>

/** A redraw whose turn has not come by then waits, for whoever pressed should not; in milliseconds, as all of these. */
const beginMs = 500
/** For so long after an owner's press a redraw waits that would come too late. Others see in the thread, and in their own views, how it is. */
const quietMs = 120_000

/** Nothing waits. `due` queues a redraw that has waited long enough, and never rejects. */
export const openOwnRedraws = (clock: Clock, due: (key: string) => Promise<void>): OwnRedraws => {
  const waiting = new Map<string, { readonly line: number; readonly until: number }>()
  const underWay = new Set<string>()
  const hearers = new Map<string, readonly ((again: boolean) => void)[]>()
  const stopping = new AbortController()
  let armed = false

  /** One timer for all of them; they end in the order they began. */
  const arm = async (): Promise<void> => {
    if (armed) return
    armed = true
    while (waiting.size > 0 && !stopping.signal.aborted) {
      const [next] = waiting
      if (!next) break
      const [key, { until }] = next
      const rest = until - clock.now()
      if (rest > 0) await clock.sleep(rest, stopping.signal)
      else {
        waiting.delete(key)
        await due(key)
      }
    }
    armed = false
  }

  const wait = (key: string, { state }: Known): OwnRedraw => {
    waiting.delete(key)
    waiting.set(key, { line: (state?.line ?? 0) - 1, until: clock.now() + quietMs })
    void arm()
    return 'waits'
  }

  /** The next time that the card's turn is over: with true when it is to be drawn again later; null when that takes too long. */
  const turn = async (key: string, ms: number): Promise<boolean | null> => {
    const over = new AbortController()
    try {
      return await new Promise((resolve) => {
        hearers.set(key, [...(hearers.get(key) ?? []), resolve])
        void clock.sleep(ms, over.signal).then(() => resolve(null))
      })
    } finally {
      over.abort()
    }
  }

  const ended = (key: string, again: boolean): void => {
    underWay.delete(key)
    const waited = hearers.get(key) ?? []
    hearers.delete(key)
    for (const hear of waited) hear(again)
  }

  return {
    around: (key, name, look, work) => async () => {
      const one = waiting.get(key)
      if (one && !isNews(await look(), name, one.line)) return null
      underWay.add(key)
      try {
        const again = await work()
        ended(key, again !== null)
        return again
      } catch (error) {
        ended(key, true)
        throw error
      }
    },
    pressed: async (key, name, look, shutForMs, mostMs) => {
      if (waiting.delete(key)) await due(key)
      const latest = clock.now() + mostMs
      const begins = clock.now() + Math.min(beginMs, mostMs)
      for (;;) {
        const known = await look()
        if (!isBehind(known, name)) return 'drawn'
        if (!underWay.has(key) && shutForMs > beginMs) return wait(key, known)
        const rest = (underWay.has(key) ? latest : begins) - clock.now()
        if (rest > 0) {
          if ((await turn(key, rest)) === true) return wait(key, await look())
        } else if (underWay.has(key)) {
          // Should it fail after all, it isn't tried again too soon.
          wait(key, known)
          return 'late'
        } else return wait(key, known)
      }
    },
    release: async () => {
      const keys = [...waiting.keys()]
      waiting.clear()
      await Promise.all(keys.map(due))
      return keys.length > 0
    },
    stop: () => stopping.abort(),
  }
}

const isBehind = ({ state, cards }: Known, name: string): boolean =>
  state !== null && staleCards(state, cards).includes(name)

/** True when the card would be drawn over even if its owner had filled it in since that line: someone else has changed something. */
const isNews = ({ state, cards }: Known, name: string, line: number): boolean => {
  const card = cardOf(cards, name)
  if (!state || card?.state !== 'shown') return true
  const filledIn = { ...card, shownLine: Math.max(line, card.shownLine), holds: true } as const
  return staleCards(state, { ...cards, [name]: filledIn }).includes(name)
}
