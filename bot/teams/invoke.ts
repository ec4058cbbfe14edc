import type { DialogNext, Message } from '../chat.js'
import { objectOf } from '../../cards/render.js'
import { cardType } from './outgoing.js'
import type { TeamsAnswer } from './request.js'

/**
 * What the clicker sees next: a card, or a sentence, either in the place of the card that was clicked; of a failure the sentence
 * alone, and the card stays.
 *
 * https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model (response format)
 */
export const answerOf = (message: Message): TeamsAnswer => {
  if ('card' in message) return { status: 200, json: Buffer.concat([beforeCard, message.card.json, behindCard]) }
  if (message.keepsCard) return failureOf(400, 'Refused', message.text)
  return body(200, 'application/vnd.microsoft.activity.message', message.text)
}

/**
 * What a dialog shows next: the same answer to the press that opens one and to a press in one. Without a task it closes.
 *
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
 */
export const dialogOf = (next: DialogNext): TeamsAnswer => {
  if (next === null) return { status: 200 }
  if ('text' in next) return { status: 200, body: { task: { type: 'message', value: next.text } } }
  const card = { contentType: cardType, content: objectOf(next.card) }
  return { status: 200, body: { task: { type: 'continue', value: { title: next.title, ...dialogSize, card } } } }
}

const dialogSize = { height: 'medium', width: 'medium' } as const

/** The click failed; Teams shows the sentence. The HTTP status stays 200, or Teams would say that the app cannot be reached. */
export const failureOf = (statusCode: 400 | 500, code: string, message: string): TeamsAnswer =>
  body(statusCode, 'application/vnd.microsoft.error', { code, message })

/** The answer to a kind of question Winnow does not know. */
export const notImplemented: TeamsAnswer = { status: 501 }

const beforeCard = Buffer.from(`{"statusCode":200,"type":"${cardType}","value":`)
const behindCard = Buffer.from('}')

const body = (statusCode: number, type: string, value: unknown): TeamsAnswer => ({
  status: 200,
  body: { statusCode, type, value },
})
