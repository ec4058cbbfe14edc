import { setTimeout as sleep } from 'node:timers/promises'
import { type Phrases, say } from '../triage/phrases.js'
import type { Place } from '../triage/surface.js'
import type { Lane } from './lane.js'
import type { Messenger } from './talk.js'

type Parts = {
  readonly messenger: Messenger
  readonly place: () => Place | null
  readonly phrases: Phrases
  readonly log: { error(details: object, text: string): void }
  readonly lane: Lane
  /** How long to collect codes before telling them, in milliseconds. */
  readonly collectMs?: number
}

/** Tell the channel, in one message for all of that second, which cases may have no card there. */
export const openLostNotices = ({ messenger, place, phrases, log, lane, collectMs = 1000 }: Parts) => {
  const lost = new Set<string>()
  return (caseId: string): void => {
    lost.add(caseId)
    lane.put('lost', async () => {
      await sleep(collectMs)
      const to = place()
      const codes = [...lost]
      if (!to || codes.length === 0) return null
      lost.clear()
      const text = say(phrases, 'lost', { codes: codes.slice(0, 20).join(', '), count: String(codes.length) })
      await messenger.post(to, { text }).catch((error: unknown) => {
        log.error({ err: error, cases: codes }, 'these cases may have no card, and the channel could not be told')
      })
      return null
    })
  }
}
