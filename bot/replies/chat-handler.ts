import { escapeUntrusted } from '../../dialogs/escape.js'
import { clickToIntent, digestVerbs, rowVerbs } from '../../dialogs/hear/click-to-intent.js'
import { parseFilledForm } from '../../dialogs/form.js'
import { messageToIntent } from '../../dialogs/hear/message-to-intent.js'
import type { Synonyms } from '../../dialogs/hear/synonyms.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { ConversationRef } from '../../triage/card.js'
import { isRefusal } from '../../triage/refusal.js'
import { everything } from '../../triage/routing.js'
import type { CardClick, ChatHandler, ChatMessage, Installed, Message } from '../chat.js'
import type { OpenCases } from '../cases/open-cases.js'
import type { Channels } from '../outbox/channels.js'
import type { Clients } from '../outbox/clients.js'
import type { Drafts } from '../outbox/drafts.js'
import type { Rebind } from '../outbox/rebind.js'
import type { Together } from '../outbox/together.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import { openBoundedSet } from '../pacing/bounded-set.js'
import type { Readers } from '../people/readers.js'
import { conversationOf } from '../pacing/rate-limiter.js'
import { openAnswerClick } from './answer-click.js'
import { openAnswerForm, sendingOf } from './answer-form.js'
import { openAnswerText } from './answer-text.js'
import type { CardKeeper, DigestKeeper } from './card-keeper.js'
import type { Handle } from './handle.js'
import type { RefreshCard } from './refresh-card.js'
import { refusalText } from './refusal-text.js'
import { stampOf } from './origin.js'
import type { Result } from './result.js'

/** Where someone does something: in their own chat, or in a channel. */
type Where = Pick<CardClick, 'by' | 'place' | 'personal'>

/** What answers in one language. */
export type Answers = {
  readonly handle: Handle
  readonly renderer: CaseRenderer
  readonly phrases: Phrases
}

type Parts = Answers & {
  readonly refreshCard: RefreshCard
  /** What answers there: in a channel in its language, and where one person alone reads it in theirs. */
  readonly answersFor?: (where: Where) => Answers
  /** What people may type in any language; English alone unless told. */
  readonly synonyms?: Synonyms
  readonly clients: Pick<Clients, 'note'>
  readonly readers?: Pick<Readers, 'note'>
  readonly drafts: Pick<Drafts, 'note'>
  /** Post into someone's own chat; false when it does not take it. */
  readonly sendOwn: (personId: string, via: ConversationRef, message: Message) => Promise<boolean>
  readonly cards: Pick<CardKeeper, 'found' | 'redrawn'>
  readonly channels: Pick<Channels, 'channels'>
  readonly digests: DigestKeeper
  /** The cards on which a manager finds several questions; left out where there are none. */
  readonly together?: Pick<Together, 'isOn' | 'card'>
  /** Send something into that conversation at once, for somebody waits for it. */
  readonly reply: (place: ConversationRef, message: Message) => Promise<void>
  readonly rebind: Pick<Rebind, 'setChannel' | 'rebindAll'>
  /** Only this machine's client is served: its page forgets what was on it when it is loaded again. */
  readonly isLocal: boolean
  readonly openCases: Pick<OpenCases, 'count'>
  /** The clock, ISO 8601. */
  readonly now: () => string
  readonly log: { error(details: object, text: string): void }
}

/** What Winnow does about what people do in the chat. */
export const openChatHandler = (parts: Parts): ChatHandler => {
  const { refreshCard, clients, drafts, sendOwn, readers, now, log } = parts
  const { answersFor = () => parts, synonyms } = parts
  const isNew = openOnce()
  // Where a case was opened in the place of something else, what is pressed says nothing about where the case's own card is.
  const borrowed = openBoundedSet(2000)
  const ready = new Map<Answers, Ready>()
  const answersThere = (where: Where): Ready => {
    const answers = answersFor(where)
    const known = ready.get(answers) ?? readyFor(answers, now)
    ready.set(answers, known)
    return known
  }
  const pressed = async (click: CardClick, { handle }: Answers): Promise<Result> => {
    drafts.note(click)
    const { by, place, personal, verb, data } = click
    const origin = { by, place, personal, thread: null, messageId: sendingOf(data) }
    const intent = clickToIntent(verb, data, stampOf(origin, now()))
    return isRefusal(intent) ? { kind: 'refused', refusal: intent, context: null } : handle(intent, origin)
  }

  /** A form that was asked for in a channel without dialogs goes where only its person sees it, and nothing is drawn over it. */
  const sendHome = async (form: Message, { by, place }: CardClick, { phrases }: Answers): Promise<Message> => {
    const isSent = await sendOwn(by.id, place, form)
    return { text: say(phrases, isSent ? 'form.sent' : 'form.unreached', { name: escapeUntrusted(by.name, 60) }) }
  }

  /**
   * A press of its owner is answered when the card stands as the answer shows it; else that would wipe out what they type next. Once
   * there is a verdict nothing is typed on the card any more, and no one waits.
   */
  const redrawn = async (result: Result, { by, posted }: CardClick, mostMs: number) => {
    if (result.kind !== 'case') return null
    const { id, owner, closed, recordedVerdict } = result.context.state
    return owner?.id === by.id && !closed && recordedVerdict === null ? parts.cards.redrawn(id, posted, mostMs) : null
  }

  /** The digest stays as it is for everyone; what was asked for is sent into its thread. */
  const besideDigest = async (click: CardClick, result: Result, { phrases, answerText }: Ready): Promise<Message> => {
    const { posted, place, by } = click
    if (result.kind === 'refused') return { text: refusalText(result.refusal, phrases), keepsCard: true }
    if (posted) await parts.digests.found(posted)
    for (const message of answerText(result, click)) await parts.reply(posted?.place ?? place, message)
    const digest = await parts.digests.digest(conversationOf(place.conversationId), by.id)
    return digest ?? { text: say(phrases, 'digest.sent'), keepsCard: true }
  }
  return {
    click: async (click) => {
      if (click.reader) readers?.note(click.by.id, click.reader)
      // A client that refreshes by itself says nothing about the one its person presses with. One person's view as the answer to a
      // Submit would stand on everyone's card.
      if (click.verb === 'refresh' && click.via === 'execute') return refreshCard(click)
      // A button that opens a dialog is a Submit in every client, and arrives as one only where there are no dialogs.
      if (click.verb !== 'form') clients.note(click)
      const answers = answersThere(click)
      const { answerClick, answerForm, phrases } = answers
      const result = await pressed(click, answers)
      const where = JSON.stringify(click.posted)
      const form = answerForm.card(result, click)
      // A form is no card of the case.
      if (rowVerbs.includes(click.verb) || parseFilledForm(click.data)) borrowed.note(where)
      if (digestVerbs.includes(click.verb)) return besideDigest(click, result, answers)
      if (!borrowed.has(where)) await adopt(click, result, parts.cards)
      if (!form && result.kind === 'confirmation' && parts.together?.isOn(click, result.context)) {
        const notice = result.refusal ? refusalText(result.refusal, phrases) : ''
        return (await parts.together.card(click.by.id, notice)) ?? answerClick(result, click)
      }
      if (!form) {
        const isLate = (await redrawn(result, click, clickMs)) === 'late' && click.via === 'execute'
        return answerClick(result, click, isLate ? say(phrases, 'card.late') : '')
      }
      return result.kind === 'form' && !click.personal ? sendHome(form, click, answers) : form
    },
    dialog: async (click) => {
      // A dialog is read by its person alone.
      if (click.reader) readers?.note(click.by.id, click.reader)
      const answers = answersThere({ ...click, personal: true })
      const { answerForm } = answers
      try {
        const result = await pressed(click, answers)
        await redrawn(result, click, dialogMs)
        return answerForm.dialog(result, click)
      } catch (error) {
        const again = answerForm.failed(click)
        if (!again) throw error
        log.error({ err: error, verb: click.verb }, 'a form could not be taken, and was given back')
        return again
      }
    },
    // A click names the line it saw; a message does not, and told twice it would answer two checks.
    said: async (message) => {
      if (message.reader) readers?.note(message.by.id, message.reader)
      if (!isNew(message)) return []
      const { handle, answerText } = answersThere(message)
      const intent = messageToIntent(message.text, message.mentions, message.personal, synonyms)
      return answerText(await handle(intent, message), message)
    },
    installed: (installed) => welcome(installed, { ...parts, ...answersFor(installed) }),
  }
}

/** The chat gives up on a click after ten seconds or more, and on a dialog after five. */
const [clickMs, dialogMs] = [8000, 3500] as const
/** What answers in one language, each way. */
type Ready = Answers & {
  readonly answerClick: ReturnType<typeof openAnswerClick>
  readonly answerText: ReturnType<typeof openAnswerText>
  readonly answerForm: ReturnType<typeof openAnswerForm>
}

const readyFor = (answers: Answers, now: () => string): Ready => ({
  ...answers,
  answerClick: openAnswerClick({ ...answers, now }),
  answerText: openAnswerText({ ...answers, now }),
  answerForm: openAnswerForm(answers),
})

/** True the first time a message is told here; what one led to before a restart is in the diary of its case. */
const openOnce = (most = 2000): ((message: ChatMessage) => boolean) => {
  const told = openBoundedSet(most)
  return ({ thread, messageId }) => {
    if (messageId === null) return true
    const name = JSON.stringify([thread, messageId])
    const isNew = !told.has(name)
    if (isNew) told.note(name)
    return isNew
  }
}

/** A card that was thought lost and is pressed is not lost. */
const adopt = async (
  { posted, personal }: CardClick,
  result: Result,
  cards: Pick<CardKeeper, 'found'>,
): Promise<void> => {
  const context = result.kind === 'case' || result.kind === 'refused' ? result.context : null
  if (context && posted && !personal) await cards.found(context.state.id, posted)
}

const welcome = async (
  { place, personal, by }: Installed,
  { channels, rebind, phrases, isLocal, openCases }: Parts,
): Promise<readonly Message[]> => {
  const bound = channels.channels()
  if (personal) return [{ text: say(phrases, 'welcome.personal') }]
  if (bound.length === 0) {
    await rebind.setChannel(place, everything, by.name)
    return [{ text: say(phrases, 'welcome.bound') }]
  }
  if (!bound.some((channel) => channel.place.conversationId === place.conversationId)) {
    return [{ text: say(phrases, 'welcome.elsewhere') }]
  }
  await rebind.rebindAll()
  // Where no card comes back, the channel would be empty.
  return isLocal && (await openCases.count()) === 0 ? [{ text: say(phrases, 'welcome.local') }] : []
}
