import * as fs from 'node:fs'
import { promisify } from 'node:util'

/**
 * Everything the store asks of a disk. Errors are the system's own, with their `code`, but for one: what isn't there (`ENOENT`) is
 * an answer. Any other error is never taken for absence.
 */
export interface Disk {
  /** A file's bytes, now, without letting anything else run; null when there is none. */
  read(file: string): Buffer | null
  /** True when there is such a file or folder. */
  has(path: string): boolean
  /** The names in a folder; null when there is none. */
  list(folder: string): readonly string[] | null
  /** Make a folder and those above it, for this user only; nothing when it is there. */
  makeFolder(folder: string): Promise<void>
  /** Open a file to write at its end, for this user only. `new` fails with `EEXIST` when there is one, `empty` empties it. */
  open(file: string, how: 'new' | 'empty'): Promise<OpenFile>
  rename(from: string, to: string): Promise<void>
  /** Remove a file; nothing when there is none. */
  remove(file: string): Promise<void>
  /** Make durable what is in a file that somebody else may have written. */
  syncFile(file: string): Promise<void>
  /** Make what a folder's list of names says durable. */
  syncFolder(folder: string): Promise<void>
}

/** A file that is written at its end. */
export interface OpenFile {
  /** Write bytes; resolves with how many of them were taken, which may be less than all. */
  write(bytes: Buffer): Promise<number>
  /** Make what was written durable, but not times. */
  sync(): Promise<void>
  /** Cut the file off behind so many bytes. */
  cut(bytes: number): Promise<void>
  close(): Promise<void>
}

/** The disk of this machine. */
export const machineDisk: Disk = {
  read: (file) => orNull(() => fs.readFileSync(file)),
  // Much cheaper than an error that is thrown; and `existsSync` would call absent what merely can't be looked at. A file that stands
  // where a folder should be makes Node 22 and later call it absent as well.
  has: (path) => fs.statSync(path, { throwIfNoEntry: false }) !== undefined,
  list: (folder) => orNull(() => fs.readdirSync(folder)),
  makeFolder: async (folder) => void (await makeFolder(folder, { recursive: true, mode: 0o700 })),
  open: async (file, how) => {
    const { O_WRONLY, O_CREAT, O_EXCL, O_TRUNC, O_APPEND } = fs.constants
    const descriptor = await open(file, O_WRONLY | O_CREAT | O_APPEND | (how === 'new' ? O_EXCL : O_TRUNC), 0o600)
    return {
      // A little is taken by memory at once, and another thread's turn for it would cost more than a third of a durable write.
      write: async (bytes) =>
        bytes.length <= little
          ? fs.writeSync(descriptor, bytes)
          : (await write(descriptor, bytes, 0, bytes.length, null)).bytesWritten,
      sync: () => fdatasync(descriptor),
      cut: (bytes) => ftruncate(descriptor, bytes),
      close: () => close(descriptor),
    }
  },
  rename: promisify(fs.rename),
  remove: (file) => remove(file, { force: true }),
  syncFile: (file) => syncPath(file, 'r+'),
  syncFolder: async (folder) => {
    // Windows opens no folders; NTFS keeps names in its own journal.
    if (process.platform !== 'win32') await syncPath(folder, 'r')
  },
}

/** So many bytes are no work for a thread of its own. */
const little = 64 * 1024

// Descriptors and not `FileHandle`s: an append costs half of it.
const open = promisify(fs.open)
const write = promisify(fs.write)
const close = promisify(fs.close)
const fsync = promisify(fs.fsync)
const fdatasync = promisify(fs.fdatasync)
const ftruncate = promisify(fs.ftruncate)
const makeFolder = promisify(fs.mkdir)
const remove = promisify(fs.rm)

async function syncPath(path: string, flags: string): Promise<void> {
  const descriptor = await open(path, flags)
  try {
    await fsync(descriptor)
  } finally {
    await close(descriptor)
  }
}

function orNull<T>(look: () => T): T | null {
  try {
    return look()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
