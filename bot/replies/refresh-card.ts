import { clickToIntent } from '../../dialogs/hear/click-to-intent.js'
import { type Refusal, isRefusal, refuse } from '../../triage/refusal.js'
import type { AppContext } from '../app-context.js'
import { refusalText } from './refusal-text.js'
import type { CardClick, Message } from '../chat.js'

type Looked = Pick<AppContext, 'desk' | 'renderer' | 'phrases' | 'roster' | 'clients' | 'binding' | 'caseCache' | 'now'>

/**
 * What somebody's client shows when it asks by itself for that person's card, as it does for up to sixty people after every change.
 *
 * So it is answered from memory: nobody is asked, nothing is written, and the disk is read only for a case that is not at hand.
 */
export const refreshCard = async (click: CardClick, app: Looked): Promise<Message> => {
  const { desk, renderer, phrases, roster, clients, binding, caseCache } = app
  const { by, place, personal } = click
  const intent = clickToIntent(click.verb, click.data, { at: app.now(), by })
  // Nobody has asked for a sentence here: one in the place of the card would take the card away from them.
  const refused = (refusal: Refusal): Message => ({ text: refusalText(refusal, phrases), keepsCard: true })
  if (isRefusal(intent)) return refused(intent)
  const channels = binding.channels().flatMap((one) => (one.place.tenantId === place.tenantId ? one.place : []))
  const membership = roster.lastMembership(by.id, channels)
  if (membership !== 'member') return refused(refuse(membership === 'unknown' ? 'no-roster' : 'not-analyst'))
  const held = caseCache.of(intent.caseId)
  const context = renderer.contextOf(held?.settled ?? (await desk.look(intent.caseId)))
  if (!context) return refused(refuse('no-case', { code: intent.caseId }))
  if (personal) return renderer.chat(context, by.id)
  const isLikeOthers = context.state.owner?.id !== by.id && !clients.submits(by.id)
  if (!held || !isLikeOthers) return renderer.channel(context, by.id)
  return (held.drawn ??= renderer.channel(context, by.id))
}
