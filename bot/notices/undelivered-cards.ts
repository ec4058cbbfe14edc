import { type Phrases, say } from '../../triage/phrases.js'
import { type ConversationRef, channelCard } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import { cardOf } from '../../triage/stale-cards.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import { type CaseWithCards, channelOf } from '../cases/card-location.js'
import type { Desk } from '../cases/desk.js'
import type { CardNews } from '../outbox/card-news.js'
import type { Channel } from '../outbox/channels.js'
import type { Clock } from '../pacing/clock.js'
import type { Retry } from '../pacing/queue.js'
import type { DeliveryQueues } from '../pacing/queues.js'
import { type Notifying, type Recipient, notify } from './notify.js'

/** Tells channels which cases have no card there, or may have none, and which can't be read at all. */
export type UndeliveredCards = {
  /** A channel's card was lost or refused, or is so still. */
  card(news: CardNews): void
  /** These open cases can't be read; each is told once. */
  damaged(caseIds: readonly string[]): void
}

type Parts = Notifying & {
  readonly desk: Pick<Desk, 'look'>
  readonly phrases: Phrases
  readonly wordsIn?: (place: ConversationRef) => Phrases
  /** Where the card of such a case goes when it is posted; null as long as nobody has said so. */
  readonly place: (state: Case) => ConversationRef | null
  readonly channels: () => readonly Channel[]
  /** Object ids of those who are told where no channel takes it. */
  readonly leads: readonly string[]
  readonly deliveryQueues: Pick<DeliveryQueues, 'at'>
  readonly clock: Clock
  /** How long to collect codes before telling them, in milliseconds; a second unless told. */
  readonly collectMs?: number
}

type Why = 'lost' | 'refused' | 'damaged'

/** A case to tell of: why, and whether it was told before. */
type Told = { readonly why: Why; readonly again: boolean; readonly detail: string }

/** Codes that wait to be told, of one channel and one reason. */
type Batch = { readonly why: Why; readonly channel: ConversationRef | null; readonly codes: Map<string, Told> }

/** How many codes are told in one message: not more than can be read at once. */
const mostCodes = 20

/**
 * Tell in one message for all of a second. A lost card is told where it would stand, else in another channel; a refused one in
 * another channel; and to the leads in their own chats where no channel takes it. It is told until it has arrived, unless it is not
 * so any more.
 */
export const openUndeliveredCards = (parts: Parts): UndeliveredCards => {
  const {
    desk,
    phrases,
    wordsIn = () => phrases,
    place,
    channels,
    leads,
    deliveryQueues,
    clock,
    collectMs = 1000,
    log,
  } = parts
  const batches = new Map<string, Batch>()
  const toldDamaged = new Set<string>()

  /** Whether it is still so, and nobody knows: who works on a case has found their way to it. */
  const isSo = async (code: string, { why, again }: Told): Promise<boolean> => {
    if (why === 'damaged') return true
    const { state, cards } = await desk.look(code)
    if (!state || cardOf(cards, channelCard)?.state !== why) return false
    return !again || (state.closed === null && state.owner === null)
  }

  const recipients = ({ why, channel }: Batch): readonly Recipient[] => {
    const others = channels()
      .map((one) => one.place)
      .filter(({ conversationId }) => conversationId !== channel?.conversationId)
    return channel === null || why === 'refused' ? others : [channel, ...others]
  }

  const tell = async (name: string): Promise<Retry> => {
    await clock.sleep(collectMs)
    const batch = batches.get(name)
    if (!batch) return null
    const { codes } = batch
    const some: (readonly [string, Told])[] = []
    for (const [code, told] of codes) {
      if (some.length === mostCodes) break
      if (await isSo(code, told)) some.push([code, told])
      else codes.delete(code)
    }
    if (some.length > 0) {
      const outcome = await send(name, batch, some)
      if (outcome !== null) return outcome
    }
    for (const [code, told] of some) if (codes.get(code) === told) codes.delete(code)
    if (codes.size > 0) return { againInMs: 0 }
    batches.delete(name)
    return null
  }

  const send = async (name: string, batch: Batch, some: readonly (readonly [string, Told])[]): Promise<Retry> => {
    const codes = some.map(([code]) => code)
    const detail = [...new Set(some.map(([, told]) => told.detail))].join(', ')
    const words = { codes: codes.join(', '), count: String(some.length), detail: escapeUntrusted(detail, 200) }
    const [first] = recipients(batch)
    const spoken = first && 'conversationId' in first ? wordsIn(first) : phrases
    const message = { text: say(spoken, textOf[batch.why], words) }
    const details = { cases: codes, why: batch.why }
    const outcome = await notify({ to: recipients(batch), message, name, deliveryQueue: name, details }, parts)
    if (outcome !== 'refused') return outcome
    const via = batch.channel ?? channels()[0]?.place
    if (!via || leads.length === 0) log.error(details, 'cases have no card, and no one could be told')
    else for (const personId of leads) tellLead({ personId, via }, message, details)
    return null
  }

  const tellLead = (
    lead: Recipient & { readonly personId: string },
    message: { readonly text: string },
    details: object,
  ) => {
    const deliveryQueue = `lead ${lead.personId}`
    const work = async (): Promise<Retry> => {
      const notice = { to: [lead], message, name: message.text, deliveryQueue, details }
      const outcome = await notify(notice, parts)
      if (outcome !== 'refused') return outcome
      log.error({ ...details, lead: lead.personId }, 'cases have no card, and a lead could not be told')
      return null
    }
    deliveryQueues.at(deliveryQueue).put(message.text, work)
  }

  const add = (code: string, channel: ConversationRef | null, told: Told): void => {
    const name = `${told.why} ${channel?.conversationId ?? ''}`
    const batch = batches.get(name) ?? { why: told.why, channel, codes: new Map<string, Told>() }
    batches.set(name, batch)
    batch.codes.set(code, told)
    deliveryQueues.at(name).put('tell', () => tell(name))
  }

  const channelFor = ({ state }: CaseWithCards): ConversationRef | null => {
    const home = place(state)
    return home && channelOf(home)
  }

  return {
    card: (news) => {
      const { card, outcome, again, state, cards } = news
      if (card !== channelCard || outcome === 'posted') return
      add(state.id, channelFor(news), { why: outcome, again, detail: cardOf(cards, card)?.detail ?? '' })
    },
    damaged: (caseIds) => {
      if (channels().length === 0) return
      for (const code of caseIds) {
        if (!toldDamaged.has(code)) add(code, null, { why: 'damaged', again: false, detail: '' })
        toldDamaged.add(code)
      }
    },
  }
}

const textOf = { lost: 'lost', refused: 'card.refused', damaged: 'case.damaged' } as const
