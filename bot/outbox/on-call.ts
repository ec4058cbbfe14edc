import type { ConversationRef } from '../../triage/card.js'
import type { Person } from '../../triage/person.js'
import { type Rota, onCallAt } from '../../triage/rota.js'
import type { OnCall } from '../../triage/routing.js'
import type { Channels } from './channels.js'

/** Who is on call now. */
export type OnCallNow = {
  /** In that channel: whoever said so there, else by the rota; null when no one is. */
  readonly onCallIn: (place: ConversationRef) => OnCall | null
  /** Whom to page after them, by the rota. */
  readonly nextIn: (place: ConversationRef) => readonly Person[]
}

type Parts = {
  readonly channels: Pick<Channels, 'channels' | 'onCallIn'>
  /** Null when there is none. */
  readonly rota: () => Rota | null
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What is said in a channel wins over the rota until it is taken back. Channels that get no alerts have no one on call. */
export const openOnCall = ({ channels, rota, now }: Parts): OnCallNow => {
  const byRota = (): readonly Person[] => {
    const kept = rota()
    return kept === null ? [] : onCallAt(kept, now())
  }
  const isBound = ({ conversationId }: ConversationRef): boolean =>
    channels.channels().some(({ place }) => place.conversationId === conversationId)
  const onCallIn = (place: ConversationRef): OnCall | null => {
    const byWord = channels.onCallIn(place)
    if (byWord || !isBound(place)) return byWord
    const [person] = byRota()
    const kept = rota()
    return person && kept ? { person, atLeast: kept.atLeast } : null
  }
  return {
    onCallIn,
    nextIn: (place) => {
      const current = onCallIn(place)?.person.id
      return current === undefined ? [] : byRota().filter(({ id }) => id !== current)
    },
  }
}
