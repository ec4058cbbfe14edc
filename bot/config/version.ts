import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from './root.js'

/** The version of Winnow that runs, as package.json tells it; `unknown` when that cannot be read. */
export const readVersion = async (): Promise<string> => {
  try {
    return versioned.parse(JSON.parse(await readFile(join(root(), 'package.json'), 'utf8'))).version
  } catch {
    return 'unknown'
  }
}

const versioned = z.object({ version: z.string() })
