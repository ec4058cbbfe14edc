import { z } from 'zod'
import { keyedQueue } from '../../store/keyed-queue.js'
import type { Store } from '../../store/store.js'
import { type Alert, families, severities } from '../../triage/alert.js'
import { type Filter, type OnCall, everything, isOpen, route } from '../../triage/routing.js'
import type { ConversationRef } from '../../triage/card.js'
import { isFault } from '../../triage/fault.js'

/** A channel that gets alerts: where it is, which alerts, who said so, by name ("" when nobody did), and who is on call there. */
export type Channel = {
  readonly place: ConversationRef
  readonly filter: Filter
  readonly boundBy: string
  readonly onCall: OnCall | null
}

/**
 * Where cards are posted: remembered over restarts, and by whoever else uses the same store.
 *
 * What is asked is answered from memory, as last known; what changes something reads anew and is done again when somebody else was
 * faster, so two people who change something at once both have their way.
 */
export type Channels = {
  /** The channels, in the order in which they were bound. */
  readonly channels: () => readonly Channel[]
  /** Where the card of a new case about such an alert goes; null as long as no channel is bound. */
  readonly placeFor: (alert: Pick<Alert, 'family' | 'severity'>) => ConversationRef | null
  /** Who is on call in the channel at that place; null when nobody is. */
  readonly onCallIn: (place: ConversationRef) => OnCall | null
  /** Read anew what the store has; resolves with the channels. */
  readonly refresh: () => Promise<readonly Channel[]>
  /**
   * Post here from now on what the filter lets through, all unless told. A channel that was bound already keeps its rank and
   * who is on call there; of channels without a filter there is one, so the former one is let go.
   */
  readonly setChannel: (place: ConversationRef, filter?: Filter, boundBy?: string) => Promise<void>
  /** Post no new cases there any more. */
  readonly removeChannel: (conversationId: string) => Promise<void>
  /** That person is on call there from now on, or nobody; a channel that is not bound has nobody. */
  readonly putOnCall: (conversationId: string, onCall: OnCall | null) => Promise<void>
}

/** Read the channels from the store, or the one channel of former versions; what can't be read counts as none. */
export const openChannels = async (store: Pick<Store, 'keep' | 'kept'>): Promise<Channels> => {
  let current: readonly Channel[] = []
  const { take } = keyedQueue(1)

  /** As kept now, and the version to change them by. */
  const read = async (): Promise<{ readonly channels: readonly Channel[]; readonly version: number }> => {
    const { value, version } = await store.kept(name)
    const kept = shape.safeParse(value)
    if (kept.success) return { channels: kept.data, version }
    const former = place.safeParse((await store.kept(formerName)).value)
    if (!former.success) return { channels: [], version }
    return { channels: [{ place: former.data, filter: everything, boundBy: '', onCall: null }], version }
  }

  const refresh = async (): Promise<readonly Channel[]> => {
    const { channels } = await read()
    current = channels
    return channels
  }

  const change = (work: (channels: readonly Channel[]) => readonly Channel[]): Promise<void> =>
    take(name, async () => {
      for (let tries = 1; ; tries++) {
        try {
          const { channels, version } = await read()
          const next = work(channels)
          if (JSON.stringify(next) !== JSON.stringify(channels)) await store.keep(name, next, version)
          current = next
          return
        } catch (error) {
          if (tries >= mostTries || !isFault(error, 'store/stale')) throw error
        }
      }
    })

  await refresh()
  return {
    channels: () => current,
    placeFor: (alert) => route(current, alert)?.place ?? null,
    onCallIn: ({ conversationId }) =>
      current.find((one) => one.place.conversationId === conversationId)?.onCall ?? null,
    refresh: () => take(name, refresh),
    setChannel: (where, filter = everything, boundBy = '') =>
      change((channels) => bound(channels, where, filter, boundBy)),
    removeChannel: (conversationId) =>
      change((channels) => channels.filter((one) => one.place.conversationId !== conversationId)),
    putOnCall: (conversationId, onCall) =>
      change((channels) =>
        channels.map((one) => (one.place.conversationId === conversationId ? { ...one, onCall } : one)),
      ),
  }
}

/** How often a change is tried when others are faster. */
const mostTries = 20

/** The channels with that one bound. */
const bound = (
  channels: readonly Channel[],
  { serviceUrl, tenantId, conversationId, botId }: ConversationRef,
  filter: Filter,
  boundBy: string,
): readonly Channel[] => {
  const at = channels.findIndex((one) => one.place.conversationId === conversationId)
  const known = channels[at]
  const isNews = !known || JSON.stringify(known.filter) !== JSON.stringify(filter)
  const next: Channel = {
    place: { serviceUrl, tenantId, conversationId, botId },
    filter: { family: filter.family, atLeast: filter.atLeast },
    boundBy: isNews ? boundBy : known.boundBy,
    onCall: known?.onCall ?? null,
  }
  const placed = known ? channels.with(at, next) : [...channels, next]
  return placed.filter((one) => one === next || !isOpen(filter) || !isOpen(one.filter))
}

const name = 'channels'
const formerName = 'channel'

const place = z.object({ serviceUrl: z.string(), tenantId: z.string(), conversationId: z.string(), botId: z.string() })

const shape = z.array(
  z.object({
    place,
    filter: z.object({
      family: z.enum(families).nullable(),
      atLeast: z.enum(severities).nullable(),
    }),
    boundBy: z.string(),
    // Former versions knew of nobody on call, and the channel counts without as well.
    onCall: z
      .object({ person: z.object({ id: z.string().min(1), name: z.string() }), atLeast: z.enum(severities) })
      .nullable()
      .catch(null),
  }),
)
