import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Plugin } from 'esbuild'
import { Fault } from '../../triage/fault.js'
import { codeRoot, root } from '../config/root.js'
import { type Places, placesOf } from './places.js'
import { type Seal, around, bundleFiles, hashOf, readWhole, scriptOf, sourcesHash } from './open-bundle.js'

/**
 * Leave a compiled program beside itself as one file, with the cache of what V8 made of it while it warmed up; `openBundle` opens it.
 * `folder` is that of all compiled code. Nothing is done when neither a source, a package nor Node has changed since.
 *
 * Rejects with the fault `bundle/no-notes` when the compiler left no notes there, with esbuild's error when something of the program can't
 * be found, with the error of the warm-up, and with `bundle/late` when that takes longer than so many milliseconds; then there is no bundle.
 */
export const makeBundle = async (
  program: string,
  folder: string = codeRoot(),
  warmUpMs: number = 120_000,
): Promise<void> => {
  const sources = sourcesHash(folder)
  if (sources === null)
    throw new Fault('bundle/no-notes', `There is no .tsbuildinfo in ${folder}. Compile with --incremental.`)
  const packages = hashOf(await readFile(join(root(), 'package-lock.json')))
  const made = { sources, packages, node: process.version }
  const before = readWhole(program)
  if (before?.cache && isSame(before.seal, made)) return
  const files = bundleFiles(program)
  // Without its seal a bundle does not count: from here until the end there is none.
  await rm(files.seal, { force: true })
  const { code, places } = await bundled(program, folder)
  const { script, load } = scriptOf(files.code, code, null)
  await within(warmUpMs, load().program.warmUp())
  const cache = script.createCachedData()
  const seal: Seal = { ...made, code: hashOf(code), cache: hashOf(cache) }
  await write(files.code, code)
  await write(files.cache, cache)
  await write(files.places, JSON.stringify(places))
  await write(files.seal, JSON.stringify(seal))
}

const within = async (ms: number, work: Promise<void>): Promise<void> => {
  const done = new AbortController()
  const late = async () => {
    await sleep(ms, undefined, { signal: done.signal })
    throw new Fault('bundle/late', `It had not warmed up after ${ms} ms.`)
  }
  try {
    await Promise.race([work, late()])
  } finally {
    done.abort()
  }
}

const isSame = (seal: Seal, { sources, packages, node }: Pick<Seal, 'sources' | 'packages' | 'node'>): boolean =>
  seal.sources === sources && seal.packages === packages && seal.node === node

const write = async (file: string, data: Buffer | string): Promise<void> => {
  await writeFile(`${file}.new`, data)
  await rename(`${file}.new`, file)
}

const bundled = async (
  program: string,
  folder: string,
): Promise<{ readonly code: Buffer; readonly places: Places }> => {
  // Most builds find that nothing has changed.
  const { build } = await import('esbuild')
  const file = bundleFiles(program).code
  const { outputFiles } = await build({
    entryPoints: [program],
    outfile: file,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: `node${process.versions.node}`,
    charset: 'ascii',
    banner: { js: around[0] },
    footer: { js: around[1] },
    logLevel: 'silent',
    sourcemap: 'external',
    sourcesContent: false,
    // Restify does without it, and it is there only where someone has a compiler.
    external: ['dtrace-provider'],
    plugins: [ownPlaces(folder, dirname(program))],
  })
  const [map, code] = ['.map', '.cjs'].map((ending) => outputFiles.find(({ path }) => path.endsWith(ending)))
  if (!map || !code) throw new Fault('bundle/empty', `esbuild left nothing of ${program}.`)
  return { code: Buffer.from(code.contents), places: placesOf(map.text, file, root()) }
}

/**
 * Our own modules are ES modules, and the bundle is not: what they ask of `import.meta` is answered as if each still were at its place,
 * told from the bundle's folder. Where one makes itself a `require`, it has the bundle's own.
 */
const ownPlaces = (folder: string, from: string): Plugin => ({
  name: 'own places',
  setup: (builder) => {
    builder.onLoad({ filter: /\.js$/ }, async ({ path }) => {
      if (relative(folder, path).startsWith('..') || path.includes('node_modules')) return null
      const text = await readFile(path, 'utf8')
      if (!text.includes('import.meta')) return null
      const place = JSON.stringify(relative(from, path))
      const url = `require('node:url').pathToFileURL(require('node:path').join(__dirname, ${place})).href`
      return { contents: text.replace(ownRequire, '').replaceAll('import.meta.url', url) }
    })
  },
})

const ownRequire = /^const require = createRequire\(import\.meta\.url\);$/m
