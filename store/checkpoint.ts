import { Fault, isFault } from '../triage/fault.js'
import type { CaseFiles } from './case-files.js'
import type { Damages } from './damages.js'
import { codeOf } from './faults.js'
import type { Journal } from './journal.js'
import type { StoredCase } from './store.js'
import { after, type UnfiledCase, type Write } from './unfiled.js'

/** Brings what is in the journal into the cases' own files. */
export type Checkpoint = {
  /** Do it now, or once more when it is being done. Resolves with false when it failed: then everything stays in the journal. */
  readonly run: () => Promise<boolean>
  /** The same as fast as the disk can: nobody else needs it any more. */
  readonly runLast: () => Promise<boolean>
  /** Put the writes of a case aside that fit nothing on disk, and let nothing more be written to it. */
  readonly condemn: (unfiled: UnfiledCase, why: string) => Promise<Fault>
}

/** What a checkpoint works on. */
export type CheckpointParts = {
  readonly files: CaseFiles
  readonly journal: Journal
  readonly damages: Damages
  readonly unfiled: Map<string, UnfiledCase>
  /** Everything of that case is in its file now. */
  readonly filed: (caseId: string, version: number, open: boolean) => void
  /** That case can't be read any more. */
  readonly lost: (caseId: string) => void
  /** Throws a fault when the folder is not ours any more. */
  readonly check: () => void
  /** Resolves when the next file may be written: who waits for the journal goes first. */
  readonly afterWriters: () => Promise<void>
  /** How long what is not needed any more stays for whoever copies the folder, in milliseconds, and how much of it, in bytes. */
  readonly stayMs: number
  readonly stayBytes: number
}

/** Make checkpoints one after the other. */
export function openCheckpoint(parts: CheckpointParts): Checkpoint {
  const { files, journal, damages, unfiled, filed, lost, check, afterWriters, stayMs, stayBytes } = parts
  let running: Promise<boolean> | null = null
  let next: Promise<boolean> | null = null
  // Few files: whoever waits for the journal goes first.
  let sideBySide = 2

  function run(): Promise<boolean> {
    if (!running) {
      running = attempt().finally(() => (running = null))
      return running
    }
    next ??= running.then(() => {
      next = null
      return run()
    })
    return next
  }

  async function attempt(): Promise<boolean> {
    try {
      await work()
      damages.clear(trouble)
      return true
    } catch (error) {
      const text =
        `What is in the journal could not be written into the cases' files (${isFault(error) ? error.message : codeOf(error)}). ` +
        'Nothing is lost, and it is tried again; make sure that the disk has room and this user may write there.'
      damages.note(trouble, { caseId: null, open: false, text })
      return false
    }
  }

  /** In this order: a segment goes only when the files of all its cases are on disk. */
  async function work(): Promise<void> {
    check()
    const segments = await journal.end()
    const done = await fileAll()
    await files.sync()
    check()
    for (const { one, writes } of done) settle(one, writes)
    journal.drop(segments)
    await journal.tidy(stayMs, stayBytes)
    await files.tidy(stayMs)
  }

  type Done = { readonly one: UnfiledCase; readonly writes: number }

  async function fileAll(): Promise<readonly Done[]> {
    const going = [...unfiled.values()].values()
    const done: Done[] = []
    const failures: unknown[] = []
    const work = async (): Promise<void> => {
      for (const one of going) {
        if (failures.length > 0) return
        await afterWriters()
        try {
          done.push({ one, writes: await file(one) })
        } catch (error) {
          failures.push(error)
        }
      }
    }
    // All of them come to their end before anything is said: no two checkpoints write the same file.
    await Promise.all(Array.from({ length: sideBySide }, work))
    if (failures.length > 0) throw failures[0]
    return done
  }

  /** Write a case's file; answers how many of its writes are in there. */
  async function file(one: UnfiledCase): Promise<number> {
    const writes = one.writes.filter(({ kept }) => kept)
    const last = writes.at(-1)
    if (!last || one.broken) return 0
    const merged = await merge(one, writes)
    if (!merged) return 0
    await files.put(one.caseId, last.open ? 'live' : 'settled', merged)
    return writes.length
  }

  async function merge(one: UnfiledCase, writes: readonly Write[]): Promise<StoredCase | null> {
    try {
      const base = one.filed.version === 0 ? null : await files.load(one.caseId)
      const merged = after(base?.stored ?? null, writes)
      if (!merged) await condemn(one, 'its file lacks what the journal goes on from')
      return merged
    } catch (error) {
      if (!isFault(error, 'store/damaged')) throw error
      await condemn(one, error.message)
      return null
    }
  }

  function settle(one: UnfiledCase, writes: number): void {
    const last = one.writes[writes - 1]
    if (!last) return
    one.filed = { version: last.version + 1, open: last.open }
    one.writes.splice(0, writes)
    if (one.writes.length > 0) return
    unfiled.delete(one.caseId)
    filed(one.caseId, one.filed.version, one.filed.open)
  }

  async function condemn(one: UnfiledCase, why: string): Promise<Fault> {
    const { caseId, writes } = one
    one.broken = new Fault('store/damaged', `Case ${caseId} cannot be put together: ${why}.`)
    // From now on nothing more is taken for it; what is under way comes to its end first.
    await journal.flush()
    const fault = await files.condemn(caseId, why, `[${writes.map(({ text }) => text).join(',\n')}]\n`)
    unfiled.delete(caseId)
    lost(caseId)
    return fault
  }

  return {
    run,
    runLast: () => {
      sideBySide = 16
      return run()
    },
    condemn,
  }
}

const trouble = 'the checkpoint'
