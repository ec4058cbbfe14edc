import { performance } from 'node:perf_hooks'

/** What was refused: at which door, to whom (the name of the key, null without one), with what, and how large it was in bytes. */
export type Refused = {
  readonly door: string
  readonly caller: string | null
  readonly status: number
  readonly code: string | null
  readonly bytes: number
  readonly why?: string | undefined
}

/** How often something was refused at a door, since the start. */
export type RefusalCount = { readonly door: string; readonly status: number; readonly count: number }

/** Counts what is refused, and tells the log. */
export type Refusals = {
  note(refused: Refused): void
  counts(): readonly RefusalCount[]
}

/**
 * Every refusal is counted. The log gets at most `mostLines` a minute, and then how many it did not get, so that no stranger can
 * fill the disk. `now` is in milliseconds that never go back.
 */
export const openRefusals = (
  log: { warn(details: object, text: string): void },
  mostLines = 120,
  now: () => number = () => performance.now(),
): Refusals => {
  const counts = new Map<string, RefusalCount>()
  let minute = -Infinity
  let lines = 0
  return {
    note: (refused) => {
      const { door, status } = refused
      const key = `${door} ${status}`
      counts.set(key, { door, status, count: (counts.get(key)?.count ?? 0) + 1 })
      if (now() - minute >= 60_000) {
        if (lines > mostLines) log.warn({ count: lines - mostLines }, 'more requests were refused than the log tells')
        minute = now()
        lines = 0
      }
      lines += 1
      if (lines <= mostLines) log.warn(refused, 'a request was refused')
    },
    counts: () => [...counts.values()],
  }
}
