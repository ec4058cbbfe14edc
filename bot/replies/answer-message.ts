import type { TextIntent } from '../../dialogs/hear/parse-message.js'
import { filterText, listChannels } from '../../dialogs/tell/list-channels.js'
import { parseManagerReply } from '../../dialogs/hear/parse-manager-reply.js'
import { showList } from '../../dialogs/show/show-list.js'
import { describeNext } from '../../dialogs/tell/describe.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { isOpen } from '../../triage/routing.js'
import type { Channel } from '../outbox/channels.js'
import { runAction } from './run-action.js'
import type { AppContext } from '../app-context.js'
import { findCase } from '../cases/find-case.js'
import { onCall } from './on-call.js'
import { refusalText } from './refusal-text.js'
import { refusedText } from '../people/rights.js'
import type { Message, ChatMessage } from '../chat.js'

/** Answer what somebody wrote. */
export const answerMessage = async (
  asked: TextIntent,
  said: ChatMessage,
  app: AppContext,
): Promise<readonly Message[]> => {
  const { phrases, binding } = app
  if (said.personal && asked.want === 'post-here') return [text(phrases, 'post-here.personal')]
  const refusal = await refusedText(said, asked, app)
  if (refusal) return [{ text: refusalText(refusal, phrases) }]
  switch (asked.want) {
    case 'help': {
      // A manager's answer counts in their own chat alone; whoever gives it here must not believe that it did.
      const isAnswer = app.openCases.confirmationsFor(said.by.id).length > 0 && parseManagerReply(said.text) !== null
      return [text(phrases, isAnswer ? 'confirmation.elsewhere' : 'help')]
    }
    case 'bad-filter':
      return [notKnown(phrases, 'post-here.bad-filter', asked.word)]
    case 'bad-severity':
      return [notKnown(phrases, 'on-call.bad-severity', asked.word)]
    case 'on-call':
    case 'off-call':
      return [await onCall(asked, said, app)]
    case 'post-here':
      return [await postHere(asked, said, app)]
    case 'post-nowhere':
      return [await postNowhere(asked.at, said, app)]
    case 'channels':
      return [{ text: listChannels(binding.channels(), said.place.conversationId, phrases) }]
    case 'action':
      return runAction(asked, said, app)
    case 'case':
      return oneCase(asked.code, said, app)
    case 'queue':
    case 'mine': {
      const rows = app.openCases.rows().filter(({ owner }) => asked.want === 'queue' || owner?.id === said.by.id)
      const heading = say(phrases, `list.${asked.want}`, { count: String(rows.length) })
      const starting = app.openCases.isComplete() ? [] : [text(phrases, 'starting')]
      return [...starting, app.renderer.view(showList(asked.want, rows, app.now(), phrases), heading)]
    }
  }
}

const oneCase = async (
  code: string,
  said: ChatMessage,
  { desk, renderer, phrases, outbox }: AppContext,
): Promise<readonly Message[]> => {
  const settled = await findCase(code, desk)
  const context = settled && renderer.contextOf(settled)
  if (!context)
    return [{ text: say(phrases, 'refusal.no-case', { code: code.slice(0, 20).replace(/[^0-9A-Z-]/g, '') }) }]
  if (await outbox.repost(code)) return [text(phrases, 'case.reposted')]
  return [
    said.personal ? renderer.chat(context, said.by.id) : renderer.channel(context, null),
    { text: describeNext(context) },
  ]
}

const postHere = async (
  { filter }: TextIntent & { want: 'post-here' },
  said: ChatMessage,
  app: AppContext,
): Promise<Message> => {
  const { binding, phrases } = app
  const before = binding.channels()
  await app.bind(said.place, filter, said.by.name)
  if (isOpen(filter)) return { text: `${say(phrases, 'post-here.done')}${forgotten(before, app)}` }
  const done = say(phrases, 'post-here.filtered', { what: filterText(filter, phrases) })
  const hasRest = binding.channels().some((channel) => isOpen(channel.filter))
  return { text: hasRest ? done : `${done} ${say(phrases, 'channels.no-rest')}` }
}

/** Let a channel go: the one with that number in the list, or this one. The last one stays, for alerts must go somewhere. */
const postNowhere = async (at: number | null, { place }: ChatMessage, app: AppContext): Promise<Message> => {
  const { binding, phrases } = app
  const channels = binding.channels()
  const channel =
    at === null ? channels.find((one) => one.place.conversationId === place.conversationId) : channels[at - 1]
  if (!channel) return text(phrases, 'post-nowhere.none')
  if (channels.length === 1) return text(phrases, 'post-nowhere.last')
  await app.unbind(channel.place.conversationId)
  return { text: `${say(phrases, 'post-nowhere.done')}${forgotten(channels, app)}` }
}

/** With a leading blank, who was on call in a channel that is let go: they would wait for calls that never come. */
const forgotten = (before: readonly Channel[], { binding, phrases }: AppContext): string => {
  const left = binding.channels().map(({ place }) => place.conversationId)
  const gone = before.filter(({ place }) => !left.includes(place.conversationId))
  const names = gone.flatMap(({ onCall }) => (onCall ? escapeUntrusted(onCall.person.name, 60) : []))
  return names.length === 0 ? '' : ` ${say(phrases, 'on-call.forgotten', { names: names.join(', ') })}`
}

/** Of the word that was not known, nothing but its letters. */
const notKnown = (phrases: Phrases, key: string, word: string): Message => ({
  text: say(phrases, key, { word: word.replace(/[^\p{L}\p{N}-]/gu, '') }),
})

const text = (phrases: Phrases, key: string): Message => ({ text: say(phrases, key) })
