import type { TurnContext } from 'botbuilder'
import { z } from 'zod'
import { type Phrases, say } from '../../triage/phrases.js'
import type { CardClick, ChatHandler, Message, Messenger } from '../chat.js'
import { type Incoming, isPersonal, personOf, placeOf, readerOf } from './incoming.js'
import { arrivals } from './installed.js'
import { answerOf, dialogOf, failureOf, notImplemented } from './invoke.js'
import type { Log } from './log.js'
import { activityOf } from './outgoing.js'
import type { TeamsAnswer } from './request.js'
import { mentionedIn, spokenText } from './spoken.js'

/** One activity dealt with, other than a question. Never rejects. */
export type Turn = (context: TurnContext, incoming: Incoming) => Promise<void>

/** How activities are dealt with: questions (`invoke`, such as a click) are answered at once, everything else takes a turn. */
export type Turns = {
  /** What is answered to a question; 501 for a kind that Winnow does not know. Never rejects. */
  readonly answered: (incoming: Incoming) => Promise<TeamsAnswer>
  readonly turn: Turn
}

/** Who hears of what people do, and the means to answer. */
export type TurnOptions = {
  readonly listener: ChatHandler
  readonly messenger: Messenger
  /** The bot's own words, for when nobody could answer. */
  readonly phrases: Phrases
  readonly log: Log
  readonly now: () => number
  readonly isLocal: boolean
}

/** Tell the listener of clicks, words and installations, and answer where they came from. Everything else is passed over. */
export const turns = ({ listener, messenger, phrases, log, now, isLocal }: TurnOptions): Turns => {
  const arrived = arrivals(now, isLocal)
  const sorry = say(phrases, 'sorry')
  const unreadable = say(phrases, 'refusal.bad-click')

  /** A dialog is asked for, or something in one was pressed: one and the same to the listener. */
  const dialog = async (incoming: Incoming): Promise<TeamsAnswer> => {
    const click = clickOf(incoming)
    if (click === null) {
      log.warn({}, 'teams: a dialog without a verb')
      return dialogOf({ text: unreadable })
    }
    try {
      return dialogOf(await listener.dialog(click))
    } catch (error) {
      log.error({ err: error, verb: click.verb }, 'teams: a dialog could not be answered')
      return dialogOf({ text: sorry })
    }
  }

  const answered = async (incoming: Incoming): Promise<TeamsAnswer> => {
    if (isDialog(incoming)) return dialog(incoming)
    if (incoming.name !== 'adaptiveCard/action') return notImplemented
    const click = clickOf(incoming)
    if (click === null) {
      log.warn({}, 'teams: a click without a verb')
      return failureOf(400, 'BadRequest', unreadable)
    }
    try {
      return answerOf(await listener.click(click))
    } catch (error) {
      log.error({ err: error, verb: click.verb }, 'teams: a click could not be answered')
      return failureOf(500, 'InternalError', sorry)
    }
  }

  const submitted = async (context: TurnContext, incoming: Incoming): Promise<void> => {
    const click = clickOf(incoming)
    const message = click === null ? { text: unreadable } : await listener.click(click)
    if (!('card' in message) || message.own || !click?.messageId) return send(context, message)
    try {
      await context.updateActivity({ ...activityOf(message), id: click.messageId })
    } catch (error) {
      log.warn({ err: error }, 'teams: a card could not be updated after a click, so it is sent again')
      await send(context, message)
    }
  }

  const spoken = async (context: TurnContext, incoming: Incoming): Promise<void> => {
    const { conversation, id = null } = incoming
    const words = { text: spokenText(incoming), mentions: mentionedIn(incoming) }
    const said = { ...words, ...whereOf(incoming), thread: conversation.id, messageId: id, reader: readerOf(incoming) }
    for (const message of await listener.said(said)) await send(context, message)
  }

  const installed = async (incoming: Incoming): Promise<void> => {
    const where = whereOf(incoming)
    for (const message of await listener.installed(where)) await messenger.post(where.place, message)
  }

  const turn = async (context: TurnContext, incoming: Incoming): Promise<void> => {
    try {
      if (incoming.type === 'message') await (isSubmit(incoming) ? submitted : spoken)(context, incoming)
      else if (arrived(incoming)) await installed(incoming)
    } catch (error) {
      log.error({ err: error, type: incoming.type }, 'teams: an activity could not be handled')
      await send(context, { text: sorry }).catch((again: unknown) => log.warn({ err: again }, 'teams: nor answered'))
    }
  }
  return { answered, turn }
}

const send = async (context: TurnContext, message: Message): Promise<void> => {
  await context.sendActivity(activityOf(message))
}

const whereOf = (incoming: Incoming) => ({
  by: personOf(incoming),
  place: placeOf(incoming),
  personal: isPersonal(incoming),
})

/** A button of the older kind arrives as a message that says nothing. */
const isSubmit = ({ text, value }: Incoming): boolean => !text && value !== undefined && value !== null

/** What Teams asks when a button is to open a dialog, and when a button in one was pressed. */
const isDialog = ({ type, name }: Incoming): boolean =>
  type === 'invoke' && (name === 'task/fetch' || name === 'task/submit')

/** An Execute has its verb beside the data, a Submit and a dialog among them; what was typed is merged into the data by Teams. */
const clickOf = (incoming: Incoming): CardClick | null => {
  const via = isDialog(incoming) ? 'dialog' : incoming.type === 'invoke' ? 'execute' : 'submit'
  const pressed = pressedIn(incoming.value, via)
  const data = pressed && recordOf(pressed['data'] ?? {})
  const verb = pressed && (pressed['verb'] ?? data?.['verb'])
  if (!data || typeof verb !== 'string' || verb === '') return null
  const where = whereOf(incoming)
  const messageId = incoming.replyToId ?? null
  const thread = { ...where.place, conversationId: incoming.conversation.id }
  const posted = messageId === null ? null : { place: thread, messageId }
  return { verb, data, ...where, messageId, posted, via, reader: readerOf(incoming) }
}

const pressedIn = (value: unknown, via: CardClick['via']) => {
  if (via === 'submit') return { data: value, verb: undefined }
  const given = recordOf(value)
  return via === 'dialog' ? { data: given?.['data'], verb: undefined } : recordOf(given?.['action'])
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> | null => record.safeParse(value).data ?? null
const record = z.record(z.string(), z.unknown())
