import { createHash } from 'node:crypto'
import type { Store } from '../../store/store.js'
import { withoutAnyone } from '../../triage/personal-data.js'
import { isOpen } from '../../triage/stale-cards.js'
import type { CaseRecord, Desk } from './desk.js'

type Parts = {
  readonly store: Pick<Store, 'all' | 'open'>
  readonly desk: Pick<Desk, 'replace'>
  /** How many days after it was closed a case is about no one any more; null to keep everything. */
  readonly days: number | null
  /** The clock, ISO 8601. */
  readonly now: () => string
  /** Hears of each case that was changed. */
  readonly forgotten: (caseId: string) => void
  readonly log: { info(details: object, text: string): void; error(details: object, text: string): void }
}

/** Takes people out of the cases that were closed longer ago than personal data is kept. */
export type Retention = {
  /** Look through all closed cases, once a day at most; resolves with how many were changed. Never rejects. Call it each minute or so. */
  run(): Promise<number>
  /** Change nothing more; resolves when nothing is being changed. */
  stop(): Promise<void>
}

/** The SHA-256 of a text, in hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** True for a case that is closed, with every card as it should be: nothing more is going to be written by itself. */
export const isSettled = ({ state, cards }: CaseRecord): boolean => state !== null && !isOpen(state, cards)

/** Nothing is looked at before the first `run`. */
export const openRetention = ({ store, desk, days, now, forgotten, log }: Parts): Retention => {
  let nextAt = ''
  let stopping = false
  let running: Promise<number> | null = null

  const due = (record: CaseRecord, before: string): boolean =>
    isSettled(record) && (record.state?.closed?.at ?? before) < before

  const look = async (): Promise<number> => {
    const at = now()
    if (days === null || at < nextAt) return 0
    nextAt = daysLater(at, 1)
    const before = daysLater(at, -days)
    const open = new Set(await store.open())
    let count = 0
    for await (const caseIds of store.all()) {
      for (const caseId of caseIds) {
        if (stopping) return count
        if (open.has(caseId)) continue
        const why = { reason: 'age', at, digest: sha256 } as const
        const change = (record: CaseRecord) => (due(record, before) ? withoutAnyone(record, why) : null)
        try {
          if (!(await desk.replace(caseId, change))) continue
          count += 1
          forgotten(caseId)
        } catch (error) {
          log.error({ err: error, case: caseId }, 'personal data could not be removed; it is tried again tomorrow')
        }
      }
    }
    if (count > 0) log.info({ count, before }, 'personal data was removed from old cases')
    return count
  }

  return {
    run: () =>
      (running ??= look()
        .catch((error: unknown) => {
          log.error({ err: error }, 'personal data of old cases could not be removed; it is tried again tomorrow')
          return 0
        })
        .finally(() => (running = null))),
    stop: async () => {
      stopping = true
      await running
    },
  }
}

const daysLater = (at: string, days: number): string => new Date(Date.parse(at) + days * 86_400_000).toISOString()
