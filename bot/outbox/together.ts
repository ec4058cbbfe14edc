import { z } from 'zod'
import { isWaiting, showQuestions } from '../../dialogs/show/show-questions.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { winnow } from '../../triage/person.js'
import type { ConversationRef, MessageRef } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import type { Event } from '../../triage/event.js'
import type { Store } from '../../store/store.js'
import { type Message, type Messenger, DeliveryFailure } from '../chat.js'
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
import type { CaseRenderer } from './render-case.js'

/** The cards on which a manager who was asked often finds several questions. */
export type Together = {
  /** Something was written in a case. */
  written(record: { readonly state: Case; readonly written: readonly Event[] }): void
  /** Winnow has started, and this is an open case. */
  resume(state: Case): void
  /** True for the message on which such a card stands. */
  isOn(posted: MessageRef | null): boolean
  /** The card of that manager as it is now, with why a press changed nothing; null where there is none. */
  card(managerId: string, notice: string): Promise<Message | null>
  /** Resolves when nothing is left to draw; with true when there was something. */
  idle(): Promise<boolean>
  stop(): Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'keep' | 'kept'>
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly renderer: Pick<CaseRenderer, 'contextOf' | 'view'>
  readonly messenger: Pick<Messenger, 'direct' | 'post' | 'update'>
  readonly rateLimiter: RateLimiter
  readonly place: (state: Case) => ConversationRef | null
  /** The time zone that someone reads in. */
  readonly zoneOf: (personId: string) => string
  readonly phrases: Phrases
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
 */
export const openTogether = async (parts: Parts): Promise<Together> => {
  const { store, desk, renderer, messenger, rateLimiter, place, zoneOf, phrases, now, log } = parts
  const { collectMs, anewMs = 3_600_000, clock = machineClock, random = Math.random } = parts
  const books = new Map(
    (shape.safeParse((await store.kept(name)).value).data ?? []).map((one) => [one.managerId, one] as const),
  )
  const queues = openQueues((error, queue) => log.error({ err: error, queue }, 'questions were not drawn'), clock)
  const backoff = openBackoff(random)
  const timers = new Map<string, NodeJS.Timeout>()
  let stopping = false

  const keep = async (book: Book): Promise<void> => {
    books.set(book.managerId, book)
    for (const { managerId, at, rows } of books.values())
      if (at !== null && Date.parse(now()) - Date.parse(at) > forgottenMs && !rows.some(({ isNew }) => isNew))
        books.delete(managerId)
    await store.keep(name, [...books.values()])
  }

  const put = (managerId: string): void => {
    const queue = `together ${managerId}`
    const failed = (error: unknown) => log.error({ err: error, queue }, 'questions were not drawn')
    queues.at(queue).put(
      'draw',
      patiently(() => draw(managerId, queue), queue, queue, backoff, failed),
    )
  }

  /** Later, with what else comes meanwhile. */
  const collect = (managerId: string): void => {
    if (collectMs === 0) return put(managerId)
    if (timers.has(managerId)) return
    const timer = setTimeout(() => {
      timers.delete(managerId)
      if (!stopping) put(managerId)
    }, collectMs)
    timers.set(managerId, timer.unref())
  }

  const note = ({ id, confirmation }: Case): void => {
    if (!confirmation?.together) return
    const { manager, line, state } = confirmation
    const book = books.get(manager.id) ?? { managerId: manager.id, posted: null, at: null, rows: [] }
    const known = book.rows.find((row) => row.caseId === id && row.line === line)
    if (known && !known.isNew) return put(manager.id)
    if (state !== 'asked') return
    if (known) return collect(manager.id)
    const rows = [...book.rows.filter(({ caseId }) => caseId !== id), { caseId: id, line, isNew: true }]
    books.set(manager.id, { ...book, rows })
    collect(manager.id)
  }

  const contextsOf = async ({ managerId, rows }: Book): Promise<readonly CaseContext[]> => {
    const contexts: CaseContext[] = []
    for (const { caseId, line } of rows) {
      const found = await findCase(caseId, desk)
      const context = found && renderer.contextOf(found)
      const asked = context?.state.confirmation
      // Asked anew it is another question; the case of another person is none of theirs.
      if (context && asked?.line === line && asked.manager.id === managerId)
        contexts.push({ ...context, zone: zoneOf(managerId) })
    }
    return contexts
  }

  const messageOf = (managerId: string, contexts: readonly CaseContext[], notice = ''): Message => {
    const count = String(contexts.filter(isWaiting).length)
    return renderer.view(
      showQuestions(contexts, phrases, notice),
      say(phrases, 'summary.questions', { count }),
      managerId,
    )
  }

  const draw = async (managerId: string, queue: string): Promise<Retry> => {
    const book = books.get(managerId)
    if (!book) return null
    const contexts = await contextsOf(book)
    const isAsked = contexts.some(isWaiting)
    const hasNew = book.rows.some(
      (row) => row.isNew && contexts.some((one) => isWaiting(one) && one.state.id === row.caseId),
    )
    const isOld = book.at === null || Date.parse(now()) - Date.parse(book.at) >= anewMs
    if (book.posted === null && !isAsked) return null
    const home = contexts.map(({ state }) => place(state)).find((one) => one !== null)
    if (!home) return null
    const isPost = book.posted === null || (hasNew && isOld)
    let ended = (): void => {}
    try {
      const to = book.posted?.place ?? (await openPersonalChat(messenger, rateLimiter, managerId, home))
      if (typeof to === 'number') return { againInMs: to }
      const turn = rateLimiter.ask(to)
      if (typeof turn === 'number') return { againInMs: turn, everybody: true }
      ended = turn
      if (isPost) await post(book, contexts, to)
      else if (book.posted) await messenger.update(book.posted, messageOf(managerId, contexts))
      backoff.worked(queue, queue)
      if (!isPost && hasNew) await keep(withoutNew(books.get(managerId) ?? book))
      return null
    } catch (error) {
      if (!(error instanceof DeliveryFailure)) throw error
      return await undelivered(error, book, contexts, isPost, queue)
    } finally {
      ended()
    }
  }

  const post = async (book: Book, contexts: readonly CaseContext[], to: ConversationRef): Promise<void> => {
    // What was answered on the former card stays there.
    const waiting = contexts.filter(isWaiting)
    const posted = await messenger.post(to, messageOf(book.managerId, waiting))
    const ids = new Set(waiting.map(({ state }) => state.id))
    const newest = books.get(book.managerId) ?? book
    const rows = newest.rows.filter((row) => ids.has(row.caseId) || !book.rows.includes(row))
    await keep({ ...newest, posted, at: now(), rows: rows.map((row) => ({ ...row, isNew: !ids.has(row.caseId) })) })
    if (book.posted)
      await messenger.update(book.posted, { text: say(phrases, 'questions.moved') }).catch((error: unknown) => {
        log.warn({ err: error }, 'a former card of questions could not be updated')
      })
  }

  const undelivered = async (
    error: DeliveryFailure,
    book: Book,
    contexts: readonly CaseContext[],
    isPost: boolean,
    queue: string,
  ): Promise<Retry> => {
    log.warn({ kind: error.kind, code: error.code }, 'questions were not delivered')
    const outcome = outcomeOf(error, !isPost)
    if (outcome === 'later') return backoff.failed(queue, queue, error)
    backoff.gaveUp(queue)
    if (outcome === 'missing') {
      await keep({ ...book, posted: null, at: null })
      return { againInMs: 0 }
    }
    books.delete(book.managerId)
    await store.keep(name, [...books.values()])
    const why = outcome === 'refused' ? 'refused' : 'unknown'
    for (const { state } of contexts.filter(isWaiting)) {
      const stamp = { caseId: state.id, line: null, at: now(), by: winnow } as const
      const asked = state.confirmation?.line ?? 0
      await desk.settle(state.id, [{ ...stamp, type: 'note-unreached', asked, why, detail: error.code }])
    }
    return null
  }

  return {
    written: ({ state, written }) => {
      // Who did not answer no longer finds on it what went to someone else.
      for (const event of written)
        if (event.type === 'confirmation-passed-on' && books.get(event.from.id)?.posted) put(event.from.id)
      if (state.confirmation?.together && written.some(({ type }) => shown.has(type))) note(state)
    },
    resume: note,
    isOn: (posted) => posted !== null && [...books.values()].some((one) => one.posted?.messageId === posted.messageId),
    card: async (managerId, notice) => {
      const book = books.get(managerId)
      if (!book) return null
      const contexts = await contextsOf(book)
      return contexts.length === 0 ? null : messageOf(managerId, contexts, notice)
    },
    idle: () => queues.idle(),
    stop: async () => {
      stopping = true
      for (const timer of timers.values()) clearTimeout(timer)
      await queues.stop()
    },
  }
}

/** What changes such a card. */
const shown = new Set<Event['type']>([
  'manager-asked',
  'manager-answered',
  'manager-expired',
  'manager-unreached',
  'closed',
  'reopened',
])

/** Long after their last card nobody is owed anything on it: questions expire within a month at the most. */
const forgottenMs = 40 * 24 * 3_600_000

const withoutNew = (book: Book): Book => ({ ...book, rows: book.rows.map((row) => ({ ...row, isNew: false })) })

const name = 'questions'

const place = z.object({ serviceUrl: z.string(), tenantId: z.string(), conversationId: z.string(), botId: z.string() })

const book = z.object({
  managerId: z.string(),
  posted: z.object({ place, messageId: z.string() }).nullable(),
  at: z.string().nullable(),
  rows: z.array(z.object({ caseId: z.string(), line: z.number(), isNew: z.boolean() })),
})

/** Where a manager's card stands, since when, and which questions are on it; `isNew`: not yet. */
type Book = z.output<typeof book>

const shape = z.array(book)
