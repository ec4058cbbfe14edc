import { isWaiting, showQuestions } from '../../dialogs/show/show-questions.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { winnow } from '../../triage/person.js'
import type { ConversationRef, MessageRef } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import type { Event } from '../../triage/event.js'
import type { Store } from '../../store/store.js'
import { type CardClick, type Message, type Messenger, DeliveryFailure } from '../chat.js'
import { findCase } from '../cases/find-case.js'
import type { Desk } from '../cases/desk.js'
import { openBackoff } from '../pacing/backoff.js'
import { type Clock, machineClock } from '../pacing/clock.js'
import { patiently } from '../pacing/patiently.js'
import { openPersonalChat } from '../pacing/personal-chat.js'
import type { Retry } from '../pacing/queue.js'
import { openQueues } from '../pacing/queues.js'
import type { RateLimiter } from '../pacing/rate-limiter.js'
import { outcomeOf } from './delivery-failure.js'
import { type Owed, onItsWayMs } from './owed.js'
import { type QuestionBook, emptyBook, openQuestionBooks } from './question-books.js'
import type { CaseRenderer } from './render-case.js'

/** The cards on which a manager who was asked often finds several questions. */
export type Together = {
  /** Something was written in a case. */
  written(record: { readonly state: Case; readonly written: readonly Event[] }): void
  /** Winnow has started, and this is an open case. */
  resume(state: Case): void
  /**
   * True for the message on which such a card stands. When its manager presses a question that stands on these only, in a message of
   * which nothing is known, that tells where a lost one stands.
   */
  isOn(click: Pick<CardClick, 'by' | 'posted' | 'personal'>, pressed: Pick<CaseContext, 'state' | 'cards'>): boolean
  /** The card of that manager as it is now, with why a press changed nothing; null where there is none. */
  card(managerId: string, notice: string): Promise<Message | null>
  /** How many of these cards are behind, for more than some seconds, and since when the oldest is. */
  owed(): Pick<Owed, 'count' | 'since'>
  /** How many of them wait for their turn. */
  queued(): number
  /** Resolves when nothing is left to draw; with true when there was something. */
  idle(): Promise<boolean>
  stop(): Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'keep' | 'kept'>
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly renderer: Pick<CaseRenderer, 'contextOf' | 'view'> & Partial<Pick<CaseRenderer, 'in'>>
  readonly messenger: Pick<Messenger, 'direct' | 'post' | 'update'>
  readonly rateLimiter: RateLimiter
  readonly place: (state: Case) => ConversationRef | null
  /** The time zone that someone reads in. */
  readonly zoneOf: (personId: string) => string
  readonly phrases: Phrases
  /** In which language someone reads, and its words; left out, everyone reads those. */
  readonly languages?: { readonly of: (personId: string) => string; readonly words: (language: string) => Phrases }
  /** How long questions are collected before their card is posted, in milliseconds. */
  readonly collectMs: number
  /** For so long a further question is added to the card in silence; then a new card is posted, in milliseconds. */
  readonly anewMs?: number
  readonly clock?: Clock
  readonly random?: () => number
  /** ISO 8601. */
  readonly now: () => string
  readonly log: { warn(details: object, text: string): void; error(details: object, text: string): void }
}

/**
 * Post and update these cards: at most one for each manager, which holds what was asked since its first question and still waits, or was
 * answered on it. Questions that can't be delivered are written down as any other.
 *
 * Before a post its intent is kept, and afterwards its place, as with the cards of cases. So after a crash in between no question is
 * posted twice by itself: who asked is told that it may not have arrived.
 */
export const openTogether = async (parts: Parts): Promise<Together> => {
  const { store, desk, renderer, messenger, rateLimiter, place, zoneOf, phrases, now, log } = parts
  const { collectMs, anewMs = 3_600_000, clock = machineClock, random = Math.random } = parts
  const books = await openQuestionBooks(store, now, forgottenMs)
  const queues = openQueues((error, queue) => log.error({ err: error, queue }, 'questions were not drawn'), clock)
  const backoff = openBackoff(random)
  const timers = new Map<string, NodeJS.Timeout>()
  /** Cards that did not arrive, or of which that is not known: told before anything else is drawn for their manager. */
  const failures = new Map<string, Failure>(
    books.all().flatMap(({ managerId, posting }) => (posting ? [[managerId, stopped] as const] : [])),
  )
  const due = new Map<string, Due>()
  let stopping = false

  const put = (managerId: string): void => {
    const queue = `together ${managerId}`
    const failed = (error: unknown) => log.error({ err: error, queue }, 'questions were not drawn')
    const { since = now(), from = clock.now(), times = 0 } = due.get(managerId) ?? {}
    due.set(managerId, { since, from, times: times + 1 })
    queues.at(queue).put(
      'draw',
      patiently(() => bringUpToDate(managerId, queue), queue, queue, backoff, failed),
    )
  }

  /** Once so long has passed since it was asked, with what else comes meanwhile. */
  const collect = (managerId: string, askedAt: string): void => {
    const left = Math.min(collectMs, collectMs - (Date.parse(now()) - Date.parse(askedAt)))
    if (left <= 0) return put(managerId)
    if (timers.has(managerId)) return
    const timer = setTimeout(() => {
      timers.delete(managerId)
      if (!stopping) put(managerId)
    }, left)
    timers.set(managerId, timer.unref())
  }

  const note = ({ id, confirmation }: Case): void => {
    if (!confirmation?.together) return
    const { manager, line, state, askedAt } = confirmation
    const book = books.get(manager.id) ?? emptyBook(manager.id)
    const known = book.rows.find((row) => row.caseId === id && row.line === line)
    if (known && (!known.isNew || failures.has(manager.id))) return put(manager.id)
    if (state !== 'asked') return
    if (known) return collect(manager.id, askedAt)
    const rows = [...book.rows.filter(({ caseId }) => caseId !== id), { caseId: id, line, isNew: true }]
    books.note({ ...book, rows })
    collect(manager.id, askedAt)
  }

  /** The words and the renderer of someone's language. */
  const spokenTo = (personId: string): { readonly words: Phrases; readonly drawing: Parts['renderer'] } => {
    const language = parts.languages?.of(personId)
    if (parts.languages === undefined || language === undefined) return { words: phrases, drawing: renderer }
    return { words: parts.languages.words(language), drawing: renderer.in?.(language) ?? renderer }
  }

  const contextsOf = async ({ managerId, rows }: QuestionBook): Promise<readonly CaseContext[]> => {
    const contexts: CaseContext[] = []
    for (const { caseId, line } of rows) {
      const found = await findCase(caseId, desk)
      const context = found && spokenTo(managerId).drawing.contextOf(found)
      const asked = context?.state.confirmation
      // Asked anew it is another question; the case of another person is none of theirs.
      if (context && asked?.line === line && asked.manager.id === managerId)
        contexts.push({ ...context, zone: zoneOf(managerId) })
    }
    return contexts
  }

  const messageOf = (managerId: string, contexts: readonly CaseContext[], notice = ''): Message => {
    const count = String(contexts.filter(isWaiting).length)
    const { words, drawing } = spokenTo(managerId)
    return drawing.view(showQuestions(contexts, words, notice), say(words, 'summary.questions', { count }), managerId)
  }

  const bringUpToDate = async (managerId: string, queue: string): Promise<Retry> => {
    const times = due.get(managerId)?.times
    const retry = await draw(managerId, queue)
    // What came meanwhile is still owed.
    if (retry === null && due.get(managerId)?.times === times) due.delete(managerId)
    return retry
  }

  const draw = async (managerId: string, queue: string): Promise<Retry> => {
    await books.catchUp()
    const failure = failures.get(managerId)
    if (failure) await tellFailed(managerId, failure)
    const book = books.get(managerId)
    if (!book) return null
    const contexts = await contextsOf(book)
    const isAsked = (caseId: string) => contexts.some((one) => isWaiting(one) && one.state.id === caseId)
    const hasNew = book.rows.some((row) => row.isNew && isAsked(row.caseId))
    const isOld = book.at === null || Date.parse(now()) - Date.parse(book.at) >= anewMs
    const isPost = hasNew && (book.posted === null || isOld)
    if (book.posted === null && !hasNew) {
      if (!book.isLost && books.get(managerId) === book) await books.drop(managerId)
      return null
    }
    const home = contexts.map(({ state }) => place(state)).find((one) => one !== null)
    let ended = (): void => {}
    try {
      const to = book.posted?.place ?? (home && (await openPersonalChat(messenger, rateLimiter, managerId, home)))
      if (!to) return null
      if (typeof to === 'number') return { againInMs: to }
      const turn = rateLimiter.ask(to)
      if (typeof turn === 'number') return { againInMs: turn, everybody: true }
      ended = turn
      if (isPost) await post(book, contexts, to)
      else if (book.posted) await update(book, contexts, book.posted, hasNew)
      const { former } = books.get(managerId) ?? book
      const notMoved = former && (await tellMoved(managerId, former))
      if (notMoved) return backoff.failed(queue, queue, notMoved)
      backoff.worked(queue, queue)
      return null
    } catch (error) {
      if (!(error instanceof DeliveryFailure)) throw error
      return await undelivered(error, managerId, isPost, queue)
    } finally {
      ended()
    }
  }

  const post = async (book: QuestionBook, contexts: readonly CaseContext[], to: ConversationRef): Promise<void> => {
    const { managerId } = book
    // What was answered on the former card stays there.
    const waiting = contexts.filter(isWaiting)
    const ids = new Set(waiting.map(({ state }) => state.id))
    await books.keep({ ...(books.get(managerId) ?? book), posting: [...ids] })
    const posted = await messenger.post(to, messageOf(managerId, waiting)).catch((error: unknown) => {
      if (error instanceof DeliveryFailure) throw error
      log.error({ err: error }, 'questions may not have been posted')
      throw new DeliveryFailure('unknown', 'Error', null, { cause: error })
    })
    const newest = books.get(managerId) ?? book
    const rows = newest.rows.filter((row) => ids.has(row.caseId) || !book.rows.includes(row))
    await books.keep({
      ...withoutNew({ ...newest, rows }, ids),
      posted,
      at: now(),
      posting: null,
      isLost: false,
      former: book.posted ?? newest.former,
    })
  }

  const update = async (
    book: QuestionBook,
    contexts: readonly CaseContext[],
    posted: MessageRef,
    hasNew: boolean,
  ): Promise<void> => {
    const { words } = spokenTo(book.managerId)
    const isNone = contexts.length === 0
    await messenger.update(
      posted,
      isNone ? { text: say(words, 'thanks.passed-on') } : messageOf(book.managerId, contexts),
    )
    const ids = new Set(contexts.map(({ state }) => state.id))
    if (hasNew) await books.keep(withoutNew(books.get(book.managerId) ?? book, ids))
  }

  /** The card before the newest one says where its questions are; gives what has to be tried again. */
  const tellMoved = async (managerId: string, former: MessageRef): Promise<DeliveryFailure | null> => {
    const text = say(spokenTo(managerId).words, 'questions.moved')
    try {
      await messenger.update(former, { text })
    } catch (error) {
      if (!(error instanceof DeliveryFailure)) throw error
      log.warn({ err: error }, 'a former card of questions could not be updated')
      if (outcomeOf(error, true) === 'later') return error
    }
    const book = books.get(managerId)
    if (book?.former?.messageId === former.messageId) await books.keep({ ...book, former: null })
    return null
  }

  const undelivered = async (
    error: DeliveryFailure,
    managerId: string,
    isPost: boolean,
    queue: string,
  ): Promise<Retry> => {
    log.warn({ kind: error.kind, code: error.code }, 'questions were not delivered')
    const book = books.get(managerId)
    const outcome = outcomeOf(error, !isPost)
    if (outcome === 'later') {
      // It is surely not there.
      if (book?.posting) await books.keep({ ...book, posting: null })
      return backoff.failed(queue, queue, error)
    }
    if (book && outcome === 'missing') {
      const rows = book.rows.map((row) => ({ ...row, isNew: true }))
      await books.keep({ ...book, posted: null, at: null, posting: null, rows })
      return backoff.failed(queue, queue, error)
    }
    backoff.gaveUp(queue)
    const failure = { why: outcome === 'refused' ? 'refused' : 'unknown', detail: error.code } as const
    failures.set(managerId, failure)
    await tellFailed(managerId, failure)
    return null
  }

  /** Who asked is told of each question that is not there, or may not be; only then it is forgotten that it is owed. */
  const tellFailed = async (managerId: string, { why, detail }: Failure): Promise<void> => {
    const book = books.get(managerId)
    const contexts = book ? await contextsOf(book) : []
    const ids = new Set(book?.posting ?? [])
    // Of those that stood on a card before, only that these are out of date is not known.
    const isOut = (caseId: string) =>
      why === 'refused' ||
      (ids.has(caseId) && (book?.posted === null || book?.rows.some((row) => row.caseId === caseId && row.isNew)))
    for (const { state } of contexts.filter((one) => isWaiting(one) && isOut(one.state.id))) {
      const stamp = { caseId: state.id, line: null, at: now(), by: winnow } as const
      const asked = state.confirmation?.line ?? 0
      await desk.settle(state.id, [{ ...stamp, type: 'note-unreached', asked, why, detail }])
    }
    const newest = books.get(managerId)
    failures.delete(managerId)
    if (why === 'refused') await books.drop(managerId)
    else if (newest)
      await books.keep({ ...withoutNew(newest, ids), at: newest.at ?? now(), posting: null, isLost: true })
  }

  return {
    written: ({ state, written }) => {
      // Who did not answer no longer finds on it what went to someone else.
      for (const event of written)
        if (event.type === 'confirmation-passed-on' && books.get(event.from.id)?.posted) put(event.from.id)
      if (state.confirmation?.together && written.some(({ type }) => shown.has(type))) note(state)
    },
    resume: note,
    isOn: ({ by, posted, personal }, { state: { confirmation }, cards }) => {
      if (posted === null) return false
      const isThis = (one: MessageRef | null) => one?.messageId === posted.messageId
      if (books.all().some((one) => isThis(one.posted))) return true
      const book = books.get(by.id)
      // What anyone else presses, or elsewhere, must not bring a manager's questions there.
      const isTheirs = personal && confirmation?.together === true && confirmation.manager.id === by.id
      if (!isTheirs || !book?.isLost || isThis(book.former)) return false
      if (Object.values(cards).some((card) => isThis(card.posted))) return false
      books.note({ ...book, posted, isLost: false, former: book.posted })
      put(book.managerId)
      return true
    },
    card: async (managerId, notice) => {
      const book = books.get(managerId)
      if (!book) return null
      const contexts = await contextsOf(book)
      return contexts.length === 0 ? null : messageOf(managerId, contexts, notice)
    },
    owed: () => {
      const late = [...due.values()].filter(({ from }) => clock.now() - from > onItsWayMs)
      return { count: late.length, since: late.map(({ since }) => since).toSorted()[0] ?? null }
    },
    queued: () => queues.length(),
    idle: () => queues.idle(),
    stop: async () => {
      stopping = true
      for (const timer of timers.values()) clearTimeout(timer)
      await queues.stop()
      await books
        .catchUp()
        .catch((error: unknown) => log.error({ err: error }, 'where questions stand could not be written'))
    },
  }
}

/** Why a card is not there; `unknown`: it may be. */
type Failure = { readonly why: 'refused' | 'unknown'; readonly detail: string }

/** A card whose post was under way when Winnow stopped. */
const stopped: Failure = { why: 'unknown', detail: 'stopped while posting' }

/** Since when a card is behind, by the wall (ISO 8601) and by the monotonic clock, and how often that was said. */
type Due = { readonly since: string; readonly from: number; readonly times: number }

/** What changes such a card. */
const shown = new Set<Event['type']>([
  'manager-asked',
  'manager-answered',
  'manager-expired',
  'manager-unreached',
  'confirmation-passed-on',
  'closed',
  'reopened',
])

/** Long after their last card nobody is owed anything on it: questions expire within a month at the most. */
const forgottenMs = 40 * 24 * 3_600_000

/** The questions of these cases are on the card now. */
const withoutNew = (book: QuestionBook, caseIds: ReadonlySet<string>): QuestionBook => ({
  ...book,
  rows: book.rows.map((row) => (caseIds.has(row.caseId) ? { ...row, isNew: false } : row)),
})
