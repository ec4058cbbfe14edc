import type { Person } from '../../triage/person.js'
import type { ConfirmationIntent, MessageIntent } from './intent.js'
import { parseManagerReply } from './parse-manager-reply.js'
import { parseMessage } from './parse-message.js'

/**
 * Read a message. In a personal chat it is first taken as a manager's answer, for a question may be waiting there; in a channel
 * only when it says nothing else, so that whoever answers there can be told where to do it.
 */
export const messageToIntent = (
  text: string,
  mentions: readonly Person[],
  personal: boolean,
): ConfirmationIntent | MessageIntent => {
  if (personal) return parseManagerReply(text) ?? parseMessage(text)
  const intent = parseMessage(text, mentions)
  return intent.kind === 'unknown' ? (parseManagerReply(text) ?? intent) : intent
}
