import type { MessageRef } from '../../triage/card.js'

/** Mends what is known of the card in the channel, when people show that it is otherwise. */
export type CardKeeper = {
  /** A card of the case stands there. Changes nothing unless it was thought lost, missing or still being posted. */
  found(caseId: string, posted: MessageRef): Promise<void>
  /** Post the channel's card again if it was lost, refused or its post has no known end; false when it is well or under way. */
  repost(caseId: string): Promise<boolean>
}
