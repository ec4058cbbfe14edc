import { spawn } from 'node:child_process'

/** How a program ended: its exit code, which is null after a signal, and all it said. */
export type Outcome = { readonly code: number | null; readonly text: string }

/** Run a program to its end in this process's folder. Rejects when it can't be started. */
export const outcomeOf = (file: string, words: readonly string[]): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    }
    child.once('error', reject).once('close', (code) => resolve({ code, text }))
  })
