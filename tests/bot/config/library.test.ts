import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { compiledFile, compiledText, readCompiled } from '../../../bot/config/compiled-library.js'
import { readLibrary } from '../../../bot/config/read-library.js'
import { libraryGuides } from '../../../bot/config/library-guides.js'
import { libraryHash } from '../../../bot/config/library-hash.js'
import { loadTaxonomies } from '../../../content/load/load-taxonomies.js'
import { root } from '../../../bot/config/root.js'

describe('bot/config/library', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-library-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is the same from the build as from its sources', async function () {
    this.timeout(120_000)
    const library = { ...(await readLibrary()), hash: await libraryHash(root(), folder) }
    await writeFile(compiledFile(folder), compiledText(library))
    assert.deepEqual(await readCompiled(folder), library)
    assert.deepEqual(await libraryGuides(), library.guides)
    assert.ok(library.guides.length > 0)
    const taxonomies = await loadTaxonomies(join(root(), 'content', 'shared'), library.guides)
    assert.deepEqual(library.taxonomies, taxonomies)
  })

  it('is not taken from a build that is missing, out of date or torn', async () => {
    assert.equal(await readCompiled(folder), null)
    const hash = await libraryHash(root(), folder)
    for (const text of [`${'0'.repeat(64)}\n{}`, `${hash}\n{"guides":[`, hash.slice(0, 20), '']) {
      await writeFile(compiledFile(folder), text)
      assert.equal(await readCompiled(folder), null, text)
    }
  })

  it('is not read and checked by a start: nothing on the way from main does so', async () => {
    const loaded = await staticImports('bot/main.ts')
    assert.ok(loaded.includes('bot/config/library.ts') && loaded.includes('cards/render.ts'))
    const checkers = /^(content\/|cards\/load|bot\/config\/read-library|yaml$|adaptive)/
    assert.deepEqual(
      loaded.filter((name) => checkers.test(name)),
      [],
    )
  })

  it('is loaded, like everything else but the opener of bundles, once the heap is kept small', async () => {
    const loaded = await staticImports('bot/start.ts')
    assert.deepEqual(
      loaded.filter((name) => !name.startsWith('node:')),
      ['bot/start.ts', 'bot/bundle/open-bundle.ts', 'bot/heap.ts', 'bot/config/root.ts'],
    )
  })

  it('leaves what only some settings need to them: nothing on the way from main loads it', async () => {
    const loaded = await staticImports('bot/main.ts')
    const seldom = /^(@azure\/|jose|prom-client|csv-parse|restify$|botbuilder$)/
    assert.deepEqual(
      loaded.filter((name) => seldom.test(name)),
      [],
    )
  })
})

/** All files and packages that a source file imports in statements, and they in turn; types are not there at run time. */
const staticImports = async (first: string): Promise<readonly string[]> => {
  const met = new Set([first])
  for (const path of met) {
    if (!path.endsWith('.ts')) continue
    const text = await readFile(join(root(), path), 'utf8')
    for (const [, to = ''] of text.matchAll(/^(?:import|export) (?!type )(?:[^']*? from )?'([^']+)'/gm)) {
      met.add(to.startsWith('.') ? relative('.', join(dirname(path), to)).replace(/\.js$/, '.ts') : to)
    }
  }
  return [...met]
}
