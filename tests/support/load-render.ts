import { loadCards } from '../../cards/load.js'
import type { Render } from '../../cards/render.js'
import { loadPhrases } from '../../content/load/load-phrases.js'

/** What draws the real cards with their real words. */
export const loadRender = async (): Promise<Render> =>
  loadCards('cards', { en: await loadPhrases('content/phrases', 'en') })
