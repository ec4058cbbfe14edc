import { type Phrases, say } from '../triage/phrases.js'
import type { Place } from '../triage/surface.js'
import type { Clock } from './clock.js'
import type { Lane, Outcome } from './lane.js'
import type { Pacer } from './pacer.js'
import { type Messenger, Undelivered } from './talk.js'

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

  const tell = async (): Promise<Outcome> => {
    await clock.sleep(collectMs)
    const to = [...lost.values()].map((place) => place()).find((place) => place !== null)
    if (!to) return null
    const isThere = (place: Place | null) => place?.conversationId === to.conversationId
    const codes = [...lost].flatMap(([code, place]) => (isThere(place()) ? code : [])).slice(0, 20)
    const turn = pacer.ask(to)
    if (typeof turn === 'number') return { againInMs: turn }
    try {
      const text = say(phrases, 'lost', { codes: codes.join(', '), count: String(codes.length) })
      await messenger.post(to, { text })
    } catch (error) {
      if (error instanceof Undelivered && error.kind === 'not-now') return { againInMs: error.retryAfterMs ?? 5000 }
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
