import type { Audience, Card, Cards, MessageRef } from '../triage/card.js'
import type { Event, Stamp } from '../triage/event.js'
import type { StoredCase } from './store.js'

/**
 * A case as the first format kept it, where every line was an event and the bookkeeping of cards stood among them.
 *
 * The bookkeeping leaves the diary and becomes `cards`; everything else stays as it was written. Lines shift by that, so what
 * refers to a line, the newest line a card shows and the name of a manager's card, goes by the new count. That a manager may not
 * have got the question that waits is no mere bookkeeping: it stays in the diary, as the event that tells so today.
 */
export function fromFormat1(lines: readonly Line[]): StoredCase {
  const diary: Event[] = []
  const cards = new Map<string, Card>()
  // For each old line, the newest line of the record up to there.
  const lineOf: number[] = []
  // The old line of the question that waits for a manager; null when none does.
  let asked: number | null = null
  lines.forEach((line, index) => {
    const event = isBookkeeping(line) ? unreached(line, asked) : line
    if (event) diary.push(event)
    lineOf.push(diary.length - 1)
    asked = stillAsked(asked, event, index)
  })
  const shift = (line: number): number => (line < 0 ? -1 : (lineOf[line] ?? diary.length - 1))
  for (const line of lines) {
    if (!isBookkeeping(line)) continue
    const name = nameOf(line.surface, shift)
    const card = cardAfter(line, shift)
    if (card) cards.set(name, card)
    else cards.delete(name)
  }
  // As many as it had lines: so a case never has a lower version than before.
  return { version: lines.length, diary, cards: cardsOf(cards) }
}

/** What stood in a diary of the first format for a card: it is about to be posted, shows something, or is not there. */
export type Bookkeeping = Stamp & { readonly surface: string; readonly seat: Audience } & (
    | { readonly type: 'posting' }
    | { readonly type: 'shown'; readonly posted: MessageRef; readonly drawn: number }
    | { readonly type: 'unshown'; readonly why: 'lost' | 'refused' | 'gone' | 'later'; readonly detail: string }
  )

/** A line of a diary of the first format. */
export type Line = Event | Bookkeeping

function isBookkeeping(line: Line): line is Bookkeeping {
  const type: string = line.type
  return type === 'posting' || type === 'shown' || type === 'unshown'
}

/** That the chat did not take the question that waits, or may not have. */
function unreached(line: Bookkeeping, asked: number | null): Event | null {
  if (line.type !== 'unshown' || asked === null || line.surface !== `manager/${asked}`) return null
  const { at, by, detail } = line
  if (line.why === 'refused') return { type: 'manager-unreached', why: 'refused', detail, at, by }
  return line.why === 'lost' ? { type: 'manager-unreached', why: 'unknown', detail, at, by } : null
}

function stillAsked(asked: number | null, event: Event | null, line: number): number | null {
  if (event?.type === 'manager-asked') return line
  return event?.type === 'manager-answered' || event?.type === 'manager-expired' ? null : asked
}

/** A manager's card is named after the line of the question. */
function nameOf(surface: string, shift: (line: number) => number): string {
  const match = /^manager\/(\d+)$/.exec(surface)
  return match ? `manager/${shift(Number(match[1]))}` : surface
}

/** Where a card stands after that line; null when it is owed as if it had never been. */
function cardAfter(line: Bookkeeping, shift: (line: number) => number): Card | null {
  const nowhere = { audience: line.seat, posted: null, shownLine: -1, since: line.at }
  switch (line.type) {
    case 'posting':
      return { ...nowhere, state: 'posting', detail: '' }
    case 'shown':
      // What a manager's card carries is the old line of the question: it is drawn again with the new one.
      return {
        ...nowhere,
        state: 'shown',
        posted: line.posted,
        shownLine: line.seat === 'manager' ? -1 : shift(line.drawn),
        detail: '',
      }
    case 'unshown':
      // A card in somebody's own chat is there because it was asked for, and that stays.
      if (line.why === 'later')
        return line.seat === 'analyst' ? { ...nowhere, state: 'missing', detail: line.detail } : null
      return { ...nowhere, state: line.why === 'gone' ? 'missing' : line.why, detail: line.detail }
  }
}

const cardsOf = (cards: ReadonlyMap<string, Card>): Cards => Object.fromEntries(cards)
