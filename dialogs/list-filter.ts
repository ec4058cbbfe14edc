import type { Family, Severity } from '../triage/alert.js'

/** Which cases of a list are wanted; with neither family, severity nor person, all of them. */
export type ListFilter = {
  readonly family: Family | null
  readonly atLeast: Severity | null
  /** Part of a name or address of someone the alert names, in lower case; '' for anyone. */
  readonly person: string
  /** Only cases that have no card of their own, as in a storm. */
  readonly noCard?: true
}

/** The word that asks for cases without a card of their own. */
export const noCardWord = 'no-card'

/** A list as someone asks for it; pages count from 1. */
export type ListIntent = { readonly kind: 'queue' | 'mine'; readonly filter: ListFilter; readonly page: number }

/** The words that ask for that list: what a button carries to be read again. */
export const listWords = ({ kind, filter, page }: ListIntent): string =>
  [kind, String(page), filter.family, filter.atLeast, filter.noCard ? noCardWord : null, filter.person]
    .filter((word) => word !== null && word !== '')
    .join(' ')
