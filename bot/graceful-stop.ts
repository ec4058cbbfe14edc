/** How long everything may take to come to its end, in milliseconds: longer than the longest wait for Teams. */
export const stopMs = 15_000

type Parts = {
  /** What has to end; each finishes what it began. */
  readonly ends: () => readonly Promise<unknown>[]
  readonly exit: (code: number) => void
  readonly log: Readonly<Record<'info' | 'error', (details: object, text: string) => void>>
  readonly mostMs?: number
}

/**
 * Stop once, however often it is asked for: exit with 0 when everything has ended, with 1 when something failed or takes too long.
 * What was acknowledged is on disk in any case.
 */
export const gracefulStop = ({ ends, exit, log, mostMs = stopMs }: Parts): ((signal: string) => void) => {
  let stopping = false
  return (signal) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    const timer = setTimeout(() => {
      log.error({ signal }, 'not everything came to its end in time; nothing acknowledged is lost')
      exit(1)
    }, mostMs)
    void allEnded(ends()).then((failures) => {
      clearTimeout(timer)
      for (const error of failures) log.error({ err: error }, 'something could not come to its end')
      if (failures.length === 0) log.info({ signal }, 'stopped')
      return exit(failures.length === 0 ? 0 : 1)
    })
  }
}

/** Why those that failed did, once all have ended. */
const allEnded = async (ends: readonly Promise<unknown>[]): Promise<readonly unknown[]> =>
  (await Promise.allSettled(ends)).flatMap((one): readonly unknown[] => (one.status === 'rejected' ? [one.reason] : []))
