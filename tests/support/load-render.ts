import { loadCards } from '../../cards/load.js'
import { type CardObject, type Render, type View, objectOf, openRenderer } from '../../cards/render.js'
import { loadLanguages } from '../../content/load/load-phrases.js'
import { builtLibrary } from './built-library.js'

/** Draws a card, as an object. */
export type DrawObject = (view: View, language?: string) => CardObject

/** What draws the real cards with their real words, in English unless told; read once for all tests of a process. */
export const loadRender = async (language = 'en'): Promise<DrawObject> => {
  const render = await (loaded ??= load())
  return (view, wanted = language) => objectOf(render(view, wanted))
}

let loaded: Promise<Render> | undefined

const load = async (): Promise<Render> => {
  const built = await builtLibrary()
  return built
    ? openRenderer(built.templates, built.languages).render
    : loadCards('cards', await loadLanguages('content/phrases'))
}

/** The language that a command is to draw in (`--language=sv`), and its other words. */
export const languageIn = (
  typed: readonly string[],
): { readonly language: string; readonly words: readonly string[] } => {
  const flag = '--language='
  return {
    language: typed.find((word) => word.startsWith(flag))?.slice(flag.length) ?? 'en',
    words: typed.filter((word) => !word.startsWith(flag)),
  }
}
