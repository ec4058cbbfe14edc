import { join } from 'node:path'
import type { Guide } from '../../triage/guide.js'
import { readCompiled } from './compiled-library.js'
import { codeRoot, root } from './root.js'

/**
 * The guides alone, for commands that draw no cards: from the build where that is up to date, otherwise read and checked here, as by
 * `loadLibrary`. The faults are those of `content`.
 */
export const libraryGuides = async (): Promise<readonly Guide[]> =>
  (await readCompiled(codeRoot()))?.guides ?? (await readNow())

/** What only reading and checking needs is loaded for that alone. */
const readNow = async (): Promise<readonly Guide[]> => {
  const { loadGuides } = await import('../../content/load/load.js')
  return loadGuides(join(root(), 'content', 'alerts'))
}
