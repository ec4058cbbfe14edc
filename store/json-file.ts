import type { Adapter } from 'lowdb'
import { Fault } from '../triage/fault.js'
import { codeOf } from './faults.js'
import { readText, writeDurably, type WriteFile } from './disk.js'

/**
 * A lowdb adapter for one JSON file: null when there is no file.
 *
 * `parse` turns the text into data or throws Fault `store/damaged`. A write that fails is Fault `store/unwritable`.
 */
export const jsonFile = <T>(file: string, parse: (text: string) => T, write: WriteFile = writeDurably): Adapter<T> => ({
  read: async () => {
    const text = await readText(file)
    return text === null ? null : parse(text)
  },
  write: async (data) => {
    try {
      await write(file, `${JSON.stringify(data)}\n`)
    } catch (error) {
      const remedy = 'Make sure that the disk has room and this user may write there; then try again.'
      throw new Fault('store/unwritable', `${file} could not be written (${codeOf(error)}). ${remedy}`, {
        cause: error,
      })
    }
  },
})
