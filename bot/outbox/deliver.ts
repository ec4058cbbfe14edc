import { type Card, type ConversationRef, type MessageRef, audienceOf, channelCard } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import type { Phrases } from '../../triage/phrases.js'
import { cardOf, staleCards } from '../../triage/stale-cards.js'
import { type Messenger, DeliveryFailure } from '../chat.js'
import type { Desk, WrittenResult } from '../cases/desk.js'
import { openCallOuts } from '../notices/handovers.js'
import { openLostNotices } from '../notices/lost-cards.js'
import { openPager } from '../notices/pages.js'
import { openBackoff } from '../pacing/backoff.js'
import { type Clock, machineClock } from '../pacing/clock.js'
import type { DeliveryQueue, Retry } from '../pacing/queue.js'
import { openQueues } from '../pacing/queues.js'
import { type RateLimiter, conversationOf } from '../pacing/rate-limiter.js'
import { type Located, cardPlace } from './card-location.js'
import type { Channels } from './channels.js'
import { type DeliveryOutcome, afterFailure, newsOf, openChat, outcomeOf } from './delivery-failure.js'
import { openPriority } from './priority.js'
import type { CaseRenderer } from './render-case.js'
import { openResume, type ResumeReason } from './resume.js'
import { readerOf } from './reader.js'

/** Keeps every card up to date; the diary is its outbox. */
export type Outbox = {
  /** Redraw whatever of this case is behind, and tell who has lost it to somebody else. */
  wake(written: WrittenResult): void
  /** Take a case up again, and redraw what is behind. */
  resume(record: Located, why: ResumeReason): Promise<void>
  /** A card that was thought lost, or whose end nobody knew, stands there after all. */
  found(caseId: string, posted: MessageRef): Promise<void>
  /** Owe the channel a card again where it was lost, refused, or nobody knows; true when it was. */
  repost(caseId: string): Promise<boolean>
  /** Resolves when nothing is left to draw. */
  idle(): Promise<void>
  stop(): Promise<void>
}

type Parts = {
  readonly desk: Desk
  readonly renderer: CaseRenderer
  readonly messenger: Messenger
  /** Where the card of such a case goes when it is posted; null as long as nobody has said so. */
  readonly place: (state: Case) => ConversationRef | null
  readonly binding: Pick<Channels, 'onCallIn'>
  /** How long a channel is left in peace after somebody was paged there, in milliseconds. */
  readonly callPauseMs: number
  readonly phrases: Phrases
  readonly rateLimiter: RateLimiter
  /** The machine's unless told; `random`, 0 to 1, scatters what is tried again. */
  readonly clock?: Clock
  readonly random?: () => number
  /** How long to collect the codes of lost cards before telling them, in milliseconds; a second unless told. */
  readonly collectMs?: number
  readonly now: () => string
  readonly log: { warn(details: object, text: string): void; error(details: object, text: string): void }
}

/**
 * Draw cards: only the newest state, one at a time in a conversation, and no faster than the chat allows.
 *
 * Before a first post its intent is kept, and afterwards its place. So after a crash in between it is known that a card may be
 * there, and it is not posted twice: the channel is told the case's code instead.
 */
export const openOutbox = (parts: Parts): Outbox => {
  const { desk, renderer, messenger, place, now, log, rateLimiter, clock = machineClock, random = Math.random } = parts
  const queues = openQueues((error, queue) => log.error({ err: error, queue }, 'a card was not drawn'), clock)
  const backoff = openBackoff(random)
  const priority = openPriority()

  /** One queue for each channel, and one for each person's chat. */
  const queueName = (record: Located, card: string): string =>
    audienceOf(card) === 'channel'
      ? conversationOf(cardPlace(record, place)?.conversationId ?? 'channel')
      : `chat ${readerOf(record.state, card)}`
  const queueOf = (...where: Parameters<typeof queueName>): DeliveryQueue => queues.at(queueName(...where))

  const notices = { ...parts, clock, backoff, deliveryQueues: queues }
  const tellLost = openLostNotices({ ...parts, clock, deliveryQueue: queues.at('lost') })
  const tellLostOf = ({ state }: Located): void => tellLost(state.id, () => place(state))
  const page = openPager(notices)
  const callOuts = openCallOuts(notices)

  const enqueue = (record: Located): void => {
    for (const card of staleCards(record.state, record.cards)) {
      const rank = () => priority.of(record, card)
      queueOf(record, card).put(`${record.state.id} ${card}`, () => draw(record.state.id, card), rank)
    }
  }

  const draw = async (caseId: string, name: string): Promise<Retry> => {
    const record = await desk.look(caseId)
    const context = renderer.contextOf(record)
    const home = context && place(context.state)
    if (!context || !home || !staleCards(context.state, record.cards).includes(name)) return null
    const audience = audienceOf(name)
    const message = renderer.on(context, name)
    if (!message) return null
    const located = { state: context.state, cards: record.cards }
    const posted = cardOf(record.cards, name)?.posted ?? null
    const shownLine = context.state.line - 1
    const queue = queueName(located, name)
    let ended = (): void => {}
    try {
      const to =
        posted?.place ??
        (audience === 'channel' ? home : await openChat(messenger, rateLimiter, readerOf(context.state, name), home))
      if (typeof to === 'number') return { againInMs: to }
      const turn = rateLimiter.ask(to)
      if (typeof turn === 'number') return { againInMs: turn, everybody: true }
      ended = turn
      if (posted) {
        await messenger.update(posted, message)
        await keepShown(caseId, name, posted, shownLine)
      } else {
        if (!(await startPost(caseId, name))) return null
        const fresh = await messenger.post(to, message)
        await keepShown(caseId, name, fresh, shownLine)
        // What was written while it was under way woke nobody: a card that is being posted is not behind.
        await requeue(caseId)
        if (audience === 'channel') page({ ...located, cards: (await desk.look(caseId)).cards })
      }
      backoff.worked(`${caseId} ${name}`, queue)
      return null
    } catch (error) {
      if (!(error instanceof DeliveryFailure)) throw error
      return await undelivered(error, posted !== null, caseId, name, queue)
    } finally {
      ended()
    }
  }

  /** Keep that a post begins. False when the card stands or may stand already: so no case gets two. */
  const startPost = (caseId: string, name: string): Promise<boolean> =>
    desk.keepCards(caseId, ({ cards }) => {
      const known = cardOf(cards, name)
      return known && known.state !== 'missing' ? null : { [name]: cardIn('posting', name, null, -1) }
    })

  /** Keep what a card shows now; nobody waits for that, for after a crash it is merely drawn again. */
  const keepShown = (caseId: string, name: string, posted: MessageRef, shownLine: number): Promise<boolean> =>
    desk.keepCards(
      caseId,
      ({ cards }) => {
        const known = cardOf(cards, name)
        const isShown = known?.state === 'shown' && known.posted?.messageId === posted.messageId
        return isShown && known.shownLine >= shownLine ? null : { [name]: cardIn('shown', name, posted, shownLine) }
      },
      { durable: false },
    )

  const cardIn = (state: Card['state'], name: string, posted: MessageRef | null, shownLine: number): Card => ({
    audience: audienceOf(name),
    state,
    posted,
    shownLine,
    detail: '',
    since: now(),
  })

  const undelivered = async (
    error: DeliveryFailure,
    isUpdate: boolean,
    caseId: string,
    name: string,
    queue: string,
  ): Promise<Retry> => {
    log.warn({ case: caseId, card: name, kind: error.kind, code: error.code }, 'not delivered')
    const outcome = outcomeOf(error, isUpdate)
    if (outcome !== 'later' || !isUpdate) await keepFailed(caseId, name, outcome, error.code)
    const isOwed = outcome === 'later' || outcome === 'missing'
    return isOwed ? backoff.failed(`${caseId} ${name}`, queue, error) : null
  }

  const keepFailed = async (caseId: string, name: string, outcome: DeliveryOutcome, detail: string): Promise<void> => {
    const at = now()
    await desk.keepCards(caseId, ({ cards }) => {
      const known = cardOf(cards, name)
      // A post that did not happen is only taken back where one was begun.
      if (outcome === 'later' ? known?.state !== 'posting' : known?.state === outcome) return null
      return { [name]: afterFailure(known ?? cardIn('posting', name, null, -1), outcome, detail, at) }
    })
    const record = await desk.look(caseId)
    const context = renderer.contextOf(record)
    if (!context) return
    const news = newsOf(name, outcome, detail, context, at)
    if (news.length > 0) await desk.settle(caseId, news)
    const located = { state: context.state, cards: record.cards }
    if (outcome === 'lost' && name === channelCard) for (const tell of [tellLostOf, page]) tell(located)
    if (outcome === 'refused' && audienceOf(name) === 'manager') callOuts.unreached(located)
  }

  const requeue = async (caseId: string): Promise<void> => {
    const { state, cards } = await desk.look(caseId)
    if (state) enqueue({ state, cards })
  }

  return {
    wake: (written) => {
      callOuts.taken(written)
      priority.note(written)
      enqueue(written)
    },
    resume: openResume({ desk, now, queueOf, enqueue, keepFailed, tellLost: tellLostOf, page }),
    found: async (caseId, posted) => {
      const isFound = await desk.keepCards(caseId, ({ cards }) => {
        const known = cardOf(cards, channelCard)
        return known && known.state !== 'shown' && known.state !== 'refused'
          ? { [channelCard]: cardIn('shown', channelCard, posted, -1) }
          : null
      })
      if (isFound) await requeue(caseId)
    },
    repost: async (caseId) => {
      const isOwed = await desk.keepCards(caseId, ({ cards }) => {
        const known = cardOf(cards, channelCard)
        return known?.state === 'lost' || known?.state === 'refused' || known?.state === 'posting'
          ? { [channelCard]: { ...cardIn('missing', channelCard, null, -1), detail: 'asked for' } }
          : null
      })
      if (isOwed) await requeue(caseId)
      return isOwed
    },
    idle: () => queues.idle(),
    stop: () => queues.stop(),
  }
}
