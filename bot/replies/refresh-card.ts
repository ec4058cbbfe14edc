import { clickToIntent } from '../../dialogs/hear/click-to-intent.js'
import type { Phrases } from '../../triage/phrases.js'
import { type Refusal, isRefusal, refuse } from '../../triage/refusal.js'
import type { CaseCache } from '../cases/case-cache.js'
import type { Desk } from '../cases/desk.js'
import type { CardClick, Message } from '../chat.js'
import type { Channels } from '../outbox/channels.js'
import type { Clients } from '../outbox/clients.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import type { Roster } from '../people/roster.js'
import { refusalText } from './refusal-text.js'

/** What someone's client shows when it asks by itself for that person's card, as it does for up to sixty people after every change. */
export type RefreshCard = (click: CardClick) => Promise<Message>

type Parts = {
  readonly desk: Pick<Desk, 'look'>
  readonly renderer: Pick<CaseRenderer, 'contextOf' | 'channel' | 'chat'>
  readonly roster: Pick<Roster, 'lastMembership'>
  readonly clients: Pick<Clients, 'submits'>
  readonly channels: Pick<Channels, 'channels'>
  readonly caseCache: Pick<CaseCache, 'of'>
  readonly phrases: Phrases
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/** Answer from memory: no one is asked, nothing is written, and the disk is read only for a case that is not cached. */
export const openRefreshCard = (parts: Parts): RefreshCard => {
  const { desk, renderer, phrases, roster, clients, caseCache, now } = parts
  // No one has asked for a sentence here: one in the place of the card would take the card away from them.
  const refused = (refusal: Refusal): Message => ({ text: refusalText(refusal, phrases), keepsCard: true })
  return async ({ verb, data, by, place, personal }) => {
    const intent = clickToIntent(verb, data, { at: now(), by })
    if (isRefusal(intent)) return refused(intent)
    if (intent.kind !== 'read') return refused(refuse('bad-click'))
    const channels = parts.channels
      .channels()
      .flatMap((one) => (one.place.tenantId === place.tenantId ? one.place : []))
    const membership = roster.lastMembership(by.id, channels)
    if (membership !== 'member') return refused(refuse(membership === 'unknown' ? 'no-roster' : 'not-analyst'))
    const cached = caseCache.of(intent.caseId)
    const context = renderer.contextOf(cached?.settled ?? (await desk.look(intent.caseId)))
    if (!context) return refused(refuse('no-case', { code: intent.caseId }))
    if (personal) return renderer.chat(context, by.id)
    const isLikeOthers = context.state.owner?.id !== by.id && !clients.submits(by.id)
    if (!cached || !isLikeOthers) return renderer.channel(context, by.id)
    return (cached.drawn ??= renderer.channel(context, by.id))
  }
}
