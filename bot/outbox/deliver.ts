import { type ConversationRef, type MessageRef, audienceOf, channelCard } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import { cardOf, staleCards } from '../../triage/stale-cards.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import { type Message, type Messenger, DeliveryFailure } from '../chat.js'
import { type CaseWithCards, cardPlace } from '../cases/card-location.js'
import type { CommandResult, Desk, WrittenResult } from '../cases/desk.js'
import { openBackoff } from '../pacing/backoff.js'
import { type Clock, machineClock } from '../pacing/clock.js'
import type { Doubts } from '../pacing/doubts.js'
import { patiently } from '../pacing/patiently.js'
import { openPersonalChat } from '../pacing/personal-chat.js'
import type { Retry } from '../pacing/queue.js'
import { openQueues } from '../pacing/queues.js'
import { type RateLimiter, conversationOf } from '../pacing/rate-limiter.js'
import { type Shown, openBookkeeping } from './bookkeeping.js'
import type { CardNews } from './card-news.js'
import { type DeliveryOutcome, letGo, newsOf, outcomeOf } from './delivery-failure.js'
import { type Install, afterInstallMs, openInstalling } from './installing.js'
import { type Owed, openOwedCards, owedSince } from './owed.js'
import { type OwnRedraw, openOwnRedraws } from './own-redraws.js'
import { digestRank, openPriority } from './priority.js'
import type { CaseRenderer } from './render-case.js'
import { openResume, type ResumeReason } from './resume.js'
import { readerOf } from './reader.js'
import { type StormParts, type Storms, openStorms } from './storms.js'

/** Keeps every card up to date; the diary is its outbox. */
export type Outbox = {
  /** Redraw whatever of this case is behind. */
  wake(written: WrittenResult): void
  /** Take a case up again, and redraw what is behind. */
  resume(record: CaseWithCards, why: ResumeReason): Promise<void>
  /** A card that was thought lost, or whose end nobody knew, stands there after all. */
  found(caseId: string, posted: MessageRef): Promise<void>
  /**
   * Owe the channel a card again where it was lost, or nobody knows; true when it was. A refused one is tried again as well, but
   * that is no reason to wait for it: false.
   */
  repost(caseId: string): Promise<boolean>
  /** Owe the channel the card of a case at once although it is held back in a storm; true when it was held back. */
  want(caseId: string): Promise<boolean>
  /**
   * The owner of a case has pressed that message: resolves when the answer can be given without a later redraw that wipes out what is
   * typed in it, and within so many milliseconds. At once where nothing is to be drawn there.
   */
  redrawn(caseId: string, pressed: MessageRef | null, mostMs: number): Promise<OwnRedraw>
  /**
   * Draw the channel's card of a case anew in its turn, if it stands in that channel: its language has changed. One that its owner fills
   * in follows with their next press.
   */
  respeak(record: CaseWithCards, conversationId: string): void
  /** The storms, where they are looked for; else null. */
  readonly storms: Storms | null
  /** Be told what has become of cards. */
  onCard(hear: (news: CardNews) => void): void
  /** What is not shown although a case wants it. Cheap: nothing is read for it. */
  owed(): Owed
  /** What has been lost or refused for another hour is told again, and what was refused is posted again. Call it each minute or so. */
  remind(): Promise<void>
  /** Resolves when nothing is left to draw, not even what waits for its owner; with true when there was something. */
  idle(): Promise<boolean>
  /** How many cards wait for their turn. */
  queued(): number
  stop(): Promise<void>
}

type Parts = {
  readonly desk: Desk
  readonly renderer: CaseRenderer
  readonly messenger: Messenger
  /** Where the card of such a case goes when it is posted; null as long as nobody has said so. */
  readonly place: (state: Case) => ConversationRef | null
  readonly rateLimiter: RateLimiter
  readonly doubts: Doubts
  /** How storms are met; left out, no card is ever held back. */
  readonly storms?: StormParts
  /** Installs Winnow for a manager who does not have it; left out, nobody gets it that way. */
  readonly install?: Install | undefined
  /** The machine's unless told; `random`, 0 to 1, scatters what is tried again. */
  readonly clock?: Clock
  readonly random?: () => number
  readonly now: () => string
  /** Hears how many milliseconds after it first should have a card shows what it should. */
  readonly delivered?: (audience: string, ms: number) => void
  readonly log: { warn(details: object, text: string): void; error(details: object, text: string): void }
}

/** The channel's card while it is surely not there and is owed. */
const missing = { audience: 'channel', state: 'missing', posted: null, shownLine: -1 } as const

/** How often a card looks whether it may be posted in a conversation in doubt, in milliseconds. */
const doubtMs = 1000

/**
 * Draw cards: only the newest state, one at a time in a conversation, and no faster than the chat allows.
 *
 * Before a first post its intent is kept, and afterwards its place. So after a crash in between it is known that a card may be
 * there, and it is not posted twice: people are told the case's code instead. What fails here, such as a write, is tried again.
 */
export const openOutbox = (parts: Parts): Outbox => {
  const { desk, renderer, messenger, place, now, log, rateLimiter, doubts, delivered } = parts
  const { clock = machineClock, random = Math.random } = parts
  const queues = openQueues((error, queue) => log.error({ err: error, queue }, 'a card was not drawn'), clock)
  const backoff = openBackoff(random)
  const priority = openPriority()
  const books = openBookkeeping(desk, now)
  const owedCards = openOwedCards(clock.now, (record) => storms?.holds(record) === true)
  const installing = openInstalling({ install: parts.install, desk, now })
  const hearers: ((news: CardNews) => void)[] = []

  const ownRedraws = openOwnRedraws(clock, (key) => {
    const [caseId = ''] = key.split(' ')
    return noteOf(caseId).catch((error: unknown) =>
      log.error({ err: error, case: caseId }, 'a card that waited was not drawn'),
    )
  })

  /** One queue for each channel, and one for each person's chat. */
  const queueName = (record: CaseWithCards, card: string): string =>
    audienceOf(card) === 'channel'
      ? conversationOf(cardPlace(record, place)?.conversationId ?? 'channel')
      : `chat ${readerOf(record.state, card)}`

  /** Work on a card in its turn; when it fails, again later. */
  const put = (
    record: CaseWithCards,
    card: string,
    work: () => Promise<Retry>,
    name = `${record.state.id} ${card}`,
  ) => {
    const queue = queueName(record, card)
    const rank = () => priority.of(record, card)
    const failed = (error: unknown, againInMs: number | null) =>
      log.error({ err: error, case: record.state.id, card, againInMs }, 'a card was not drawn')
    queues.at(queue).put(name, patiently(work, name, queue, backoff, failed), rank)
  }

  const enqueue = (record: CaseWithCards): void => {
    for (const card of staleCards(record.state, record.cards))
      if (card !== channelCard || !storms?.holds(record)) put(record, card, drawing(record.state.id, card))
  }

  const drawing = (caseId: string, card: string) =>
    ownRedraws.around(
      `${caseId} ${card}`,
      card,
      () => desk.look(caseId),
      () => draw(caseId, card),
    )

  /** Something has changed: count anew what the case is owed, and draw what is behind. */
  const note = (record: CommandResult): void => {
    const { state, diary, cards } = record
    if (!state) return
    owedCards.note({ state, diary, cards })
    enqueue({ state, cards })
  }
  const noteOf = async (caseId: string): Promise<void> => note(await desk.look(caseId))

  const tell = (record: CaseWithCards, card: string, outcome: CardNews['outcome'], again = false): void => {
    storms?.posted(record)
    for (const hear of hearers) hear({ ...record, card, outcome, again })
  }

  const draw = async (caseId: string, name: string): Promise<Retry> => {
    if (await books.catchUp(caseId, name)) await noteOf(caseId)
    const record = await desk.look(caseId)
    const context = renderer.contextOf(record)
    const home = context && place(context.state)
    if (!context || !home) return null
    const located = { state: context.state, cards: record.cards }
    if (name === channelCard && storms?.holds(located)) {
      // It was queued before the storm.
      owedCards.note({ ...located, diary: record.diary })
      return null
    }
    const isDue = staleCards(context.state, record.cards).includes(name) || books.isNotBegun(caseId, name)
    const message = isDue ? renderer.on(context, name) : null
    if (!message) return null
    const posted = cardOf(record.cards, name)?.posted ?? null
    const queue = queueName(located, name)
    let ended = (): void => {}
    try {
      const to =
        posted?.place ??
        (audienceOf(name) === 'channel'
          ? home
          : await openPersonalChat(messenger, rateLimiter, readerOf(context.state, name), home))
      if (typeof to === 'number') return { againInMs: to }
      if (!posted && doubts.has(conversationOf(to.conversationId))) return { againInMs: doubtMs }
      const turn = rateLimiter.ask(to)
      if (typeof turn === 'number') return { againInMs: turn, everybody: true }
      ended = turn
      if (posted) await update(context, name, posted, message)
      else if (!(await post(context, name, to, message))) return null
      doubts.settle(conversationOf(to.conversationId))
      backoff.worked(`${caseId} ${name}`, queue)
      delivered?.(
        audienceOf(name),
        Date.parse(now()) - Date.parse(owedSince({ ...record, state: context.state }, name)),
      )
      return null
    } catch (error) {
      if (!(error instanceof DeliveryFailure)) throw error
      return await undelivered(error, posted, located, name, queue)
    } finally {
      ended()
    }
  }

  const update = async ({ state }: CaseContext, name: string, posted: MessageRef, message: Message): Promise<void> => {
    await messenger.update(posted, message)
    await books.keepShown(state.id, name, posted, shownBy(message, state))
    owedCards.note(await recordOf(state.id))
  }

  /** False when there is nothing to post any more. */
  const post = async (
    { state, cards }: CaseContext,
    name: string,
    to: ConversationRef,
    message: Message,
  ): Promise<boolean> => {
    if (!(await books.startPost(state.id, name))) return false
    const fresh = await messenger.post(to, message).catch((error: unknown) => {
      if (error instanceof DeliveryFailure) throw error
      log.error({ err: error, case: state.id, card: name }, 'a card may not have been posted')
      throw new DeliveryFailure('unknown', 'Error', null, { cause: error })
    })
    try {
      await books.keepShown(state.id, name, fresh, shownBy(message, state))
    } finally {
      const held = desk.held(state.id)
      tell(held?.state ? { state: held.state, cards: held.cards } : { state, cards }, name, 'posted')
    }
    // What was written while it was under way woke nobody: a card that is being posted is not behind.
    await noteOf(state.id)
    return true
  }

  const recordOf = async (caseId: string) => {
    const { state, diary, cards } = await desk.look(caseId)
    if (!state) throw new RangeError(`case ${caseId} is gone`)
    return { state, diary, cards }
  }

  const undelivered = async (
    error: DeliveryFailure,
    posted: MessageRef | null,
    record: CaseWithCards,
    name: string,
    queue: string,
  ): Promise<Retry> => {
    const caseId = record.state.id
    log.warn({ case: caseId, card: name, kind: error.kind, code: error.code }, 'not delivered')
    const installed = posted === null ? await installing(error, record, name) : null
    if (installed === 'again') {
      await keepFailed(caseId, name, null, 'later', error.code)
      return { againInMs: afterInstallMs }
    }
    const outcome = outcomeOf(error, posted !== null)
    if (outcome === 'lost' && name === channelCard)
      doubts.raise(conversationOf(cardPlace(record, place)?.conversationId ?? ''))
    if (outcome !== 'later' || posted === null)
      await keepFailed(caseId, name, posted, outcome, installed?.detail ?? error.code)
    const isOwed = outcome === 'later' || outcome === 'missing'
    if (isOwed) return backoff.failed(`${caseId} ${name}`, queue, error)
    backoff.gaveUp(`${caseId} ${name}`)
    return null
  }

  const keepFailed = (
    caseId: string,
    name: string,
    update: MessageRef | null,
    outcome: DeliveryOutcome,
    detail: string,
  ): Promise<void> => {
    const andThen = async (): Promise<void> => {
      const record = await desk.look(caseId)
      const context = renderer.contextOf(record)
      if (!context) return
      owedCards.note({ state: context.state, diary: record.diary, cards: record.cards })
      const news = newsOf(name, outcome, detail, context, now())
      if (news.length > 0) await desk.settle(caseId, news)
      const isSo = cardOf(record.cards, name)?.state === outcome
      if (isSo && (outcome === 'lost' || outcome === 'refused'))
        tell({ state: context.state, cards: record.cards }, name, outcome)
    }
    return books.keepFailed({ caseId, name, update, outcome, detail, andThen })
  }

  /** Owe a card again; true when it was in one of those states. */
  const owe = async (caseId: string, states: readonly string[], detail: string): Promise<boolean> => {
    if (books.isBusy(caseId, channelCard)) return false
    const isOwed = await desk.keepCards(caseId, ({ cards }) => {
      const known = cardOf(cards, channelCard)
      if (!known || !states.includes(known.state)) return null
      return { [channelCard]: { ...known, state: 'missing', posted: null, shownLine: -1, detail } }
    })
    if (isOwed) await noteOf(caseId)
    return isOwed
  }

  const release = async (caseId: string, durable: boolean): Promise<boolean> => {
    const held = await desk.keepCards(
      caseId,
      ({ state, cards }) =>
        storms?.holds({ state, cards }) === true
          ? { [channelCard]: { ...missing, detail: letGo, since: now() } }
          : null,
      { durable },
    )
    if (held) await noteOf(caseId)
    return held
  }

  const storms: Storms | null = parts.storms
    ? openStorms({
        ...parts,
        ...parts.storms,
        clock,
        backoff,
        put: (id, work) => {
          const failed = (error: unknown, againInMs: number | null) =>
            log.error({ err: error, channel: id, againInMs }, 'a digest was not drawn')
          queues.at(id).put('digest', patiently(work, `digest ${id}`, id, backoff, failed), () => digestRank)
        },
        release: (caseId) => release(caseId, false),
        recount: noteOf,
      })
    : null

  /** In its turn: what is just being drawn may still be in the former language. */
  const forgetShown = async (caseId: string): Promise<Retry> => {
    const isDue = await desk.keepCards(
      caseId,
      ({ cards }) => {
        const known = cardOf(cards, channelCard)
        if (known?.state !== 'shown' || known.holds) return null
        const { shownLine: _, ...rest } = known
        return { [channelCard]: { shownLine: -1, ...rest } }
      },
      { durable: false },
    )
    if (isDue) await noteOf(caseId)
    return null
  }

  return {
    storms,
    respeak: (record, conversationId) => {
      const stands = cardOf(record.cards, channelCard)?.posted?.place.conversationId
      if (stands === undefined || conversationOf(stands) !== conversationOf(conversationId)) return
      const { id } = record.state
      put(record, channelCard, () => forgetShown(id), `${id} ${channelCard} respoken`)
    },
    want: async (caseId) => storms !== null && storms.count() > 0 && release(caseId, true),
    wake: (written) => {
      storms?.written(written)
      priority.note(written)
      note(written)
    },
    resume: openResume({ desk, now, put, note, keepFailed, tell, isBusy: (...card) => books.isBusy(...card) }),
    found: async (caseId, posted) => {
      const isFound = await desk.keepCards(caseId, ({ cards }) => {
        const known = cardOf(cards, channelCard)
        if (!known || known.state === 'shown' || known.state === 'refused') return null
        return { [channelCard]: { ...known, state: 'shown', posted, shownLine: -1, detail: '', since: now() } }
      })
      if (!isFound) return
      doubts.settle(conversationOf(posted.place.conversationId))
      await noteOf(caseId)
    },
    repost: async (caseId) => {
      const { state } = await desk.look(caseId)
      const home = state && place(state)
      // Who asks is there, and waits.
      if (home) doubts.settle(conversationOf(home.conversationId))
      if (await owe(caseId, ['refused'], 'asked for')) return false
      return owe(caseId, ['lost', 'posting'], 'asked for')
    },
    redrawn: async (caseId, pressed, mostMs) => {
      const { state, cards } = await desk.look(caseId)
      const [name] = Object.entries(cards).find(([, { posted }]) => posted?.messageId === pressed?.messageId) ?? []
      if (!state || !pressed || name === undefined) return 'drawn'
      const shutForMs = queues.at(queueName({ state, cards }, name)).shutForMs()
      return ownRedraws.pressed(`${caseId} ${name}`, name, () => desk.look(caseId), shutForMs, mostMs)
    },
    onCard: (hear) => void hearers.push(hear),
    owed: () => owedCards.owed(),
    remind: async () => {
      for (const caseId of owedCards.dueAgain()) {
        try {
          const { state, cards } = await recordOf(caseId)
          const card = cardOf(cards, channelCard)?.state
          if (card === 'lost') tell({ state, cards }, channelCard, 'lost', true)
          if (card === 'refused') await owe(caseId, ['refused'], 'tried again')
        } catch (error) {
          log.error({ err: error, case: caseId }, 'a card that is owed could not be told again')
        }
      }
    },
    idle: async () => {
      const released = await ownRedraws.release()
      return (await queues.idle()) || released
    },
    queued: () => queues.length(),
    stop: async () => {
      ownRedraws.stop()
      await queues.stop()
      await books.finish((error, caseId) =>
        log.error({ err: error, case: caseId }, 'where a card stands could not be written'),
      )
    },
  }
}

const shownBy = (message: Message, { line }: Case): Shown => ({
  line: line - 1,
  ...('card' in message && message.holds && { holds: true }),
})
