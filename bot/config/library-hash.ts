import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A hash of everything the library is made from: the guides, shared texts, phrases and card templates in a project's folder, and
 * the code in a folder of compiled code which reads, checks and shapes them. 64 hex digits; changes with any letter of any file.
 */
export const libraryHash = async (project: string, compiled: string): Promise<string> => {
  const files = await Promise.all([
    ...['alerts', 'phrases', 'shared'].map((name) => filesIn(project, join('content', name), '')),
    filesIn(project, 'cards', '.card.json'),
    ...['cards', join('content', 'load'), 'triage'].map((name) => filesIn(compiled, name, '.js')),
  ])
  const hash = createHash('sha256')
  for (const { name, bytes } of files.flat()) hash.update(`${name}\0${bytes.length}\0`).update(bytes)
  return hash.digest('hex')
}

type File = { readonly name: string; readonly bytes: Buffer }

/** The files of a folder, by name; none where there is no such folder, for that is told by who reads it. */
const filesIn = async (base: string, folder: string, ending: string): Promise<readonly File[]> => {
  const names = await readdir(join(base, folder)).catch(() => [])
  const wanted = names.filter((name) => name.endsWith(ending)).toSorted()
  return Promise.all(
    wanted.map(async (name) => ({
      name: join(folder, name),
      bytes: await readFile(join(base, folder, name)).catch(() => Buffer.alloc(0)),
    })),
  )
}
