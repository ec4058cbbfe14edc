import { Fault } from '../triage/fault.js'
import type { Change } from './store.js'

// By hand and not by a schema: at a start these look at every line of every open case.

/** What is wrong with something that should be an event of any type, known or not; null when nothing is. */
export function faultOfEvent(event: unknown): string | null {
  if (!isObject(event)) return 'an event is no object'
  if (!isText(event['type'])) return 'an event has no type'
  if (!isText(event['at'])) return 'an event does not say when'
  return isObject(event['by']) ? null : 'an event does not say by whom'
}

/** What is wrong with something that should be a card; null when nothing is. */
export function faultOfCard(card: unknown): string | null {
  if (!isObject(card)) return 'a card is no object'
  const { audience, state, posted, shownLine, detail, since } = card
  if (!audiences.has(audience)) return 'a card has no audience'
  if (!states.has(state)) return 'a card has no state'
  if (posted !== null && !isPosted(posted)) return 'a card does not say where it is'
  if (typeof shownLine !== 'number' || !Number.isInteger(shownLine)) return 'a card does not say what it shows'
  return typeof detail === 'string' && typeof since === 'string' ? null : 'a card does not say since when'
}

/** Fault `store/bad-change` when something would be written that could not be read again. */
export function checkChange(change: Change, isFirst: boolean): void {
  const wrong = faultOfChange(change, isFirst)
  if (wrong === null) return
  throw new Fault(
    'store/bad-change',
    `Nothing was stored: ${wrong}. An event needs type, at and by; a card all of its parts.`,
  )
}

function faultOfChange({ events = [], cards = {}, open }: Change, isFirst: boolean): string | null {
  if (typeof open !== 'boolean') return 'it does not say whether the case is open'
  for (const event of events) {
    const wrong = faultOfEvent(event)
    if (wrong !== null) return wrong
  }
  let isEmpty = events.length === 0
  for (const name in cards) {
    const wrong = cards[name] === null ? null : faultOfCard(cards[name])
    if (wrong !== null) return wrong
    if (isFirst && isEmpty) return 'a case begins with an event'
    isEmpty = false
  }
  return null
}

/** True for a JSON object, and no array. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

const isPosted = (value: unknown): boolean =>
  isObject(value) && isObject(value['place']) && typeof value['messageId'] === 'string'

const audiences = new Set<unknown>(['channel', 'analyst', 'manager'])
const states = new Set<unknown>(['posting', 'shown', 'lost', 'refused', 'missing'])
