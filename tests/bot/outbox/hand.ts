import assert from 'node:assert/strict'
import { type Clock, machineClock } from '../../../bot/pacing/clock.js'
import type { Channel } from '../../../bot/outbox/channels.js'
import { openDoubts } from '../../../bot/pacing/doubts.js'
import { openNotices } from '../../../bot/notices/notices.js'
import { openOutbox } from '../../../bot/outbox/deliver.js'
import type { Install } from '../../../bot/outbox/installing.js'
import type { StormParts } from '../../../bot/outbox/storms.js'
import type { OpenCasesInMemory } from '../../../bot/cases/open-cases.js'
import type { Alert } from '../../../triage/alert.js'
import { type CardChanges, type Desk, openDesk } from '../../../bot/cases/desk.js'
import type { CaseWithCards } from '../../../bot/cases/card-location.js'
import { openCaseRenderer } from '../../../bot/outbox/render-case.js'
import { type Limits, unlimited } from '../../../bot/pacing/rate-window.js'
import { openRateLimiter } from '../../../bot/pacing/rate-limiter.js'
import type { Message, Messenger } from '../../../bot/chat.js'
import { memoryStore } from '../../../store/memory.js'
import type { Store } from '../../../store/store.js'
import type { Case } from '../../../triage/case.js'
import { isFault } from '../../../triage/fault.js'
import type { Person } from '../../../triage/person.js'
import { type OnCall, everything } from '../../../triage/routing.js'
import type { Card, ConversationRef } from '../../../triage/card.js'
import { anAlert, caseId, minute, intent } from '../../support/cast.js'
import { travel } from '../../support/guides.js'
import { cardFrom, objectOf } from '../../../cards/render.js'

export const home: ConversationRef = {
  serviceUrl: 'https://smba.example/',
  tenantId: 't-1',
  conversationId: 'c-home',
  botId: 'b-1',
}
export const elsewhere: ConversationRef = { ...home, conversationId: 'c-elsewhere' }

/** A request to the chat, in the order they came. */
export type Sent = { readonly on: 'post' | 'update' | 'direct'; readonly to: string; readonly message: Message | null }

/** A chat played by hand: it takes everything, unless told to fail or to wait. */
export const handMessenger = () => {
  const sent: Sent[] = []
  const failures: (readonly [Sent['on'], Error])[] = []
  const members = new Set<string>()
  let held: Promise<void> = Promise.resolve()
  let [going, most] = [0, 0]
  const take = async (on: Sent['on'], to: string, message: Message | null): Promise<void> => {
    sent.push({ on, to, message })
    most = Math.max(most, (going += 1))
    try {
      await held
      const at = failures.findIndex(([kind]) => kind === on)
      const [failure] = at < 0 ? [] : failures.splice(at, 1)
      if (failure) throw failure[1]
    } finally {
      going -= 1
    }
  }
  const messenger: Messenger = {
    post: async (place, message) => {
      await take('post', place.conversationId, message)
      return { place, messageId: `m-${sent.length}` }
    },
    update: ({ messageId }, message) => take('update', messageId, message),
    direct: async (personId, via) => {
      await take('direct', personId, null)
      return { ...via, conversationId: `chat-${personId}` }
    },
    roster: async () => [...members].map((id) => ({ ids: [id], chatId: id, name: '', guest: false })),
  }
  return {
    messenger,
    sent,
    members,
    /** Requests of a kind. */
    of: (on: Sent['on']) => sent.filter((one) => one.on === on),
    /** The next request of that kind fails so. */
    fail: (on: Sent['on'], failure: Error) => void failures.push([on, failure]),
    /** Nothing is answered until what is returned is called. */
    hold: (): (() => void) => {
      let release = (): void => {}
      held = new Promise((resolve) => (release = resolve))
      return () => release()
    },
    /** How many requests were under way at once, at the most. */
    most: () => most,
  }
}

type RoomOptions = {
  readonly store?: Store
  readonly place?: ConversationRef | null
  readonly onCall?: OnCall
  /** The bound channels; the one place with that person on call unless told. */
  readonly channels?: readonly Channel[]
  readonly leads?: readonly string[]
  readonly pagePauseMs?: number
  readonly hand?: ReturnType<typeof handMessenger>
  /** Another chat than the one played by hand, its limits, and the clock by which they are kept. */
  readonly messenger?: Messenger
  readonly limits?: Limits
  readonly clock?: Clock
  /** How storms are met, and the list of open cases they go by. */
  readonly storms?: StormParts
  readonly openCases?: Pick<OpenCasesInMemory, 'note'>
  /** What installs Winnow for managers. */
  readonly install?: Install
  /** The time, ISO 8601; a minute later each time it is asked unless told. */
  readonly now?: () => string
}

/** Rooms as they are opened for a test. */
export type Rooms = ReturnType<typeof openRooms>

/** A desk, the chat played by hand, what keeps its cards up to date and who tells of them; nothing else. */
export const openRooms = (options: RoomOptions = {}) => {
  const { store = memoryStore(), hand = handMessenger(), clock = machineClock, onCall = null } = options
  const { messenger = hand.messenger } = options
  const rateLimiter = openRateLimiter(clock.now, options.limits ?? unlimited)
  let place: ConversationRef | null = options.place === undefined ? home : options.place
  let minutes = 0
  const now = options.now ?? (() => minute((minutes += 1)))
  const logged: string[] = []
  const log = { warn: note(logged), error: note(logged) }
  const { desk, kept } = recorded(openDesk(store, () => travel, now))
  const phrases = {
    'summary.channel': 'card: {code}',
    'summary.happened': 'card: {code}',
    lost: 'lost: {codes} ({count})',
    'card.refused': 'refused: {codes} ({count}, {detail})',
    'case.damaged': 'damaged: {codes} ({count})',
    page: 'out: {name} {code}',
    'page.more': 'out: {name} {code} +{count}',
    'manager.unreached': 'unreached: {manager} {detail}',
    'unreached.ConversationBlockedByUser': 'they blocked it',
    'handed-over': 'taken: {former} {owner} {code}',
    'source-changed': 'changed: {owner} {code} {standing}',
    'unreached.call': 'call: {code} {manager} {detail} {asker}',
    'digest.lost': 'digest lost',
    'digest.page': 'storm: {name} {total}',
  }
  const renderer = openCaseRenderer(
    () => travel,
    phrases,
    ({ card, data }) => cardFrom({ card, line: Object(data).line, title: Object(data).title }),
    { submits: () => false, others: () => [] },
  )
  const onHome = place && { place, filter: everything, boundBy: '', onCall }
  const channels: readonly Channel[] = options.channels ?? (onHome ? [onHome] : [])
  const binding = { channels: () => channels, onCallIn: () => onCall }
  const waits = { rateLimiter, clock, random: () => 0.5, collectMs: 1, pagePauseMs: options.pagePauseMs ?? 0 }
  const doubts = openDoubts(clock.now)
  const { leads = [] } = options
  const { storms, openCases, install } = options
  const parts = { desk, renderer, messenger, place: () => place, binding, leads, phrases, doubts, ...waits, now, log }
  const outbox = openOutbox({ ...parts, install, ...(storms && { storms }) })
  const notices = openNotices(parts)
  outbox.onCard((news) => {
    openCases?.note(news)
    notices.card(news)
  })
  outbox.storms?.onDigest((news) => notices.digest(news))
  desk.onWritten((written) => {
    openCases?.note(written)
    outbox.wake(written)
    notices.written(written)
  })
  const located = async (id = caseId): Promise<CaseWithCards> => {
    const { state, cards } = await desk.look(id)
    if (!state) throw new Error(`no case ${id}`)
    return { state, cards }
  }
  return {
    ...parts,
    store,
    hand,
    outbox,
    notices,
    /** Until every card is drawn and everybody is told. */
    idle: async (): Promise<void> => {
      while ((await Promise.all([outbox.idle(), notices.idle()])).includes(true));
    },
    stop: () => Promise.all([outbox.stop(), notices.stop()]),
    logged,
    located,
    state: async (id = caseId): Promise<Case> => (await located(id)).state,
    card: async (name = 'channel', id = caseId): Promise<Card | undefined> => (await located(id)).cards[name],
    moveTo: (other: ConversationRef | null) => void (place = other),
    open: (id = caseId, but: Partial<Alert> = {}) =>
      desk.open(id, anAlert({ sourceAlertId: id, ...but }), 'impossible-travel', []),
    /** Somebody does something on the newest card. */
    does: (by: Person, command: Parameters<typeof intent>[1], id = caseId) =>
      desk.settle(id, [{ ...intent(by, command), caseId: id, line: null, at: now() }]),
    /** What was kept of the cards, in order: `state name`, and `none name` where one was taken away. */
    kept: (id = caseId) => kept.flatMap(([of, text]) => (of === id ? [text] : [])),
  }
}

/** The desk, and what was kept of cards through it: the case and `state name`. */
const recorded = (desk: Desk): { readonly desk: Desk; readonly kept: readonly (readonly [string, string])[] } => {
  const kept: (readonly [string, string])[] = []
  const keepCards: Desk['keepCards'] = async (id, change, options) => {
    const changes: CardChanges[] = []
    const told: Parameters<Desk['keepCards']>[1] = (record) => {
      const last = change(record)
      changes.push(last ?? {})
      return last
    }
    const isKept = await desk.keepCards(id, told, options)
    for (const [name, card] of Object.entries((isKept && changes.at(-1)) || {}))
      kept.push([id, `${card?.state ?? 'none'} ${name}`])
    return isKept
  }
  return { desk: { ...desk, keepCards }, kept }
}

/** Ask the manager with that id, as Ada, who has the case. */
export const asking = (manager: Person) =>
  ({ type: 'ask-manager', manager, about: 'Kim Karlsen', until: minute(9000) }) as const

const objectIn = (message: unknown) => {
  const { card } = Object(message)
  return card === undefined ? {} : objectOf(card)
}

/** The line a drawn card stands for, its template's name, and the text of a plain message ("" for a card). */
export const lineOn = (message: unknown): unknown => objectIn(message)['line']
export const cardOf = (message: unknown): unknown => objectIn(message)['card']
export const textOf = (message: unknown): string => String(Object(message).text ?? '')

/** Let everything that is ready go on until it is so; fails when it never is. */
export const until = async (isSo: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 1000 && !isSo(); tries += 1) await new Promise((resolve) => setImmediate(resolve))
  assert.ok(isSo(), 'it did not become so')
}

const note = (lines: string[]) => (details: object, text: string) => {
  const { err }: { err?: unknown } = details
  lines.push(isFault(err) ? `${text}: ${err.code}` : text)
}
