import type { Alert } from '../../triage/alert.js'
import type { Case } from '../../triage/case.js'
import type { Command } from '../../triage/command.js'
import { decide } from '../../triage/decide.js'
import type { Diary, Event, Related } from '../../triage/event.js'
import { evolve, replay } from '../../triage/evolve.js'
import { isFault } from '../../triage/fault.js'
import { winnow } from '../../triage/person.js'
import type { Playbook } from '../../triage/guide.js'
import { type Refusal, isRefusal } from '../../triage/refusal.js'
import type { Store } from '../../store/store.js'
import { keyedQueue } from '../../store/keyed-queue.js'

/** What came of some commands: what was written, and the case as it stands now (null when there is none). */
export type Settled = {
  readonly refusal: Refusal | null
  readonly written: readonly Event[]
  readonly state: Case | null
  readonly diary: Diary
}

/** The same, where something was written: so there is a case, and no refusal. */
export type Written = Settled & { readonly state: Case; readonly refusal: null }

/** The one place where commands are settled. */
export type Desk = {
  /** Settle commands for one case: all of them, or none when one is refused. Resolves when it is on disk. */
  settle(caseId: string, commands: readonly Command[]): Promise<Settled>
  /** Open a case for an alert; a known alert changes nothing. */
  open(caseId: string, alert: Alert, playbook: string, related: readonly Related[]): Promise<Settled>
  /** The case as it stands. */
  look(caseId: string): Promise<Settled>
  /** Be told of every case in which something was written, after it is on disk. */
  onWritten(hear: (written: Written) => void): void
}

/**
 * Read the diary, decide, append. When someone else wrote first, the decision was made on old news: decide again.
 *
 * Commands for one case queue behind each other, so a burst of clicks costs no lost races.
 */
export const openDesk = (store: Store, playbookOf: (type: string) => Playbook, now: () => string): Desk => {
  const hearers: ((written: Written) => void)[] = []
  const { take } = keyedQueue(256)

  const attempt = async (caseId: string, commands: readonly Command[]): Promise<Settled> => {
    const diary = await store.read(caseId)
    let state = replay(diary)
    const written: Event[] = []
    for (const command of commands) {
      const type = state?.playbook ?? (command.type === 'open' ? command.playbook : 'other')
      const decision = decide(command, state, playbookOf(type))
      if (isRefusal(decision)) return { refusal: decision, written: [], state: replay(diary), diary }
      written.push(...decision)
      state = decision.reduce<Case | null>(evolve, state)
    }
    if (written.length > 0) await store.append(caseId, diary.length, written)
    const settled = { refusal: null, written, diary: [...diary, ...written] }
    if (written.length > 0 && state) for (const hear of hearers) hear({ ...settled, state })
    return { ...settled, state }
  }

  const settle = (caseId: string, commands: readonly Command[]) =>
    take(caseId, async () => {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(caseId, commands)
        } catch (error) {
          if (tries >= 20 || !isFault(error, 'store/stale')) throw error
        }
      }
    })

  return {
    settle,
    open: (caseId, alert, playbook, related) =>
      settle(caseId, [{ type: 'open', caseId, line: null, alert, playbook, related, at: now(), by: winnow }]),
    look: async (caseId) => {
      const diary = await store.read(caseId)
      return { refusal: null, written: [], state: replay(diary), diary }
    },
    onWritten: (hear) => void hearers.push(hear),
  }
}
