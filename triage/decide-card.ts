import { type Case, chatSurface } from './case.js'
import type { Command } from './command.js'
import type { Decision } from './decide.js'
import { ownersOnly, stampOf } from './rules.js'

type Of<T extends Command['type']> = Command & { readonly type: T }

/** Write down that a card is about to be posted. Nothing when it stands or may stand already: so no case gets two. */
export const beginPost = (command: Of<'begin-post'>, state: Case): Decision => {
  const { surface, audience } = command
  const known = state.surfaces[surface]
  return known && known.state !== 'gone' ? [] : [{ type: 'posting', surface, audience, ...stampOf(command) }]
}

/** Owe the owner a card in their own chat. Nothing when one is there, or is on its way. */
export const continueInChat = (command: Of<'continue-in-chat'>, state: Case): Decision => {
  const refusal = ownersOnly(command, state)
  if (refusal) return refusal
  const surface = chatSurface(command.by.id)
  const known = state.surfaces[surface]?.state
  if (known === 'shown' || known === 'begun' || known === 'gone') return []
  return [{ type: 'unshown', surface, audience: 'analyst', why: 'gone', detail: 'asked for', ...stampOf(command) }]
}

/** Write down what a card shows now. */
export const show = (command: Of<'show'>, state: Case): Decision => {
  const { surface, audience, posted, drawn } = command
  const known = state.surfaces[surface]
  if (known?.state === 'shown' && known.drawn >= drawn && known.posted?.messageId === posted.messageId) return []
  return [{ type: 'shown', surface, audience, posted, drawn, ...stampOf(command) }]
}

/** Write down that a card is not there, or may not be. */
export const unshow = (command: Of<'unshow'>, state: Case): Decision => {
  const { surface, audience, why, detail } = command
  const known = state.surfaces[surface]
  if (why === 'later' ? known?.state !== 'begun' : known?.state === why) return []
  return [{ type: 'unshown', surface, audience, why, detail, ...stampOf(command) }]
}
