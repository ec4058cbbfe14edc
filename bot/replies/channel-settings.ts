import type { MessageIntent } from '../../dialogs/hear/intent.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import { filterText } from '../../dialogs/filter-text.js'
import type { Person } from '../../triage/person.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { refuse } from '../../triage/refusal.js'
import { isOpen } from '../../triage/routing.js'
import type { Channel, Channels } from '../outbox/channels.js'
import type { Rebind } from '../outbox/rebind.js'
import type { Roster } from '../people/roster.js'
import type { Origin } from './origin.js'
import { refusalText } from './refusal-text.js'

type Setting = MessageIntent & { readonly kind: 'post-here' | 'post-nowhere' | 'on-call' | 'off-call' }

/** Change where alerts go or who is on call, and say what came of it. Whoever asks may do it: that was checked before. */
export type ChannelSettings = (intent: Setting, origin: Origin) => Promise<string>

type Parts = {
  readonly channels: Pick<Channels, 'channels' | 'putOnCall'>
  readonly rebind: Pick<Rebind, 'setChannel' | 'removeChannel'>
  readonly roster: Pick<Roster, 'membership' | 'namesOf'>
  readonly phrases: Phrases
  /** Who is on call in a channel by the rota; no one when it is left out. */
  readonly byRota?: (place: Channel['place']) => Person | null
}

/** The settings that are made by writing in a channel. */
export const openChannelSettings = ({
  channels,
  rebind,
  roster,
  phrases,
  byRota = () => null,
}: Parts): ChannelSettings => {
  const postHere = async ({ filter }: Setting & { readonly kind: 'post-here' }, { place, by }: Origin) => {
    const before = channels.channels()
    await rebind.setChannel(place, filter, by.name)
    if (isOpen(filter)) return `${say(phrases, 'post-here.done')}${forgotten(before)}`
    const done = say(phrases, 'post-here.filtered', { what: filterText(filter, phrases) })
    const hasRest = channels.channels().some((channel) => isOpen(channel.filter))
    return hasRest ? done : `${done} ${say(phrases, 'channels.no-rest')}`
  }

  /** Let a channel go: the one with that number in the list, or this one. The last one stays, for alerts must go somewhere. */
  const postNowhere = async ({ at }: Setting & { readonly kind: 'post-nowhere' }, { place }: Origin) => {
    const all = channels.channels()
    const channel = at === null ? all.find(isAt(place.conversationId)) : all[at - 1]
    if (!channel) return say(phrases, 'post-nowhere.none')
    if (all.length === 1) return say(phrases, 'post-nowhere.last')
    await rebind.removeChannel(channel.place.conversationId)
    return `${say(phrases, 'post-nowhere.done')}${forgotten(all)}`
  }

  /** With a leading blank, who was on call in a channel that is let go: they would wait for calls that never come. */
  const forgotten = (before: readonly Channel[]): string => {
    const left = channels.channels().map(({ place }) => place.conversationId)
    const gone = before.filter(({ place }) => !left.includes(place.conversationId))
    const names = gone.flatMap(({ onCall }) => (onCall ? escapeUntrusted(onCall.person.name, 60) : []))
    return names.length === 0 ? '' : ` ${say(phrases, 'on-call.forgotten', { names: names.join(', ') })}`
  }

  /** Put whoever writes it, or the one they mention, on call in the channel it is written in; or let no one be on call there. */
  const onCall = async (
    intent: Setting & { readonly kind: 'on-call' | 'off-call' },
    origin: Origin,
  ): Promise<string> => {
    if (origin.personal) return say(phrases, 'on-call.personal')
    const { conversationId } = origin.place
    const channel = channels.channels().find(isAt(conversationId))
    if (!channel) return say(phrases, 'on-call.not-bound')
    const before = channel.onCall?.person ?? null
    // Anyone mentioned twice, or with each part of their name, is one.
    const [other, ...more] = new Map(intent.mentioned.toReversed().map((one) => [one.id, one])).values()
    if (intent.kind === 'off-call') {
      if (before && other && calledIn(other) !== before.name)
        return say(phrases, 'off-call.other', { ...named(before), other: named(other).name })
      await channels.putOnCall(conversationId, null)
      const next = byRota(channel.place)
      if (next) {
        const details = { name: before ? named(before).name : '', other: named(next).name }
        return say(phrases, before ? 'off-call.rota' : 'off-call.by-rota', details)
      }
      return before ? say(phrases, 'off-call.done', named(before)) : say(phrases, 'off-call.nobody')
    }
    if (more.length > 0) return say(phrases, 'on-call.one')
    const why = other ? await whyNot(other, channel) : null
    if (why !== null) return why
    const person = other ? { id: other.id, name: calledIn(other) } : origin.by
    await channels.putOnCall(conversationId, { person, atLeast: intent.atLeast })
    const severity = say(phrases, `severity.${intent.atLeast}`)
    const done = say(phrases, other ? 'on-call.other' : 'on-call.you', { ...named(person), severity })
    const isNews = before !== null && before.name !== person.name
    return isNews ? `${done} ${say(phrases, 'on-call.before', named(before))}` : done
  }

  /** By the team's name for them, if it has one: what stands in a message can be less. */
  const calledIn = ({ id, name }: Person): string => roster.namesOf([id])[0] ?? name

  /** Why someone who was mentioned can't be on call there: only members of the channel's team are notified. */
  const whyNot = async (other: Person, { place }: Channel): Promise<string | null> => {
    const membership = await roster.membership(other.id, [place])
    if (membership === 'member') return null
    if (membership === 'unknown') return refusalText(refuse('no-roster'), phrases)
    return say(phrases, 'on-call.not-member', named(other))
  }

  return (intent, origin) => {
    switch (intent.kind) {
      case 'post-here':
        return postHere(intent, origin)
      case 'post-nowhere':
        return postNowhere(intent, origin)
      case 'on-call':
      case 'off-call':
        return onCall(intent, origin)
    }
  }
}

const isAt =
  (conversationId: string) =>
  ({ place }: Channel): boolean =>
    place.conversationId === conversationId

const named = ({ name }: Person): { readonly name: string } => ({ name: escapeUntrusted(name, 60) })
