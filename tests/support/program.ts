import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { codeRoot } from '../../bot/config/root.js'

/** True when the tests themselves run compiled, as `npm test` runs them; false when they run from source. */
export const isCompiled = (): boolean => language === '.js'

/**
 * The words that have Node run a program of this house, such as `bot/cli/key`, in the way the tests themselves run: compiled, or
 * from source with a loader for TypeScript.
 */
export const program = (path: string): readonly string[] => [...loader(), join(codeRoot(), `${path}${language}`)]

/** The words that have Node load a module of this house before anything else; as with `program`. */
export const preload = (path: string): readonly string[] => [
  ...loader(),
  '--import',
  pathToFileURL(join(codeRoot(), `${path}${language}`)).href,
]

const language = extname(fileURLToPath(import.meta.url))

const loader = (): readonly string[] =>
  isCompiled() ? [] : ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
