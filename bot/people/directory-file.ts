import { stat } from 'node:fs/promises'
import { isFault } from '../../triage/fault.js'
import { type Directory, readDirectory } from './directory.js'

/**
 * A directory file that is read again when it changes. What can't be read, or is wrong, leaves what was read before; the problems then
 * tell file, line and what is wrong.
 *
 * The first time, fault `directory/invalid` names everything that is wrong.
 */
export const openDirectoryFile = async (
  file: string,
  now = () => new Date().toISOString(),
): Promise<Directory & Required<Omit<Directory, 'managerOf' | 'idsOf'>>> => {
  const markOf = async (): Promise<string> => {
    const { mtimeMs, size } = await stat(file)
    return `${mtimeMs} ${size}`
  }
  let mark = await markOf().catch(() => '')
  let last = await readDirectory(file, now)
  let problems: readonly string[] = []

  return {
    managerOf: (person) => last.managerOf(person),
    relationOf: (person) => last.relationOf(person),
    relations: () => last.relations(),
    deputyOf: async (person) => (await last.deputyOf?.(person)) ?? null,
    idsOf: (ids) => last.idsOf(ids),
    problems: () => problems,
    refresh: async () => {
      const newest = await markOf().catch(() => null)
      if (newest === null) {
        const hasChanged = problems.length === 0 || mark !== ''
        mark = ''
        problems = [`${file}: can't be read. What was read before still counts.`]
        return hasChanged
      }
      if (newest === mark) return false
      mark = newest
      try {
        last = await readDirectory(file, now)
        problems = []
      } catch (error) {
        if (!isFault(error, 'directory/invalid')) throw error
        problems = [...error.message.split('\n'), `${file}: what was read before still counts.`]
      }
      return true
    },
  }
}
