import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Templates } from '../../cards/render.js'
import type { LookUp } from '../../triage/look-up.js'
import type { Taxonomies } from '../../triage/taxonomy.js'
import type { Phrases } from '../../triage/phrases.js'
import type { Guide } from '../../triage/guide.js'
import { libraryHash } from './library-hash.js'
import { root } from './root.js'

/** The library as plain data, read and checked; `hash` is that of what it was made from (`libraryHash`). */
export type LibraryData = {
  readonly hash: string
  readonly guides: readonly Guide[]
  /** The guides that are translated, by language. */
  readonly translations: Readonly<Record<string, readonly Guide[]>>
  /** Winnow's own words by language, English among them. */
  readonly languages: Readonly<Record<string, Phrases>>
  /** The hosts that a card may link to. */
  readonly portals: readonly string[]
  /** The places and queries that checks name. */
  readonly lookUps: readonly LookUp[]
  /** What each product calls each verdict. */
  readonly taxonomies: Taxonomies
  readonly templates: Templates
}

/** What the build has left in a folder of compiled code; null when there is none, or when it is not up to date. */
export const readCompiled = async (folder: string): Promise<LibraryData | null> => {
  const text = await readFile(compiledFile(folder), 'utf8').catch(() => null)
  if (text === null) return null
  // The first line says what it was made from: what is out of date need not be parsed.
  const end = text.indexOf('\n')
  if (text.slice(0, end) !== (await libraryHash(root(), folder))) return null
  try {
    return JSON.parse(text.slice(end + 1))
  } catch {
    // The disk did not keep all of it.
    return null
  }
}

/** The library as the build leaves it: the hash on a line, then the data as JSON. */
export const compiledText = (library: LibraryData): string => `${library.hash}\n${JSON.stringify(library)}`

/** Where the build leaves it. */
export const compiledFile = (folder: string): string => join(folder, 'library.json')
