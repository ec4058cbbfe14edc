import { clickToIntent } from '../../dialogs/hear/click-to-intent.js'
import type { Phrases } from '../../triage/phrases.js'
import { type Refusal, isRefusal, refuse } from '../../triage/refusal.js'
import type { Desk } from '../cases/desk.js'
import type { CardClick, Message } from '../chat.js'
import type { Channels } from '../outbox/channels.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import type { Roster } from '../people/roster.js'
import { refusalText } from './refusal-text.js'

/** What someone's client shows when it asks by itself for that person's card, as it does for up to sixty people after every change. */
export type RefreshCard = (click: CardClick) => Promise<Message>

type Parts = {
  readonly desk: Pick<Desk, 'look' | 'held'>
  readonly renderer: Pick<CaseRenderer, 'contextOf' | 'channel' | 'chat'>
  readonly roster: Pick<Roster, 'lastMembership'>
  readonly channels: Pick<Channels, 'channels'>
  readonly phrases: Phrases
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/** Answer from memory: no one is asked, nothing is written, and the disk is read only for a case that is not held. */
export const openRefreshCard = (parts: Parts): RefreshCard => {
  const { desk, renderer, phrases, roster, now } = parts
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
    const context = renderer.contextOf(desk.held(intent.caseId) ?? (await desk.look(intent.caseId)))
    if (!context) return refused(refuse('no-case', { code: intent.caseId }))
    return personal ? renderer.chat(context, by.id) : renderer.channel(context, by.id)
  }
}
