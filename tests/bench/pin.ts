import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'

/** Which processor who has: the measured program its own, and who asks it another. */
export const processors = { measured: 0, asking: 1 } as const

/**
 * Keep the main thread of a process on one processor, where there are two and `taskset` is there: moved back and forth by the machine,
 * a program finds its caches cold, the larger it is the more, and measures the scheduler. True when it is so.
 */
export const pin = (pid: number | undefined, processor: number): boolean =>
  pid !== undefined &&
  cpus().length > 1 &&
  spawnSync('taskset', ['--cpu-list', '--pid', String(processor), String(pid)]).status === 0
