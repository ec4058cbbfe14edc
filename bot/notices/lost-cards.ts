import { type Phrases, say } from '../../triage/phrases.js'
import type { Place } from '../../triage/card.js'
import type { Clock } from '../pacing/clock.js'
import type { Lane, Outcome } from '../pacing/queue.js'
import type { Pacer } from '../pacing/rate-limiter.js'
import { type Messenger, Undelivered } from '../chat.js'

type Parts = {
  readonly messenger: Messenger
  readonly phrases: Phrases
  readonly log: { error(details: object, text: string): void }
  readonly lane: Lane
  readonly clock: Clock
  readonly pacer: Pacer
  /** How long to collect codes before telling them, in milliseconds. */
  readonly collectMs?: number
}

/**
 * Tell a channel, in one message for all of that second, which cases may have no card there; not more than can be read at once.
 * What was not told when Winnow ended is told at the next start, for the case still says that its card is lost.
 */
export const openLostNotices = ({ messenger, phrases, log, lane, clock, pacer, collectMs = 1000 }: Parts) => {
  const lost = new Map<string, () => Place | null>()
  /** Channels that take nothing just now, and until when; the others go on. */
  const shutUntil = new Map<string, number>()
  const waitFor = ({ conversationId }: Place): number => (shutUntil.get(conversationId) ?? -Infinity) - clock.now()

  const again = ({ conversationId }: Place, ms: number): Outcome => {
    shutUntil.set(conversationId, clock.now() + ms)
    return { againInMs: 0 }
  }

  const tell = async (): Promise<Outcome> => {
    await clock.sleep(collectMs)
    const places = [...lost.values()].flatMap((place) => place() ?? [])
    const to = places.find((place) => waitFor(place) <= 0)
    // Not longer than a moment, for a code of another channel may come meanwhile.
    if (!to) return places.length > 0 ? { againInMs: Math.min(...places.map(waitFor), 5000) } : null
    const isThere = (place: Place | null) => place?.conversationId === to.conversationId
    const codes = [...lost].flatMap(([code, place]) => (isThere(place()) ? code : [])).slice(0, 20)
    const turn = pacer.ask(to)
    if (typeof turn === 'number') return again(to, turn)
    try {
      const text = say(phrases, 'lost', { codes: codes.join(', '), count: String(codes.length) })
      await messenger.post(to, { text })
    } catch (error) {
      if (error instanceof Undelivered && error.kind === 'not-now') return again(to, error.retryAfterMs ?? 5000)
      log.error({ err: error, cases: codes }, 'these cases may have no card, and the channel could not be told')
    } finally {
      turn()
    }
    for (const code of codes) lost.delete(code)
    return lost.size > 0 ? { againInMs: 0 } : null
  }

  return (caseId: string, place: () => Place | null): void => {
    lost.set(caseId, place)
    lane.put('lost', tell)
  }
}
