import { severities } from '../../triage/alert.js'
import type { Clocks } from '../../triage/clocks.js'
import { isNight } from '../../triage/deadlines.js'
import type { ConversationRef } from '../../triage/card.js'
import type { Person } from '../../triage/person.js'
import { type Rota, onCallAt } from '../../triage/rota.js'
import { type OnCall, isAsBad } from '../../triage/routing.js'
import type { Channels } from './channels.js'

/** Who is on call now. */
export type OnCallNow = {
  /** In that channel: whoever said so there, else by the rota; null when no one is. */
  readonly onCallIn: (place: ConversationRef) => OnCall | null
  /** The same, for alerts bad enough to wake someone now. */
  readonly awakeIn: (place: ConversationRef) => OnCall | null
  /** In that channel by the rota alone. */
  readonly byRotaIn: (place: ConversationRef) => Person | null
  /** Whom to page after them, by the rota. */
  readonly nextIn: (place: ConversationRef) => readonly Person[]
}

type Parts = {
  readonly channels: Pick<Channels, 'channels' | 'onCallIn'>
  /** Null when there is none. */
  readonly rota: () => Rota | null
  /** When the team works, and how severe an alert must be to page outside of that. */
  readonly clocks: Pick<Clocks, 'hours' | 'nightFrom'>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What is said in a channel wins over the rota until it is taken back. Channels that get no alerts have no one on call. */
export const openOnCall = ({ channels, rota, clocks, now }: Parts): OnCallNow => {
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
    awakeIn: (place) => {
      const current = onCallIn(place)
      const atLeast = severities.find((one) => current && isAsBad(one, current.atLeast) && !isNight(now(), one, clocks))
      return current && atLeast ? { ...current, atLeast } : null
    },
    byRotaIn: (place) => (isBound(place) ? (byRota()[0] ?? null) : null),
    nextIn: (place) => {
      const current = onCallIn(place)?.person.id
      return current === undefined ? [] : byRota().filter(({ id }) => id !== current)
    },
  }
}
