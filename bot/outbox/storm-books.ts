import { z } from 'zod'
import { keyedQueue } from '../../store/keyed-queue.js'
import type { Store } from '../../store/store.js'
import type { MessageRef } from '../../triage/card.js'

/** A storm in a channel, as it is kept. Times are ISO 8601. */
export type KeptStorm = z.output<typeof storm>

/** Where its digest stands, as with the card of a case: `missing` is owed, `posting` and `lost` may be there or not. */
export type DigestCard = KeptStorm['card']

/**
 * The storms, remembered over restarts: so cards that are held back stay so, and no digest is posted twice. What is asked is answered
 * from memory. One process writes them.
 */
export type StormBooks = {
  /** By the channel's conversation. */
  readonly storms: () => ReadonlyMap<string, KeptStorm>
  /**
   * Change a storm in its turn, or forget it with null. Resolves when it is on disk; when that fails, it is as it was before.
   */
  readonly keep: (conversationId: string, change: (storm: KeptStorm | null) => KeptStorm | null) => Promise<void>
  /** One more of its cases is closed, or one less; kept with what is kept next. */
  readonly noteClosed: (conversationId: string, more: 1 | -1) => void
}

/** Read them from the store; what can't be read counts as none. A digest whose post was under way at the end may be there or not. */
export const openStormBooks = async (store: Pick<Store, 'keep' | 'kept'>): Promise<StormBooks> => {
  const kept = shape.safeParse((await store.kept(name)).value)
  const storms = new Map((kept.success ? kept.data : []).map((one) => [one.place.conversationId, afterStart(one)]))
  const { take } = keyedQueue(1)
  return {
    storms: () => storms,
    keep: (conversationId, change) =>
      take(name, async () => {
        const before = storms.get(conversationId)
        set(storms, conversationId, change(before ?? null))
        try {
          await store.keep(name, [...storms.values()])
        } catch (error) {
          set(storms, conversationId, before ?? null)
          throw error
        }
      }),
    noteClosed: (conversationId, more) => {
      const one = storms.get(conversationId)
      if (one) storms.set(conversationId, { ...one, closed: Math.max(0, one.closed + more) })
    },
  }
}

const set = (storms: Map<string, KeptStorm>, conversationId: string, next: KeptStorm | null): void => {
  if (next === null) storms.delete(conversationId)
  else storms.set(conversationId, next)
}

const afterStart = (one: KeptStorm): KeptStorm =>
  one.card.state === 'posting' ? { ...one, card: { ...one.card, state: 'lost', detail: 'stopped while posting' } } : one

/** A digest that is still to be posted, for that reason. */
export const owedDigest = (detail = ''): DigestCard => ({ state: 'missing', posted: null, detail })

/** A digest that stands there. */
export const standingDigest = (posted: MessageRef): DigestCard => ({ state: 'shown', posted, detail: '' })

const name = 'storms'

const place = z.object({ serviceUrl: z.string(), tenantId: z.string(), conversationId: z.string(), botId: z.string() })

const storm = z
  .object({
    place,
    phase: z.enum(['storm', 'calming', 'over']),
    since: z.string(),
    /** Since when it has calmed down: the cards of newer cases are not held back. */
    calmSince: z.string().nullable(),
    until: z.string().nullable(),
    /** How many of its cases are closed. */
    closed: z.number(),
    card: z
      .object({
        state: z.enum(['missing', 'posting', 'shown', 'lost', 'refused']),
        posted: z.object({ place, messageId: z.string() }).readonly().nullable(),
        detail: z.string(),
      })
      .readonly(),
  })
  .readonly()

const shape = z.array(storm)
