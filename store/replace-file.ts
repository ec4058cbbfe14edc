import { dirname } from 'node:path'
import type { Disk, OpenFile } from './disk.js'

/**
 * Put something into a file in the place of the former: resolved means that it is on disk and the name refers to it, rejected
 * that the former is still there or that nobody knows. The name is durable only after `syncFolder`.
 */
export async function replaceFile(disk: Disk, file: string, what: string | Buffer): Promise<void> {
  const temporary = `${file}.${(writes += 1)}`
  try {
    const opened = await disk.open(temporary, 'empty')
    try {
      await writeAll(opened, Buffer.from(what))
      await opened.sync()
    } finally {
      await opened.close()
    }
    await disk.rename(temporary, file)
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined)
    throw error
  }
}

/** The same, and the name is durable as well. */
export async function replaceFileDurably(disk: Disk, file: string, what: string | Buffer): Promise<void> {
  await replaceFile(disk, file, what)
  await disk.syncFolder(dirname(file))
}

/** True for the name of a file that a write was cut off from. */
export const isTemporary = (name: string): boolean => /\.json\.\d{1,10}$/.test(name)

/** No two writes of a process share a temporary file; what a crash left is overwritten, or removed at the next opening. */
let writes = 0

/** A disk may take less than all, and say why not the rest only when asked again. */
async function writeAll(file: OpenFile, bytes: Buffer): Promise<void> {
  for (let from = 0; from < bytes.length;) {
    const taken = await file.write(bytes.subarray(from))
    if (taken === 0) throw Object.assign(new Error('the disk took nothing'), { code: 'ENOSPC' })
    from += taken
  }
}
