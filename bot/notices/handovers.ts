import {
  describeAllowed,
  describeHandover,
  describeManagersWord,
  describeUnreached,
  describeUnseen,
  formerOwner,
} from '../../dialogs/tell/handover.js'
import { describeLookedUp } from '../../dialogs/tell/looked-up.js'
import { describeSourceWord, hasSourceWord } from '../../dialogs/tell/source-word.js'
import { describeAsked, describeEnded, tellsOf } from '../../dialogs/tell/response.js'
import { describeUntold, isUntold } from '../../dialogs/tell/told-outside.js'
import type { Case } from '../../triage/case.js'
import type { Diary, Event } from '../../triage/event.js'
import type { Phrases } from '../../triage/phrases.js'
import { type ConversationRef, channelCard } from '../../triage/card.js'
import { type CaseWithCards, cardPlace, channelOf } from '../cases/card-location.js'
import type { CommandResult, Desk } from '../cases/desk.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import type { Message } from '../chat.js'
import type { Retry } from '../pacing/queue.js'
import type { DeliveryQueues } from '../pacing/queues.js'
import { conversationOf } from '../pacing/rate-limiter.js'
import { type Notifying, notify } from './notify.js'
import type { Told } from './told.js'

/** These lines were written last, in a case that stands so now. */
export type Lines = CaseWithCards & { readonly diary: Diary; readonly written: readonly Event[] }

/** What sentences need to be said. */
export type SayingParts = Notifying & {
  readonly desk: Pick<Desk, 'look'>
  readonly place: (state: Case) => ConversationRef | null
  readonly phrases: Phrases
  readonly wordsIn?: (place: ConversationRef) => Phrases
  /** The words of one person's language; the usual ones unless told. */
  readonly wordsOf?: (personId: string) => Phrases
  readonly deliveryQueues: Pick<DeliveryQueues, 'at'>
  readonly told: Pick<Told, 'note' | 'has'>
}

/** Something to say to people about a case. */
export type Sentence = {
  readonly record: CaseWithCards
  /** What it is about: the same thing waits to be said only once. */
  readonly about: string
  /** When that came about: the same thing may come about again. */
  readonly at: string
  /** Who is told in their own chat where neither thread nor channel takes it. */
  readonly personId: string
  /** True for what is said in their own chat alone. */
  readonly isPersonal?: true
  /** The words, as the case is when its turn has come; null when they need not be said any more. */
  readonly say: (settled: CommandResult, phrases: Phrases) => Message | null
}

/** Say things in the thread of a case, each until it has arrived or is not true any more. */
export const openSentences = (parts: SayingParts): ((sentence: Sentence) => void) => {
  const { desk, place, phrases, wordsIn = () => phrases, wordsOf = () => phrases, deliveryQueues, told, log } = parts

  const tell = async (
    { record, about, at, personId, isPersonal, say }: Sentence,
    deliveryQueue: string,
  ): Promise<Retry> => {
    const { id } = record.state
    const settled = await desk.look(id)
    const to = settled.state && cardPlace({ state: settled.state, cards: settled.cards }, place)
    const message = to && say(settled, isPersonal ? wordsOf(personId) : wordsIn(to))
    if (!message) return null
    const own = { personId, via: to }
    const recipients = isPersonal ? [own] : [to, channelOf(to), own]
    const details = { case: id, about }
    const outcome = await notify({ to: recipients, message, name: `${id} ${about}`, deliveryQueue, details }, parts)
    if (outcome === null) told.note(`${id} ${about} ${at}`)
    if (outcome !== 'refused') return outcome
    log.error(details, 'someone whom a case concerns could not be told')
    return null
  }

  /** One queue for each channel: where one takes nothing, the others go on. */
  const put = (sentence: Sentence): void => {
    const { record, about, at } = sentence
    if (told.has(`${record.state.id} ${about} ${at}`)) return
    const deliveryQueue = `handovers ${conversationOf(cardPlace(record, place)?.conversationId ?? '')}`
    deliveryQueues.at(deliveryQueue).put(`${record.state.id} ${about}`, () => tell(sentence, deliveryQueue))
  }

  return put
}

/**
 * Tells people in the thread of a case what was written and concerns them: who had a case, that somebody has taken it over; who
 * asked a manager, that the manager's chat does not take the question; who has the case, what the manager answered, or that they did
 * not in time, that a lead allowed to ask one, what came of a response action, what a card that its owner fills in does not show yet,
 * what could not be told outside, and that the alert has changed on its source's side; and everyone, that a response action needs a
 * second person. Each until it has arrived or is not true any more.
 */
export const openHandovers = (
  parts: SayingParts & { readonly renderer: Pick<CaseRenderer, 'contextOf'> },
): ((lines: Lines) => void) => {
  const { renderer } = parts
  const put = openSentences(parts)

  return (lines) => {
    const { state, diary, written } = lines
    const { confirmation } = state
    const atOf = (...types: readonly Event['type'][]) => written.findLast(({ type }) => types.includes(type))?.at ?? ''
    if (confirmation && written.some((event) => event.type === 'manager-unreached' && event.why === 'refused'))
      put({
        record: lines,
        about: `manager ${confirmation.line}`,
        at: atOf('manager-unreached'),
        personId: confirmation.askedBy.id,
        say: (settled, phrases) => settled.state && describeUnreached(settled.state, phrases),
      })
    const isHeard = written.some(({ type }) => type === 'manager-answered' || type === 'manager-expired')
    if (confirmation && state.owner && isHeard) {
      const { line, answeredAt } = confirmation
      put({
        record: lines,
        about: `word ${line} ${answeredAt ?? ''}`,
        at: atOf('manager-answered', 'manager-expired'),
        personId: state.owner.id,
        say: (settled, phrases) => settled.state && describeManagersWord(settled.state, answeredAt, phrases),
      })
    }
    const isHeld = lines.cards[channelCard]?.holds === true
    for (const [at, event] of isHeld && state.owner ? written.entries() : [])
      if (event.type === 'noted' || event.type === 'related-opened')
        put({
          record: lines,
          about: `unseen ${diary.length - written.length + at}`,
          at: event.at,
          personId: state.owner?.id ?? '',
          say: (settled, phrases) => settled.state && describeUnseen(event, settled.state, phrases),
        })
    for (const event of state.owner ? written : [])
      if (event.type === 'verifier-allowed')
        put({
          record: lines,
          about: `allowed ${event.manager.id}`,
          at: event.at,
          personId: state.owner?.id ?? '',
          say: (settled, phrases) => settled.state && describeAllowed(event, settled.state, phrases),
        })
    for (const event of state.owner ? written : [])
      if (event.type === 'effect-noted' && isUntold(event.state, isHeld))
        put({
          record: lines,
          about: `untold ${event.effect} ${event.state}`,
          at: event.at,
          personId: state.owner?.id ?? '',
          say: (settled, phrases) => settled.state && describeUntold(event, settled.state, phrases),
        })
    const lookedUp = written.findLast(({ type }) => type === 'looked-up')
    // What came right after it was taken is drawn on the card.
    if (isHeld && state.owner && lookedUp && state.lookedUpSoon < diary.length - written.length)
      put({
        record: lines,
        about: `looked up ${diary.length}`,
        at: lookedUp.at,
        personId: state.owner.id,
        say: (settled, phrases) => {
          const context = renderer.contextOf(settled)
          return context && describeLookedUp(written, { ...context, phrases })
        },
      })
    if (state.owner && hasSourceWord(diary, written))
      put({
        record: lines,
        about: 'source',
        at: atOf('source-updated'),
        personId: state.owner.id,
        say: (settled, phrases) => settled.state && describeSourceWord(settled.state, phrases),
      })
    for (const [at, event] of written.entries()) {
      const about = tellsOf(event, diary.length - written.length + at)
      if (about)
        put({
          record: lines,
          about: `response ${about.line} ${event.type}`,
          at: event.at,
          personId: state.owner?.id ?? event.by.id,
          say: (settled, phrases) =>
            settled.state && (about.isAsked ? describeAsked : describeEnded)(settled.state, about.line, phrases),
        })
    }
    const former = formerOwner(diary, written)
    if (former)
      put({
        record: lines,
        about: `taken from ${former.id}`,
        at: atOf('handed-over'),
        personId: former.id,
        say: (settled, phrases) => settled.state && describeHandover(settled.state, former, phrases),
      })
  }
}
