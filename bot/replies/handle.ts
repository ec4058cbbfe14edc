import { actionToIntent } from '../../dialogs/hear/action-to-intent.js'
import { chooseOffer } from '../../dialogs/hear/choose-offer.js'
import type { CaseIntent, Intent, MessageIntent } from '../../dialogs/hear/intent.js'
import type { Action } from '../../dialogs/hear/parse-action.js'
import type { CaseContext } from '../../dialogs/case-context.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import { findsAll } from '../../dialogs/find-filter.js'
import { nameOf } from '../../dialogs/show/header.js'
import { isWanted } from '../../dialogs/show/listed.js'
import { listOffers } from '../../dialogs/show/response.js'
import { listChannels } from '../../dialogs/tell/list-channels.js'
import { listTravel } from '../../dialogs/tell/list-travel.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { isRefusal, refuse } from '../../triage/refusal.js'
import { ownersOnly } from '../../triage/rules.js'
import type { Desk } from '../cases/desk.js'
import { findLeader } from '../cases/find-case.js'
import type { Journeys } from '../cases/journeys.js'
import type { OpenCases } from '../cases/open-cases.js'
import type { Channels } from '../outbox/channels.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import { conversationOf } from '../pacing/rate-limiter.js'
import type { Rights } from '../people/rights.js'
import type { AnswerConfirmation } from './answer-confirmation.js'
import type { Bulk } from './bulk.js'
import type { AllowManager, AskManager } from './ask-manager.js'
import type { CardKeeper, DigestKeeper } from './card-keeper.js'
import type { ChannelSettings } from './channel-settings.js'
import type { FindInCases } from './find-in-cases.js'
import { nearestCommands } from './nearest-commands.js'
import { type OpenForm, maySee } from './open-form.js'
import type { SetLanguage } from './set-language.js'
import { type Origin, stampOf, writtenBefore } from './origin.js'
import type { Respond } from './respond.js'
import type { Result } from './result.js'
import { settleCommands } from './settle-commands.js'
import { withWhatIsKnown } from './with-what-is-known.js'

/** Do what someone wants, if they may. Rejects only when something of ours fails; then it is not known what was written. */
export type Handle = (intent: Intent, origin: Origin) => Promise<Result>

type Parts = {
  readonly rights: Rights
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly renderer: Pick<CaseRenderer, 'contextOf'>
  readonly openCases: OpenCases
  readonly findInCases: FindInCases
  readonly channels: Pick<Channels, 'channels'>
  readonly journeys: Pick<Journeys, 'of'>
  readonly askManager: AskManager
  readonly allowManager: AllowManager
  readonly answerConfirmation: AnswerConfirmation
  readonly openForm: OpenForm
  readonly respond: Respond
  readonly channelSettings: ChannelSettings
  readonly setLanguage: SetLanguage
  readonly cards: Pick<CardKeeper, 'repost' | 'want'>
  readonly bulk: Bulk
  /** The digest of the storm in that channel as that person's client can work it; null where there is none. */
  readonly digests: DigestKeeper
  /** The open cases that can't be read at the moment. */
  readonly damagedCases: () => readonly string[]
  readonly phrases: Phrases
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/** The one way from an intent to what came of it: may they, then the desk, then the result. */
export const openHandle = (parts: Parts): Handle => {
  const { rights, desk, renderer, openCases, channels, askManager, cards, phrases, now } = parts
  const text = (key: string, details: Readonly<Record<string, string>> = {}): Result => ({
    kind: 'text',
    text: say(phrases, key, details),
  })
  const find = async (caseId: string): Promise<CaseContext | null> => {
    const found = await findLeader(caseId, desk)
    return found && renderer.contextOf(found)
  }

  const inCase = async (given: CaseIntent, origin: Origin, action: Action | null): Promise<Result> => {
    const before = await find(given.caseId)
    // What is said of an alert that shares a card is said of all of them.
    const intent = before ? intentIn(before.state.id, given) : given
    const { caseId } = intent
    const refusal = await rights.refusedInCase(origin, intent, before)
    if (refusal) return { kind: 'refused', refusal, context: maySee(refusal) ? before : null }
    if (!before) return noCase(caseId)
    if (intent.kind === 'read')
      return { kind: 'case', intent, action, context: before, refusal: null, written: [], owed: [] }
    // A form that is sent twice has led to what it was to lead to.
    const done = action === null ? writtenBefore(origin, before.diary) : []
    if (done.length > 0)
      return { kind: 'case', intent, action, context: before, refusal: null, written: done, owed: [] }
    if (intent.kind === 'ask-action') {
      const { withOffers, ...asked } = await parts.respond.ask(before, intent, stampOf(origin, now()))
      const context = renderer.contextOf(asked) ?? before
      const { refusal: why, written, owed } = asked
      return { kind: 'case', intent, action, context: why ? withOffers(context) : context, refusal: why, written, owed }
    }
    const isApproval = intent.kind === 'commands' && intent.commands.some(({ type }) => type === 'approve-action')
    if (isApproval && parts.respond.off)
      return { kind: 'case', intent, action, context: before, refusal: parts.respond.off, written: [], owed: [] }
    // Whoever works a case wants its card; before it is done, so that no end of ours comes in between.
    await cards.want(caseId)
    const settled =
      intent.kind === 'ask-manager'
        ? await askManager(caseId, intent.line, stampOf(origin, now()))
        : intent.kind === 'allow-manager'
          ? await parts.allowManager(caseId, intent.reason, stampOf(origin, now()))
          : await settleCommands(
              caseId,
              intent.commands.map((command) => withWhatIsKnown(command, before)),
              desk,
            )
    const { written, owed } = settled
    return {
      kind: 'case',
      intent,
      action,
      context: renderer.contextOf(settled) ?? before,
      refusal: settled.refusal,
      written,
      owed,
    }
  }

  const runAction = async (
    { code, action }: MessageIntent & { readonly kind: 'action' },
    origin: Origin,
  ): Promise<Result> => {
    const caseId = code ?? (origin.thread === null ? null : await openCases.caseIn(origin.thread))
    if (caseId === null) return text('action.which')
    const context = await find(caseId)
    if (!context) return noCase(caseId)
    const read = { kind: 'case', intent: { kind: 'read', caseId }, action, context, owed: [] } as const
    const written = writtenBefore(origin, context.diary)
    if (written.length > 0) return { ...read, refusal: null, written }
    if (action.verb === 'act') return act(action, context, origin)
    const intent = actionToIntent(action, context, stampOf(origin, now()))
    return isRefusal(intent) ? { ...read, refusal: intent, written: [] } : inCase(intent, origin, action)
  }

  /** Have Winnow do something that was named in words: only who may ask has Graph asked. */
  const act = async (
    action: Action & { readonly verb: 'act' },
    context: CaseContext,
    origin: Origin,
  ): Promise<Result> => {
    const { state } = context
    const at = now()
    const intent = { kind: 'ask-action', caseId: state.id, line: state.line - 1, choice: null, reason: '' } as const
    const refusal =
      (await rights.refusedInCase(origin, intent, context)) ??
      parts.respond.off ??
      ownersOnly(stampOf(origin, at), state)
    if (refusal) return { kind: 'refused', refusal, context: maySee(refusal) ? context : null }
    const ready = await parts.respond.withOffers(context, at)
    if (isRefusal(ready)) return { kind: 'refused', refusal: ready, context }
    const chosen = chooseOffer(ready.responses?.offers ?? [], action.operation, action.said)
    if (!chosen) return { kind: 'text', text: listOffers(ready, action.operation) }
    return inCase({ ...intent, ...chosen }, origin, action)
  }

  const showCard = async (code: string, isPersonal: boolean): Promise<Result> => {
    const context = await find(code)
    if (!context) return text('refusal.no-case', { code: code.slice(0, 20).replace(/[^0-9A-Z-]/g, '') })
    const { id } = context.state
    if ((await cards.want(id)) && !isPersonal) return text('case.posted')
    if (await cards.repost(id)) return text('case.reposted')
    return id === code ? { kind: 'card', context } : { kind: 'card', context, notice: await sharesCard(code) }
  }

  /** Which alert of the card it is that someone asked for. */
  const sharesCard = async (code: string): Promise<string> => {
    const { state } = await desk.look(code)
    if (!state) return ''
    const { title, source, people, addresses } = state.alert
    const about = [people[0] && nameOf(people[0]), addresses[0]?.ip].filter((part) => part !== undefined).join(', ')
    const details = { code, title, about, source: say(phrases, `source.${source}`) }
    return say(phrases, state.joined?.as === 'twin' ? 'case.same-alert' : 'case.shares-card', details)
  }

  const showDigest = async ({ place, by }: Origin): Promise<Result> => {
    const id = conversationOf(place.conversationId)
    if (await parts.digests.repost(id)) return text('digest.reposted')
    const message = await parts.digests.digest(id, by.id)
    return message ? { kind: 'message', message } : text('digest.none')
  }

  /** In a personal chat, what concerns someone who is no analyst; null when there is nothing but what everyone gets. */
  const forOthers = async ({ kind }: MessageIntent, origin: Origin): Promise<Result | null> => {
    const refusal = await rights.refusedMessage(origin, 'mine')
    if (!refusal) return null
    const questions = await openCases.confirmationsFor(origin.by.id)
    if (questions.length > 0) return { kind: 'questions', questions }
    // Before the first channel is bound no one is known as an analyst, and someone has to learn how to bind it.
    const isStranger = refusal.refusal === 'not-analyst' && channels.channels().length > 0
    return isStranger && (kind === 'help' || kind === 'unknown') ? text('help.personal') : null
  }

  /** Everyone chooses their own; a channel's is a setting of the channel. */
  const setLanguage = async (language: string, origin: Origin): Promise<Result> => {
    const isSetting = !origin.personal && language !== ''
    const refusal = isSetting ? await rights.refusedMessage(origin, 'post-here') : null
    if (refusal) return { kind: 'refused', refusal, context: null }
    return { kind: 'text', text: await parts.setLanguage(language, origin) }
  }

  const onMessage = async (intent: MessageIntent, origin: Origin): Promise<Result> => {
    if (intent.kind === 'language') return setLanguage(intent.language, origin)
    const others = origin.personal ? await forOthers(intent, origin) : null
    if (others) return others
    if (intent.kind === 'post-here' && origin.personal) return text('post-here.personal')
    const refusal = await rights.refusedMessage(origin, intent.kind)
    if (refusal) return { kind: 'refused', refusal, context: null }
    switch (intent.kind) {
      case 'help':
        return { kind: 'help', canRespond: parts.respond.off === null }
      case 'unknown': {
        const commands = nearestCommands(intent.said, phrases).map((command) => `“${command}”`)
        const said = escapeUntrusted(intent.said, 60)
        return commands.length === 0
          ? text('unknown.far', { said })
          : text('unknown', { said, commands: commands.join(', ') })
      }
      case 'bad-filter':
        return text('post-here.bad-filter', { word: lettersOf(intent.word) })
      case 'bad-severity':
        return text('on-call.bad-severity', { word: lettersOf(intent.word) })
      case 'post-here':
      case 'post-nowhere':
      case 'on-call':
      case 'off-call':
        return { kind: 'text', text: await parts.channelSettings(intent, origin) }
      case 'channels':
        return { kind: 'text', text: listChannels(channels.channels(), origin.place.conversationId, phrases) }
      case 'travel':
        return { kind: 'text', text: listTravel(parts.journeys.of(intent.who), intent.who, phrases) }
      case 'action':
        return runAction(intent, origin)
      case 'show-card':
        return showCard(intent.code, origin.personal)
      case 'find':
        return findsAll(intent.filter)
          ? text('find.what')
          : { kind: 'found', asked: intent, found: await parts.findInCases(intent) }
      case 'digest':
        return showDigest(origin)
      case 'take-all':
      case 'verdict-all':
        return parts.bulk(intent, origin)
      case 'queue':
      case 'mine': {
        const [rows, isComplete] = await Promise.all([openCases.rows(), openCases.isComplete()])
        const theirs = intent.kind === 'queue' ? rows : rows.filter(({ owner }) => owner?.id === origin.by.id)
        const wanted = theirs.filter((row) => isWanted(intent.filter, row))
        const damaged = intent.kind === 'queue' ? parts.damagedCases() : []
        return { kind: 'list', asked: intent, rows: wanted, isComplete, damaged }
      }
    }
  }

  return async (intent, origin) => {
    switch (intent.kind) {
      case 'commands':
      case 'ask-manager':
      case 'ask-action':
      case 'allow-manager':
      case 'read':
        return inCase(intent, origin, null)
      case 'answer-confirmation':
        return parts.answerConfirmation(intent, origin)
      case 'form':
        return parts.openForm(intent, origin)
      default:
        return onMessage(intent, origin)
    }
  }
}

/** The same in that case. */
const intentIn = (caseId: string, intent: CaseIntent): CaseIntent =>
  intent.caseId === caseId
    ? intent
    : intent.kind === 'commands'
      ? { ...intent, caseId, commands: intent.commands.map((command) => ({ ...command, caseId })) }
      : { ...intent, caseId }

const noCase = (code: string): Result => ({ kind: 'refused', refusal: refuse('no-case', { code }), context: null })

/** Of a word that is not known, only what can do no harm. */
const lettersOf = (word: string): string => word.replace(/[^\p{L}\p{N}-]/gu, '')
