import { shortTime, utc } from '../../dialogs/time.js'
import { type Phrases, say, languageOf } from '../../triage/phrases.js'
import { isAsBad } from '../../triage/routing.js'
import type { ConversationRef } from '../../triage/card.js'
import type { Message } from '../chat.js'
import type { Channels } from '../outbox/channels.js'
import type { DigestNews } from '../outbox/digest.js'
import type { DeliveryQueues } from '../pacing/queues.js'
import { type Notifying, type Recipient, notify } from './notify.js'

type Parts = Notifying & {
  readonly binding: Pick<Channels, 'onCallIn'>
  readonly deliveryQueues: Pick<DeliveryQueues, 'at'>
  readonly phrases: Phrases
  readonly wordsIn?: (place: ConversationRef) => Phrases
}

/**
 * What a storm is told of beside its digest: whoever is on call is mentioned once for each storm, as soon as it counts an alert bad
 * enough without a card, for cards that are held back page nobody; and a digest that may not have arrived can be asked for.
 */
export const openDigestNotices = ({
  binding,
  deliveryQueues,
  phrases: usual,
  wordsIn = () => usual,
  ...sending
}: Parts): ((news: DigestNews) => void) => {
  const paged = new Map<string, string>()

  const send = (news: DigestNews, what: string, message: Message, to: readonly Recipient[]): void => {
    const { conversationId } = news.channel
    const queue = `digest ${conversationId}`
    const details = { channel: conversationId }
    deliveryQueues.at(queue).put(what, async () => {
      const outcome = await notify({ to, message, name: `${what} ${queue}`, deliveryQueue: queue, details }, sending)
      if (outcome !== 'refused') return outcome
      sending.log.error(details, 'a storm could not be told of')
      return null
    })
  }

  return (news) => {
    const { channel, posted, outcome, storm, rows } = news
    const phrases = wordsIn(channel)
    if (outcome === 'lost') return send(news, 'lost', { text: say(phrases, 'digest.lost') }, [channel])
    const onCall = binding.onCallIn(channel)
    const isBad = rows.some(
      ({ hasCard, owner, severity }) => !hasCard && owner === null && onCall && isAsBad(severity, onCall.atLeast),
    )
    if (!onCall || !isBad || storm.phase !== 'storm' || paged.get(channel.conversationId) === storm.since) return
    paged.set(channel.conversationId, storm.since)
    const { person } = onCall
    const text = say(phrases, 'digest.page', {
      name: person.name,
      total: String(rows.length + storm.closed),
      since: shortTime(storm.since, utc, languageOf(phrases)),
    })
    const to: readonly Recipient[] = [...(posted ? [posted.place] : []), channel, { personId: person.id, via: channel }]
    send(news, 'page', { text, mentions: [person] }, to)
  }
}
