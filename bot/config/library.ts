import { join } from 'node:path'
import { type Render, loadCards } from '../../cards/load.js'
import { loadPhrases } from '../../content/load/load-phrases.js'
import { loadPortals } from '../../content/load/load-portals.js'
import { loadGuides } from '../../content/load/load.js'
import type { Phrases } from '../../triage/phrases.js'
import type { Guide } from '../../triage/guide.js'
import { root } from './root.js'

/** What people have written for Winnow: the guides, its words, its card templates. */
export type Library = {
  readonly guides: readonly Guide[]
  readonly phrases: Phrases
  readonly render: Render
  /** The hosts that a card may link to. */
  readonly portals: readonly string[]
}

/** Read and check all of it, from the project's folder. The faults are those of `content` and `cards`. */
export const loadLibrary = async (): Promise<Library> => {
  const [guides, phrases, render, portals] = await Promise.all([
    loadGuides(join(root(), 'content', 'alerts')),
    loadPhrases(join(root(), 'content', 'phrases'), 'en'),
    loadCards(join(root(), 'cards')),
    loadPortals(join(root(), 'content', 'shared')),
  ])
  return { guides, phrases, render, portals }
}
