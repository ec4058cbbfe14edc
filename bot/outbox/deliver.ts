import { type Case, readerOf, audienceOf } from '../../triage/case.js'
import { winnow } from '../../triage/person.js'
import type { Phrases } from '../../triage/phrases.js'
import { behind } from '../../triage/settled.js'
import type { ConversationRef } from '../../triage/card.js'
import { openBackoff } from '../pacing/backoff.js'
import type { Channels } from './channels.js'
import { openCallOuts } from '../notices/handovers.js'
import { cardPlace } from './card-location.js'
import { type Clock, machineClock } from '../pacing/clock.js'
import type { Desk, WrittenResult } from '../cases/desk.js'
import type { CaseRenderer } from './render-case.js'
import type { DeliveryQueue, Retry } from '../pacing/queue.js'
import { openQueues } from '../pacing/queues.js'
import { type RateLimiter, conversationOf } from '../pacing/rate-limiter.js'
import { openPriority } from './priority.js'
import { openResume, type ResumeReason } from './resume.js'
import { type Messenger, DeliveryFailure } from '../chat.js'
import { openLostNotices } from '../notices/lost-cards.js'
import { openPager } from '../notices/pages.js'
import { type CardStamp, type DeliveryOutcome, outcomeOf, openChat, unshow } from './delivery-failure.js'

/** Keeps every card up to date; the diary is its outbox. */
export type Outbox = {
  /** Redraw whatever of this case is behind, and tell who has lost it to somebody else. */
  wake(written: Pick<WrittenResult, 'state' | 'written' | 'diary'>): void
  /** Take a case up again, and redraw what is behind. */
  resume(state: Case, why: ResumeReason): Promise<void>
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
  /** How long a channel is left in peace after somebody was called there, in milliseconds. */
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
 * Before a first post its intent is written down, and afterwards its place. So after a crash in between it is known that a
 * card may be there, and it is not posted twice: the channel is told the case's code instead.
 */
export const openOutbox = (parts: Parts): Outbox => {
  const { desk, renderer, messenger, place, now, log, rateLimiter, clock = machineClock, random = Math.random } = parts
  const deliveryQueues = openQueues(
    (error, deliveryQueue) => log.error({ err: error, deliveryQueue }, 'a card was not drawn'),
    clock,
  )
  const backoff = openBackoff(random)
  const priority = openPriority()

  /** One lane for each channel, and one for each person's chat. */
  const queueName = (state: Case, surface: string): string =>
    audienceOf(surface) === 'channel'
      ? conversationOf(cardPlace(state, place)?.conversationId ?? 'channel')
      : `chat ${readerOf(state, surface)}`
  const queueOf = (...where: Parameters<typeof queueName>): DeliveryQueue => deliveryQueues.at(queueName(...where))

  const tellLost = openLostNotices({ ...parts, clock, deliveryQueue: deliveryQueues.at('lost') })
  const tellLostOf = (state: Case): void => tellLost(state.id, () => place(state))
  const tellOnCall = openPager({ ...parts, clock, backoff, deliveryQueues })
  const callOuts = openCallOuts({ ...parts, backoff, deliveryQueues })

  const owe = (state: Case): void => {
    for (const surface of behind(state)) {
      const rank = () => priority.of(state, surface)
      queueOf(state, surface).put(`${state.id} ${surface}`, () => draw(state.id, surface), rank)
    }
  }

  const draw = async (caseId: string, surface: string): Promise<Retry> => {
    const context = renderer.contextOf(await desk.look(caseId))
    const home = context && place(context.state)
    if (!context || !home || !behind(context.state).includes(surface)) return null
    const audience = audienceOf(surface)
    const message = renderer.on(context, surface)
    if (!message) return null
    const { posted } = context.state.surfaces[surface] ?? { posted: null }
    const stamp = { caseId, surface, audience, line: null, by: winnow } as const
    const drawn = context.state.news
    const deliveryQueue = queueName(context.state, surface)
    let ended = (): void => {}
    try {
      const to =
        posted?.place ??
        (audience === 'channel' ? home : await openChat(messenger, rateLimiter, readerOf(context.state, surface), home))
      if (typeof to === 'number') return { againInMs: to }
      const turn = rateLimiter.ask(to)
      if (typeof turn === 'number') return { againInMs: turn, everybody: true }
      ended = turn
      if (posted) {
        await messenger.update(posted, message)
        await desk.settle(caseId, [{ ...stamp, type: 'show', posted, drawn, at: now() }])
      } else {
        const { written } = await desk.settle(caseId, [{ ...stamp, type: 'begin-post', at: now() }])
        if (written.length === 0) return null
        const fresh = await messenger.post(to, message)
        const { state } = await desk.settle(caseId, [{ ...stamp, type: 'show', posted: fresh, drawn, at: now() }])
        if (audience === 'channel' && state) tellOnCall(state)
      }
      backoff.worked(`${caseId} ${surface}`, deliveryQueue)
      return null
    } catch (error) {
      if (!(error instanceof DeliveryFailure)) throw error
      return await undelivered(error, posted !== null, { ...stamp, at: now() }, deliveryQueue)
    } finally {
      ended()
    }
  }

  const undelivered = async (error: DeliveryFailure, isUpdate: boolean, stamp: CardStamp, deliveryQueue: string) => {
    log.warn({ case: stamp.caseId, surface: stamp.surface, kind: error.kind, code: error.code }, 'not delivered')
    const why = outcomeOf(error, isUpdate)
    if (why !== 'later' || !isUpdate) await settleUnshown(stamp, why, error.code)
    return why === 'later' || why === 'gone'
      ? backoff.failed(`${stamp.caseId} ${stamp.surface}`, deliveryQueue, error)
      : null
  }

  const settleUnshown = async (stamp: CardStamp, why: DeliveryOutcome, detail: string) => {
    const context = renderer.contextOf(await desk.look(stamp.caseId))
    await desk.settle(stamp.caseId, unshow(stamp, why, detail, context))
    if (why === 'lost' && stamp.audience === 'channel' && context)
      for (const tell of [tellLostOf, tellOnCall]) tell(context.state)
    if (why === 'refused' && stamp.audience === 'manager' && context) callOuts.unreached(context.state, stamp.surface)
  }

  return {
    wake: (written) => {
      callOuts.taken(written)
      priority.note(written.state)
      owe(written.state)
    },
    resume: openResume({ desk, now, queueOf, owe, settleUnshown, tellLost: tellLostOf, tellOnCall }),
    idle: () => deliveryQueues.idle(),
    stop: () => deliveryQueues.stop(),
  }
}
