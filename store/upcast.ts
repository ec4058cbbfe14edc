import type { Audience, Card, Cards, MessageRef } from '../triage/card.js'
import type { Event } from '../triage/event.js'
import type { StoredCase } from './store.js'

/**
 * A case as the first format kept it, where every line was an event and the bookkeeping of cards stood among them.
 *
 * The bookkeeping leaves the diary and becomes `cards`; everything else stays as it was written. Lines shift by that, so what
 * refers to a line, the newest line a card shows and the name of a manager's card, goes by the new count.
 */
export function fromFormat1(lines: readonly Line[]): StoredCase {
  const diary: Event[] = []
  const cards = new Map<string, Card>()
  // For each old line, the newest line of the record up to there.
  const lineOf: number[] = []
  for (const line of lines) {
    if (!isBookkeeping(line)) diary.push(line)
    lineOf.push(diary.length - 1)
  }
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
export type Bookkeeping = { readonly at: string; readonly surface: string; readonly seat: Audience } & (
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
      return { ...nowhere, state: 'shown', posted: line.posted, shownLine: shift(line.drawn), detail: '' }
    case 'unshown':
      // A card in somebody's own chat is there because it was asked for, and that stays.
      if (line.why === 'later')
        return line.seat === 'analyst' ? { ...nowhere, state: 'missing', detail: line.detail } : null
      return { ...nowhere, state: line.why === 'gone' ? 'missing' : line.why, detail: line.detail }
  }
}

const cardsOf = (cards: ReadonlyMap<string, Card>): Cards => Object.fromEntries(cards)
