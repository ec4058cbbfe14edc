import { type Renderer, openRenderer } from '../../cards/render.js'
import { type LibraryData, readCompiled } from './compiled-library.js'
import { codeRoot } from './root.js'

/** What people have written for Winnow: the guides, its words, its cards. */
export type Library = Renderer &
  Pick<LibraryData, 'guides' | 'translations' | 'languages' | 'portals' | 'lookUps' | 'taxonomies'>

/**
 * The library. Compiled code takes it as the build has checked it, as long as nothing it was made from has changed since;
 * otherwise all of it is read and checked here, from the project's folder. The faults are those of `content` and `cards`.
 */
export const loadLibrary = async (): Promise<Library> => {
  const { guides, translations, languages, portals, lookUps, taxonomies, templates } =
    (await readCompiled(codeRoot())) ?? (await readNow())
  const inWords = Object.entries(translations).map(
    ([language, all]) => [language, all.map((guide) => ({ ...guide, words: languages[language] ?? {} }))] as const,
  )
  return {
    guides,
    translations: Object.fromEntries(inWords),
    languages,
    portals,
    lookUps,
    taxonomies,
    ...openRenderer(templates, languages),
  }
}

/** What only reading and checking needs is loaded for that alone: it takes longer than all the rest of a start. */
const readNow = async (): Promise<LibraryData> => {
  const { readLibrary } = await import('./read-library.js')
  return readLibrary()
}
