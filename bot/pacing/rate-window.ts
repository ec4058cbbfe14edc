/** At most so many requests in any stretch of so many milliseconds. */
export type Limit = { readonly most: number; readonly withinMs: number }

/** What one conversation may be sent, and what the bot may ask for in one tenant altogether. */
export type Limits = { readonly conversation: readonly Limit[]; readonly tenant: readonly Limit[] }

/** The limits Teams publishes for a bot; posts and updates count alike. */
export const published: Limits = {
  conversation: [
    { most: 7, withinMs: 1000 },
    { most: 8, withinMs: 2000 },
    { most: 60, withinMs: 30_000 },
    { most: 1800, withinMs: 3_600_000 },
  ],
  tenant: [{ most: 50, withinMs: 1000 }],
}

/** The part of them that cards take: the rest is kept free for answers to people, who are not made to wait. */
export const forCards: Limits = {
  conversation: [
    { most: 6, withinMs: 1000 },
    { most: 7, withinMs: 2000 },
    { most: 57, withinMs: 30_000 },
    { most: 1740, withinMs: 3_600_000 },
  ],
  tenant: [{ most: 45, withinMs: 1000 }],
}

/** No limits: for the local client, which has none. */
export const unlimited: Limits = { conversation: [], tenant: [] }

/** How many requests these limits allow in a minute, by those for a minute or less. */
export const perMinute = (limits: readonly Limit[]): number =>
  Math.min(
    ...limits.filter(({ withinMs }) => withinMs <= 60_000).map(({ most, withinMs }) => (most * 60_000) / withinMs),
  )

/** Sliding windows over requests. Times are milliseconds of one clock and never go back. */
export type RateWindow = {
  /** How long to wait until one more may begin; 0 when it may now. With all places taken by requests under way, a guess. */
  wait(at: number): number
  begin(at: number): void
  end(at: number): void
}

/**
 * Keep to these limits.
 *
 * Nobody knows when between its begin and its end a request is counted by the other side. So one under way counts as of now, and
 * one that has ended as of its end: then no window is broken there either, however long requests take.
 */
export const openRateWindow = (limits: readonly Limit[]): RateWindow => {
  const most = Math.max(0, ...limits.map((limit) => limit.most))
  const ended: number[] = []
  let going = 0

  const waitFor = ({ most: allowed, withinMs }: Limit, at: number): number => {
    const free = allowed - going
    if (free <= 0) return withinMs / allowed
    const oldest = ended.at(-free)
    return oldest === undefined ? 0 : oldest + withinMs - at
  }

  return {
    wait: (at) => Math.max(0, ...limits.map((limit) => waitFor(limit, at))),
    begin: () => {
      going += 1
    },
    end: (at) => {
      going -= 1
      ended.push(at)
      if (ended.length > most) ended.shift()
    },
  }
}
