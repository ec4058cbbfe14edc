import { readdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from './disk.js'
import { quarantineOf } from './layout.js'

/** Move a damaged file out of the way and answer where it is now: `quarantine/<name>.<n>.json`, n counting from 1. */
export async function quarantine(folder: string, name: string, file: string): Promise<string> {
  const target = join(quarantineOf(folder), `${name}.${(await countOf(folder, name)) + 1}.json`)
  await rename(file, target)
  await syncFolder(quarantineOf(folder))
  await syncFolder(dirname(file))
  return target
}

/** The newest file of that name in quarantine, or null. */
export async function inQuarantine(folder: string, name: string): Promise<string | null> {
  const count = await countOf(folder, name)
  return count === 0 ? null : join(quarantineOf(folder), `${name}.${count}.json`)
}

/** Every name that has a file in quarantine. */
export async function quarantined(folder: string): Promise<readonly string[]> {
  return [...new Set((await entries(folder)).map((entry) => entry.name))]
}

const countOf = async (folder: string, name: string): Promise<number> =>
  (await entries(folder)).reduce((most, entry) => (entry.name === name ? Math.max(most, entry.count) : most), 0)

async function entries(folder: string): Promise<readonly { readonly name: string; readonly count: number }[]> {
  const files = await readdir(quarantineOf(folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return files.flatMap((file) => {
    const match = /^(.+)\.(\d{1,9})\.json$/.exec(file)
    return match ? [{ name: match[1] ?? '', count: Number(match[2]) }] : []
  })
}
