import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { zoneNamed } from '../../dialogs/time.js'
import type { Store } from '../../store/store.js'
import type { Reader } from '../chat.js'

/** In which time zone and language people read, as their clients have told; remembered over restarts. */
export type Readers = {
  /** A client has told of its person; what is no zone or no language is passed over. */
  note(personId: string, reader: Reader): void
  /** The zone that times are told to that person in; the setting's where none is known. */
  readonly zoneOf: (personId: string) => string
  /** The language that person's client is in, an IETF tag; null where none is known. */
  localeOf(personId: string): string | null
  /** Write down what is new. Never rejects: what is missing is told again by the next click. */
  save(): Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'keep' | 'kept'>
  /** The zone of those of whom none is known. */
  readonly fallback: string
  readonly log: { warn(details: object, text: string): void }
  /** Of how many people it is kept; who has told nothing for longest is forgotten first. */
  readonly most?: number
}

/** Take in what was written down before; what can't be read counts as nothing. */
export const openReaders = async ({ store, fallback, log, most = 1000 }: Parts): Promise<Readers> => {
  const kept = shape.safeParse((await store.kept(name)).value).data ?? []
  const known = new LRUCache<string, Known>({ max: most })
  for (const { id, zone, locale } of kept.toReversed()) known.set(id, { zone, locale })
  const textOf = (people: readonly Kept[]): string =>
    JSON.stringify(people.toSorted((one, other) => (one.id < other.id ? -1 : 1)))
  let written = textOf(kept)
  return {
    note: (personId, reader) => {
      const { zone, locale } = known.get(personId) ?? { zone: null, locale: null }
      // Every click tells it, and it is nearly always the same.
      const told: Known = {
        zone: reader.zone === zone ? zone : (zoneNamed(reader.zone) ?? zone),
        locale: reader.locale === locale ? locale : (localeNamed(reader.locale) ?? locale),
      }
      if (told.zone !== null || told.locale !== null) known.set(personId, told)
    },
    zoneOf: (personId) => known.peek(personId)?.zone ?? fallback,
    localeOf: (personId) => known.peek(personId)?.locale ?? null,
    save: async () => {
      const people = [...known.entries()].map(([id, one]) => ({ id, ...one }))
      const text = textOf(people)
      if (text === written) return
      try {
        await store.keep(name, people)
        written = text
      } catch (error) {
        log.warn({ err: error }, 'the time zones of people could not be written down')
      }
    },
  }
}

type Known = { readonly zone: string | null; readonly locale: string | null }

type Kept = Known & { readonly id: string }

const localeNamed = (text: string): string | null => {
  if (text === '' || text.length > 40) return null
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null
  } catch {
    return null
  }
}

const name = 'readers'

const shape = z.array(
  z.object({
    id: z.string(),
    // A zone that this Node does not know would keep every card of that person from being drawn.
    zone: z
      .string()
      .nullable()
      .transform((text) => zoneNamed(text ?? '')),
    locale: z.string().nullable(),
  }),
)
