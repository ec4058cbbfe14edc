import { type Case, readerOf, seatOf } from '../triage/case.js'
import type { Command } from '../triage/command.js'
import { winnow } from '../triage/person.js'
import type { Phrases } from '../triage/phrases.js'
import { behind } from '../triage/settled.js'
import type { Place } from '../triage/surface.js'
import type { Desk } from './desk.js'
import type { Drawing } from './draw.js'
import { type Lane, type Outcome, openLane } from './lane.js'
import { type Messenger, Undelivered } from './talk.js'
import { openLostNotices } from './tell-lost.js'
import { type CardStamp, type Fate, fateOf, openChat, unshow } from './undelivered.js'

/** Keeps every card up to date; the diary is its outbox. */
export type Deliver = {
  /** Redraw whatever of this case is behind. */
  wake(state: Case): void
  /**
   * Take a case up again, and redraw what is behind. `start`: posts whose end nobody knows are lost, and lost ones are told.
   * `fresh`: the chat has forgotten everything. `rebound`: there is another channel, which may take what the former refused.
   */
  resume(state: Case, why: 'start' | 'fresh' | 'rebound'): Promise<void>
  /** Resolves when nothing is left to draw. */
  idle(): Promise<void>
  stop(): Promise<void>
}

type Parts = {
  readonly desk: Desk
  readonly drawing: Drawing
  readonly messenger: Messenger
  /** Where cards of new cases go; null as long as nobody has said so. */
  readonly place: () => Place | null
  readonly phrases: Phrases
  /** How long to collect the codes of lost cards before telling them, in milliseconds; a second unless told. */
  readonly collectMs?: number
  readonly now: () => string
  readonly log: { warn(details: object, text: string): void; error(details: object, text: string): void }
}

/**
 * Draw cards: only the newest state, one at a time in a conversation.
 *
 * Before a first post its intent is written down, and afterwards its place. So after a crash in between it is known that a
 * card may be there, and it is not posted twice: the channel is told the case's code instead.
 */
export const openDeliver = (parts: Parts): Deliver => {
  const { desk, drawing, messenger, place, now, log } = parts
  const lanes = new Map<string, Lane>()
  const tries = new Map<string, number>()

  const lane = (name: string): Lane => {
    const known = lanes.get(name) ?? openLane((error) => log.error({ err: error, lane: name }, 'a card was not drawn'))
    lanes.set(name, known)
    return known
  }

  /** One lane for the channel, and one for each person's chat. */
  const laneOf = (state: Case, surface: string): Lane =>
    lane(surface === 'channel' ? 'channel' : `chat ${readerOf(state, surface)}`)

  const tellLost = openLostNotices({ ...parts, lane: lane('lost') })

  const wake = (state: Case): void => {
    for (const surface of behind(state)) {
      laneOf(state, surface).put(`${state.id} ${surface}`, () => draw(state.id, surface))
    }
  }

  const draw = async (caseId: string, surface: string): Promise<Outcome> => {
    const seen = drawing.see(await desk.look(caseId))
    const home = place()
    if (!seen || !home || !behind(seen.state).includes(surface)) return null
    const seat = seatOf(surface)
    const message = drawing.on(seen, surface)
    if (!message) return null
    const { posted } = seen.state.surfaces[surface] ?? { posted: null }
    const stamp = { caseId, surface, seat, line: null, by: winnow } as const
    const drawn = seen.state.news
    try {
      if (posted) {
        await messenger.update(posted, message)
        await desk.settle(caseId, [{ ...stamp, type: 'show', posted, drawn, at: now() }])
      } else {
        const to = seat === 'channel' ? home : await openChat(messenger, readerOf(seen.state, surface), home)
        const { written } = await desk.settle(caseId, [{ ...stamp, type: 'begin-post', at: now() }])
        if (written.length === 0) return null
        const fresh = await messenger.post(to, message)
        await desk.settle(caseId, [{ ...stamp, type: 'show', posted: fresh, drawn, at: now() }])
      }
      tries.delete(`${caseId} ${surface}`)
      return null
    } catch (error) {
      if (!(error instanceof Undelivered)) throw error
      return undelivered(error, posted !== null, { ...stamp, at: now() })
    }
  }

  const undelivered = async (error: Undelivered, isUpdate: boolean, stamp: CardStamp): Promise<Outcome> => {
    const name = `${stamp.caseId} ${stamp.surface}`
    log.warn({ case: stamp.caseId, surface: stamp.surface, kind: error.kind, code: error.code }, 'not delivered')
    const why = fateOf(error, isUpdate)
    if (why !== 'later' || !isUpdate) await settleUnshown(stamp, why, error.code)
    if (why !== 'later' && why !== 'gone') return null
    const failures = (tries.get(name) ?? 0) + 1
    tries.set(name, failures)
    return { againInMs: error.retryAfterMs ?? Math.min(60_000, 250 * 2 ** failures) * (0.5 + Math.random() / 2) }
  }

  const settleUnshown = async (stamp: CardStamp, why: Fate, detail: string) => {
    const seen = drawing.see(await desk.look(stamp.caseId))
    await desk.settle(stamp.caseId, unshow(stamp, why, detail, seen))
    if (why === 'lost' && stamp.seat === 'channel') tellLost(stamp.caseId)
  }

  /** In its lane no post of ours is under way: one that was begun and is not ended was begun before we started. */
  const lose = async (stamp: CardStamp): Promise<Outcome> => {
    const { state } = await desk.look(stamp.caseId)
    if (state?.surfaces[stamp.surface]?.state !== 'begun') return null
    await settleUnshown({ ...stamp, at: now() }, 'lost', 'stopped while posting')
    return null
  }

  const resume = async (state: Case, why: 'start' | 'fresh' | 'rebound'): Promise<void> => {
    const unshown = Object.entries(state.surfaces).flatMap(([surface, { seat, state: shown }]): Command[] => {
      const stamp = { caseId: state.id, surface, seat, line: null, at: now(), by: winnow } as const
      if (why === 'fresh' || (why === 'rebound' && shown === 'refused' && seat === 'channel')) {
        return [{ ...stamp, type: 'unshow', why: 'gone', detail: why }]
      }
      if (shown === 'begun' && why === 'start')
        laneOf(state, surface).put(`${state.id} ${surface} lost`, () => lose(stamp))
      return []
    })
    if (why === 'start' && !state.closed && state.surfaces['channel']?.state === 'lost') tellLost(state.id)
    wake((unshown.length > 0 ? (await desk.settle(state.id, unshown)).state : null) ?? state)
  }

  return {
    wake,
    resume,
    idle: async () => {
      // The end of work in one lane can be the begin of work in another.
      while ((await Promise.all([...lanes.values()].map((one) => one.idle()))).includes(true));
    },
    stop: async () => void (await Promise.all([...lanes.values()].map((one) => one.stop()))),
  }
}
