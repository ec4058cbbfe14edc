import { join } from 'node:path'
import { Fault } from '../triage/fault.js'
import type { Disk, OpenFile } from './disk.js'
import { unwritable } from './json-file.js'
import { firstLine, frame } from './records.js'

/** A text for the journal, and what to do when it is on disk, or surely not. Exactly one of the two is called. */
export type Entry = {
  readonly text: string
  readonly kept: () => void
  readonly lost: (fault: Fault) => void
}

/** Files that are only ever appended to, one after the other: the segments. */
export type Journal = {
  /** Write behind everything that was put before; one that is not urgent may wait a moment for company. */
  readonly put: (entry: Entry, isUrgent: boolean) => void
  /** Resolves when everything put so far is kept or lost. */
  readonly flush: () => Promise<void>
  /** End the segment; resolves with the ended ones that were not dropped. Fault `store/unwritable` when it can't be ended. */
  readonly end: () => Promise<readonly string[]>
  /** These ended segments are not needed any more. They stay for whoever is copying the folder, until `tidy`. */
  readonly drop: (files: readonly string[]) => void
  /** Remove segments that were dropped at least so long ago, and the oldest of those that together are larger than that. */
  readonly tidy: (olderThanMs: number, bytes: number) => Promise<void>
  /** How much is in segments that were not dropped, in bytes. */
  readonly bytes: () => number
  readonly close: () => Promise<void>
}

/** What a journal is made of. */
export type JournalParts = {
  readonly disk: Disk
  /** An existing folder. */
  readonly folder: string
  /** The segments that were found there, oldest first. */
  readonly found: readonly { readonly name: string; readonly bytes: number }[]
  /** Called when something was written, before it counts: throws a fault when the folder is not ours any more. */
  readonly check: () => void
  /** Called when writing fails, and with null when it works again. */
  readonly troubled: (fault: Fault | null) => void
  /** How long what is not urgent waits at the most, in milliseconds. */
  readonly patienceMs: number
  /** Milliseconds from anywhere. */
  readonly now: () => number
}

type Segment = { readonly file: string; bytes: number; readonly open: OpenFile }
type Ending = { readonly resolve: (ended: readonly string[]) => void; readonly reject: (fault: Fault) => void }
type Ended = { readonly file: string; readonly bytes: number }

/**
 * Open the journal. Whoever waits shares one write and one fsync.
 *
 * A segment is begun with the first entry, and again after anything that failed: behind a torn line nothing is ever written. What
 * failed may be on disk all the same, so it is cut off, durably, before anything else counts as kept.
 */
export function openJournal({ disk, folder, found, check, troubled, patienceMs, now }: JournalParts): Journal {
  let number = found.reduce((most, { name }) => Math.max(most, numberOf(name)), 0)
  let current: Segment | null = null
  let torn: Segment | null = null
  let ended: readonly Ended[] = found.map(({ name, bytes }) => ({ file: join(folder, name), bytes }))
  let dropped: readonly (Ended & { readonly at: number })[] = []
  const queue: Entry[] = []
  const endings: Ending[] = []
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let isTroubled = false

  function put(entry: Entry, isUrgent: boolean): void {
    queue.push(entry)
    if (running) return
    if (isUrgent) start()
    else timer ??= setTimeout(start, patienceMs)
  }

  function start(): void {
    if (timer) clearTimeout(timer)
    timer = null
    // A moment later, so that all who come in this one share the write.
    running ??= new Promise<void>((go) => setImmediate(go)).then(work).finally(() => {
      running = null
      // Somebody came between the last look at the queue and now.
      if (queue.length > 0 || endings.length > 0) start()
    })
  }

  async function work(): Promise<void> {
    while (queue.length > 0 || endings.length > 0) {
      // First, for there may always be somebody in the queue.
      if (endings.length > 0) await endNow(endings.splice(0))
      else await writeNext(queue.splice(0, mostAtOnce))
    }
  }

  async function writeNext(batch: readonly Entry[]): Promise<void> {
    const lines = batch.flatMap(({ text }) => (text === '' ? [] : [frame(text)]))
    try {
      if (lines.length > 0) await write(Buffer.concat(lines))
    } catch (error) {
      const fault = error instanceof Fault ? error : unwritable('The journal', error)
      // At once, so that what is called lost does not come back with a restart; if it can't be now, then before the next write.
      await mend().catch(() => undefined)
      isTroubled = true
      troubled(fault)
      // Those in the queue build on it.
      for (const entry of [...batch, ...queue.splice(0)]) entry.lost(fault)
      return
    }
    for (const entry of batch) entry.kept()
    if (isTroubled && lines.length > 0) {
      isTroubled = false
      troubled(null)
    }
  }

  async function write(bytes: Buffer): Promise<void> {
    await mend()
    current ??= await begin()
    const segment = current
    try {
      const taken = await segment.open.write(bytes)
      if (taken < bytes.length) throw Object.assign(new Error('a short write'), { code: 'ENOSPC' })
      await segment.open.sync()
      check()
    } catch (error) {
      current = null
      torn = segment
      throw error
    }
    segment.bytes += bytes.length
  }

  /** Cut off what was not acknowledged, or it would count at the next opening. */
  async function mend(): Promise<void> {
    if (!torn) return
    const { file, bytes, open } = torn
    check()
    await open.cut(bytes)
    await open.sync()
    torn = null
    ended = [...ended, { file, bytes }]
    await open.close().catch(() => undefined)
  }

  async function begin(): Promise<Segment> {
    check()
    // Counted even if it fails: a number is used once.
    number += 1
    const file = join(folder, nameOf(number))
    const open = await disk.open(file, 'new')
    try {
      const line = firstLine()
      const taken = await open.write(line)
      if (taken < line.length) throw Object.assign(new Error('a short write'), { code: 'ENOSPC' })
      await open.sync()
      await disk.syncFolder(folder)
      return { file, bytes: line.length, open }
    } catch (error) {
      await open.close().catch(() => undefined)
      await disk.remove(file).catch(() => undefined)
      throw error
    }
  }

  const flush = (): Promise<void> =>
    new Promise((resolve) => put({ text: '', kept: resolve, lost: () => resolve() }, true))

  const end = (): Promise<readonly string[]> =>
    new Promise((resolve, reject) => {
      endings.push({ resolve, reject })
      start()
    })

  async function endNow(asked: readonly Ending[]): Promise<void> {
    try {
      await mend()
    } catch (error) {
      const fault = error instanceof Fault ? error : unwritable('The journal', error)
      for (const { reject } of asked) reject(fault)
      return
    }
    if (current) {
      const { file, bytes, open } = current
      current = null
      ended = [...ended, { file, bytes }]
      await open.close().catch(() => undefined)
    }
    for (const { resolve } of asked) resolve(ended.map(({ file }) => file))
  }

  function drop(files: readonly string[]): void {
    const gone = ended.filter(({ file }) => files.includes(file))
    ended = ended.filter(({ file }) => !files.includes(file))
    dropped = [...dropped, ...gone.map((one) => ({ ...one, at: now() }))]
  }

  async function tidy(olderThanMs: number, most: number): Promise<void> {
    // Always the oldest first, so that what is left has no gap.
    while (dropped.length > 0) {
      const [oldest] = dropped
      const bytes = dropped.reduce((sum, one) => sum + one.bytes, 0)
      if (!oldest || (now() - oldest.at < olderThanMs && bytes <= most)) return
      await disk.remove(oldest.file)
      dropped = dropped.slice(1)
    }
  }

  return {
    put,
    flush,
    end,
    drop,
    tidy,
    bytes: () =>
      [...ended, ...(torn ? [torn] : []), ...(current ? [current] : [])].reduce((sum, one) => sum + one.bytes, 0),
    close: async () => {
      await flush()
      const open = current ?? torn
      current = null
      await open?.open.close().catch(() => undefined)
    },
  }
}

/** The segments in a folder, oldest first, by their names. */
export const segmentsIn = (names: readonly string[]): readonly string[] =>
  names.filter((name) => /^\d{10}\.log$/.test(name)).toSorted()

const nameOf = (number: number): string => `${String(number).padStart(10, '0')}.log`

const numberOf = (name: string): number => Number(name.slice(0, 10))

/** So many entries share a write at the most; more would make the first wait for nothing. */
const mostAtOnce = 2000
