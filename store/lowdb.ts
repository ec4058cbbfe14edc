import { mkdir, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Low } from 'lowdb'
import type { Diary, Event } from '../triage/event.js'
import { Fault, isFault } from '../triage/fault.js'
import { isSettled } from '../triage/settled.js'
import type { Copy } from './copies.js'
import { folderMaker, syncFolder, writeDurably, type WriteFile } from './disk.js'
import { checkEvents, parseCase, type CaseFile } from './envelope.js'
import { checkVersion, codeOf, storeClosed } from './faults.js'
import { jsonFile } from './json-file.js'
import { caseFileOf } from './layout.js'
import { justRead } from './read-cache.js'
import { loadCase, type Report } from './load.js'
import { checkCaseId, checkSettingName } from './names.js'
import { ownFolder } from './one-process.js'
import { readSetting, writeSetting } from './settings.js'
import type { Store } from './store.js'
import { survey } from './survey.js'
import { turns } from './keyed-queue.js'

/** What can be different: which diaries are settled, who hears of damage as it is found, how a file is written. */
export type LowdbOptions = {
  readonly settled?: (diary: Diary) => boolean
  readonly onDamaged?: Report
  readonly write?: WriteFile
}

/**
 * Open the store in a folder, made when it does not exist: one small file per case, under `live/` or `settled/`.
 *
 * Nothing is kept in memory but the ids of the live cases; each promise resolves after the fsync of file and folder.
 * Fault `store/in-use` when another process has it open, `store/folder` and `store/lock` when the folder will not do.
 */
export async function openLowdbStore(folder: string, options: LowdbOptions = {}): Promise<Store> {
  const root = resolve(folder)
  await makeRoot(root)
  const release = await ownFolder(root)
  try {
    return await openOwned(root, options, release)
  } catch (error) {
    await release()
    throw error
  }
}

async function makeRoot(root: string): Promise<void> {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 })
  } catch (error) {
    const remedy = 'Set a folder that this user may make and write to.'
    throw new Fault('store/folder', `The folder ${root} cannot be used (${codeOf(error)}). ${remedy}`, { cause: error })
  }
  // The folder above may be closed to this user.
  await syncFolder(dirname(root)).catch(() => undefined)
}

async function openOwned(folder: string, options: LowdbOptions, release: () => Promise<void>): Promise<Store> {
  const { settled = isSettled, onDamaged, write = writeDurably } = options
  const lines = new Set<string>()
  const ensureFolder = folderMaker()
  const { take, idle } = turns(32)
  const reads = justRead(64)
  let closed = false

  const report: Report = (line) => {
    if (lines.has(line)) return
    lines.add(line)
    onDamaged?.(line)
  }

  await Promise.all(['live', 'settled', 'settings', 'quarantine'].map((name) => ensureFolder(join(folder, name))))
  const live = await survey(folder, report)

  async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    if (closed) throw storeClosed()
    return take(key, work)
  }

  async function load(caseId: string): Promise<Copy | null> {
    reads.forget(caseId)
    try {
      const copy = await loadCase(folder, caseId, report)
      note(caseId, copy?.side === 'live')
      return copy
    } catch (error) {
      if (isFault(error, 'store/damaged')) live.delete(caseId)
      throw error
    }
  }

  function note(caseId: string, isLive: boolean): void {
    if (isLive) live.add(caseId)
    else live.delete(caseId)
  }

  async function read(caseId: string): Promise<Diary> {
    const copy = await load(caseId)
    reads.put(caseId, copy)
    return copy?.diary ?? []
  }

  async function add(caseId: string, version: number, events: readonly Event[]): Promise<void> {
    const seen = reads.take(caseId, version)
    const copy = seen === undefined ? await load(caseId) : seen
    checkVersion(caseId, version, copy?.diary.length ?? 0)
    if (events.length === 0) return
    const diary = [...(copy?.diary ?? []), ...events]
    const side = settled(diary) ? 'settled' : 'live'
    const file = caseFileOf(folder, side, caseId)
    await ensureFolder(dirname(file))
    const adapter = jsonFile(file, (text) => parseCase(text, caseId), write)
    await new Low<CaseFile>(adapter, { format: 1, caseId, diary }).write()
    note(caseId, side === 'live')
    // The new file counts already: when the old one stays, the next reader removes it.
    if (copy && copy.side !== side) await rm(copy.file, { force: true }).catch(() => undefined)
  }

  return {
    read: async (caseId) => {
      checkCaseId(caseId)
      return inTurn(caseId, () => read(caseId))
    },
    append: async (caseId, version, events) => {
      checkCaseId(caseId)
      checkEvents(events)
      await inTurn(caseId, () => add(caseId, version, events))
    },
    live: async () => {
      if (closed) throw storeClosed()
      return [...live]
    },
    keep: async (name, value) => {
      checkSettingName(name)
      await inTurn(`setting.${name}`, () => writeSetting(folder, name, value, write))
    },
    kept: async (name) => {
      checkSettingName(name)
      return inTurn(`setting.${name}`, () => readSetting(folder, name, report))
    },
    damaged: () => [...lines],
    close: async () => {
      closed = true
      await idle()
      await release()
    },
  }
}
