import type { OnCallIntent } from '../../dialogs/hear/parse-on-call.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import type { Person } from '../../triage/person.js'
import { say } from '../../triage/phrases.js'
import { refuse } from '../../triage/refusal.js'
import type { Channel } from '../outbox/channels.js'
import type { AppContext } from '../app-context.js'
import { refusalText } from './refusal-text.js'
import type { Message, ChatMessage } from '../chat.js'

/** Put whoever says so, or the one they mention, on call in the channel it is said in; or let nobody be on call there any more. */
export const onCall = async (
  duty: Exclude<OnCallIntent, { want: 'bad-severity' }>,
  said: ChatMessage,
  app: AppContext,
): Promise<Message> => {
  const { binding, phrases } = app
  if (said.personal) return { text: say(phrases, 'on-call.personal') }
  const { conversationId } = said.place
  const channel = binding.channels().find(({ place }) => place.conversationId === conversationId)
  if (!channel) return { text: say(phrases, 'on-call.not-bound') }
  const before = channel.onCall?.person ?? null
  // Whoever is mentioned twice, or with each part of their name, is one.
  const [other, ...more] = new Map(said.mentions.toReversed().map((one) => [one.id, one])).values()
  if (duty.want === 'off-call') {
    if (before && other && calledIn(app, other) !== before.name)
      return { text: say(phrases, 'off-call.other', { ...named(before), other: named(other).name }) }
    await binding.putOnCall(conversationId, null)
    return { text: before ? say(phrases, 'off-call.done', named(before)) : say(phrases, 'off-call.nobody') }
  }
  if (more.length > 0) return { text: say(phrases, 'on-call.one') }
  const why = other ? await whyNot(other, channel, app) : null
  if (why !== null) return { text: why }
  const person = other ? { id: other.id, name: calledIn(app, other) } : said.by
  await binding.putOnCall(conversationId, { person, atLeast: duty.atLeast })
  const severity = say(phrases, `severity.${duty.atLeast}`)
  const done = say(phrases, other ? 'on-call.other' : 'on-call.you', { ...named(person), severity })
  const isNews = before !== null && before.name !== person.name
  return { text: isNews ? `${done} ${say(phrases, 'on-call.before', named(before))}` : done }
}

/** By the team's name for them, if it has one: what stands in a message can be less. */
const calledIn = ({ roster }: AppContext, { id, name }: Person): string => roster.namesOf([id])[0] ?? name

/** Why somebody who was mentioned can't be on call there: only members of the channel's team are notified. */
const whyNot = async (other: Person, { place }: Channel, app: AppContext): Promise<string | null> => {
  const membership = await app.roster.membership(other.id, [place])
  if (membership === 'member') return null
  if (membership === 'unknown') return refusalText(refuse('no-roster'), app.phrases)
  return say(app.phrases, 'on-call.not-member', named(other))
}

const named = ({ name }: Person): { readonly name: string } => ({ name: escapeUntrusted(name, 60) })
