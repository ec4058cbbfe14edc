import { type Case, readerOf, seatOf } from '../../triage/case.js'
import { winnow } from '../../triage/person.js'
import type { Phrases } from '../../triage/phrases.js'
import { behind } from '../../triage/settled.js'
import type { Place } from '../../triage/card.js'
import { openBackoff } from '../pacing/backoff.js'
import type { Binding } from './channels.js'
import { openCallOuts } from '../notices/handovers.js'
import { cardPlace } from './card-location.js'
import { type Clock, machineClock } from '../pacing/clock.js'
import type { Desk, Written } from '../cases/desk.js'
import type { Drawing } from './render-case.js'
import type { Lane, Outcome } from '../pacing/queue.js'
import { openLanes } from '../pacing/queues.js'
import { type Pacer, conversationOf } from '../pacing/rate-limiter.js'
import { openRanks } from './priority.js'
import { openResume, type Why } from './resume.js'
import { type Messenger, Undelivered } from '../chat.js'
import { openLostNotices } from '../notices/lost-cards.js'
import { openCalls } from '../notices/pages.js'
import { type CardStamp, type Fate, fateOf, openChat, unshow } from './delivery-failure.js'

/** Keeps every card up to date; the diary is its outbox. */
export type Deliver = {
  /** Redraw whatever of this case is behind, and tell who has lost it to somebody else. */
  wake(written: Pick<Written, 'state' | 'written' | 'diary'>): void
  /** Take a case up again, and redraw what is behind. */
  resume(state: Case, why: Why): Promise<void>
  /** Resolves when nothing is left to draw. */
  idle(): Promise<void>
  stop(): Promise<void>
}

type Parts = {
  readonly desk: Desk
  readonly drawing: Drawing
  readonly messenger: Messenger
  /** Where the card of such a case goes when it is posted; null as long as nobody has said so. */
  readonly place: (state: Case) => Place | null
  readonly binding: Pick<Binding, 'onCallIn'>
  /** How long a channel is left in peace after somebody was called there, in milliseconds. */
  readonly callPauseMs: number
  readonly phrases: Phrases
  readonly pacer: Pacer
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
export const openDeliver = (parts: Parts): Deliver => {
  const { desk, drawing, messenger, place, now, log, pacer, clock = machineClock, random = Math.random } = parts
  const lanes = openLanes((error, lane) => log.error({ err: error, lane }, 'a card was not drawn'), clock)
  const backoff = openBackoff(random)
  const ranks = openRanks()

  /** One lane for each channel, and one for each person's chat. */
  const laneName = (state: Case, surface: string): string =>
    seatOf(surface) === 'channel'
      ? conversationOf(cardPlace(state, place)?.conversationId ?? 'channel')
      : `chat ${readerOf(state, surface)}`
  const laneOf = (...where: Parameters<typeof laneName>): Lane => lanes.at(laneName(...where))

  const tellLost = openLostNotices({ ...parts, clock, lane: lanes.at('lost') })
  const tellLostOf = (state: Case): void => tellLost(state.id, () => place(state))
  const tellOnCall = openCalls({ ...parts, clock, backoff, lanes })
  const callOuts = openCallOuts({ ...parts, backoff, lanes })

  const owe = (state: Case): void => {
    for (const surface of behind(state)) {
      const rank = () => ranks.of(state, surface)
      laneOf(state, surface).put(`${state.id} ${surface}`, () => draw(state.id, surface), rank)
    }
  }

  const draw = async (caseId: string, surface: string): Promise<Outcome> => {
    const seen = drawing.see(await desk.look(caseId))
    const home = seen && place(seen.state)
    if (!seen || !home || !behind(seen.state).includes(surface)) return null
    const seat = seatOf(surface)
    const message = drawing.on(seen, surface)
    if (!message) return null
    const { posted } = seen.state.surfaces[surface] ?? { posted: null }
    const stamp = { caseId, surface, seat, line: null, by: winnow } as const
    const drawn = seen.state.news
    const lane = laneName(seen.state, surface)
    let ended = (): void => {}
    try {
      const to =
        posted?.place ??
        (seat === 'channel' ? home : await openChat(messenger, pacer, readerOf(seen.state, surface), home))
      if (typeof to === 'number') return { againInMs: to }
      const turn = pacer.ask(to)
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
        if (seat === 'channel' && state) tellOnCall(state)
      }
      backoff.worked(`${caseId} ${surface}`, lane)
      return null
    } catch (error) {
      if (!(error instanceof Undelivered)) throw error
      return await undelivered(error, posted !== null, { ...stamp, at: now() }, lane)
    } finally {
      ended()
    }
  }

  const undelivered = async (error: Undelivered, isUpdate: boolean, stamp: CardStamp, lane: string) => {
    log.warn({ case: stamp.caseId, surface: stamp.surface, kind: error.kind, code: error.code }, 'not delivered')
    const why = fateOf(error, isUpdate)
    if (why !== 'later' || !isUpdate) await settleUnshown(stamp, why, error.code)
    return why === 'later' || why === 'gone' ? backoff.failed(`${stamp.caseId} ${stamp.surface}`, lane, error) : null
  }

  const settleUnshown = async (stamp: CardStamp, why: Fate, detail: string) => {
    const seen = drawing.see(await desk.look(stamp.caseId))
    await desk.settle(stamp.caseId, unshow(stamp, why, detail, seen))
    if (why === 'lost' && stamp.seat === 'channel' && seen)
      for (const tell of [tellLostOf, tellOnCall]) tell(seen.state)
    if (why === 'refused' && stamp.seat === 'manager' && seen) callOuts.unreached(seen.state, stamp.surface)
  }

  return {
    wake: (written) => {
      callOuts.taken(written)
      ranks.note(written.state)
      owe(written.state)
    },
    resume: openResume({ desk, now, laneOf, owe, settleUnshown, tellLost: tellLostOf, tellOnCall }),
    idle: () => lanes.idle(),
    stop: () => lanes.stop(),
  }
}
