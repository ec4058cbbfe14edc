import type { Listed } from '../../dialogs/show/listed.js'
import { type ConversationRef, type MessageRef, channelCard } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import { cardOf } from '../../triage/stale-cards.js'
import { type StormPhase, type StormRule, mayWait, releaseEveryMs, stormPhase } from '../../triage/storm.js'
import type { Phrases } from '../../triage/phrases.js'
import type { Message, Messenger } from '../chat.js'
import type { CaseWithCards } from '../cases/card-location.js'
import type { WrittenResult } from '../cases/desk.js'
import type { Backoff } from '../pacing/backoff.js'
import type { Clock } from '../pacing/clock.js'
import type { Doubts } from '../pacing/doubts.js'
import type { Retry } from '../pacing/queue.js'
import { type RateLimiter, conversationOf } from '../pacing/rate-limiter.js'
import { type DigestNews, openDigests } from './digest.js'
import type { CaseRenderer } from './render-case.js'
import { type KeptStorm, type StormBooks, owedDigest, standingDigest } from './storm-books.js'

/** Where more alerts come than a channel can show: which cards are held back, and the digest that stands for them. */
export type Storms = {
  /** True when the channel's card of that case is held back. From memory. */
  holds(record: CaseWithCards): boolean
  /** Something was written in a case. */
  written(written: WrittenResult): void
  /** A card of a case was posted. */
  posted(record: CaseWithCards): void
  /** The chat has forgotten every message: digests are posted again. */
  forgotten(): Promise<void>
  /** Look how far each storm is, post what is due, and bring digests up to date. Call it each second or so. */
  look(): Promise<void>
  /** How many cards are held back, as of the last look. */
  heldBack(): number
  /** How many channels have a storm. */
  count(): number
  /** The digest of that channel, or of any when null, as one person's client can work it; null when there is no storm. */
  digest(conversationId: string | null, personId: string): Promise<Message | null>
  /** Owe a digest again that was lost or refused; true when it was. */
  repost(conversationId: string): Promise<boolean>
  /** A digest that was thought lost is pressed, so it is there. */
  found(posted: MessageRef): Promise<void>
  /** Be told what has become of digests. */
  onDigest(hear: (news: DigestNews) => void): void
}

/** What storms need beside the outbox they are part of. */
export type StormParts = {
  readonly rule: StormRule
  readonly books: StormBooks
  /** The open cases: most severe first, then oldest. */
  readonly rows: () => Promise<readonly Listed[]>
  /** Where the card of such a case goes. */
  readonly placeOf: (row: Listed) => ConversationRef | null
  /** How many posts the limits allow in a minute. */
  readonly postsPerMinute: number
  readonly phrases: Phrases
  /** The words of that channel; the same everywhere unless told. */
  readonly wordsIn?: (place: ConversationRef) => Phrases
}

type Parts = StormParts & {
  readonly place: (state: Case) => ConversationRef | null
  readonly messenger: Messenger
  readonly rateLimiter: RateLimiter
  readonly doubts: Doubts
  readonly backoff: Backoff
  readonly renderer: Pick<CaseRenderer, 'in'>
  readonly clock: Clock
  readonly now: () => string
  /** Put the drawing of a digest into the queue of its channel. */
  readonly put: (conversationId: string, work: () => Promise<Retry>) => void
  /** Owe the channel's card of a case whose card was held back; false when it cannot be now. */
  readonly release: (caseId: string) => Promise<boolean>
  /** Whether a card is held back has changed: count anew what the case is owed, and draw what is behind. */
  readonly recount: (caseId: string) => Promise<void>
  readonly log: { warn(details: object, text: string): void; error(details: object, text: string): void }
}

/** How long a digest stands before it is updated, in milliseconds: an update takes a place among the cards, and wakes every client. */
export const digestEveryMs = 15_000
/** How long a card that was let go is waited for before the next one follows all the same, in milliseconds. */
const patienceMs = 60_000
/** How long after it was refused a digest is tried again, in milliseconds. */
const refusedForMs = 3_600_000

/** What is known of a channel in this process; times by the monotonic clock. */
type Sky = {
  came: readonly { readonly at: number; readonly openedAt: string }[]
  phaseSince: number
  /** Something of it is news to its digest. */
  isNews: boolean
  drawnAt: number
  releasedAt: number
  refusedAt: number
  isLostTold: boolean
  /** That it is over stands on the digest. */
  isOverShown: boolean
  /** The card that was let go last. */
  released: string
}

/** Storms as they were kept; what came before is forgotten. */
export const openStorms = (parts: Parts): Storms => {
  const { rule, books, rows, placeOf, place, postsPerMinute, clock, now, put, release, recount, log } = parts
  const skies = new Map<string, Sky>()
  const hearers: ((news: DigestNews) => void)[] = []
  const everyMs = releaseEveryMs(rule)
  let held = 0
  let channels: ReadonlyMap<string, readonly Listed[]> = new Map()
  const lastPlaces = new Map<string, ConversationRef>()
  let isStale = true
  let looking: Promise<void> | null = null

  const skyOf = (id: string): Sky => {
    const known = skies.get(id)
    if (known) return known
    const at = clock.now()
    const sky: Sky = {
      came: [],
      phaseSince: at,
      isNews: true,
      drawnAt: -Infinity,
      releasedAt: at,
      refusedAt: at,
      isLostTold: false,
      isOverShown: false,
      released: '',
    }
    skies.set(id, sky)
    return sky
  }

  const isHeld = (kept: KeptStorm | undefined, severity: Listed['severity'], openedAt: string): boolean =>
    kept !== undefined &&
    kept.phase !== 'over' &&
    mayWait(severity) &&
    (kept.phase === 'storm' || openedAt <= (kept.calmSince ?? ''))

  const idOf = (where: ConversationRef | null): string | null => where && conversationOf(where.conversationId)

  /** The open cases by channel. */
  const byChannel = async (): Promise<ReadonlyMap<string, readonly Listed[]>> => {
    const channels = new Map<string, Listed[]>()
    for (const row of await rows()) {
      const id = idOf(placeOf(row))
      if (id === null) continue
      const list = channels.get(id)
      if (list) list.push(row)
      else channels.set(id, [row])
    }
    return channels
  }

  const ofStorm = ({ since }: KeptStorm, all: readonly Listed[]): readonly Listed[] =>
    all.filter(({ openedAt, hasCard }) => openedAt >= since || !hasCard)

  const digests = openDigests({
    ...parts,
    everyMs,
    rowsOf: async (kept) => ofStorm(kept, (await byChannel()).get(kept.place.conversationId) ?? []),
    tell: (news) => {
      const sky = skyOf(news.channel.conversationId)
      if (news.storm.phase === 'over' && news.outcome === 'shown') sky.isOverShown = true
      if (news.outcome === 'lost') sky.isLostTold = true
      for (const hear of hearers) hear(news)
    },
  })

  const lookAt = async (id: string, all: readonly Listed[]): Promise<number> => {
    const sky = skyOf(id)
    const kept = books.storms().get(id)
    const waiting = all.filter(({ hasCard }) => !hasCard)
    const heldRows = waiting.filter(({ severity, openedAt }) => isHeld(kept, severity, openedAt))
    const signs = {
      phase: kept?.phase ?? null,
      phaseSince: sky.phaseSince,
      came: sky.came.map(({ at }) => at),
      owed: waiting.length - heldRows.length,
      postsPerMinute,
      heldBack: heldRows.length,
    }
    const phase = stormPhase(rule, signs, clock.now())
    if (phase !== null && phase !== kept?.phase) await turn(id, phase, waiting, kept)
    const storm = books.storms().get(id)
    if (!storm) return 0
    if (storm.phase === 'calming') await releaseNext(sky, heldRows)
    await bringUpToDate(id, storm, sky)
    return storm.phase === 'over' ? 0 : heldRows.length
  }

  /** It begins, calms down or is over: first that is kept, then it holds. */
  const turn = async (id: string, phase: StormPhase, waiting: readonly Listed[], kept?: KeptStorm): Promise<void> => {
    const sky = skyOf(id)
    const where = kept?.place ?? (waiting[0] ? placeOf(waiting[0]) : lastPlaces.get(id))
    if (!where) return
    const begun = sky.came.map(({ openedAt }) => openedAt).concat(waiting.map(({ openedAt }) => openedAt))
    const first = begun.reduce((one, other) => (other < one ? other : one), now())
    const before = kept ?? { since: first, closed: 0, card: owedDigest() }
    const at = now()
    const calmSince = phase === 'storm' ? null : (kept?.calmSince ?? at)
    const until = phase === 'over' ? at : null
    const next = { place: { ...where, conversationId: id }, phase, calmSince, until }
    await books.keep(id, (current) => ({ ...(current ?? before), ...next }))
    sky.phaseSince = clock.now()
    sky.isNews = true
    sky.isOverShown = false
    sky.drawnAt = -Infinity
    // What was owed is held back now, or the other way round.
    const after = books.storms().get(id)
    for (const { caseId, severity, openedAt } of waiting)
      if (isHeld(kept, severity, openedAt) !== isHeld(after, severity, openedAt)) await recount(caseId)
  }

  const releaseNext = async (sky: Sky, heldRows: readonly Listed[]): Promise<void> => {
    const waited = clock.now() - sky.releasedAt
    // While the chat takes nothing, they do not pile up.
    const isGoing = heldRows.some(({ caseId }) => caseId === sky.released)
    if (waited < everyMs || (isGoing && waited < patienceMs)) return
    for (const { caseId } of heldRows) {
      if (!(await release(caseId))) continue
      sky.releasedAt = clock.now()
      sky.released = caseId
      return
    }
  }

  const bringUpToDate = async (id: string, { phase, card }: KeptStorm, sky: Sky): Promise<void> => {
    if (card.state === 'refused' && clock.now() - sky.refusedAt >= refusedForMs) {
      sky.refusedAt = clock.now()
      sky.isNews = true
      await digests.keepCard(id, owedDigest('tried again'))
    }
    if (card.state === 'lost' && !sky.isLostTold) {
      sky.isLostTold = true
      await digests.tellLost(id)
    }
    const isGone = card.state === 'lost' || card.state === 'refused'
    if (phase === 'over' && (isGone || sky.isOverShown)) {
      await books.keep(id, () => null)
      skies.delete(id)
      return
    }
    if (isGone || !sky.isNews || clock.now() - sky.drawnAt < digestEveryMs) return
    sky.isNews = false
    sky.drawnAt = clock.now()
    put(id, async () => {
      const retry = await digests.draw(id)
      if (retry !== null) sky.drawnAt = clock.now()
      if (books.storms().get(id)?.card.state === 'refused') sky.refusedAt = clock.now()
      return retry
    })
  }

  const lookOnce = async (): Promise<void> => {
    if (rule.cases <= 0 && books.storms().size === 0) return
    if (!isStale && books.storms().size === 0) return
    if (isStale) {
      isStale = false
      channels = await byChannel()
    }
    let count = 0
    for (const id of new Set([...books.storms().keys(), ...channels.keys()])) {
      try {
        count += await lookAt(id, channels.get(id) ?? [])
      } catch (error) {
        isStale = true
        log.error({ err: error, channel: id }, 'a storm could not be looked at')
      }
    }
    held = count
  }

  const look = (): Promise<void> =>
    (looking ??= lookOnce().finally(() => {
      looking = null
    }))

  return {
    holds: (record) => {
      const { state, cards } = record
      if (state.closed !== null || cardOf(cards, channelCard) !== undefined) return false
      const id = idOf(place(state))
      return id !== null && isHeld(books.storms().get(id), state.alert.severity, state.openedAt)
    },
    written: ({ state, written }) => {
      isStale = true
      const where = place(state)
      const id = idOf(where)
      if (where === null || id === null) return
      const kept = books.storms().get(id)
      if (kept) skyOf(id).isNews = true
      for (const { type } of written) {
        if (type === 'opened' && rule.cases > 0) {
          lastPlaces.set(id, where)
          const one = skyOf(id)
          one.came = [...one.came, { at: clock.now(), openedAt: state.openedAt }].slice(-rule.cases - 1)
          const oldest = one.came.length > rule.cases ? one.came[0] : undefined
          if (!kept && oldest && clock.now() - oldest.at < rule.withinMs) void look()
        }
        if (!kept || state.openedAt < kept.since) continue
        if (type === 'closed') books.noteClosed(id, 1)
        if (type === 'reopened') books.noteClosed(id, -1)
      }
    },
    posted: ({ state }) => {
      isStale = true
      const id = idOf(place(state))
      if (id !== null && books.storms().has(id)) skyOf(id).isNews = true
    },
    forgotten: async () => {
      for (const id of books.storms().keys()) {
        await digests.keepCard(id, owedDigest('fresh'))
        const sky = skyOf(id)
        sky.isNews = true
        sky.drawnAt = -Infinity
      }
    },
    look,
    heldBack: () => held,
    count: () => books.storms().size,
    digest: async (conversationId, personId) => {
      const storms = books.storms()
      const kept = (conversationId !== null && storms.get(conversationId)) || [...storms.values()][0]
      if (!kept) return null
      return digests.messageOf(kept, ofStorm(kept, (await byChannel()).get(kept.place.conversationId) ?? []), personId)
    },
    repost: async (conversationId) => {
      const kept = books.storms().get(conversationId)
      if (!kept || (kept.card.state !== 'lost' && kept.card.state !== 'refused')) return false
      // Who asks is there, and waits.
      parts.doubts.settle(conversationId)
      await digests.keepCard(conversationId, owedDigest('asked for'))
      Object.assign(skyOf(conversationId), { isNews: true, drawnAt: -Infinity })
      await look()
      return true
    },
    found: async (posted) => {
      const id = conversationOf(posted.place.conversationId)
      if (books.storms().get(id)?.card.state === 'lost') await digests.keepCard(id, standingDigest(posted))
    },
    onDigest: (hear) => void hearers.push(hear),
  }
}
