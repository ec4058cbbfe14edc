import { appendFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from './faults.js'
import { shardOf, shards } from './layout.js'

/**
 * Lines to look things up by, on 256 pages. They can be made anew from the cases at any time, so nothing here is synced, and what
 * cannot be read counts as nothing.
 */
export type SearchPages = {
  /** The text of a page, lines with a newline behind each; '' when there is none. */
  readonly read: (page: string) => Promise<string>
  /** Write lines behind the others. */
  readonly append: (page: string, text: string) => Promise<void>
  /** Write a page anew. */
  readonly replace: (page: string, text: string) => Promise<void>
}

/** The page that a case's lines are on, of two hexadecimal digits. */
export const pageOf = (caseId: string): string => shardOf(caseId)

/** The names of all pages. */
export const pageNames = shards

/** Pages in files, in a folder that is made when it is needed, for this user only. */
export const filePages = (folder: string): SearchPages => {
  const fileOf = (page: string) => join(folder, `${page}.tsv`)
  let made: Promise<unknown> | null = null
  const ready = (): Promise<unknown> =>
    (made ??= mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      made = null
      throw error
    }))
  return {
    read: async (page) => {
      try {
        return await readFile(fileOf(page), 'utf8')
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return ''
        throw error
      }
    },
    append: async (page, text) => {
      await ready()
      // At once: memory takes it, and turns of another thread for opening, writing and closing would cost fifty times as much.
      appendFileSync(fileOf(page), text, { mode: 0o600 })
    },
    replace: async (page, text) => {
      await ready()
      const temporary = `${fileOf(page)}.new`
      await writeFile(temporary, text, { mode: 0o600 })
      await rename(temporary, fileOf(page))
    },
  }
}

/** Pages that are forgotten with the process. */
export const memoryPages = (): SearchPages => {
  const pages = new Map<string, string>()
  return {
    read: async (page) => pages.get(page) ?? '',
    append: async (page, text) => void pages.set(page, (pages.get(page) ?? '') + text),
    replace: async (page, text) => void pages.set(page, text),
  }
}
