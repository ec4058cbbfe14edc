import { dirname, join } from 'node:path'
import type { Disk } from './disk.js'
import { quarantineOf } from './layout.js'
import { replaceFileDurably } from './replace-file.js'

/** Move a damaged file out of the way and answer where it is now: `quarantine/<name>.<n>.json`, n counting from 1. */
export async function quarantine(disk: Disk, folder: string, name: string, file: string): Promise<string> {
  const target = nextOf(disk, folder, name)
  await disk.rename(file, target)
  await disk.syncFolder(quarantineOf(folder))
  await disk.syncFolder(dirname(file))
  return target
}

/** Write something that has no other place any more into quarantine, and answer where. */
export async function putInQuarantine(
  disk: Disk,
  folder: string,
  name: string,
  what: string | Buffer,
): Promise<string> {
  const target = nextOf(disk, folder, name)
  await replaceFileDurably(disk, target, what)
  return target
}

/** The newest file of that name in quarantine, or null. */
export function inQuarantine(disk: Disk, folder: string, name: string): string | null {
  const count = countOf(disk, folder, name)
  return count === 0 ? null : join(quarantineOf(folder), `${name}.${count}.json`)
}

/** Every name that has a file in quarantine. */
export const quarantined = (disk: Disk, folder: string): readonly string[] => [
  ...new Set(entries(disk, folder).map((entry) => entry.name)),
]

const nextOf = (disk: Disk, folder: string, name: string): string =>
  join(quarantineOf(folder), `${name}.${countOf(disk, folder, name) + 1}.json`)

const countOf = (disk: Disk, folder: string, name: string): number =>
  entries(disk, folder).reduce((most, entry) => (entry.name === name ? Math.max(most, entry.count) : most), 0)

const entries = (disk: Disk, folder: string): readonly { readonly name: string; readonly count: number }[] =>
  (disk.list(quarantineOf(folder)) ?? []).flatMap((file) => {
    const match = /^(.+)\.(\d{1,9})\.json$/.exec(file)
    return match ? [{ name: match[1] ?? '', count: Number(match[2]) }] : []
  })
