import type { Family, Involved, Severity } from '../../triage/alert.js'
import { type Case, stageOf } from '../../triage/case.js'
import { openActions } from '../../triage/decide-verdict.js'
import type { Guide } from '../../triage/guide.js'
import { everyoneIn, membersOf } from '../../triage/group.js'
import { type Cards, channelCard } from '../../triage/card.js'
import { nextOf } from '../../triage/next-checks.js'
import { fits } from '../../triage/routing.js'
import { cardOf } from '../../triage/stale-cards.js'
import type { ListFilter } from '../list-filter.js'
import { verdictName } from './history.js'

/** An open case as lists and filters need it. */
export type Listed = {
  readonly caseId: string
  /** The newest line of its diary, for the button that takes it. */
  readonly line: number
  readonly title: string
  readonly severity: Severity
  readonly family: Family | null
  readonly people: readonly Involved[]
  /** How many alerts share its card, its own among them. */
  readonly alerts: number
  readonly openedAt: string
  readonly owner: { readonly id: string; readonly name: string } | null
  readonly standing: Standing
  /** The manager whose answer is waited for; null when no one was asked. */
  readonly waitsFor: string | null
  /** No manager answered: it is listed as one severity worse. */
  readonly isUnanswered?: true
  /** The type and the title of the guide that leads it. */
  readonly type: string
  readonly kind: string
  readonly addresses: readonly string[]
  /** A card of its own stands in a channel, or people were told that it may not. False while it is still to be posted. */
  readonly hasCard: boolean
}

/** How far a case is: at which check, ready for a verdict, or judged with so many required actions open. */
export type Standing =
  | { readonly at: 'check'; readonly step: number; readonly of: number }
  | { readonly at: 'verdict' }
  | { readonly at: 'actions'; readonly verdict: string; readonly open: number }
  /** It is only known that it is open. */
  | { readonly at: 'open' }
  /** Closed at that time; `verdict` is '' where there is none. */
  | { readonly at: 'closed'; readonly verdict: string; readonly on: string }

/** What a list says of a case that this guide leads. */
export const listed = (state: Case, guide: Guide, cards: Cards = {}): Listed => {
  const { id, line, alert, openedAt, owner, confirmation } = state
  const family = alert.family ?? (guide.family === 'any' ? null : guide.family)
  return {
    caseId: id,
    line: line - 1,
    title: alert.title,
    severity: alert.severity,
    family,
    people: everyoneIn(state),
    alerts: membersOf(state).length + 1,
    openedAt,
    owner,
    standing: standingOf(state, guide),
    waitsFor: confirmation?.state === 'asked' && stageOf(state) !== 'closed' ? confirmation.manager.name : null,
    ...(confirmation?.state === 'expired' && { isUnanswered: true }),
    type: state.guide,
    kind: guide.title,
    addresses: alert.addresses.map(({ ip }) => ip),
    hasCard: (cardOf(cards, channelCard)?.state ?? 'missing') !== 'missing',
  }
}

/**
 * The same for a reader whose language calls such alerts `kind`: a title that only says what they are called in English gives way to
 * it; what a source says otherwise stays.
 */
export const called = (row: Listed, kind: string): Listed => {
  const { kind: usual, title, ...rest } = row
  if (kind === usual || usual === '') return row
  return { kind, title: title.toLowerCase().includes(usual.toLowerCase()) ? kind : title, ...rest }
}

const standingOf = (state: Case, guide: Guide): Standing => {
  const { recordedVerdict } = state
  if (recordedVerdict) {
    const verdict = verdictName(recordedVerdict.class, recordedVerdict.label)
    return { at: 'actions', verdict, open: openActions(state, guide).length }
  }
  const { next, step, of } = nextOf(state, guide)
  return next ? { at: 'check', step, of } : { at: 'verdict' }
}

/** True for a case that such a filter lets through. */
export const isWanted = (filter: ListFilter, one: Listed): boolean =>
  fits(filter, one) &&
  (filter.noCard !== true || !one.hasCard) &&
  (filter.person === '' || one.people.some((involved) => isCalled(involved, filter.person)))

/** True when someone goes by that, in lower case: part of a name or email, or the whole object id. */
export const isCalled = ({ upn, name, objectId }: Involved, person: string): boolean =>
  [upn, name].some((known) => known?.normalize('NFKC').toLowerCase().includes(person)) ||
  objectId?.toLowerCase() === person
