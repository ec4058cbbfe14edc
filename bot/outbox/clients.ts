import { mostViewers } from '../../cards/refresh.js'
import type { Case } from '../../triage/case.js'
import type { ConversationRef } from '../../triage/card.js'
import { type CaseWithCards, cardPlace, channelOf } from '../cases/card-location.js'
import type { Config } from '../config/config.js'
import { openBoundedSet } from '../pacing/bounded-set.js'
import type { Roster } from '../people/roster.js'
import type { CardClick, Member } from '../chat.js'

/** What is known of the people who look at cards, and of their clients; from memory. */
export type Clients = {
  /** A click tells what its client knows. */
  note(click: Pick<CardClick, 'by' | 'via'>): void
  /** True when cards for that person (null: for nobody in particular) must do with `Action.Submit`. */
  submits(personId: string | null): boolean
  /** False where no client shows dialogs: elsewhere one that does not sends the button as a message. */
  readonly dialogs: boolean
  /** Who sees something else than the card in the channel shows: everybody there but the owner, by the chat's own ids. */
  others(record: CaseWithCards): readonly string[]
}

type Parts = {
  readonly cardActions: Config['cardActions']
  /** The local client knows no views of one's own, and warns of them; and it passes over a button that opens a dialog. */
  readonly isLocal: boolean
  readonly roster: Pick<Roster, 'someOf'>
  /** The channel of a case; null as long as nobody has said so. */
  readonly place: (state: Case) => ConversationRef | null
}

/** Nobody has clicked yet. A client that has sent a Submit gets Submits until the same person presses an Execute. */
export const openClients = ({ cardActions, isLocal, roster, place }: Parts): Clients => {
  const submitting = openBoundedSet(10_000)
  return {
    note: ({ by, via }) => (via === 'submit' ? submitting.note(by.id) : submitting.forget(by.id)),
    dialogs: !isLocal,
    submits: (personId) => cardActions === 'submit' || (personId !== null && submitting.has(personId)),
    others: (record) => {
      const { state } = record
      const where = cardPlace(record, place)
      if (!where || isLocal || cardActions === 'submit') return []
      const isWanted = ({ ids }: Member) => ids.every((id) => id !== state.owner?.id && !submitting.has(id))
      return roster.someOf(channelOf(where), mostViewers, isWanted).map(({ chatId }) => chatId)
    },
  }
}
