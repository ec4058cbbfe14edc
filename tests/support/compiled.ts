import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../bot/config/root.js'

/**
 * Compile everything, tests included, into `artifacts/compiled/<name>` and answer that folder: compiled programs start at once,
 * and find the library as a build leaves it.
 *
 * Types are not judged here. Throws with the compiler's words when it left nothing behind.
 */
export const compile = async (name: string): Promise<string> => {
  const out = join(root(), 'artifacts', 'compiled', name)
  await rm(out, { recursive: true, force: true })
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  const options = ['--project', 'tsconfig.json', '--noEmit', 'false', '--rootDir', '.', '--outDir', out]
  const said = await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: root() }).catch(
    (error: unknown) => error,
  )
  if (!existsSync(join(out, 'bot', 'service.js'))) throw new Error('nothing was compiled', { cause: said })
  await promisify(execFile)(process.execPath, [join(out, 'bot', 'config', 'compile-library.js')], { cwd: root() })
  return out
}
