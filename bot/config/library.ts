import { join } from 'node:path'
import { loadCards } from '../../cards/load.js'
import type { Render } from '../../cards/render.js'
import { loadPhrases } from '../../content/load/load-phrases.js'
import { loadGuides } from '../../content/load/load.js'
import type { Phrases } from '../../triage/phrases.js'
import type { Guide } from '../../triage/guide.js'
import { root } from './root.js'

/** What people have written for Winnow: the guides, its words, its card templates. */
export type Library = {
  readonly guides: readonly Guide[]
  readonly phrases: Phrases
  readonly render: Render
}

/** Read and check all of it, from the project's folder. The faults are those of `content` and `cards`. */
export const loadLibrary = async (): Promise<Library> => {
  const [guides, phrases, render] = await Promise.all([
    loadGuides(join(root(), 'content', 'alerts')),
    loadPhrases(join(root(), 'content', 'phrases'), 'en'),
    loadCards(join(root(), 'cards')),
  ])
  return { guides, phrases, render }
}
