import { z } from 'zod'
import type { Store } from '../../store/store.js'
import { type Alert, severities } from '../../triage/alert.js'
import { type Filter, type OnCall, everything, isOpen, route } from '../../triage/routing.js'
import type { ConversationRef } from '../../triage/card.js'

/** A channel that gets alerts: where it is, which alerts, who said so, by name ("" when nobody did), and who is on call there. */
export type Channel = {
  readonly place: ConversationRef
  readonly filter: Filter
  readonly boundBy: string
  readonly onCall: OnCall | null
}

/** Where cards are posted: remembered over restarts. */
export type Channels = {
  /** The channels, in the order in which they were bound. */
  readonly channels: () => readonly Channel[]
  /** Where the card of a new case about such an alert goes; null as long as no channel is bound. */
  readonly placeFor: (alert: Pick<Alert, 'family' | 'severity'>) => ConversationRef | null
  /**
   * Post here from now on what the filter lets through, all unless told. A channel that was bound already keeps its rank and
   * who is on call there; of channels without a filter there is one, so the former one is let go.
   */
  readonly bind: (place: ConversationRef, filter?: Filter, boundBy?: string) => Promise<void>
  /** Post no new cases there any more. */
  readonly unbind: (conversationId: string) => Promise<void>
  /** Who is on call in the channel at that place; null when nobody is. */
  readonly onCallIn: (place: ConversationRef) => OnCall | null
  /** That person is on call there from now on, or nobody; a channel that is not bound has nobody. */
  readonly putOnCall: (conversationId: string, onCall: OnCall | null) => Promise<void>
}

/** Read the channels from the store, or the one channel of former versions; what can't be read counts as none. */
export const openChannels = async (store: Store): Promise<Channels> => {
  const kept = shape.safeParse((await store.kept(name)).value)
  const former = place.safeParse((await store.kept(formerName)).value)
  let current: readonly Channel[] = kept.success
    ? kept.data
    : former.success
      ? [{ place: former.data, filter: everything, boundBy: '', onCall: null }]
      : []
  const keep = async (next: readonly Channel[]): Promise<void> => {
    if (JSON.stringify(next) === JSON.stringify(current)) return
    await store.keep(name, next)
    current = next
  }
  return {
    channels: () => current,
    placeFor: (alert) => route(current, alert)?.place ?? null,
    bind: async (where, filter = everything, boundBy = '') => {
      const { serviceUrl, tenantId, conversationId, botId } = where
      const at = current.findIndex((one) => one.place.conversationId === conversationId)
      const known = current[at]
      const isNews = !known || JSON.stringify(known.filter) !== JSON.stringify(filter)
      const next: Channel = {
        place: { serviceUrl, tenantId, conversationId, botId },
        filter: { family: filter.family, atLeast: filter.atLeast },
        boundBy: isNews ? boundBy : known.boundBy,
        onCall: known?.onCall ?? null,
      }
      const placed = known ? current.with(at, next) : [...current, next]
      await keep(placed.filter((one) => one === next || !isOpen(filter) || !isOpen(one.filter)))
    },
    unbind: (conversationId) => keep(current.filter((one) => one.place.conversationId !== conversationId)),
    onCallIn: ({ conversationId }) =>
      current.find((one) => one.place.conversationId === conversationId)?.onCall ?? null,
    putOnCall: (conversationId, onCall) =>
      keep(current.map((one) => (one.place.conversationId === conversationId ? { ...one, onCall } : one))),
  }
}

const name = 'channels'
const formerName = 'channel'

const place = z.object({ serviceUrl: z.string(), tenantId: z.string(), conversationId: z.string(), botId: z.string() })

const shape = z.array(
  z.object({
    place,
    filter: z.object({
      family: z.enum(['cloud-apps', 'resource-manager', 'elsewhere']).nullable(),
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
