import { type Card, type Cards, audienceOf, channelCard } from '../../triage/card.js'
import type { Case } from '../../triage/case.js'
import type { Diary, Event } from '../../triage/event.js'
import { isQuiet } from '../../triage/evolve.js'
import { cardOf, staleCards } from '../../triage/stale-cards.js'

/** Cards that do not show what their case wants. */
export type Owed = {
  /** All of them: behind for more than some seconds, lost, or refused. */
  readonly count: number
  /** Since when the oldest one is owed, ISO 8601; null when none is. */
  readonly since: string | null
  /** Those of the channel that may stand there or not, of cases that are not closed. */
  readonly lost: number
  /** Those of the channel that the chat will not take, of cases that are not closed. */
  readonly refused: number
}

/** Which cards are owed, kept up to date case by case. */
export type OwedCards = {
  /** The case as it stands now. */
  note(record: { readonly state: Case; readonly diary: Diary; readonly cards: Cards }): void
  /** What is owed now. */
  owed(): Owed
  /** The cases whose channel card is lost or refused and was told of an hour ago or longer; told as of now. */
  dueAgain(): readonly string[]
}

/** A card that is on its way for no longer than this, in milliseconds, is not owed yet. */
export const onItsWayMs = 5000
/** How long after it was told a lost or refused card is told again, in milliseconds. */
export const tellAgainMs = 3_600_000

type Entry = {
  readonly card: string
  readonly why: 'behind' | 'lost' | 'refused'
  readonly since: string
  /** By the monotonic clock: since when it has been so in this process. */
  readonly from: number
}

/** Nothing is owed yet; `clock` in milliseconds that never go back. The channel's card of a case that `isHeld` is not owed for now. */
export const openOwedCards = (
  clock: () => number,
  isHeld: (record: { readonly state: Case; readonly cards: Cards }) => boolean = () => false,
): OwedCards => {
  const cases = new Map<string, readonly Entry[]>()
  const toldAt = new Map<string, number>()

  return {
    note: (record) => {
      const { id } = record.state
      const before = cases.get(id) ?? []
      const due = isHeld(record) ? owedCards(record).filter(({ name }) => name !== channelCard) : owedCards(record)
      const entries = due.map(({ name, why }): Entry => {
        const former = before.find((one) => one.card === name)
        if (former?.why === why) return former
        return { card: name, why, since: former?.since ?? owedSince(record, name), from: clock() }
      })
      if (entries.length > 0) cases.set(id, entries)
      else cases.delete(id)
      if (!entries.some(({ why }) => why !== 'behind')) toldAt.delete(id)
      else if (!toldAt.has(id)) toldAt.set(id, clock())
    },
    owed: () => {
      let [count, lost, refused] = [0, 0, 0]
      let since: string | null = null
      const newest = clock() - onItsWayMs
      for (const entries of cases.values())
        for (const one of entries) {
          if (one.why === 'behind' && one.from > newest) continue
          count += 1
          if (one.why === 'lost') lost += 1
          if (one.why === 'refused') refused += 1
          if (since === null || one.since < since) since = one.since
        }
      return { count, since, lost, refused }
    },
    dueAgain: () => {
      const due = [...toldAt].flatMap(([id, at]) => (clock() - at >= tellAgainMs ? [id] : []))
      for (const id of due) toldAt.set(id, clock())
      return due
    },
  }
}

type Named = { readonly name: string; readonly why: Entry['why'] }

/** The cards that are behind or on their way, and the channel's card that did not get there. */
const owedCards = ({ state, cards }: { readonly state: Case; readonly cards: Cards }): readonly Named[] => {
  const behind = staleCards(state, cards).map((name): Named => ({ name, why: 'behind' }))
  const going = Object.entries(cards).flatMap(([name, card]): readonly Named[] => {
    if (card.state === 'posting') return [{ name, why: 'behind' }]
    const isMissed = name === channelCard && state.closed === null
    return isMissed && (card.state === 'lost' || card.state === 'refused') ? [{ name, why: card.state }] : []
  })
  return [...behind, ...going]
}

/** What is owed, with more cards that are behind. */
export const withOwed = (owed: Owed, more: Pick<Owed, 'count' | 'since'>): Owed => ({
  count: owed.count + more.count,
  since: [owed.since, more.since].reduce((one, other) =>
    one === null || (other !== null && other < one) ? other : one,
  ),
  lost: owed.lost,
  refused: owed.refused,
})

/** Since when a card of a case is owed, ISO 8601. */
export const owedSince = (
  { state, diary, cards }: { readonly state: Case; readonly diary: Diary; readonly cards: Cards },
  name: string,
): string => {
  const card: Card | undefined = cardOf(cards, name)
  if (!card) return audienceOf(name) === 'manager' ? (state.confirmation?.askedAt ?? state.openedAt) : state.openedAt
  const unseen = (isWanted: (event: Event) => boolean) =>
    diary.find((event, line) => line > card.shownLine && isWanted(event))
  return card.state === 'shown'
    ? ((unseen((event) => !isQuiet(event)) ?? unseen(({ type }) => type === 'paged'))?.at ?? card.since)
    : card.since
}
