import { type Case, stageOf } from '../../triage/case.js'
import type { Command } from '../../triage/command.js'
import { winnow } from '../../triage/person.js'
import type { Desk } from '../cases/desk.js'
import type { DeliveryQueue, Retry } from '../pacing/queue.js'
import type { CardStamp, DeliveryOutcome } from './delivery-failure.js'

/**
 * Why cases are taken up again. `start`: posts whose end nobody knows are lost, and lost ones are told. `fresh`: the chat has
 * forgotten everything. `rebound`: there is another channel, which may take what the former refused.
 */
export type ResumeReason = 'start' | 'fresh' | 'rebound'

type Parts = {
  readonly desk: Desk
  readonly now: () => string
  readonly queueOf: (state: Case, surface: string) => DeliveryQueue
  readonly owe: (state: Case) => void
  readonly tellLost: (state: Case) => void
  readonly tellOnCall: (state: Case) => void
  readonly settleUnshown: (stamp: CardStamp, why: DeliveryOutcome, detail: string) => Promise<void>
}

/** Cases that nobody has taken and that came so shortly before a start, in milliseconds, call whoever is on call again. */
const freshMs = 3_600_000

/** Take cases up again: what is not there any more is written down as such, and what is behind is owed. */
export const openResume = ({ desk, now, queueOf, owe, tellLost, tellOnCall, settleUnshown }: Parts) => {
  /** In its lane no post of ours is under way: one that was begun and is not ended was begun before we started. */
  const lose = async (stamp: CardStamp): Promise<Retry> => {
    const { state } = await desk.look(stamp.caseId)
    if (state?.surfaces[stamp.surface]?.state !== 'begun') return null
    await settleUnshown({ ...stamp, at: now() }, 'lost', 'stopped while posting')
    return null
  }

  return async (state: Case, why: ResumeReason): Promise<void> => {
    const unshown = Object.entries(state.surfaces).flatMap(([surface, { audience, state: shown }]): Command[] => {
      const stamp = { caseId: state.id, surface, audience, line: null, at: now(), by: winnow } as const
      if (why === 'fresh' || (why === 'rebound' && shown === 'refused' && audience === 'channel')) {
        return [{ ...stamp, type: 'unshow', why: 'gone', detail: why }]
      }
      if (shown === 'begun' && why === 'start')
        queueOf(state, surface).put(`${state.id} ${surface} lost`, () => lose(stamp))
      return []
    })
    const card = state.surfaces['channel']
    if (why === 'start' && !state.closed && card?.state === 'lost') tellLost(state)
    const waits =
      why === 'start' && stageOf(state) === 'new' && Date.parse(now()) - Date.parse(state.openedAt) < freshMs
    // Whether the call was made before the end, nobody knows. Once too often is better than never.
    if (waits && (card?.posted || card?.state === 'lost')) tellOnCall(state)
    owe((unshown.length > 0 ? (await desk.settle(state.id, unshown)).state : null) ?? state)
  }
}
