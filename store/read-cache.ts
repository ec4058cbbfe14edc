import type { Copy } from './copies.js'

/** What was read a moment ago, for the append that follows. */
export type JustRead = {
  /** Remember what was read of a case; null when there is nothing. */
  readonly put: (caseId: string, copy: Copy | null) => void
  /** Give it away when it has as many lines as the writer believes; undefined when it must be read again. */
  readonly take: (caseId: string, lines: number) => Copy | null | undefined
  readonly forget: (caseId: string) => void
}

/**
 * Whoever appends has just read, and nobody else writes in the folder: so it need not be read twice.
 *
 * Only a few are kept, for as long as nothing else happens to the case.
 */
export function justRead(atMost: number): JustRead {
  const copies = new Map<string, Copy | null>()
  return {
    put: (caseId, copy) => {
      copies.delete(caseId)
      copies.set(caseId, copy)
      const [oldest] = copies.keys()
      if (copies.size > atMost && oldest !== undefined) copies.delete(oldest)
    },
    take: (caseId, lines) => {
      const copy = copies.get(caseId)
      copies.delete(caseId)
      return copy !== undefined && (copy?.diary.length ?? 0) === lines ? copy : undefined
    },
    forget: (caseId) => void copies.delete(caseId),
  }
}
