import type { Adapter, SyncAdapter } from 'lowdb'
import { Fault } from '../triage/fault.js'
import type { Disk } from './disk.js'
import { codeOf } from './faults.js'
import { replaceFile } from './replace-file.js'

/**
 * A lowdb adapter that reads one JSON file, at once; null when there is none.
 *
 * `parse` turns the bytes into data or throws Fault `store/damaged`. Fault `store/unreadable` when the disk fails: that a file can't
 * be looked at never means that there is none.
 */
export const jsonReader = <T>(disk: Disk, file: string, parse: (bytes: Buffer) => T): SyncAdapter<T> => ({
  read: () => {
    const bytes = bytesOf(disk, file)
    return bytes === null ? null : parse(bytes)
  },
  write: () => undefined,
})

/** A lowdb adapter that replaces one JSON file; its name is durable after the folder is synced. Fault `store/unwritable`. */
export const jsonWriter = <T>(disk: Disk, file: string): Adapter<T> => ({
  read: async () => null,
  write: async (data) => {
    try {
      await replaceFile(disk, file, `${JSON.stringify(data)}\n`)
    } catch (error) {
      throw unwritable(file, error)
    }
  },
})

/** Fault `store/unwritable` for a file that the disk did not take. */
export const unwritable = (file: string, error: unknown): Fault => {
  const remedy = 'Make sure that the disk has room and this user may write there; then try again.'
  return new Fault('store/unwritable', `${file} could not be written (${codeOf(error)}). ${remedy}`, { cause: error })
}

/** Fault `store/unreadable` for a file or folder that the disk did not give. */
export const unreadable = (path: string, error: unknown): Fault => {
  const remedy = 'Let this user read it and see whether the disk is well.'
  return new Fault('store/unreadable', `${path} cannot be read (${codeOf(error)}). ${remedy}`, { cause: error })
}

function bytesOf(disk: Disk, file: string): Buffer | null {
  try {
    return disk.read(file)
  } catch (error) {
    if (codeOf(error) === 'EISDIR') throw new Fault('store/damaged', 'it is a folder', { cause: error })
    throw unreadable(file, error)
  }
}
