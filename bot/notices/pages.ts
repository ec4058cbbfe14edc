import { pageOnCall } from '../../dialogs/tell/page.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import { stageOf } from '../../triage/case.js'
import type { Case } from '../../triage/case.js'
import type { Diary, Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import type { Person } from '../../triage/person.js'
import { isAsBad } from '../../triage/routing.js'
import { cardOf } from '../../triage/stale-cards.js'
import { type ConversationRef, channelCard } from '../../triage/card.js'
import { type CaseWithCards, cardPlace, channelOf } from '../cases/card-location.js'
import type { Desk } from '../cases/desk.js'
import type { CardNews } from '../outbox/card-news.js'
import type { Channels } from '../outbox/channels.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import type { Clock } from '../pacing/clock.js'
import type { Retry } from '../pacing/queue.js'
import type { DeliveryQueues } from '../pacing/queues.js'
import { type Notifying, type Recipient, notify } from './notify.js'

type Parts = Notifying & {
  readonly desk: Pick<Desk, 'look'>
  readonly renderer: Pick<CaseRenderer, 'contextOf'>
  /** Where the card of such a case goes when it is posted. */
  readonly place: (state: Case) => ConversationRef | null
  readonly binding: Pick<Channels, 'onCallIn'>
  readonly deliveryQueues: Pick<DeliveryQueues, 'at'>
  readonly clock: Clock
  /** ISO 8601. */
  readonly now: () => string
  /** How long a channel is left in peace after a page, in milliseconds. */
  readonly pagePauseMs: number
  /** Hears whom a page has reached, and for which cases. */
  readonly paged?: (caseIds: readonly string[], to: readonly Person[]) => Promise<void>
}

/** What leads to pages: a card that was posted, and another source that finds an alert worse than it was. */
export type Pages = {
  readonly card: (news: CardNews) => void
  readonly written: (lines: CaseWithCards & { readonly diary: Diary; readonly written: readonly Event[] }) => void
}

/** Cases that nobody has taken and that came so shortly before a start, in milliseconds, page whoever is on call again. */
const freshMs = 3_600_000

/**
 * Page whoever is on call, by name, in the thread of a card that was just posted; in the channel when nobody knows whether the card
 * arrived, and in their own chat where the channel takes nothing: who sleeps must not depend on it. Teams makes two messages of a
 * card with a text and tells the id of neither, so the card goes alone and the page follows. What comes soon after a page is told
 * of in one more, for a phone that never stops buzzing is switched off, and the cards need the channel's pace themselves. A page is
 * sent until it has arrived, or somebody has taken the case.
 */
export const openPages = (parts: Parts): Pages => {
  const { desk, renderer, place, binding, deliveryQueues, clock, now, pagePauseMs, log } = parts
  const waiting = new Map<string, Set<string>>()
  const quietUntil = new Map<string, number>()

  const tell = async (channel: ConversationRef): Promise<Retry> => {
    const { conversationId } = channel
    const quietFor = (quietUntil.get(conversationId) ?? -Infinity) - clock.now()
    if (quietFor > 0) return { againInMs: Math.ceil(quietFor) }
    const codes = [...(waiting.get(conversationId) ?? [])]
    const looked = await Promise.all(codes.map(look))
    const onCall = binding.onCallIn(channel)
    const page = pageOnCall(
      looked.flat().filter((one) => placesFor(one, channel) !== null),
      onCall,
    )
    if (page && onCall) {
      const { text, mentions, about } = page
      const to: readonly Recipient[] = [
        ...(placesFor(about, channel) ?? []),
        { personId: onCall.person.id, via: channel },
      ]
      const details = { cases: codes }
      const name = `page ${conversationId}`
      const outcome = await notify({ to, message: { text, mentions }, name, deliveryQueue: name, details }, parts)
      if (outcome !== null && outcome !== 'refused') return outcome
      if (outcome === 'refused') log.error(details, 'the person on call could not be paged')
      quietUntil.set(conversationId, clock.now() + pagePauseMs)
      if (outcome === null) await parts.paged?.(page.codes, [onCall.person])
    }
    for (const code of codes) waiting.get(conversationId)?.delete(code)
    return null
  }

  /** One case that can't be read must not keep the others from being told of. */
  const look = async (code: string) => {
    const settled = await desk.look(code).catch(() => null)
    return (settled && renderer.contextOf(settled)) ?? []
  }

  const page = (record: CaseWithCards): void => {
    const to = cardPlace(record, place)
    if (!to) return
    const channel = channelOf(to)
    if (!binding.onCallIn(channel)) return
    const codes = waiting.get(channel.conversationId) ?? new Set()
    waiting.set(channel.conversationId, codes.add(record.state.id))
    deliveryQueues.at(`page ${channel.conversationId}`).put('page', () => tell(channel))
  }

  return {
    card: (news) => {
      const { state, card, again } = news
      if (card !== channelCard || stageOf(state) !== 'new') return
      // Whether the page was sent before the end, nobody knows. Once too often is better than never.
      if (again && Date.parse(now()) - Date.parse(state.openedAt) >= freshMs) return
      page(news)
    },
    written: (lines) => {
      const { state, diary, written } = lines
      if (stageOf(state) !== 'new' || !written.some(({ type }) => type === 'also-reported')) return
      const to = cardPlace(lines, place)
      const onCall = to && binding.onCallIn(channelOf(to))
      const before = replay(diary.slice(0, -written.length))
      // What was bad enough before was paged when its card was posted.
      if (!onCall || !before || isAsBad(before.alert.severity, onCall.atLeast)) return
      if (isAsBad(state.alert.severity, onCall.atLeast)) page(lines)
    },
  }
}

/**
 * Its thread, then the channel as a whole; the channel when it may or may not stand there; nothing where it was refused. Null where
 * the card is posted anew and pages then.
 */
const placesFor = ({ cards }: CaseContext, channel: ConversationRef): readonly ConversationRef[] | null => {
  const card = cardOf(cards, channelCard)
  if (card?.posted) return [card.posted.place, channel]
  if (card?.state === 'lost' || card?.state === 'posting') return [channel]
  return card?.state === 'refused' ? [] : null
}
