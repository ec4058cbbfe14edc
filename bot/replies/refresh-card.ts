import { hear } from '../../dialogs/hear/click-to-intent.js'
import { type Refusal, isRefusal, refuse } from '../../triage/refusal.js'
import type { House } from '../app-context.js'
import { refusalText } from './refusal-text.js'
import type { Click, Message } from '../chat.js'

type Looked = Pick<House, 'desk' | 'drawing' | 'phrases' | 'roster' | 'audience' | 'binding' | 'atHand' | 'now'>

/**
 * What somebody's client shows when it asks by itself for that person's card, as it does for up to sixty people after every change.
 *
 * So it is answered from memory: nobody is asked, nothing is written, and the disk is read only for a case that is not at hand.
 */
export const glance = async (click: Click, house: Looked): Promise<Message> => {
  const { desk, drawing, phrases, roster, audience, binding, atHand } = house
  const { by, place, personal } = click
  const wish = hear(click.verb, click.data, { at: house.now(), by })
  // Nobody has asked for a sentence here: one in the place of the card would take the card away from them.
  const refused = (refusal: Refusal): Message => ({ text: refusalText(refusal, phrases), keepsCard: true })
  if (isRefusal(wish)) return refused(wish)
  const channels = binding.channels().flatMap((one) => (one.place.tenantId === place.tenantId ? one.place : []))
  const standing = roster.lastStanding(by.id, channels)
  if (standing !== 'member') return refused(refuse(standing === 'unknown' ? 'no-roster' : 'not-analyst'))
  const held = atHand.of(wish.caseId)
  const seen = drawing.see(held?.settled ?? (await desk.look(wish.caseId)))
  if (!seen) return refused(refuse('no-case', { code: wish.caseId }))
  if (personal) return drawing.chat(seen, by.id)
  const isLikeOthers = seen.state.owner?.id !== by.id && !audience.submits(by.id)
  if (!held || !isLikeOthers) return drawing.channel(seen, by.id)
  return (held.drawn ??= drawing.channel(seen, by.id))
}
