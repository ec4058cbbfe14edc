import type { MessageRef } from '../../triage/card.js'
import type { Message } from '../chat.js'

/** Mends what is known of the card in the channel, when people show that it is otherwise. */
export type CardKeeper = {
  /** A card of the case stands there. Changes nothing unless it was thought lost, missing or still being posted. */
  found(caseId: string, posted: MessageRef): Promise<void>
  /** Post the channel's card again if it was lost, refused or its post has no known end; false when it is well or under way. */
  repost(caseId: string): Promise<boolean>
  /**
   * The owner has pressed that message, and sees the answer at once: resolves when no redraw of it comes later and wipes out what they
   * type next, or waits; `late` when one is under way that long.
   */
  redrawn(caseId: string, pressed: MessageRef | null, mostMs: number): Promise<'drawn' | 'waits' | 'late'>
  /** Post the channel's card although it is held back in a storm; true when it was held back. */
  want(caseId: string): Promise<boolean>
}

/** The digests of storms, as people see them and ask for them. */
export type DigestKeeper = {
  /** The digest of that channel, or of any where there is none, as that person's client can work it; null without a storm. */
  digest(conversationId: string | null, personId: string): Promise<Message | null>
  /** Post it again if it was lost or refused; false when it is well or there is none. */
  repost(conversationId: string): Promise<boolean>
  /** A digest stands there: it was pressed. */
  found(posted: MessageRef): Promise<void>
}
