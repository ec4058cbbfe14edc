import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Store } from '../../store/store.js'

/** Which thread the card of a closed case started, kept over restarts: nothing else reads a closed case again. */
export type ClosedThreads = {
  /** A case with a card is closed. */
  note(thread: string, caseId: string): void
  /** The closed case of a thread; null when none is known. A case that was opened again stays known. */
  caseIn(thread: string): string | null
  /** Resolves when all that was noted is kept, or could not be. */
  saved(): Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'keep' | 'kept'>
  readonly log: { warn(details: object, text: string): void }
  /** How long to wait for more before writing, in milliseconds. */
  readonly waitMs?: number
  /** How many threads a page holds, and how many pages are kept. The oldest page makes room. */
  readonly pageSize?: number
  readonly pages?: number
}

/**
 * Read what was kept. The threads lie on pages, each a setting of its own, and only the newest page is ever written: a case that is
 * closed costs one small file, however many are known. One process writes the pages.
 *
 * What a kill loses is the last second of it, and of that nothing whose card has yet to be redrawn, because such a case is read
 * again at the start.
 */
export const openClosedThreads = async (parts: Parts): Promise<ClosedThreads> => {
  const { store, log, waitMs = 1000, pageSize = 500, pages = 40 } = parts
  const names = Array.from({ length: pages }, (_, at) => `threads-${at}`)
  const found = await Promise.all(names.map(async (name) => shape.safeParse((await store.kept(name)).value).data ?? []))
  const kept = found.flat().toSorted((one, other) => one.number - other.number)
  const known = new LRUCache<string, string>({ max: pages * pageSize })
  for (const [thread, caseId] of kept.flatMap(({ threads }) => threads)) known.set(thread, caseId)
  let page: Page = kept.at(-1) ?? { number: 0, threads: [] }
  let waiting: readonly (readonly [string, string])[] = []
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const isFull = page.threads.length >= pageSize
      const { number, threads } = isFull ? { number: page.number + 1, threads: [] } : page
      const more = waiting.slice(0, pageSize - threads.length)
      const next = { number, threads: [...threads, ...more] }
      await store.keep(names[number % pages] ?? '', next)
      page = next
      waiting = waiting.slice(more.length)
    }
  }
  const save = (): Promise<void> =>
    (running ??= write()
      // They stay waiting: the next case that is closed, or the stop, tries again.
      .catch((error: unknown) => log.warn({ err: error }, 'the threads of closed cases could not be written down'))
      .finally(() => (running = null)))
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null
      void save()
    }, waitMs).unref()
  }

  return {
    note: (thread, caseId) => {
      if (known.has(thread)) return
      known.set(thread, caseId)
      waiting = [...waiting, [thread, caseId]]
      soon()
    },
    caseIn: (thread) => known.peek(thread) ?? null,
    saved: async () => {
      if (timer) clearTimeout(timer)
      timer = null
      await running
      await save()
    },
  }
}

type Page = { readonly number: number; readonly threads: readonly (readonly [string, string])[] }

const shape = z.object({ number: z.int().min(0), threads: z.array(z.tuple([z.string(), z.string()]).readonly()) })
