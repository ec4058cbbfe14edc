import { hear } from '../dialogs/hear.js'
import { isRefusal, refuse } from '../triage/refusal.js'
import type { House } from './house.js'
import { refusalText } from './refusal-text.js'
import type { Click, Message } from './talk.js'

type Looked = Pick<House, 'desk' | 'drawing' | 'phrases' | 'roster' | 'binding' | 'atHand' | 'now'>

/**
 * What somebody's client shows when it asks by itself for that person's card, as it does for up to sixty people after every change.
 *
 * So it is answered from memory: nobody is asked, nothing is written, and the disk is read only for a case that is not at hand.
 */
export const glance = async (click: Click, house: Looked): Promise<Message> => {
  const { desk, drawing, phrases, roster, binding, atHand } = house
  const { by, place, personal } = click
  const wish = hear(click.verb, click.data, { at: house.now(), by })
  if (isRefusal(wish)) return { text: refusalText(wish, phrases) }
  const channels = binding.channels().flatMap((one) => (one.place.tenantId === place.tenantId ? one.place : []))
  const standing = roster.lastStanding(by.id, channels)
  if (standing !== 'member') {
    return { text: refusalText(refuse(standing === 'unknown' ? 'no-roster' : 'not-analyst'), phrases) }
  }
  const held = atHand.of(wish.caseId)
  const seen = drawing.see(held?.settled ?? (await desk.look(wish.caseId)))
  if (!seen) return { text: refusalText(refuse('no-case', { code: wish.caseId }), phrases) }
  if (personal) return drawing.chat(seen, by.id)
  const isOwner = seen.state.owner?.id === by.id
  if (!held || isOwner) return drawing.channel(seen, by.id)
  return (held.drawn ??= drawing.channel(seen, by.id))
}
