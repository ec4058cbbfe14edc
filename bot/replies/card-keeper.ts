import type { MessageRef } from '../../triage/card.js'
import { winnow } from '../../triage/person.js'
import type { Desk } from '../cases/desk.js'

/** Mends what is known of the card in the channel, when people show that it is otherwise. */
export type CardKeeper = {
  /** A card of the case stands there. Changes nothing unless it was thought lost, missing or still being posted. */
  found(caseId: string, posted: MessageRef): Promise<void>
  /** Post the channel's card again if it was lost, refused or its post has no known end; false when it is well or under way. */
  repost(caseId: string): Promise<boolean>
}

/** Mend it by way of the desk. */
export const openCardKeeper = (desk: Pick<Desk, 'look' | 'settle'>, now: () => string): CardKeeper => {
  const card = { surface: 'channel', audience: 'channel', line: null, by: winnow } as const
  const stateOf = async (caseId: string) => (await desk.look(caseId)).state?.surfaces['channel']?.state
  return {
    found: async (caseId, posted) => {
      const state = await stateOf(caseId)
      if (state === undefined || state === 'shown' || state === 'refused') return
      await desk.settle(caseId, [{ ...card, type: 'show', caseId, posted, drawn: -1, at: now() }])
    },
    repost: async (caseId) => {
      const state = await stateOf(caseId)
      if (state !== 'lost' && state !== 'refused') return false
      await desk.settle(caseId, [{ ...card, type: 'unshow', caseId, why: 'gone', detail: 'asked for', at: now() }])
      return true
    },
  }
}
