import { type Phrases, say } from '../triage/phrases.js'
import type { Place } from '../triage/surface.js'
import type { Clock } from './clock.js'
import type { Lane, Outcome } from './lane.js'
import type { Pacer } from './pacer.js'
import { type Messenger, Undelivered } from './talk.js'

type Parts = {
  readonly messenger: Messenger
  readonly place: () => Place | null
  readonly phrases: Phrases
  readonly log: { error(details: object, text: string): void }
  readonly lane: Lane
  readonly clock: Clock
  readonly pacer: Pacer
  /** How long to collect codes before telling them, in milliseconds. */
  readonly collectMs?: number
}

/**
 * Tell the channel, in one message for all of that second, which cases may have no card there; not more than can be read at once.
 * What was not told when Winnow ended is told at the next start, for the case still says that its card is lost.
 */
export const openLostNotices = ({ messenger, place, phrases, log, lane, clock, pacer, collectMs = 1000 }: Parts) => {
  const lost = new Set<string>()

  const tell = async (): Promise<Outcome> => {
    await clock.sleep(collectMs)
    const to = place()
    const codes = [...lost].slice(0, 20)
    if (!to || codes.length === 0) return null
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

  return (caseId: string): void => {
    lost.add(caseId)
    lane.put('lost', tell)
  }
}
