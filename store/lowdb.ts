import { dirname, join, resolve } from 'node:path'
import { setTimeout as machineSleep } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { Fault, isFault } from '../triage/fault.js'
import { openCaseFiles } from './case-files.js'
import { openCheckpoint } from './checkpoint.js'
import { openDamages, type Report } from './damages.js'
import { type Disk, machineDisk } from './disk.js'
import { caseOpen, checkVersion, codeOf, storeClosed } from './faults.js'
import { folderMaker } from './folder-maker.js'
import { openJournal } from './journal.js'
import { caseFileOf, journalOf, shardOf, shards } from './layout.js'
import { checkCaseId, checkSettingName, isCaseId } from './names.js'
import { type Lock, ownFolder } from './one-process.js'
import { recentChanges } from './recent-changes.js'
import { recordText } from './records.js'
import { readJournal } from './replay.js'
import { openSettings } from './settings.js'
import { checkChange } from './shapes.js'
import type { Change, Store, StoredCase } from './store.js'
import { survey } from './survey.js'
import { after, nobody, nothingUnfiled, shardIn, standing, type UnfiledCase } from './unfiled.js'

/** What can be different; each has a value of its own when it is left out. */
export type LowdbOptions = {
  /** Hears of each damage as it is found. */
  readonly onDamaged?: Report
  readonly disk?: Disk
  /** Makes this process the only owner of the folder. */
  readonly own?: (folder: string) => Promise<Lock>
  readonly limits?: Partial<Limits>
  /** Milliseconds from anywhere. */
  readonly now?: () => number
  /** Resolves after so many milliseconds. */
  readonly sleep?: (ms: number) => Promise<void>
}

/** When what is in the journal goes into the cases' own files, and what waits for what. */
export type Limits = {
  /** After so many bytes, so many cases, or so many milliseconds. */
  readonly bytes: number
  readonly cases: number
  readonly ms: number
  /** With so many bytes in the journal, writers wait for the files. */
  readonly mostBytes: number
  /** How long bookkeeping that nobody waits for is held back for company, in milliseconds. */
  readonly patienceMs: number
  /** What is not needed any more stays so long for whoever is copying the folder, in milliseconds, */
  readonly stayMs: number
  /** but never more than so many bytes of the journal. */
  readonly stayBytes: number
  /** How long reading may keep everything else from running, in milliseconds. */
  readonly sliceMs: number
}

const usual: Limits = {
  bytes: 16_000_000,
  cases: 4000,
  ms: 30_000,
  mostBytes: 256_000_000,
  patienceMs: 20,
  stayMs: 3_600_000,
  stayBytes: 32_000_000,
  sliceMs: 5,
}

/**
 * Open the store in a folder, made when it does not exist: a journal that every write goes to first, and one small file per case,
 * under `live/` or `settled/`, which follows in the background.
 *
 * Nothing is kept in memory but the ids of the open cases and what is not in the files yet. One process owns the folder. Fault
 * `store/in-use` when another has it open, `store/folder` and `store/lock` when the folder will not do, `store/newer` for one that
 * a newer Winnow wrote.
 */
export async function openLowdbStore(folder: string, options: LowdbOptions = {}): Promise<Store> {
  const root = resolve(folder)
  const { disk = machineDisk, own = ownFolder } = options
  await makeRoot(disk, root)
  const lock = await own(root)
  try {
    return await openOwned(root, disk, lock, options)
  } catch (error) {
    await lock.release()
    throw unusable(root, error)
  }
}

async function makeRoot(disk: Disk, root: string): Promise<void> {
  try {
    await disk.makeFolder(root)
  } catch (error) {
    throw unusable(root, error)
  }
  // Each of those above may have been made just now, or by a life that was cut off. They may be closed to this user as well.
  for (let made = root; dirname(made) !== made; made = dirname(made)) {
    await disk.syncFolder(dirname(made)).catch(() => undefined)
  }
}

function unusable(root: string, error: unknown): Fault {
  if (isFault(error)) return error
  const remedy = 'Set a folder that this user may make and write to, on a disk that is well.'
  return new Fault('store/folder', `The folder ${root} cannot be used (${codeOf(error)}). ${remedy}`, { cause: error })
}

async function openOwned(folder: string, disk: Disk, lock: Lock, options: LowdbOptions): Promise<Store> {
  const { onDamaged, now = () => performance.now(), sleep = machineSleep } = options
  const limits = { ...usual, ...options.limits }
  const damages = openDamages(onDamaged)
  const ensureFolder = folderMaker(disk)
  await Promise.all(
    ['live', 'settled', 'settings', 'quarantine', 'journal'].map((name) => ensureFolder(join(folder, name))),
  )
  const files = openCaseFiles(disk, folder, damages, now)
  const left = await readJournal(disk, folder, damages)
  const settings = openSettings(disk, folder, damages, lock.check)
  const recent = recentChanges()
  /** The open cases, each with its version as far as it is known. */
  const open = new Map<string, number | null>()
  for (const caseId of await survey(disk, folder, files, damages)) open.set(caseId, null)
  const unfiled = new Map<string, UnfiledCase>()
  /** Cases that were looked for lately and are not there: whoever writes one looks first. */
  const absent = new LRUCache<string, true>({ max: 1000 })
  const journal = openJournal({
    disk,
    folder: journalOf(folder),
    found: left.segments,
    check: lock.check,
    patienceMs: limits.patienceMs,
    now,
    troubled: (fault) => {
      if (fault) damages.note('the journal', { caseId: null, open: false, text: fault.message })
      else damages.clear('the journal')
    },
  })
  const checkpoint = openCheckpoint({
    files,
    journal,
    damages,
    unfiled,
    check: lock.check,
    afterWriters,
    stayMs: limits.stayMs,
    stayBytes: limits.stayBytes,
    filed: note,
    lost: (caseId) => void open.delete(caseId),
  })
  const slices = inSlices(limits.sliceMs, now)
  const going = new Set<Promise<unknown>>()
  /** The cases that are being replaced, and how often that began or ended. */
  const replacing = new Map<string, Promise<void>>()
  let replacements = 0
  let closing: Promise<void> | null = null

  let lastWaited = -Infinity
  /** Who waits for the journal goes first, as long as what comes can be held in memory: filing costs more than taking in. */
  async function afterWriters(): Promise<void> {
    const hasRoom = journal.bytes() < 2 * limits.bytes && unfiled.size < 2 * limits.cases
    if (hasRoom && !closing && now() - lastWaited < quietMs) await sleep(quietMs)
  }

  function note(caseId: string, version: number, isOpen: boolean): void {
    if (isOpen) open.set(caseId, version)
    else open.delete(caseId)
  }

  /** What the journal has behind the files counts from the start. */
  async function takeOver(one: UnfiledCase): Promise<void> {
    const { caseId } = one
    try {
      const copy = await files.load(caseId)
      const version = copy?.stored.version ?? 0
      one.filed = { version, open: copy?.side === 'live' }
      const behind = one.writes.filter((write) => write.version >= version)
      if (!after(copy?.stored ?? null, behind)) {
        await checkpoint.condemn(one, 'the journal lacks what was written in between')
        return
      }
      one.writes.splice(0, one.writes.length, ...behind)
      if (behind.length > 0) unfiled.set(caseId, one)
      const { version: newest, open: isOpen } = standing(one)
      note(caseId, newest, isOpen)
    } catch (error) {
      if (!isFault(error, 'store/damaged')) throw error
      await checkpoint.condemn(one, error.message)
    }
  }

  for (const one of left.cases.values()) {
    await slices()
    await takeOver(one)
  }
  // Their names may not be on disk yet.
  files.mustSync(left.cases.keys())

  function checkOpen(): void {
    if (closing) throw storeClosed()
  }

  /** Closing waits for what was begun. */
  function whole<T>(work: Promise<T>): Promise<T> {
    const end = (): void => void going.delete(over)
    const over = work.then(end, end)
    going.add(over)
    return work
  }

  function loadKept(caseId: string): ReturnType<typeof files.load> {
    const waiting = unfiled.get(caseId)?.waiting
    return waiting ? waiting.then(() => loadKept(caseId)) : files.load(caseId)
  }

  async function read(caseId: string): Promise<StoredCase> {
    checkOpen()
    checkCaseId(caseId)
    await slices()
    try {
      let copy = await loadKept(caseId)
      // What is shown to anybody must not be taken back by a disk that fails, so what was begun while the file was read is waited for.
      while (unfiled.get(caseId)?.waiting) copy = await loadKept(caseId)
      const one = unfiled.get(caseId)
      if (one?.broken) throw one.broken
      if (!one) note(caseId, copy?.stored.version ?? 0, copy?.side === 'live')
      if (!one && !copy) absent.set(caseId, true)
      const stored = one ? after(copy?.stored ?? null, one.writes) : (copy?.stored ?? nobody)
      if (!stored && one) throw await checkpoint.condemn(one, 'its file lacks what the journal goes on from')
      return stored ?? nobody
    } catch (error) {
      if (isFault(error, 'store/damaged')) open.delete(caseId)
      throw error
    }
  }

  /** What a write goes on from, where that is known: nobody else writes here, so what was read or written once need not be read again. */
  function known(caseId: string): UnfiledCase | null {
    const one = unfiled.get(caseId)
    if (one) return one
    const version = open.get(caseId)
    if (typeof version === 'number') return nothingUnfiled(caseId, version, true)
    return absent.has(caseId) ? nothingUnfiled(caseId, 0, false) : null
  }

  async function write(caseId: string, version: number, change: Change, durable: boolean): Promise<number> {
    checkOpen()
    checkCaseId(caseId)
    checkChange(change, version === 0)
    if (journal.bytes() > limits.mostBytes) await room()
    const found = (replacing.has(caseId) ? null : known(caseId)) ?? (await notReplaced(caseId))
    // Somebody else may have been quicker.
    const one = unfiled.get(caseId) ?? found
    if (one.broken) throw one.broken
    const former = standing(one)
    checkVersion(caseId, version, former.version)
    const { events = [], cards = {}, open: isOpen } = change
    const isNothing = events.length === 0 && Object.keys(cards).length === 0
    if (isNothing && (version === 0 || isOpen === former.open)) return version
    const kept = put(one, recordText(caseId, version, change), isOpen, durable)
    if (durable) await kept
    return version + 1
  }

  /** What a write goes on from is read again when the case is replaced meanwhile. */
  async function notReplaced(caseId: string): Promise<UnfiledCase> {
    for (;;) {
      const seen = replacements
      if (replacing.has(caseId)) await replacing.get(caseId)
      const copy = known(caseId) ? null : await files.load(caseId)
      if (seen !== replacements) continue
      return known(caseId) ?? nothingUnfiled(caseId, copy?.stored.version ?? 0, copy?.side === 'live')
    }
  }

  async function replace(caseId: string, version: number, record: Omit<StoredCase, 'version'>): Promise<number> {
    for (let busy = replacing.get(caseId); busy; busy = replacing.get(caseId)) await busy
    replacements += 1
    const work = replaceFiled(caseId, version, record)
    const over = work
      .then(() => undefined)
      .catch(() => undefined)
      .finally(() => {
        replacements += 1
        replacing.delete(caseId)
      })
    replacing.set(caseId, over)
    return work
  }

  /** The journal has the case in its former words, so they are filed first: what is in it then is older than the file. */
  async function replaceFiled(caseId: string, version: number, record: Omit<StoredCase, 'version'>): Promise<number> {
    while (unfiled.has(caseId)) {
      if (await checkpoint.run()) continue
      const remedy = 'Make sure that the disk has room and this user may write there; then try again.'
      throw new Fault('store/unwritable', `The cases' files cannot be written. ${remedy}`)
    }
    const copy = await files.load(caseId)
    checkVersion(caseId, version, copy?.stored.version ?? 0)
    if (copy?.side !== 'settled') throw caseOpen(caseId)
    lock.check()
    // What it left there when it was settled. Its newer file has been on disk since before, so it is safe without.
    const former = caseFileOf(folder, 'live', caseId)
    if (disk.has(former)) await disk.remove(former)
    await files.put(caseId, 'settled', { ...record, version: version + 1 })
    await files.sync()
    recent.note(caseId, version + 1)
    return version + 1
  }

  /** From here to the journal's queue nothing else runs: writes of a case are in the order of their versions. */
  function put(one: UnfiledCase, text: string, isOpen: boolean, durable: boolean): Promise<void> {
    absent.delete(one.caseId)
    const { caseId } = one
    const added = { version: standing(one).version, open: isOpen, text, kept: false }
    one.writes.push(added)
    unfiled.set(caseId, one)
    note(caseId, added.version + 1, isOpen)
    const kept = new Promise<void>((resolve, reject) => {
      const entry = {
        text,
        kept: () => {
          added.kept = true
          recent.note(caseId, added.version + 1)
          resolve()
          checkpointIfFull()
        },
        lost: (fault: Fault) => {
          one.writes.splice(one.writes.indexOf(added), 1)
          if (one.writes.length === 0) unfiled.delete(caseId)
          note(caseId, standing(one).version, standing(one).open)
          reject(fault)
        },
      }
      journal.put(entry, durable)
    })
    const end = (): void => {
      if (one.waiting === over) one.waiting = null
    }
    const over = kept.then(end, end)
    if (durable) {
      one.waiting = over
      lastWaited = now()
    }
    return kept
  }

  function checkpointIfFull(): void {
    const isFull = journal.bytes() >= limits.bytes || unfiled.size >= limits.cases
    if (isFull && !isFiling && now() >= notBefore) void fileNow()
  }

  let isFiling = false
  let hasFailed = false
  let notBefore = 0
  async function fileNow(): Promise<void> {
    isFiling = true
    const worked = await checkpoint.run()
    isFiling = false
    hasFailed = !worked
    // A disk that fails is left in peace for a while.
    notBefore = worked ? 0 : now() + limits.ms
  }

  /** Memory holds what is not in the files yet, so there is an end to it. */
  async function room(): Promise<void> {
    while (journal.bytes() > limits.mostBytes) {
      if (await checkpoint.run()) continue
      const remedy = 'Make sure that the disk has room and this user may write there; then try again.'
      throw new Fault('store/unwritable', `The cases' files cannot be written, and the journal is full. ${remedy}`)
    }
  }

  const timer = setInterval(() => {
    // What failed is tried again although all is filed by now: old segments may be left, and that it failed is still said.
    if (unfiled.size > 0 || journal.bytes() > 0 || hasFailed) void fileNow()
  }, limits.ms)
  timer.unref()

  async function end(): Promise<void> {
    clearInterval(timer)
    await Promise.all(going)
    await journal.flush()
    if (await checkpoint.runLast()) {
      await journal.tidy(0, 0).catch(() => undefined)
      await files.tidy(0)
    }
    await journal.close()
    await lock.release()
  }

  return {
    read: (caseId) => whole(read(caseId)),
    write: (caseId, version, change, { durable = true } = {}) => whole(write(caseId, version, change, durable)),
    open: async () => {
      checkOpen()
      return [...open.keys()]
    },
    async *all() {
      for (const shard of shards) {
        checkOpen()
        await slices()
        const files = ['live', 'settled'].flatMap((side) => disk.list(join(folder, side, shard)) ?? [])
        const filed = files.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))
        const ids = new Set(filed.filter((caseId) => isCaseId(caseId) && shardOf(caseId) === shard))
        for (const one of unfiled.values()) if (shardIn(one) === shard) ids.add(one.caseId)
        if (ids.size > 0) yield [...ids]
      }
    },
    keep: async (name, value, version) => {
      checkOpen()
      checkSettingName(name)
      return whole(settings.keep(name, value, version))
    },
    kept: async (name) => {
      checkOpen()
      checkSettingName(name)
      return whole(settings.kept(name))
    },
    replace: async (caseId, version, record) => {
      checkOpen()
      checkCaseId(caseId)
      checkChange({ events: record.diary, cards: record.cards, open: false }, true)
      return whole(replace(caseId, version, record))
    },
    since: async (position) => {
      checkOpen()
      return recent.since(position)
    },
    damaged: damages.all,
    close: () => (closing ??= end()),
  }
}

/** After so many milliseconds without a write that somebody waits for, files are written as fast as the disk takes them; else one in that time. */
const quietMs = 50

/** Reading is done at once, file by file; after so many milliseconds of it everything else gets its turn. */
function inSlices(sliceMs: number, now: () => number): () => Promise<void> {
  let until = 0
  let next: Promise<void> | null = null
  return async () => {
    for (;;) {
      if (!next) {
        until = now() + sliceMs
        next = new Promise<void>((go) => setImmediate(go)).finally(() => {
          next = null
        })
      }
      if (now() < until) return
      await next
    }
  }
}
