import type { Person } from '../../triage/person.js'
import type { ConfirmationIntent, MessageIntent } from './intent.js'
import { parseManagerReply } from './parse-manager-reply.js'
import { type Synonyms, noSynonyms, understoodAnswer, understoodCommand } from './synonyms.js'
import { parseMessage } from './parse-message.js'

/**
 * Read a message. In a personal chat it is first taken as a manager's answer, for a question may be waiting there; in a channel
 * only when it says nothing else, so that whoever answers there can be told where to do it. Synonyms are understood in any language.
 */
export const messageToIntent = (
  text: string,
  mentions: readonly Person[],
  personal: boolean,
  synonyms: Synonyms = noSynonyms,
): ConfirmationIntent | MessageIntent => {
  const reply = () => parseManagerReply(text, (said) => understoodAnswer(said, synonyms))
  const command = understoodCommand(text, synonyms)
  if (personal) return reply() ?? parseMessage(command)
  const intent = parseMessage(command, mentions)
  return intent.kind === 'unknown' ? (reply() ?? { ...intent, said: text.trim().slice(0, 200) }) : intent
}
