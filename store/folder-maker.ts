import { dirname } from 'node:path'
import type { Disk } from './disk.js'

/** Makes folders inside an existing one, once each: resolved means that the folder is there, also after a power cut. */
export function folderMaker(disk: Disk): (folder: string) => Promise<void> {
  const made = new Map<string, Promise<void>>()
  return (folder) => {
    const known = made.get(folder)
    if (known) return known
    const making = makeDurably(disk, folder)
    made.set(folder, making)
    making.catch(() => made.delete(folder))
    return making
  }
}

async function makeDurably(disk: Disk, folder: string): Promise<void> {
  await disk.makeFolder(folder)
  await disk.syncFolder(dirname(folder))
}
