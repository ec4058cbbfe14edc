import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Alert } from '../../triage/alert.js'
import { type RegisterHit, type RegisterName, registers } from '../../triage/register.js'
import { type Register, openRegister } from './match.js'
import type { Entry } from './schema.js'

/** The registers of a folder, as they were last read. */
export type Registers = {
  /** What they say of an alert, of those registers only, those that hold first. From memory, at once. */
  readonly ask: (alert: Alert, wanted: readonly RegisterName[]) => readonly RegisterHit[]
  /** Read again what has changed; true when something had. Never rejects: what is wrong is among the problems. */
  readonly refresh: () => Promise<boolean>
  /** How often something was found changed: what was made of an older answer is out of date. */
  readonly version: () => number
  /** What is wrong with the files, each as `file:line: what is wrong`; such entries are left out, the others count. */
  readonly problems: () => readonly string[]
  /** The ids of everyone whom that register lists as of that kind, whatever the dates; null while it can't be read whole. */
  readonly peopleOf: (register: RegisterName, kind: string) => readonly string[] | null
  /** How many entries each register has that is there. */
  readonly counts: () => Readonly<Partial<Record<RegisterName, number>>>
}

/**
 * The registers in a folder: `<register>.yaml` or `<register>.csv`, all optional, and no folder is no registers. A file that cannot be read for a
 * while leaves what was read before.
 */
export const openRegisters = async (folder: string): Promise<Registers> => {
  const known = new Map<string, Known>()
  let version = 0
  let folderProblem: string | null = null
  // A card is drawn many times for one alert, and a register may have thousands of entries.
  let answered = new WeakMap<Alert, readonly RegisterHit[]>()

  const refresh = async (): Promise<boolean> => {
    const names = await readdir(folder).catch((error: unknown) => (isAbsent(error) ? none : null))
    folderProblem = names === null ? `${folder}: cannot be read` : null
    if (names === null) return false
    let hasChanged = false
    for (const register of registers) {
      for (const format of ['yaml', 'csv'] as const) {
        const file = `${register}.${format}`
        if (names.includes(file)) hasChanged = (await readOne(register, format)) || hasChanged
        else hasChanged = known.delete(file) || hasChanged
      }
    }
    return hasChanged
  }

  const readOne = async (register: RegisterName, format: 'yaml' | 'csv'): Promise<boolean> => {
    const file = `${register}.${format}`
    const before = known.get(file)
    const path = join(folder, file)
    try {
      const { mtime, size } = await stat(path)
      const mark = `${mtime.toISOString()} ${size}`
      if (before?.mark === mark) return false
      // Whoever keeps no registers need not load what reads them.
      const { readRegister } = await import('./read.js')
      const read = readRegister(register, await readFile(path, 'utf8'), format)
      // Nothing readable in a file that had entries is somebody's slip or half a write: what was there stays.
      const keeps = read.entries.length === 0 && read.problems.length > 0 && before !== undefined
      const asOf = mtime.toISOString().slice(0, 10)
      known.set(file, {
        mark,
        register,
        count: keeps ? before.count : read.entries.length,
        ask: keeps ? before.ask : openRegister(register, read.entries, asOf),
        entries: keeps ? before.entries : read.entries,
        problems: [
          ...read.problems.map(({ line, text }) => `${path}:${line}: ${text}`),
          ...(keeps ? [`${path}: nothing in it can be read, so what was there before still counts`] : []),
        ],
      })
      return true
    } catch {
      known.set(file, {
        mark: '',
        register,
        count: before?.count ?? 0,
        ask: before?.ask ?? (() => []),
        entries: before?.entries ?? [],
        problems: [`${path}: cannot be read`],
      })
      return false
    }
  }

  const askAll = (alert: Alert): readonly RegisterHit[] => {
    const before = answered.get(alert)
    if (before) return before
    const hits = registers
      .flatMap((one) => [...known.values()].filter(({ register }) => register === one))
      .flatMap(({ ask }) => ask(alert))
    answered.set(alert, hits)
    return hits
  }

  await refresh()
  return {
    ask: (alert, wanted) => askAll(alert).filter(({ register }) => wanted.includes(register)),
    refresh: async () => {
      const hasChanged = await refresh()
      if (hasChanged) {
        answered = new WeakMap()
        version += 1
      }
      return hasChanged
    },
    version: () => version,
    problems: () => [
      ...(folderProblem === null ? [] : [folderProblem]),
      ...[...known.values()].flatMap(({ problems }) => problems),
    ],
    peopleOf: (register, kind) => {
      const files = [...known.values()].filter((one) => one.register === register)
      if (folderProblem !== null || files.some(({ problems }) => problems.length > 0)) return null
      return files.flatMap(({ entries }) => entries).flatMap((entry) => (entry.kind === kind ? entry.people : []))
    },
    counts: () => {
      const counts: Partial<Record<RegisterName, number>> = {}
      for (const { register, count } of known.values()) counts[register] = (counts[register] ?? 0) + count
      return counts
    },
  }
}

type Known = {
  readonly mark: string
  readonly register: RegisterName
  readonly count: number
  readonly ask: Register
  readonly entries: readonly Entry[]
  readonly problems: readonly string[]
}

const none: readonly string[] = []

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
