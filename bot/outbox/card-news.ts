import type { CaseWithCards } from '../cases/card-location.js'

/** What has become of a card, for whoever tells people: with the case as it stood then. */
export type CardNews = CaseWithCards & {
  /** The name of the card, such as `channel`. */
  readonly card: string
  /** `posted` anew; `lost`: it may stand there or not; `refused`: the chat will not take it. */
  readonly outcome: 'posted' | 'lost' | 'refused'
  /** True when it is told again, because Winnow has started or an hour has passed. */
  readonly again: boolean
}
