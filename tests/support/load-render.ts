import { loadCards } from '../../cards/load.js'
import type { Render } from '../../cards/render.js'
import { loadLanguages } from '../../content/load/load-phrases.js'

/** What draws the real cards with their real words, in English unless told. */
export const loadRender = async (language = 'en'): Promise<Render> => {
  const render = await loadCards('cards', await loadLanguages('content/phrases'))
  return (view, wanted = language) => render(view, wanted)
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
