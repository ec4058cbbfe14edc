import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { TextDecoder } from 'node:util'
import { Fault } from '../triage/fault.js'
import { codeOf } from './faults.js'

/** How the store puts a text into a file: resolved means durable, rejected means that the former file is untouched. */
export type WriteFile = (file: string, text: string) => Promise<void>

/** Replace a file at once and for good: temporary file, fsync, rename, fsync of the folder. Readable by this user only. */
export const writeDurably: WriteFile = async (file, text) => {
  // By hand: write-file-atomic takes a short write (a full disk) for a whole one, and looks at each folder of the path and at the
  // old file first, which takes as long as the writing.
  const temporary = `${file}.${(writes += 1)}`
  try {
    await writeSynced(temporary, text)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(file))
}

/** No two writes of a process share a temporary file; what a crash left is overwritten, or removed at the next opening. */
let writes = 0

/** The text of a file, or null when there is none. Fault `store/damaged` when it is no text, `store/unreadable` for the rest. */
export async function readText(file: string): Promise<string | null> {
  // Half of all looks are for a file that is not there, and this is much cheaper than an open that fails.
  if (!existsSync(file)) return null
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    if (error.code === 'EISDIR') throw new Fault('store/damaged', 'it is a folder')
    const remedy = 'Let this user read it and see whether the disk is well.'
    throw new Fault('store/unreadable', `${file} cannot be read (${codeOf(error)}). ${remedy}`, { cause: error })
  })
  if (bytes === null) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new Fault('store/damaged', 'it is not UTF-8 text', { cause: error })
  }
}

/** Makes folders inside an existing one, once each: resolved means that the folder is there, also after a power cut. */
export function folderMaker(): (folder: string) => Promise<void> {
  const made = new Map<string, Promise<void>>()
  return (folder) => {
    const known = made.get(folder)
    if (known) return known
    const making = makeFolder(folder)
    made.set(folder, making)
    making.catch(() => made.delete(folder))
    return making
  }
}

/** Make what a folder's list of names says durable. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; NTFS keeps names in its own journal.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    // Goes on after a short write, until all is written or the disk is full.
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await syncFolder(dirname(folder))
}
