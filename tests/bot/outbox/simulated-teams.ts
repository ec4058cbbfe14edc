import { type Message, type Messenger, DeliveryFailure } from '../../../bot/chat.js'
import { fakeClock } from '../../support/fake-clock.js'
import { openTeamsLimits } from '../../support/teams-limits.js'

/** A Teams in simulated time that keeps to its published limits: each request takes `takesMs`, and counts when half of that is over. */
export const simulatedTeams = (takesMs = 120) => {
  const clock = fakeClock()
  const limits = openTeamsLimits(clock.now)
  const shown = new Map<string, Message>()
  let last = 0
  const request = async <T>(conversationId: string, isForConversation: boolean, work: () => T): Promise<T> => {
    await clock.sleep(takesMs / 2)
    const why = limits.let(conversationId, isForConversation)
    const result = why === null ? work() : null
    await clock.sleep(takesMs / 2)
    if (why !== null || result === null) throw new DeliveryFailure('transient', 'HTTP 429', null, { everybody: true })
    last = clock.now()
    return result
  }
  const messenger: Messenger = {
    post: (place, message) =>
      request(place.conversationId, true, () => {
        const messageId = `m-${shown.size}`
        shown.set(messageId, message)
        const isThread = place.conversationId.includes(';') || place.conversationId.startsWith('chat')
        const conversationId = isThread ? place.conversationId : `${place.conversationId};messageid=${messageId}`
        return { place: { ...place, conversationId }, messageId }
      }),
    update: async ({ place, messageId }, message) => {
      await request(place.conversationId, true, () => shown.set(messageId, message))
    },
    direct: (personId, via) => request('new chats', true, () => ({ ...via, conversationId: `chat-${personId}` })),
    roster: () => request('', false, () => []),
  }
  return {
    clock,
    limits,
    messenger,
    /** Every message as it stands now, in the order they were posted. */
    shown,
    /** When the last request was answered. */
    last: () => last,
    takesMs,
  }
}
