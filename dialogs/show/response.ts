import { stageOf } from '../../triage/case.js'
import { stepsOf } from '../../triage/decide-verdict.js'
import type { AskedAction } from '../../triage/event.js'
import { type Phrases, say } from '../../triage/phrases.js'
import {
  type Offer,
  type Operation,
  type ResponseAction,
  type Target,
  knownOperations,
  nameToSay,
  offersOf,
  operationFor,
  targetKey,
  undoOf,
} from '../../triage/response-action.js'
import type { CaseContext } from '../case-context.js'
import { escapeUntrusted } from '../escape.js'
import { shortTime } from '../time.js'
import type { Choice } from './view-parts.js'

/** What Winnow was asked to do itself, as it stands on a card; `text` is *untrusted*. */
export type ResponsePart = {
  /** The newest ones, oldest first. */
  readonly responses: readonly { readonly text: string }[]
  /** The guide recommends something that Winnow can do, or something can be taken back. */
  readonly canAct: boolean
  /** Something waits for a second person. */
  readonly canApprove: boolean
  /** One of them is so: there is something to show. */
  readonly hasResponsePart: boolean
}

const nothing: ResponsePart = {
  responses: [],
  canAct: false,
  canApprove: false,
  hasResponsePart: false,
}

/** So many stand on a card; the history has all. */
const mostShown = 3

/** What a card says of response actions; nothing where they are off and none was ever asked for. */
export const responsePart = (context: CaseContext): ResponsePart => {
  const { state, phrases, zone, responses: setting } = context
  if (!setting && state.responses.length === 0) return nothing
  const responses = state.responses.slice(-mostShown).map((one) => ({ text: standing(one, phrases, zone) }))
  const isOpen = setting !== undefined && state.closed === null
  const canAct = isOpen && stageOf(state) !== 'new' && (isRecommended(context) || state.responses.some(undoOf))
  const canApprove = isOpen && state.responses.some((one) => one.state === 'asked')
  return { responses, canAct, canApprove, hasResponsePart: responses.length > 0 || canAct }
}

const isRecommended = ({ state, guide }: CaseContext): boolean =>
  Object.keys(stepsOf(state, guide)).some((step) => operationFor(step) !== null)

/** What is to be done to what: "Suspend Kim Karlsen (kim@contoso.example)". Untrusted. */
export const whatOf = ({ operation, target }: Pick<AskedAction, 'operation' | 'target'>, phrases: Phrases): string =>
  say(phrases, `response.${operation}`, { target: labelOf(target, phrases) })

const labelOf = ({ name, also, mailbox }: Target, phrases: Phrases): string =>
  mailbox
    ? say(phrases, 'response.rule', { name, mailbox: mailbox.name || mailbox.also, also })
    : also === '' || also === name
      ? name
      : `${name} (${also})`

/** Why something was not carried out, with what it takes. */
export const whyOf = (
  { why, detail, partly }: Pick<ResponseAction, 'why' | 'detail'> & { readonly partly?: boolean | undefined },
  phrases: Phrases,
): string =>
  why === null
    ? ''
    : [
        say(phrases, `response.why.${why}`, { detail }),
        ...(partly === true ? [say(phrases, 'response.why.partly')] : []),
      ].join(' ')

const standing = (one: ResponseAction, phrases: Phrases, zone?: string): string =>
  escapeUntrusted(
    say(phrases, `response.state.${one.state}`, {
      what: whatOf(one, phrases),
      by: (one.approvedBy ?? one.askedBy).name,
      at: shortTime(one.at, zone),
      until: shortTime(one.until, zone),
      why: whyOf({ ...one, partly: one.isPartly }, phrases),
    }) + (one.isDryRun && one.state !== 'rehearsed' ? ` ${say(phrases, 'response.dry-run')}` : ''),
    300,
  )

/** What a form offers to do: the exact targets as choices, what each operation does, and what it leaves alone. */
export type ActForm = {
  readonly choices: readonly Choice[]
  /** What the operations on offer do, a sentence each. */
  readonly does: readonly { readonly text: string }[]
  /** That nothing is changed in a dry run, which targets are protected, and so on. *untrusted* */
  readonly remarks: readonly { readonly text: string }[]
}

/** Where nothing is known of the case: what was chosen before stays. */
export const actForm = (context: CaseContext | null, chosen: string): ActForm => {
  if (!context) return { choices: chosen === '' ? [] : [{ title: chosen, value: chosen }], does: [], remarks: [] }
  const { state, phrases, responses: setting } = context
  const offers = setting?.offers ?? []
  const open = offers.filter(({ isProtected }) => !isProtected)
  const undo = state.responses.flatMap((one) => {
    const operation = undoOf(one)
    return operation ? [{ one, operation }] : []
  })
  const choices = [
    ...open.map((offer) => ({ title: titleOf(offer, phrases), value: offerKey(offer) })),
    ...undo.map(({ one, operation }) => ({
      title: escapeUntrusted(
        say(phrases, 'response.undo', { what: whatOf({ operation, target: one.target }, phrases) }),
        200,
      ),
      value: undoKey(one),
    })),
  ]
  const operations = new Set<Operation>([...open, ...undo].map(({ operation }) => operation))
  const remarks = [
    ...(setting?.mode === 'dry-run' ? [say(phrases, 'response.dry-run.about')] : []),
    ...offers
      .filter(({ isProtected }) => isProtected)
      .map(({ target }) => say(phrases, 'response.protected', { target: labelOf(target, phrases) })),
  ]
  return {
    choices,
    does: [...operations].map((operation) => ({ text: say(phrases, `response.does.${operation}`) })),
    remarks: remarks.map((text) => ({ text: escapeUntrusted(text, 300) })),
  }
}

const titleOf = (offer: Offer, phrases: Phrases): string => {
  const what = whatOf(offer, phrases)
  const key = knownOperations[offer.operation].needsApproval ? 'response.second' : 'response.at-once'
  return escapeUntrusted(say(phrases, key, { what }), 300)
}

/** How a choice of the form is named: the step, the operation, and the exact target. */
const offerKey = ({ step, operation, target }: Offer): string => `${step} ${operation} ${targetKey(target)}`
const undoKey = ({ line }: ResponseAction): string => `undo ${line}`

/** What waits for a second person, as the form shows it: all of its texts but `does` are *untrusted*. */
export type WaitingAction = {
  readonly what: string
  readonly does: string
  /** The object id, for who wants to compare it. */
  readonly id: string
  readonly asker: string
  readonly reason: string
  readonly until: string
  /** What the buttons carry. */
  readonly asked: string
  readonly target: string
}

/** Everything in a case that waits for a second person. */
export const waitingActions = ({ state, phrases, zone }: CaseContext): readonly WaitingAction[] =>
  state.responses
    .filter((one) => one.state === 'asked')
    .map((one) => ({
      what: escapeUntrusted(
        one.isDryRun ? `${whatOf(one, phrases)} ${say(phrases, 'response.dry-run')}` : whatOf(one, phrases),
        300,
      ),
      does: say(phrases, `response.does.${one.operation}`),
      id: escapeUntrusted((one.target.mailbox ?? one.target).id, 80),
      asker: escapeUntrusted(one.askedBy.name, 60),
      reason: escapeUntrusted(one.reason, 500),
      until: shortTime(one.until, zone),
      asked: String(one.line),
      target: targetKey(one.target),
    }))

/** What Winnow can do of one kind, as plain text: each exact target, how to name it, and what to send. */
export const listOffers = (context: CaseContext, operation: Operation): string => {
  const { phrases, responses: setting } = context
  const offers = offersOf(setting?.offers ?? [], operation)
  if (offers.length === 0) return say(phrases, 'response.list.nothing')
  const lines = offers.map(({ target, isProtected, ...offer }) => {
    const what = whatOf({ operation, target }, phrases)
    const said = isProtected
      ? say(phrases, 'response.protected', { target: labelOf(target, phrases) })
      : titleOf({ ...offer, target, isProtected }, phrases)
    return `\n${escapeUntrusted(nameToSay(target), 160)}: ${isProtected ? escapeUntrusted(said, 300) : said || what}`
  })
  return say(phrases, 'response.list.act', { targets: lines.join('') })
}

/** What waits for a second person, or can be taken back, by the numbers to send, as plain text. */
export const listAsked = (context: CaseContext, verb: 'approve' | 'decline' | 'undo-action'): string => {
  const { state, phrases } = context
  const isUndo = verb === 'undo-action'
  const some = state.responses.filter((one) => (isUndo ? undoOf(one) !== null : one.state === 'asked'))
  if (some.length === 0) return say(phrases, isUndo ? 'response.list.no-undo' : 'response.list.none')
  const lines = some.map((one) => {
    const { id } = one.target.mailbox ?? one.target
    const details = { what: whatOf(one, phrases), id, by: one.askedBy.name, reason: one.reason }
    return `\n${one.line}: ${escapeUntrusted(say(phrases, 'response.list.row', details), 400)}`
  })
  return say(phrases, `response.list.${verb}`, { actions: lines.join('') })
}
