import { type ChildProcess, fork } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Illness } from './failing-disk.js'
import type { ChildSettings, ChildWord } from './winnow-child.js'

/** A Winnow in another process. */
export type WinnowProcess = {
  /** Undefined when it could not be started. */
  readonly pid: number | undefined
  /** Its address, once it listens. Rejects when it ends before. */
  readonly up: Promise<string>
  /** Resolves when the board is complete. Rejects when it ends before. */
  readonly openCases: Promise<void>
  /** Resolves with the exit code, null after a kill. */
  readonly ended: Promise<number | null>
  /** Let one that waits go on, once it is loaded; resolves when it was told. Rejects when it ends before. */
  go(): Promise<void>
  /** Make the disk of one that was started with a `diskSeed` ill, or well with null; resolves when it is so. */
  disk(illness: Illness | null): Promise<void>
  /** Hear of each fault such a disk makes, such as `EIO on sync`. */
  onFault(hear: (what: string) => void): void
  /** Resolves when every card shows the newest state. */
  drawn(): Promise<void>
  /** Its resident memory in bytes. */
  memory(): Promise<number>
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  /** End it in good order; resolves with the exit code. */
  stop(): Promise<number | null>
}

/** Start one from a compiled folder (see `compile`); what it writes goes to `log`, a file. */
export const startWinnow = (compiled: string, settings: ChildSettings, log: string): WinnowProcess => {
  const file = openSync(log, 'a')
  const child = fork(join(compiled, 'tests', 'support', 'winnow-start.js'), [JSON.stringify(settings)], {
    execArgv: nodeOptions(),
    stdio: ['ignore', file, file, 'ipc'],
  })
  closeSync(file)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ask = <W extends ChildWord['word']>(word: W, question?: string | object) => {
    const answer = heard(child, word)
    if (question !== undefined) child.send(question, () => undefined)
    return answer
  }
  const ready = ask('ready')
  const up = ask('up').then(({ port }) => `http://127.0.0.1:${port}`)
  const openCases = ask('board').then(() => undefined)
  // Whoever kills it early does not wait for these.
  for (const promise of [ready, up, openCases]) promise.catch(() => undefined)
  return {
    pid: child.pid,
    up,
    openCases,
    ended,
    go: async () => {
      await ready
      child.send('go', () => undefined)
    },
    disk: async (illness) => void (await ask('illness', { illness })),
    onFault: (hear) => void child.on('message', (told) => isWord('fault', told) && hear(told.what)),
    drawn: async () => void (await ask('drawn', 'drawn')),
    memory: async () => (await ask('memory', 'memory')).rss,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      child.send('stop', () => undefined)
      return ended
    },
  }
}

/** What Node is told beside, such as `--cpu-prof` to see where the time of a run goes: the words of NODE_OPTIONS_INSIDE. */
const nodeOptions = (): string[] => (process.env['NODE_OPTIONS_INSIDE'] ?? '').split(' ').filter((word) => word !== '')

type Word<W extends ChildWord['word']> = Extract<ChildWord, { word: W }>

const isWord = <W extends ChildWord['word']>(word: W, told: unknown): told is Word<W> =>
  typeof told === 'object' && told !== null && 'word' in told && told.word === word

const heard = <W extends ChildWord['word']>(child: ChildProcess, word: W): Promise<Word<W>> =>
  new Promise((resolve, reject) => {
    const listen = (told: unknown) => {
      if (!isWord(word, told)) return
      child.off('message', listen)
      child.off('exit', end)
      resolve(told)
    }
    const end = (code: number | null) =>
      reject(new Error(`Winnow ended with ${code} and never said ${word}; see the log`))
    child.on('message', listen)
    child.once('exit', end)
  })
