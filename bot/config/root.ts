import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, whether run from source or compiled: the nearest one above this file that holds cards and content. */
export const root = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'content', 'alerts')) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}

/** The folder of the running code: the project's own when run from source, `dist` when compiled. */
export const codeRoot = (): string => fileURLToPath(new URL('../..', import.meta.url))
