import { z } from 'zod'
import type { Store } from '../../store/store.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { conversationOf } from '../pacing/rate-limiter.js'
import type { Readers } from './readers.js'

/** In which language each person and each channel reads: the one chosen by word, else that of the person's client, else the setting's. */
export type Languages = {
  /** That person's language. */
  of(personId: string): string
  /** The language of the channel that the conversation is, or is a thread of; null where nothing is posted yet. */
  in(conversationId: string | null): string
  /** The languages that Winnow speaks. */
  all(): readonly string[]
  /** Winnow's own words in a language. */
  words(language: string): Phrases
  /** The language that someone typed, by its code or its name in any of the languages; null for one that Winnow does not speak. */
  named(text: string): string | null
  /** What that language is called, in itself. */
  nameOf(language: string): string
  /** Remember what a person chose, over restarts. */
  choose(personId: string, language: string): Promise<void>
  /** Remember what was chosen for a channel. */
  chooseIn(conversationId: string, language: string): Promise<void>
}

type Parts = {
  readonly store: Pick<Store, 'keep' | 'kept'>
  readonly phrases: Readonly<Record<string, Phrases>>
  readonly readers: Pick<Readers, 'localeOf'>
  /** The setting. */
  readonly fallback: string
}

/** Take in what was chosen before; what can't be read counts as nothing. */
export const openLanguages = async ({ store, phrases, readers, fallback }: Parts): Promise<Languages> => {
  const kept = shape.safeParse((await store.kept(name)).value).data
  let chosen: Chosen = kept ?? { people: {}, channels: {} }
  const known = (language: string | undefined): language is string =>
    language !== undefined && Object.hasOwn(phrases, language)
  const usual = known(fallback) ? fallback : 'en'
  const words = (language: string): Phrases => phrases[known(language) ? language : usual] ?? {}
  const names = new Map(
    Object.entries(phrases).flatMap(([language, said]) => [
      [language, language] as const,
      ...say(said, 'language.names')
        .split(',')
        .map((one) => [one.trim().toLowerCase(), language] as const),
    ]),
  )
  /** The last ones chosen: whoever chose longest ago chooses again. */
  const newest = (all: Readonly<Record<string, string>>, id: string, language: string) =>
    Object.fromEntries([...Object.entries(all).filter(([one]) => one !== id), [id, language]].slice(-most))
  const keep = async (next: Chosen): Promise<void> => {
    chosen = next
    await store.keep(name, next)
  }
  return {
    of: (personId) => {
      const told = chosen.people[personId]
      if (known(told)) return told
      const client = readers.localeOf(personId)?.split('-')[0]?.toLowerCase()
      return known(client) ? client : usual
    },
    in: (conversationId) => {
      const told = conversationId === null ? undefined : chosen.channels[conversationOf(conversationId)]
      return known(told) ? told : usual
    },
    all: () => Object.keys(phrases),
    words,
    named: (text) => names.get(text.trim().toLowerCase()) ?? null,
    nameOf: (language) => say(words(language), 'language.name'),
    choose: (personId, language) => keep({ ...chosen, people: newest(chosen.people, personId, language) }),
    chooseIn: (conversationId, language) =>
      keep({ ...chosen, channels: newest(chosen.channels, conversationOf(conversationId), language) }),
  }
}

const most = 5000

const name = 'languages'

type Chosen = {
  readonly people: Readonly<Record<string, string>>
  readonly channels: Readonly<Record<string, string>>
}

const shape = z.object({ people: z.record(z.string(), z.string()), channels: z.record(z.string(), z.string()) })
