import { join } from 'node:path'
import { type Render, loadCards } from '../../cards/load.js'
import { loadPhrases } from '../../content/load/load-phrases.js'
import { loadPlaybooks } from '../../content/load/load.js'
import type { Phrases } from '../../triage/phrases.js'
import type { Playbook } from '../../triage/guide.js'
import { root } from './root.js'

/** What people have written for Winnow: the guides, its words, its card templates. */
export type Library = {
  readonly playbooks: readonly Playbook[]
  readonly phrases: Phrases
  readonly render: Render
}

/** Read and check all of it, from the project's folder. The faults are those of `content` and `cards`. */
export const loadLibrary = async (): Promise<Library> => {
  const [playbooks, phrases, render] = await Promise.all([
    loadPlaybooks(join(root(), 'content', 'alerts')),
    loadPhrases(join(root(), 'content', 'phrases'), 'en'),
    loadCards(join(root(), 'cards')),
  ])
  return { playbooks, phrases, render }
}
