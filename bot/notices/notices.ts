import type { Diary } from '../../triage/event.js'
import type { ConversationRef } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import type { Person } from '../../triage/person.js'
import type { Phrases } from '../../triage/phrases.js'
import type { CaseWithCards } from '../cases/card-location.js'
import type { Desk, WrittenResult } from '../cases/desk.js'
import type { Message, Messenger } from '../chat.js'
import type { CardNews } from '../outbox/card-news.js'
import type { DigestNews } from '../outbox/digest.js'
import type { Channels } from '../outbox/channels.js'
import type { CaseRenderer, Zones } from '../outbox/render-case.js'
import { openBackoff } from '../pacing/backoff.js'
import { type Clock, machineClock } from '../pacing/clock.js'
import type { Doubts } from '../pacing/doubts.js'
import { patiently } from '../pacing/patiently.js'
import type { DeliveryQueue } from '../pacing/queue.js'
import { type DeliveryQueues, openQueues } from '../pacing/queues.js'
import type { RateLimiter } from '../pacing/rate-limiter.js'
import { openDigestNotices } from './digests.js'
import { clockTypes, openClockNotices } from './clock-notices.js'
import { type Notifying, notify } from './notify.js'
import { openCorrections } from './corrections.js'
import { type Lines, openHandovers } from './handovers.js'
import { openPages } from './pages.js'
import { type Told, forgetful } from './told.js'
import { openUndeliveredCards } from './undelivered-cards.js'

/**
 * Sentences that tell people of what has happened, where a card does not: who is on call, who has lost a case to somebody else, and
 * everybody where a card did not arrive. It hears of what was written and of what has become of cards, and of nothing else.
 */
export type Notices = {
  /** Something was written in a case. */
  written(written: WrittenResult): void
  /** A card was posted, lost or refused. */
  card(news: CardNews): void
  /** A digest of a storm was drawn, or may not have arrived. */
  digest(news: DigestNews): void
  /** Winnow has started, and this is an open case: what came about shortly before is said, unless it is known to have arrived. */
  resume(record: CaseWithCards & { readonly diary: Diary }): void
  /** Post something of its own into a channel, until it has arrived. */
  post(name: string, to: ConversationRef, message: Message): void
  /** These open cases can't be read. Each is told once. */
  damaged(caseIds: readonly string[]): void
  /** Resolves when nothing is left to tell; with true when there was something. */
  idle(): Promise<boolean>
  stop(): Promise<void>
}

type Parts = {
  readonly desk: Pick<Desk, 'look'>
  readonly renderer: Pick<CaseRenderer, 'contextOf'>
  readonly messenger: Messenger
  /** Where the card of such a case goes when it is posted; null as long as nobody has said so. */
  readonly place: (state: Case) => ConversationRef | null
  readonly binding: Pick<Channels, 'channels' | 'onCallIn'>
  /** Object ids of those who are told of cards that no channel takes. */
  readonly leads: readonly string[]
  readonly phrases: Phrases
  /** The words of the channel that this is, or is a thread of; the same everywhere unless told. */
  readonly wordsIn?: (place: ConversationRef) => Phrases
  /** The words of one person's language; the usual ones unless told. */
  readonly wordsOf?: (personId: string) => Phrases
  readonly rateLimiter: RateLimiter
  readonly doubts: Doubts
  /** How long a channel is left in peace after somebody was paged there, in milliseconds. */
  readonly pagePauseMs: number
  /** The machine's unless told; `random`, 0 to 1, scatters what is tried again. */
  readonly clock?: Clock
  readonly random?: () => number
  /** How long to collect the codes of cards before telling them, in milliseconds; a second unless told. */
  readonly collectMs?: number
  /** ISO 8601. */
  readonly now: () => string
  readonly log: Notifying['log']
  /** Which notices have arrived; forgotten at the end unless told. */
  readonly told?: Told
  /** In which time zones times are told; UTC unless told. */
  readonly zones?: Zones
  /** Hears whom the page of a new card has reached, and for which cases. */
  readonly paged?: (caseIds: readonly string[], to: readonly Person[]) => Promise<void>
}

/** What was written so shortly before a start, in milliseconds, may not have been told yet. */
const justBeforeMs = 3_600_000

/** Nothing has happened yet. */
export const openNotices = (parts: Parts): Notices => {
  const { clock = machineClock, random = Math.random, binding, now, log, told = forgetful() } = parts
  const failed = (error: unknown, queue: string) => log.error({ err: error, queue }, 'a notice was not sent')
  const queues = openQueues(failed, clock)
  const backoff = openBackoff(random)
  const deliveryQueues: Pick<DeliveryQueues, 'at'> = {
    at: (queue) => {
      const one = queues.at(queue)
      const put: DeliveryQueue['put'] = (name, work, rank) =>
        one.put(
          name,
          patiently(work, name, queue, backoff, (error) => failed(error, queue)),
          rank,
        )
      return { ...one, put }
    },
  }
  const sending = { ...parts, clock, backoff, deliveryQueues, told, channels: binding.channels }
  const pages = openPages(sending)
  const cards = openUndeliveredCards(sending)
  const tellClocks = openClockNotices(sending)
  const [tellOwner, tellCorrected] = [openHandovers(sending), openCorrections(sending)]
  const handOver = (lines: Lines): void => {
    tellOwner(lines)
    tellCorrected(lines)
  }

  const isRecent = (at: string): boolean => Date.parse(now()) - Date.parse(at) < justBeforeMs

  return {
    written: (lines) => {
      handOver(lines)
      tellClocks(lines)
      pages.written(lines)
    },
    card: (news) => {
      cards.card(news)
      pages.card(news)
    },
    digest: openDigestNotices(sending),
    resume: ({ state, cards, diary }) => {
      for (const type of [
        'handed-over',
        'manager-unreached',
        'manager-answered',
        'manager-expired',
        'verifier-allowed',
        'source-updated',
        'action-asked',
        'action-carried-out',
        'action-failed',
        'effect-noted',
      ] as const) {
        const at = diary.findLastIndex((event) => event.type === type)
        const event = diary[at]
        if (event && isRecent(event.at)) handOver({ state, cards, diary: diary.slice(0, at + 1), written: [event] })
      }
      for (const type of clockTypes) {
        const event = diary.findLast((one) => one.type === type)
        if (event && isRecent(event.at)) tellClocks({ state, cards, diary, written: [event] })
      }
    },
    post: (name, to, message) => {
      const queue = `post ${to.conversationId}`
      deliveryQueues.at(queue).put(name, async () => {
        const notice = { to: [to], message, name: `${name} ${queue}`, deliveryQueue: queue, details: { queue } }
        const outcome = await notify(notice, sending)
        return outcome === 'refused' ? null : outcome
      })
    },
    damaged: (caseIds) => cards.damaged(caseIds),
    idle: () => queues.idle(),
    stop: () => queues.stop(),
  }
}
