import type { Family, Severity } from '../triage/alert.js'
import type { VerdictClass } from '../triage/guide.js'

/** Which cases are looked for, open and closed; what is null or empty does not matter. */
export type FindFilter = {
  /** Texts that all must be there, in lower case. */
  readonly terms: readonly string[]
  readonly state: 'open' | 'closed' | null
  readonly family: Family | null
  readonly atLeast: Severity | null
  readonly verdict: VerdictClass | null
  /** Opened since that day (`2026-11-21`, UTC), or for so long (`24h`, `7d`, `2w`, `3m`). */
  readonly since: string | null
}

/** A search as someone asks for it; pages count from 1. */
export type FindIntent = { readonly kind: 'find'; readonly filter: FindFilter; readonly page: number }

/** True for a search that names nothing to look for. */
export const findsAll = ({ terms, state, family, atLeast, verdict, since }: FindFilter): boolean =>
  terms.length === 0 && [state, family, atLeast, verdict, since].every((one) => one === null)

/** The words that ask for that search: what a button carries to be read again. */
export const findWords = ({ filter, page }: FindIntent): string => {
  const { terms, state, family, atLeast, verdict, since } = filter
  const words = [state, family, atLeast, verdict?.toLowerCase() ?? null, since === null ? null : `since ${since}`]
  return ['find', `page ${page}`, ...words.filter((word) => word !== null), ...terms.map((term) => `"${term}"`)].join(
    ' ',
  )
}

/** When a search begins (ISO 8601); null for one that goes back as far as there are cases. */
export const findSince = (since: string | null, now: string): string | null => {
  const [, count, unit] = /^(\d{1,3})([hdwm])$/.exec(since ?? '') ?? []
  if (since === null || count === undefined) return since
  const hours = { h: 1, d: 24, w: 168, m: 720 }[unit ?? ''] ?? 1
  return new Date(Date.parse(now) - Number(count) * hours * 3_600_000).toISOString()
}

/** A text as cases are searched by: in lower case, on one line, without what cannot be seen. */
export const searchText = (text: string): string =>
  isPlain(text) ? text.replace(/ {2,}/g, ' ').toLowerCase().trim() : plainText(text)

/** Most of what alerts say is written in these alone, and then there is little to do. */
const isPlain = (text: string): boolean => !/[^ -~]/.test(text)

const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}|\p{Surrogate}/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[“”„«»]/g, '"')
    .toLowerCase()
    .trim()
