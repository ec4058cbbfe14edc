/** From where one looks at a case; `analyst` is the owner's own personal chat. */
export type Seat = 'channel' | 'analyst' | 'manager'

/** A conversation a card can be posted to, in the chat's own ids. */
export type Place = {
  readonly serviceUrl: string
  readonly tenantId: string
  readonly conversationId: string
  /** Who Winnow is in that conversation. */
  readonly botId: string
}

/** A posted card: where it is and what the chat calls it. */
export type Posted = { readonly place: Place; readonly messageId: string }

/** What a case remembers of one card: `drawn` is the newest line of news on it. */
export type Surface = {
  readonly seat: Seat
  readonly posted: Posted | null
  readonly drawn: number
  /** `begun`: a post was started and its end is not known. `lost`: it may or may not be there. `refused`: the chat will not take it. */
  readonly state: 'begun' | 'shown' | 'lost' | 'refused' | 'gone'
  readonly detail: string
}
