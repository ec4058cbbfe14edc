import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/** Which processor who has while it is measured: the program its own, and who asks it another. */
export const processors = { measured: '0', asking: '1', any: `0-${cpus().length - 1}` } as const

/**
 * Keep the main thread of a process on one processor, where there are two and `taskset` is there: moved back and forth by the machine,
 * a program finds its caches cold, the larger it is the more, and measures the scheduler. Its other threads go where they like. What
 * it starts from then on stays there as well. True when it is so.
 */
export const pin = (pid: number | undefined, processor: string): boolean =>
  pid !== undefined &&
  cpus().length > 1 &&
  spawnSync('taskset', ['--cpu-list', '--pid', processor, String(pid)]).status === 0

/**
 * Let a process stand still until the answer is called: whoever is not measured must not use a processor, for what it writes behind
 * what it has answered, say. What it waits for meanwhile it finds when it goes on.
 */
export const hold = (pid: number | undefined): (() => void) => {
  if (pid === undefined || process.platform === 'win32') return () => {}
  process.kill(pid, 'SIGSTOP')
  return () => void process.kill(pid, 'SIGCONT')
}

/**
 * Resolves when a process has hardly anything to do any more, after half a minute at the latest: what it takes up at a start and what it
 * writes behind its answers is over then. Where the machine does not tell, after half a second.
 */
export const atRest = async (pid: number | undefined): Promise<void> => {
  let before = await busyMs(pid)
  for (let turns = 0; turns < 60; turns += 1) {
    await sleep(500)
    const now = await busyMs(pid)
    if (now - before < 25) return
    before = now
  }
}

/** How long the main thread of a process has had a processor, in milliseconds; 0 where the machine does not tell. */
const busyMs = async (pid: number | undefined): Promise<number> => {
  const text = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '0')
  return Number(text.split(' ')[0]) / 1e6
}
