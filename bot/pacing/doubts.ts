/**
 * Conversations in which nobody knows how a post ended. What must not stand there twice waits until something harmless has arrived
 * there, such as a notice or an update: so an outage costs one card, not all that come meanwhile.
 */
export type Doubts = {
  /** The end of a post there is unknown. */
  readonly raise: (conversationId: string) => void
  /** Something arrived there. */
  readonly settle: (conversationId: string) => void
  /** True while nothing has arrived since, but no longer than `longestDoubtMs`: where nothing harmless is sent, a card is. */
  readonly has: (conversationId: string) => boolean
}

/** How long a doubt holds at the most, in milliseconds. */
export const longestDoubtMs = 900_000

/** No doubts yet; `now` in milliseconds that never go back. */
export const openDoubts = (now: () => number): Doubts => {
  const raisedAt = new Map<string, number>()
  return {
    raise: (conversationId) => void raisedAt.set(conversationId, now()),
    settle: (conversationId) => void raisedAt.delete(conversationId),
    has: (conversationId) => now() - (raisedAt.get(conversationId) ?? -Infinity) < longestDoubtMs,
  }
}
