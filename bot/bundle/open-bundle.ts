import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Script, constants } from 'node:vm'
import { codeRoot } from '../config/root.js'

/** What a program exports as `program` so that it can be bundled. */
export type Program = {
  /** Do what the program is for. */
  run(): Promise<void>
  /** Do once what every start does, so that V8 has compiled it; nothing of it may last. */
  warmUp(): Promise<void>
}

/** Run the modules of a bundle, which answers what its program exports. */
export type Load = () => { readonly program: Program }

/**
 * What the build says of a bundle, beside it. `sources` and `packages` are SHA-256 in hex of what the compiler noted of all sources and
 * of the lockfile; `code` and `cache` of the two files. `node` is the version of Node that made the cache.
 */
export type Seal = {
  readonly sources: string
  readonly packages: string
  readonly node: string
  readonly code: string
  readonly cache: string
}

/**
 * Where the build leaves a program as one file, the cache of what V8 made of it, the places its lines come from, and the seal; `program` is
 * its compiled file.
 */
export const bundleFiles = (program: string) => {
  const base = program.replace(/\.js$/, '.bundle')
  return { code: `${base}.cjs`, cache: `${base}.cache`, places: `${base}.places.json`, seal: `${base}.json` } as const
}

/**
 * Open a program as the build has bundled it: one file with all packages, and what V8 has compiled of it before. Loading it takes half the
 * time of its two thousand files. `program` is the compiled file that was bundled, and `folder` that of all compiled code.
 *
 * Null when there is no bundle, when sources were compiled since, or when the disk did not keep all of it; then load the program itself.
 * V8 takes the cache when it is the same V8 as that of the build and was told the same, so ask before it is told anything; otherwise it
 * compiles anew.
 */
export const openBundle = (program: string, folder: string = codeRoot()): Load | null => {
  const whole = readWhole(program)
  if (whole === null || whole.seal.sources !== sourcesHash(folder)) return null
  return scriptOf(bundleFiles(program).code, whole.code, whole.cache).load
}

/** A bundle as it lies there, with the cache when it is whole; null when there is none, or the code is not what the build left. */
export const readWhole = (
  program: string,
): { readonly seal: Seal; readonly code: Buffer; readonly cache: Buffer | null } | null => {
  const files = bundleFiles(program)
  const seal = readSeal(files.seal)
  const code = read(files.code)
  if (seal === null || code === null || hashOf(code) !== seal.code) return null
  const cache = read(files.cache)
  return { seal, code, cache: cache !== null && hashOf(cache) === seal.cache ? cache : null }
}

/** What a bundle's code stands between, so that it is given what Node gives a CommonJS module. */
export const around = ['(function (exports, require, module, __filename, __dirname) {', '})'] as const

/** A bundle's code, compiled as a script or taken from the cache. The code must be plain ASCII, and stand between what is `around`. */
export const scriptOf = (
  file: string,
  code: Buffer,
  cache: Buffer | null,
): { readonly script: Script; readonly load: Load } => {
  const script = new Script(code.toString('latin1'), {
    filename: file,
    ...(cache && { cachedData: cache }),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  return {
    script,
    load: () => {
      // Node warns of what is deprecated unless a package does it, and can't tell packages from us here.
      process.noDeprecation = true
      const module: { exports: { program?: Program } } = { exports: {} }
      script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file))
      const { program } = module.exports
      if (program === undefined) throw new Error(`${file} exports no program`)
      return { program }
    },
  }
}

/** SHA-256 in hex of the compiler's notes in a folder, which change with any source; null when there are none. */
export const sourcesHash = (folder: string): string | null => {
  const notes = read(join(folder, '.tsbuildinfo'))
  return notes && hashOf(notes)
}

/** SHA-256 in hex. */
export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const readSeal = (file: string): Seal | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

const read = (file: string): Buffer | null => {
  try {
    return readFileSync(file)
  } catch {
    return null
  }
}
