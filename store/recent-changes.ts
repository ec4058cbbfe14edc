import { randomBytes } from 'node:crypto'
import type { Changes, Position } from './store.js'

/** Which cases were written to lately, for readers that follow. */
export type RecentChanges = {
  readonly note: (caseId: string, version: number) => void
  /** What was noted after that position; nothing for null, and null for a position that is not remembered. */
  readonly since: (position: Position | null) => Changes | null
}

/** Remember the newest `most` cases that were written to. A position means nothing to another process. */
export function recentChanges(most = 10_000): RecentChanges {
  // Oldest first: whoever is noted again moves to the end.
  const noted = new Map<string, { readonly at: number; readonly version: number }>()
  const life = randomBytes(6).toString('hex')
  // It goes on where it stopped: one that begins anew would go through all places that are empty by now.
  const oldestFirst = noted.entries()
  let now = 0
  let forgotten = 0

  const positionOf = (at: number): Position => `${life}-${at}`

  return {
    note: (caseId, version) => {
      now += 1
      noted.delete(caseId)
      noted.set(caseId, { at: now, version })
      if (noted.size <= most) return
      const { value: oldest } = oldestFirst.next()
      if (!oldest) return
      forgotten = oldest[1].at
      noted.delete(oldest[0])
    },
    since: (position) => {
      if (position === null) return { position: positionOf(now), changes: [] }
      const [of, number] = position.split('-')
      const at = Number(number)
      if (of !== life || !Number.isInteger(at) || at < forgotten || at > now) return null
      const changes = [...noted].filter(([, one]) => one.at > at).map(([caseId, { version }]) => ({ caseId, version }))
      return { position: positionOf(now), changes }
    },
  }
}
