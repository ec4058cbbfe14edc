import { join } from 'node:path'
import { readTemplates } from '../../cards/load.js'
import { loadLookUps } from '../../content/load/load-look-ups.js'
import { loadLanguages } from '../../content/load/load-phrases.js'
import { loadPortals } from '../../content/load/load-portals.js'
import { loadTaxonomies } from '../../content/load/load-taxonomies.js'
import { loadTranslations } from '../../content/load/load-translations.js'
import { loadGuides } from '../../content/load/load.js'
import { libraryHash } from './library-hash.js'
import type { LibraryData } from './compiled-library.js'
import { codeRoot, root } from './root.js'

/**
 * Read and check all of the library, from the project's folder. The faults are those of `content` and `cards`.
 *
 * The hash is taken before: what changes meanwhile makes the data out of date, never the other way round.
 */
export const readLibrary = async (): Promise<LibraryData> => {
  const hash = await libraryHash(root(), codeRoot())
  const languages = await loadLanguages(join(root(), 'content', 'phrases'))
  const [guides, portals, templates] = await Promise.all([
    loadGuides(join(root(), 'content', 'alerts')),
    loadPortals(join(root(), 'content', 'shared')),
    readTemplates(join(root(), 'cards'), languages['en']),
  ])
  const lookUps = await loadLookUps(join(root(), 'content', 'shared'), portals)
  const translations = await loadTranslations(join(root(), 'content', 'alerts'), guides)
  const taxonomies = await loadTaxonomies(join(root(), 'content', 'shared'), guides)
  return { hash, guides, translations, languages, portals, lookUps, taxonomies, templates }
}
