import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readOnlyCase, readOnlyIds } from '../../store/read-only.js'
import type { Diary } from '../../triage/event.js'

/** What lies in the folder while nobody owns it. */
export type OnDisk = { readonly diaries: ReadonlyMap<string, Diary>; readonly problems: readonly string[] }

/** Read every case. `tidy`: Winnow was stopped in good order, so nothing may lie about either. */
export const readFolder = async (folder: string, tidy = false): Promise<OnDisk> => {
  const problems: string[] = []
  const diaries = new Map<string, Diary>()
  const files = await filesIn(folder)
  for (const file of files.filter((name) => name.startsWith('quarantine'))) problems.push(`${file} is in quarantine`)
  const names = files.flatMap((file) => /^(?:live|settled)\/[0-9a-f]{2}\/(.+)$/.exec(file)?.[1] ?? [])
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length))
  if (tidy) {
    for (const name of names) if (!name.endsWith('.json')) problems.push(`${name} was left behind`)
    for (const id of ids) if (ids.filter((one) => one === id).length > 1) problems.push(`case ${id} lies there twice`)
  }
  for (const id of readOnlyIds(folder)) {
    try {
      diaries.set(id, (await readOnlyCase(folder, id)).diary)
    } catch (error) {
      problems.push(`case ${id} cannot be read: ${String(error)}`)
    }
  }
  return { diaries, problems }
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
