import assert from 'node:assert/strict'
import { type Somebody, incidents } from './activities.js'
import { type Json, pressedOn, wordsOf } from './card-walk.js'
import type { Stored } from './fake-connector.js'
import type { Answer, World } from './winnow.js'

/** A message with a card, as it stands in Teams. */
export type Shown = Stored & { readonly card: Json }

/** What somebody saw after a click: a card in place of the old one, or a sentence. */
export type CaseContext = { readonly card: Json | null; readonly text: string; readonly answer: Answer }

/** What people do in a world. */
export type Actors = ReturnType<typeof actorsIn>

/** The people of a world: they press only what is on the card, and fill in only inputs that it has. */
export const actorsIn = (world: World) => {
  const shown = (conversation: string): readonly Shown[] =>
    world.connector.messages(conversation).flatMap((message) => {
      const { attachments } = message.activity
      const [first]: readonly { readonly content?: Json }[] = Array.isArray(attachments) ? attachments : []
      return first?.content ? [{ ...message, card: first.content }] : []
    })

  const cardsOf = (code: string, conversation = incidents): readonly Shown[] =>
    shown(conversation).filter(({ activity }) => String(activity['summary']).includes(code))

  const cardOf = (code: string, conversation = incidents): Shown => {
    const [card, ...others] = cardsOf(code, conversation)
    assert.ok(card, `no card of ${code} in ${conversation}`)
    assert.equal(others.length, 0, `more than one card of ${code}`)
    return card
  }

  const sent = async (by: Somebody, on: Shown, verb: string, data: object): Promise<CaseContext> =>
    seenIn(await world.send(world.activities.invoke(verb, data, on.messageId, { by, conversation: on.conversationId })))

  const dataOf = (card: Json, title: string, inputs: Json): { readonly verb: string; readonly data: Json } => {
    const { button, inputs: typed } = pressedOn(card, title, inputs)
    return { verb: String(button['verb']), data: { ...typed, ...Object(button['data']) } }
  }

  return {
    shown,
    cardsOf,
    cardOf,
    /** The plain sentences in a conversation, in order. */
    texts: (conversation = incidents): readonly string[] =>
      world.connector
        .messages(conversation)
        .flatMap(({ activity: { text } }) => (typeof text === 'string' ? text : [])),
    /** A source sends an alert; resolves with the case's code once its card is drawn. */
    alert: async (but: Json = {}): Promise<string> => {
      const { status, body, text } = await world.post({ ...travel, id: `a-${(count += 1)}`, ...but })
      assert.equal(status, 202, text)
      await world.drawn()
      return codesIn(body)[0] ?? ''
    },
    /** Press a button of a card: an Action.Execute, with what was typed. Resolves when every card is drawn again. */
    press: async (by: Somebody, on: Shown, title: string, inputs: Json = {}): Promise<CaseContext> => {
      const { verb, data } = dataOf(on.card, title, inputs)
      const context = await sent(by, on, verb, data)
      await world.drawn()
      return context
    },
    /** Press the same button in a client that knows only Action.Submit. */
    submit: async (by: Somebody, on: Shown, title: string, inputs: Json = {}): Promise<Answer> => {
      const { button, inputs: typed } = pressedOn(on.card, title, inputs)
      const fallback = Object(button['type'] === 'Action.Submit' ? button : button['fallback'])
      assert.equal(fallback.type, 'Action.Submit')
      const from = { by, conversation: on.conversationId }
      const answer = await world.send(world.activities.submit({ ...typed, ...fallback.data }, on.messageId, from))
      await world.drawn()
      return answer
    },
    /** Send what no card would: a made-up click on that message. */
    forge: sent,
    /** Somebody writes; resolves with what Winnow answered in that conversation: texts, and the words of cards. */
    say: async (by: Somebody, text: string, conversation = incidents): Promise<readonly string[]> => {
      const before = world.connector.messages().length
      const { status } = await world.send(world.activities.message(text, { by, conversation }))
      assert.equal(status, 200)
      // Notices to others may arrive meanwhile; those mention someone.
      const answers = world.connector
        .messages()
        .slice(before)
        .filter(({ activity: { entities } }) => !Array.isArray(entities) || entities.length === 0)
      await world.drawn()
      return answers.map(({ activity }) =>
        typeof activity['text'] === 'string' ? activity['text'] : wordsOf(activity['attachments']),
      )
    },
  }
}

/** The case codes in what the alert door answered. */
export const codesIn = (body: unknown): readonly string[] => {
  const { alerts = [] }: { readonly alerts?: readonly { readonly caseId: string }[] } = Object(body)
  return alerts.map(({ caseId }) => caseId)
}

const seenIn = (answer: Answer): CaseContext => {
  const { type, value }: { readonly type?: string; readonly value?: unknown } = Object(answer.body)
  const isCard = type === 'application/vnd.microsoft.card.adaptive'
  const text = isCard ? wordsOf(value) : typeof value === 'string' ? value : String(Object(value).message)
  return { card: isCard ? Object(value) : null, text, answer }
}

let count = 0

const travel = {
  type: 'impossible-travel',
  title: 'Sign-ins from Norway and Brazil',
  severity: 'medium',
  occurredAt: '2026-03-02T09:14:00Z',
  people: [{ upn: 'kim@contoso.example', name: 'Kim Karlsen' }],
  addresses: [
    { ip: '192.0.2.10', country: 'NO' },
    { ip: '198.51.100.7', country: 'BR' },
  ],
}
