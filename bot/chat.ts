import type { Person } from '../triage/person.js'
import type { ConversationRef, MessageRef } from '../triage/card.js'

/** An Adaptive Card as the JSON that goes out, in UTF-8. */
export type AdaptiveCard = { readonly json: Buffer }

/**
 * What Winnow can send: a card (with a text for notifications), or a plain sentence. People in `mentions` whose name stands in
 * the sentence are notified where the chat can do that; elsewhere the name is just a name. A sentence that answers a click may
 * take the card's place for who clicked, unless it `keepsCard`. A card that `holds` is filled in by its owner, and a redraw wipes out
 * what is typed there; one that is `own` never takes the place of the card that was clicked.
 */
export type Message =
  | { readonly card: AdaptiveCard; readonly summary: string; readonly holds?: true; readonly own?: true }
  | { readonly text: string; readonly mentions?: readonly Person[]; readonly keepsCard?: true }

/** All the house knows of sending; `bot/teams` is one. Every failure is a `DeliveryFailure`. */
export interface Messenger {
  /** Post a new message into a conversation. Never retried by itself: it might double. */
  readonly post: (place: ConversationRef, message: Message) => Promise<MessageRef>
  /** Replace a posted message in place. */
  readonly update: (posted: MessageRef, message: Message) => Promise<void>
  /** The 1:1 chat with a person of that tenant, opened when there is none yet. `id` is an Entra object id or the chat's own id. */
  readonly direct: (personId: string, via: ConversationRef) => Promise<ConversationRef>
  /** Everybody in the team the conversation belongs to, all pages of it, or nobody: then it fails. */
  readonly roster: (place: ConversationRef) => Promise<readonly Member[]>
}

/**
 * Somebody in a team's roster, by whatever ids the chat has for them; `chatId` is the chat's own, such as `29:…`. A `guest` is no
 * member of the organization.
 */
export type Member = {
  readonly ids: readonly string[]
  readonly chatId: string
  readonly name: string
  readonly guest: boolean
}

/**
 * A message that did not arrive.
 *
 * `transient`: surely not delivered, try again (after `retryAfterMs` when told). `unknown`: it may have arrived; a post must not
 * be tried again. `permanent`: final for this conversation or person. `missing`: the message to update is not there any more.
 * `everybody`: nothing else would get through to that conversation now; else just this message did not.
 */
export class DeliveryFailure extends Error {
  override readonly name = 'DeliveryFailure'
  readonly kind: 'transient' | 'unknown' | 'permanent' | 'missing'
  /** The chat's own code, such as `BotNotInConversationRoster`. */
  readonly code: string
  readonly retryAfterMs: number | null
  readonly everybody: boolean

  constructor(
    kind: DeliveryFailure['kind'],
    code: string,
    retryAfterMs: number | null = null,
    options: ErrorOptions & { readonly everybody?: boolean } = {},
  ) {
    super(`${code} (${kind})`, options)
    this.kind = kind
    this.code = code
    this.retryAfterMs = retryAfterMs
    this.everybody = options.everybody ?? retryAfterMs !== null
  }
}

/** What a client says of its person: the time zone (`Europe/Stockholm`) and the language (`sv-SE`); untrusted, "" where it says nothing. */
export type Reader = { readonly zone: string; readonly locale: string }

/** Somebody pressed a button on a card. */
export type CardClick = {
  /** The command's verb, as the card says; untrusted like all of `data`. */
  readonly verb: string
  readonly data: Readonly<Record<string, unknown>>
  readonly by: Person
  readonly place: ConversationRef
  readonly personal: boolean
  readonly messageId: string | null
  /** The clicked card as it would be updated; null when the chat does not say which. */
  readonly posted: MessageRef | null
  /** `submit` cannot be answered with a card in place; `dialog` comes from a client that shows dialogs. */
  readonly via: 'execute' | 'submit' | 'dialog'
  readonly reader?: Reader
}

/** What a dialog shows next: a card under a title, or a sentence alone; null closes it. */
export type DialogNext = { readonly card: AdaptiveCard; readonly title: string } | { readonly text: string } | null

/** Somebody wrote to Winnow; the mention of Winnow is already taken out of `text`. */
export type ChatMessage = {
  readonly text: string
  /** Who else is mentioned in it, as often as they are: `id` is the chat's own, `name` as it stands in `text`. Nothing of this is proven. */
  readonly mentions: readonly Person[]
  readonly by: Person
  readonly place: ConversationRef
  readonly personal: boolean
  /** The conversation it was said in, with the thread where there is one: what a card posted there calls its place. */
  readonly thread: string
  /** The chat's own id of the message; null when it tells none. The same message may be told twice. */
  readonly messageId: string | null
  readonly reader?: Reader
}

/** Winnow was added to a team (the channel chosen there, or General) or to somebody's chat. */
export type Installed = {
  readonly place: ConversationRef
  readonly personal: boolean
  readonly by: Person
}

/** All the house does about what people do in the chat; `bot/listen` is one. */
export interface ChatHandler {
  /** What the clicker sees next. */
  click(click: CardClick): Promise<Message>
  /** A button that opens a dialog was pressed, or one in a dialog. The chat tells the same press again when the answer takes long. */
  dialog(click: CardClick): Promise<DialogNext>
  /** What is answered in that conversation, in order. */
  said(said: ChatMessage): Promise<readonly Message[]>
  installed(installed: Installed): Promise<readonly Message[]>
}
