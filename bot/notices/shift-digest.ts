import { z } from 'zod'
import type { Store } from '../../store/store.js'
import { showShift, shiftRows, shiftSummary } from '../../dialogs/show/show-shift.js'
import type { Listed } from '../../dialogs/show/listed.js'
import type { ConversationRef } from '../../triage/card.js'
import type { Due } from '../../triage/deadlines.js'
import type { Phrases } from '../../triage/phrases.js'
import { type Rota, handoversIn, onCallAt } from '../../triage/rota.js'
import type { RunningClocks } from '../cases/clocks.js'
import type { Desk } from '../cases/desk.js'
import type { OpenCases } from '../cases/open-cases.js'
import type { Message } from '../chat.js'
import type { Channels } from '../outbox/channels.js'

type Parts = {
  /** Null when there is none. */
  readonly rota: () => Rota | null
  readonly channels: Pick<Channels, 'channels' | 'placeFor'>
  readonly openCases: Pick<OpenCases, 'rows'>
  readonly desk: Pick<Desk, 'look'>
  readonly clocks: Pick<RunningClocks, 'next'>
  readonly store: Pick<Store, 'keep' | 'kept'>
  /** The words of the channel at that place. */
  readonly wordsIn: (place: ConversationRef) => Phrases
  /** The time zone of channels. */
  readonly zone: string
  /** Rows as the channel at that place calls them. */
  readonly listed: (rows: readonly Listed[], place: ConversationRef) => readonly Listed[]
  /** A view as a message. */
  readonly messageOf: (view: ReturnType<typeof showShift>, summary: string, place: ConversationRef) => Message
  /** Send it there, until it has arrived. */
  readonly send: (to: ConversationRef, message: Message) => void
}

/**
 * What a shift leaves to the next, posted in each channel whenever the rota hands over. Call `look` with the time every half minute or
 * so. A handover while Winnow was down is told of within an hour, and none twice.
 */
export const openShiftDigest = (parts: Parts): ((at: string) => Promise<void>) => {
  const { rota, channels, openCases, desk, clocks, store, wordsIn, zone, listed, messageOf, send } = parts
  let last: number | null = null
  /** Until then nothing happens: working that out takes longer than looking. */
  let idle: { readonly rota: Rota; readonly from: number; readonly until: number } | null = null

  const digest = async (of: Rota, handover: number, place: ConversationRef, all: readonly Listed[]): Promise<void> => {
    const rows = all.filter((row) => channels.placeFor(row)?.conversationId === place.conversationId)
    const dues = new Map<string, Due | null>()
    for (const { caseId } of rows.slice(0, shiftRows)) {
      const { state, diary, cards } = await desk.look(caseId)
      dues.set(caseId, state && clocks.next({ state, diary, cards }))
    }
    const phrases = wordsIn(place)
    const [from = null] = onCallAt(of, handover - 1)
    const [to = null] = onCallAt(of, handover)
    const told = { at: new Date(handover).toISOString(), from, to }
    const view = showShift(told, listed(rows, place), (caseId) => dues.get(caseId) ?? null, phrases, zone)
    send(place, messageOf(view, shiftSummary(rows, phrases), place))
  }

  return async (at) => {
    const current = rota()
    if (current === null) return
    const now = Date.parse(at)
    if (idle && idle.rota === current && now >= idle.from && now < idle.until) return
    last ??= kept.safeParse((await store.kept(name)).value).data ?? now
    const handover = handoversIn(current, Math.max(last, now - lateMs), now).at(-1)
    if (handover === undefined) {
      last = Math.max(last, now)
      idle = { rota: current, from: now, until: handoversIn(current, now, now + dayMs)[0] ?? now + dayMs }
      return
    }
    last = now
    // Kept before it is sent: said twice would be a lie about when, and missed once is what "queue" is for.
    await store.keep(name, now)
    const rows = await openCases.rows()
    for (const { place } of channels.channels()) await digest(current, handover, place, rows)
  }
}

/** What was missed for longer is told no more, in milliseconds. */
const lateMs = 3_600_000

const dayMs = 86_400_000

const name = 'handover'
const kept = z.number()
