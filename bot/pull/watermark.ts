import { z } from 'zod'
import type { Store } from '../../store/store.js'

/**
 * Up to when everything that changed at the source is stored here: ISO 8601, in the source's own time. Kept over restarts, and moved on
 * only after what was read is on disk.
 */
export type Watermark = {
  /** Null when nothing was ever pulled. */
  read(): Promise<string | null>
  keep(at: string): Promise<void>
}

/** The watermark of one source; what can't be read counts as never kept. */
export const openWatermark = (store: Pick<Store, 'keep' | 'kept'>, name: string): Watermark => {
  let known: string | null = null
  return {
    read: async () => (known ??= shape.safeParse((await store.kept(name)).value).data?.until ?? null),
    keep: async (until) => {
      if (until === known) return
      await store.keep(name, { until })
      known = until
    },
  }
}

const shape = z.object({ until: z.iso.datetime() })
