import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { openBundle } from '../../bot/bundle/open-bundle.js'
import { codeRoot, root } from '../../bot/config/root.js'
import { type Outcome, outcomeOf } from './outcome.js'
import { isCompiled } from './program.js'

/**
 * Compile everything, tests included, into `artifacts/compiled/<name>` and answer that folder: compiled programs start at once,
 * and find the library and the bundle as a build leaves them.
 *
 * Types are not judged here. Throws with the compiler's words when it left nothing behind.
 */
export const compile = async (name: string): Promise<string> => {
  const folder = folderOf(name)
  await rm(folder, { recursive: true, force: true })
  const { text } = await compileInto(folder, ...withNotes(folder))
  if (!existsSync(join(folder, 'bot', 'service.js'))) throw new Error('nothing was compiled', { cause: text })
  const library = await compileLibrary(folder)
  if (library.code !== 0) throw new Error('the library was not compiled', { cause: library.text })
  await bundle(folder)
  return folder
}

/** What `compile` answers; tests that run compiled themselves take the folder they run from. */
export const compiled = async (name: string): Promise<string> => (isCompiled() ? codeRoot() : compile(name))

/**
 * As `compile`, but types are judged: when there is an error, the compiler's words. What has not changed since the last time is
 * not compiled again. What is wrong with the content is left to the tests to tell.
 */
export const compileAndJudge = async (
  name: string,
): Promise<{ readonly folder: string; readonly errors: string | null }> => {
  const folder = folderOf(name)
  const { code, text } = await compileInto(folder, '--sourceMap', ...withNotes(folder))
  if (code === 0) await compileLibrary(folder)
  return { folder, errors: code === 0 ? null : text }
}

const bundle = async (folder: string): Promise<void> => {
  const program = join(folder, 'tests', 'support', 'winnow-child.js')
  const { text } = await outcomeOf(process.execPath, [join(folder, 'bot', 'bundle', 'build.js'), program])
  if (openBundle(program, folder) === null) throw new Error('Winnow was not bundled', { cause: text })
}

const folderOf = (name: string): string => join(root(), 'artifacts', 'compiled', name)

const withNotes = (folder: string): readonly string[] => [
  '--incremental',
  '--tsBuildInfoFile',
  join(folder, '.tsbuildinfo'),
]

const compileInto = (folder: string, ...more: readonly string[]): Promise<Outcome> => {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  const project = join(root(), 'tsconfig.json')
  const options = ['--project', project, '--noEmit', 'false', '--rootDir', root(), '--outDir', folder]
  return outcomeOf(process.execPath, [compiler, ...options, ...more])
}

const compileLibrary = (folder: string): Promise<Outcome> =>
  outcomeOf(process.execPath, [join(folder, 'bot', 'config', 'compile-library.js')])
