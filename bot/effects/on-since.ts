import { z } from 'zod'
import type { Store } from '../../store/store.js'

/** Since when each target is as it is (ISO 8601), by its name. */
export type OnSince = (target: string) => string

/**
 * What was decided while a target was off, or while it was tried out, is not told when it is switched on. So it is kept since when each
 * is in its mode.
 */
export const openOnSince = async (
  store: Pick<Store, 'keep' | 'kept'>,
  modes: Readonly<Record<string, string>>,
  now: () => string,
): Promise<OnSince> => {
  const kept = shape.safeParse((await store.kept(name)).value).data ?? {}
  const at = now()
  const next = Object.fromEntries(
    Object.entries(modes).map(([target, mode]) => {
      const former = Object.hasOwn(kept, target) ? kept[target] : undefined
      // A clock that was ahead when it was switched on would keep back everything until that day.
      const isKept = former?.mode === mode && former.since <= at
      return [target, isKept ? former : { mode, since: at }] as const
    }),
  )
  if (JSON.stringify(next) !== JSON.stringify(kept)) await store.keep(name, next)
  return (target) => next[target]?.since ?? at
}

const name = 'told-outside-since'

const shape = z.record(z.string(), z.object({ mode: z.string(), since: z.string() }))
