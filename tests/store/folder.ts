import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { program } from '../support/program.js'

/** Run something with a new folder that is gone afterwards. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-store-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Every file below a folder, by its path inside, sorted; the lock is left out. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted()
}

/** A store in a process of its own, which says a line for each thing it did. */
export type Other = { readonly process: ChildProcess; next(): Promise<string> }

/** Start `tests/store/other.ts` with arguments; `before` is put in front of it in the shell. */
export function startOther(args: readonly string[], before = ''): Other {
  const command = `${before} exec "$0" "$@"`
  const child = spawn('/bin/sh', ['-c', command, process.execPath, ...program('tests/store/other'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    process: child,
    next: async () => {
      const line = await lines.next()
      return line.done ? 'ended' : line.value
    },
  }
}

/** Kill a process like a power cut would, and wait for its end. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGKILL')
  await ended
}
