import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readOnlyCases } from '../../store/read-only.js'
import { isTemporary } from '../../store/replace-file.js'
import type { StoredCase } from '../../store/store.js'

/** What lies in the folder while nobody owns it. */
export type OnDisk = { readonly cases: ReadonlyMap<string, StoredCase>; readonly problems: readonly string[] }

/**
 * Read every case. `tidy`: Winnow was stopped in good order, so nothing may lie about either, but for what a write was cut off
 * from: that goes when a case beside it is written.
 */
export const readFolder = async (folder: string, tidy = false): Promise<OnDisk> => {
  const files = await filesIn(folder)
  const problems = files.filter((name) => name.startsWith('quarantine')).map((file) => `${file} is in quarantine`)
  if (tidy) problems.push(...lyingAbout(files))
  const { cases, unreadable } = readOnlyCases(folder)
  return { cases, problems: [...problems, ...unreadable] }
}

const lyingAbout = (files: readonly string[]): readonly string[] => {
  const names = files.flatMap((file) => /^(?:live|settled)\/[0-9a-f]{2}\/(.+)$/.exec(file)?.[1] ?? [])
  return [
    ...names.filter((name) => !name.endsWith('.json') && !isTemporary(name)).map((name) => `${name} was left behind`),
    ...names.filter((name, index) => names.indexOf(name) < index).map((name) => `${name} lies there twice`),
  ]
}

const filesIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
}
