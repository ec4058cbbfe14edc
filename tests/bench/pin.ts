import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'

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
