import assert from 'node:assert/strict'
import { type Somebody, incidents } from './activities.js'
import { type Json, canPress, formButtonsOf, inputsOn, pressedOn, wordsOf } from './card-walk.js'
import type { Stored } from './fake-connector.js'
import type { Answer, World } from './winnow.js'

/** A message with a card, as it stands in Teams. */
export type Shown = Stored & { readonly card: Json }

/** What somebody saw after a click: a card in place of the old one, or a sentence. */
export type CaseContext = { readonly card: Json | null; readonly text: string; readonly answer: Answer }

/** What people do in a world. */
export type Actors = ReturnType<typeof actorsIn>

/**
 * The people of a world: they press only what is on the card, and fill in only inputs that it has. After a press they wait until every
 * card is drawn, unless they are `hasty`: then they go on as soon as they see the answer.
 */
export const actorsIn = (world: World, { hasty = false }: { readonly hasty?: boolean } = {}) => {
  const seen = async (): Promise<void> => {
    if (!hasty) await world.drawn()
  }
  const shown = (conversation: string): readonly Shown[] =>
    world.connector.messages(conversation).flatMap((message) => {
      const { attachments } = message.activity
      const [first]: readonly { readonly content?: Json }[] = Array.isArray(attachments) ? attachments : []
      return first?.content ? [{ ...message, card: first.content }] : []
    })

  const cardsOf = (code: string, conversation = incidents): readonly Shown[] =>
    shown(conversation).filter(({ activity, card }) => String(activity['summary']).includes(code) && !isForm(card))

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

  const asked = async (name: 'task/fetch' | 'task/submit', by: Somebody, on: Shown, data: object) => {
    const from = { by, conversation: on.conversationId }
    const context = dialogIn(await world.send(world.activities.dialog(name, data, on.messageId, from)))
    await seen()
    return context
  }

  const openForm = (by: Somebody, on: Shown, title: string, inputs: Json = {}): Promise<CaseContext> => {
    const button = formButtonsOf(on.card).find((one) => one['title'] === title)
    assert.ok(button, `no button "${title}" that opens a form on this card:\n${wordsOf(on.card)}`)
    return asked('task/fetch', by, on, { ...inputs, ...Object(button['data']) })
  }

  const sendForm = (by: Somebody, on: Shown, form: Json, title: string, inputs: Json = {}): Promise<CaseContext> => {
    const { button, inputs: typed } = pressedOn(form, title, inputs)
    return asked('task/submit', by, on, { ...typed, ...Object(button['data']) })
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
    /** Ask for a form; resolves with its card, or with the sentence that stands there instead. */
    openForm,
    /** Press a button in a dialog that is open; null when it closed, else what it shows next. */
    sendForm,
    /**
     * Press a button of a card, with what was typed: an Action.Execute on the card itself, else one of a dialog that opens from it.
     * Resolves when every card is drawn again.
     */
    press: async (by: Somebody, on: Shown, title: string, inputs: Json = {}): Promise<CaseContext> => {
      if (!canPress(on.card, title, inputs)) {
        const beside = inputsOn(on.card, inputs)
        const refused: CaseContext[] = []
        for (const button of formButtonsOf(on.card)) {
          const opened = await openForm(by, on, String(button['title']), beside)
          const typed = inputsOn(opened.card, inputs)
          if (opened.card && canPress(opened.card, title, typed)) return sendForm(by, on, opened.card, title, typed)
          if (!opened.card) refused.push(opened)
        }
        if (refused[0] && !hasButton(on.card, title)) return refused[0]
      }
      const { verb, data } = dataOf(on.card, title, inputs)
      const context = await sent(by, on, verb, data)
      await seen()
      return context
    },
    /** Press the same button in a client that knows only Action.Submit: its forms come as cards into the person's own chat. */
    submit: async (by: Somebody, on: Shown, title: string, inputs: Json = {}): Promise<Answer> => {
      const submitted = async (from: Shown, button: Json, typed: Json): Promise<Answer> => {
        const fallback = Object(button['type'] === 'Action.Submit' ? button : button['fallback'])
        assert.equal(fallback.type, 'Action.Submit')
        const place = { by, conversation: from.conversationId }
        const answer = await world.send(world.activities.submit({ ...typed, ...fallback.data }, from.messageId, place))
        await world.drawn()
        return answer
      }
      if (canPress(on.card, title, inputs)) {
        const { button, inputs: typed } = pressedOn(on.card, title, inputs)
        return submitted(on, button, typed)
      }
      for (const button of formButtonsOf(on.card)) {
        const before = world.connector.messages().length
        await submitted(on, button, inputsOn(on.card, inputs))
        const form = shown('').find(
          (one) => world.connector.messages().findIndex((all) => all.messageId === one.messageId) >= before,
        )
        const typed = form ? inputsOn(form.card, inputs) : {}
        if (form && canPress(form.card, title, typed))
          return submitted(form, pressedOn(form.card, title, typed).button, typed)
      }
      return submitted(on, pressedOn(on.card, title, inputs).button, inputs)
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

/** A dialog: the card it shows next, a sentence alone, or neither when it has closed. */
const dialogIn = (answer: Answer): CaseContext => {
  assert.equal(answer.status, 200, answer.text)
  const { type, value } = Object(Object(answer.body).task)
  if (type !== 'continue') return { card: null, text: type === 'message' ? String(value) : '', answer }
  const card: Json = Object(Object(Object(value).card).content)
  return { card, text: wordsOf(card), answer }
}

const hasButton = (card: Json, title: string): boolean => canPress(card, title, {})

/** True for a form, and for what stands there once it was sent. */
const isForm = (card: Json): boolean => /"formId"|"Saved"/.test(JSON.stringify(card))

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
