/** Who looks at a card of a case: everybody in the channel, the owner in their personal chat, or the manager who was asked. */
export type Audience = 'channel' | 'analyst' | 'manager'

/** A conversation a card can be posted to, in the chat's own ids. */
export type ConversationRef = {
  readonly serviceUrl: string
  readonly tenantId: string
  readonly conversationId: string
  /** Who Winnow is in that conversation. */
  readonly botId: string
}

/** A posted card: where it is and what the chat calls it. */
export type MessageRef = { readonly place: ConversationRef; readonly messageId: string }

/**
 * Where one card of a case stands, and what it shows. Bookkeeping, not record: it lies beside the diary.
 *
 * `posting`: a post was started and its end is not known. `lost`: it may or may not be there. `refused`: the chat will not take
 * it. `missing`: it is surely not there and is owed.
 */
export type Card = {
  readonly audience: Audience
  readonly state: 'posting' | 'shown' | 'lost' | 'refused' | 'missing'
  /** Where it stands; null when it does not, or nobody knows. */
  readonly posted: MessageRef | null
  /** The newest line of the diary that is on it; -1 when nothing is. */
  readonly shownLine: number
  /** What the chat said when it was not delivered, such as `BotNotInConversationRoster`; '' otherwise. */
  readonly detail: string
  /** When it came into this state, ISO 8601: since when it is owed. */
  readonly since: string
  /** Its owner fills something in there, which a redraw would wipe out: only what a press on it relies on is drawn over it. */
  readonly holds?: true
}

/** The cards of a case: `channel`, `manager/<line of the question>`, `analyst/<id of a person who has or had the case>`. */
export type Cards = Readonly<Record<string, Card>>

/** The name of the card in the channel. */
export const channelCard = 'channel'

/** The name of the card in a person's own chat, for who has the case and went on there. */
export const chatCard = (personId: string): string => `analyst/${personId}`

/** The name of the card that shows a manager the question of that line. */
export const managerCard = (line: number): string => `manager/${line}`

/** From where a card is looked at. */
export const audienceOf = (card: string): Audience =>
  card === channelCard ? 'channel' : card.startsWith('analyst/') ? 'analyst' : 'manager'

/** The person whose own chat a card is in; null for the cards of channel and manager. */
export const chatOwnerOf = (card: string): string | null =>
  card.startsWith('analyst/') ? card.slice('analyst/'.length) : null
