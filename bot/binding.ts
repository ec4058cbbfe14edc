import { z } from 'zod'
import type { Store } from '../store/store.js'
import type { Place } from '../triage/surface.js'

/** Where cards are posted: remembered over restarts. */
export type Binding = {
  /** The channel, null as long as nobody has said where. */
  readonly place: () => Place | null
  /** Post here from now on. */
  readonly bind: (place: Place) => Promise<void>
}

/** Read the binding from the store; one that can't be read counts as none. */
export const openBinding = async (store: Store): Promise<Binding> => {
  const kept = shape.safeParse(await store.kept(name))
  let current: Place | null = kept.success ? kept.data : null
  return {
    place: () => current,
    bind: async (place) => {
      if (same(current, place)) return
      await store.keep(name, place)
      current = place
    },
  }
}

const name = 'channel'

const shape = z.object({ serviceUrl: z.string(), tenantId: z.string(), conversationId: z.string(), botId: z.string() })

const same = (one: Place | null, other: Place): boolean =>
  one !== null &&
  one.serviceUrl === other.serviceUrl &&
  one.tenantId === other.tenantId &&
  one.conversationId === other.conversationId &&
  one.botId === other.botId
