import { digestSummary, showDigest, type Storm } from '../../dialogs/show/show-digest.js'
import type { Listed } from '../../dialogs/show/listed.js'
import type { ConversationRef, MessageRef } from '../../triage/card.js'
import { type Phrases, languageOf } from '../../triage/phrases.js'
import { type Message, type Messenger, DeliveryFailure } from '../chat.js'
import type { Backoff } from '../pacing/backoff.js'
import type { Doubts } from '../pacing/doubts.js'
import type { Retry } from '../pacing/queue.js'
import type { RateLimiter } from '../pacing/rate-limiter.js'
import { outcomeOf } from './delivery-failure.js'
import type { CaseRenderer } from './render-case.js'
import { type KeptStorm, type StormBooks, owedDigest, standingDigest } from './storm-books.js'

/** What has become of a digest, for whoever tells people. */
export type DigestNews = {
  /** The channel it is for, and where it stands; null when nobody knows. */
  readonly channel: ConversationRef
  readonly posted: MessageRef | null
  readonly outcome: 'shown' | 'lost'
  readonly storm: Storm
  /** The open cases it counts. */
  readonly rows: readonly Listed[]
}

type Parts = {
  readonly books: StormBooks
  readonly messenger: Messenger
  readonly rateLimiter: RateLimiter
  readonly doubts: Doubts
  readonly backoff: Backoff
  readonly renderer: Pick<CaseRenderer, 'in'>
  readonly phrases: Phrases
  readonly wordsIn?: (place: ConversationRef) => Phrases
  /** The open cases of the storm in that channel, as they stand now. */
  readonly rowsOf: (storm: KeptStorm) => Promise<readonly Listed[]>
  readonly everyMs: number
  readonly tell: (news: DigestNews) => void
  readonly log: { warn(details: object, text: string): void; error(details: object, text: string): void }
}

/** Draws the digests of storms, as the cards of cases are drawn: one place is kept for each, and none is posted twice. */
export const openDigests = (parts: Parts) => {
  const {
    books,
    messenger,
    rateLimiter,
    doubts,
    backoff,
    renderer,
    phrases: usual,
    wordsIn = () => usual,
    rowsOf,
    everyMs,
    tell,
    log,
  } = parts

  const stormOf = ({ phase, since, until, closed }: KeptStorm): Storm => ({ phase, since, until, closed, everyMs })

  const messageOf = (kept: KeptStorm, rows: readonly Listed[], personId: string | null): Message => {
    const storm = stormOf(kept)
    const phrases = wordsIn(kept.place)
    const inLanguage = renderer.in(languageOf(phrases))
    return inLanguage.view(
      showDigest(storm, inLanguage.listed(rows), phrases),
      digestSummary(storm, rows, phrases),
      personId,
    )
  }

  const keepCard = (id: string, card: KeptStorm['card']): Promise<void> =>
    books.keep(id, (kept) => kept && { ...kept, card })

  /** What became of posts, as far as the disk has not taken it: else it would stay unknown, though it is known. */
  const unwritten = new Map<string, KeptStorm['card']>()
  const keepOutcome = async (id: string, card: KeptStorm['card']): Promise<void> => {
    unwritten.set(id, card)
    await keepCard(id, card)
    unwritten.delete(id)
    if (card.state === 'lost') await tellLost(id)
  }

  /** Post it or update it, in its turn. */
  const draw = async (id: string): Promise<Retry> => {
    const outcome = unwritten.get(id)
    if (outcome) await keepOutcome(id, outcome)
    const kept = books.storms().get(id)
    if (!kept || kept.card.state === 'lost' || kept.card.state === 'refused' || kept.card.state === 'posting')
      return null
    const { posted } = kept.card
    if (!posted && doubts.has(id)) return { againInMs: doubtMs }
    const turn = rateLimiter.ask(posted?.place ?? kept.place)
    if (typeof turn === 'number') return { againInMs: turn, everybody: true }
    try {
      const rows = await rowsOf(kept)
      const message = messageOf(kept, rows, null)
      const stands = posted ?? (await post(id, kept, message))
      if (posted) {
        await messenger.update(posted, message)
        // So many were closed: kept with the digest that says so.
        await keepCard(id, kept.card)
      }
      doubts.settle(id)
      backoff.worked(nameOf(id), id)
      tell({ channel: kept.place, posted: stands, outcome: 'shown', storm: stormOf(kept), rows })
      return null
    } catch (error) {
      if (!(error instanceof DeliveryFailure)) throw error
      return await undelivered(error, id, kept)
    } finally {
      turn()
    }
  }

  const post = async (id: string, { place }: KeptStorm, message: Message): Promise<MessageRef> => {
    await keepCard(id, { state: 'posting', posted: null, detail: '' })
    const fresh = await messenger.post(place, message).catch((error: unknown) => {
      if (error instanceof DeliveryFailure) throw error
      log.error({ err: error, channel: id }, 'a digest may not have been posted')
      throw new DeliveryFailure('unknown', 'Error', null, { cause: error })
    })
    await keepOutcome(id, standingDigest(fresh))
    return fresh
  }

  const undelivered = async (error: DeliveryFailure, id: string, { card: { posted } }: KeptStorm): Promise<Retry> => {
    log.warn({ channel: id, kind: error.kind, code: error.code }, 'a digest was not delivered')
    const outcome = outcomeOf(error, posted !== null)
    if (outcome === 'later' && posted) return backoff.failed(nameOf(id), id, error)
    const isOwed = outcome === 'later' || outcome === 'missing'
    if (outcome === 'lost') doubts.raise(id)
    await keepOutcome(id, isOwed ? owedDigest(error.code) : { state: outcome, posted: null, detail: error.code })
    return isOwed ? backoff.failed(nameOf(id), id, error) : null
  }

  /** People can ask for a digest that may not be there. */
  const tellLost = async (id: string): Promise<void> => {
    const kept = books.storms().get(id)
    if (!kept) return
    const rows = await rowsOf(kept)
    tell({ channel: kept.place, posted: null, outcome: 'lost', storm: stormOf(kept), rows })
  }

  return { draw, tellLost, messageOf, keepCard }
}

/** How often a digest looks whether it may be posted in a conversation in doubt, in milliseconds. */
const doubtMs = 1000

const nameOf = (id: string): string => `digest ${id}`
