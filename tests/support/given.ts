import assert from 'node:assert/strict'
import type { Command } from '../../triage/command.js'
import { decide } from '../../triage/decide.js'
import type { Event } from '../../triage/event.js'
import { replay } from '../../triage/evolve.js'
import { type RefusalCode, isRefusal } from '../../triage/refusal.js'
import { type Draft, caseId } from './cast.js'
import { travel } from './guides.js'

/** What was decided, to be compared. */
export type Outcome = {
  /** Exactly these events, in this order. */
  readonly then: (...events: readonly Event[]) => void
  /** Neither an event nor a refusal. */
  readonly thenNothing: () => void
  /** This refusal, and these details when they are given. */
  readonly thenRefused: (code: RefusalCode, details?: Readonly<Record<string, string>>) => void
}

/** A rule as a sentence: given these lines of a diary, when somebody wants this, then that is written. */
export const given = (...events: readonly Event[]) => ({
  when: (intent: Draft, guide = travel): Outcome => {
    const decision = decide(onNewest(intent, events), replay(events), guide)
    return {
      // oxlint-disable-next-line unicorn/no-thenable -- it reads as a sentence, and nobody awaits it
      then: (...expected) => assert.deepEqual(decision, expected),
      thenNothing: () => assert.deepEqual(decision, []),
      thenRefused: (code, details) => {
        assert.ok(isRefusal(decision), `not refused: ${JSON.stringify(decision)}`)
        assert.equal(decision.refusal, code)
        if (details) assert.deepEqual(decision.details, details)
      },
    }
  },
})

/** The command as a click on the newest card of that diary, unless it names another line. */
export const onNewest = (intent: Draft, diary: readonly Event[]): Command => ({
  caseId,
  line: lineSeen(diary),
  ...intent,
})

const lineSeen = (diary: readonly Event[]): number | null => (diary.length > 0 ? diary.length - 1 : null)
