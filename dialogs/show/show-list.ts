import { type Phrases, say, languageOf } from '../../triage/phrases.js'
import { isOpen } from '../../triage/routing.js'
import { cutToWidth, escapeUntrusted } from '../escape.js'
import { filterText } from '../filter-text.js'
import { type ListFilter, type ListIntent, listWords } from '../list-filter.js'
import { type FindFilter, type FindIntent, findWords } from '../find-filter.js'
import { age, dayAndMonth, utc, thousands } from '../time.js'
import { nameOf } from './header.js'
import type { Listed, Standing } from './listed.js'
import type { List } from './view-parts.js'
import type { View } from './view.js'

/** One page of the open cases, or of one's own: `rows` are all that the filter lets through, in the order they are shown. */
export const showList = (
  asked: ListIntent,
  rows: readonly Listed[],
  now: string,
  phrases: Phrases,
): Extract<View, { readonly card: 'list' }> => {
  const { kind, filter } = asked
  const pages = Math.max(1, Math.ceil(rows.length / longest))
  // Cases are closed while someone turns the pages.
  const page = Math.min(asked.page, pages)
  const hasMore = page < pages
  const what = filterName(filter, phrases)
  return {
    card: 'list',
    data: {
      heading: listHeading(kind, rows.length, phrases),
      filter: what,
      hasFilter: what !== '',
      empty: say(phrases, what === '' ? `list.${kind}.empty` : 'list.none'),
      isEmpty: rows.length === 0,
      rows: rows.slice((page - 1) * longest, page * longest).map((row) => rowOf(row, now, phrases)),
      page: say(phrases, 'list.page', { page: String(page), pages: String(pages) }),
      hasPages: pages > 1,
      next: hasMore ? listWords({ kind, filter, page: page + 1 }) : '',
      hasMore,
      hint: say(phrases, 'list.hint'),
      note: '',
      hasNote: false,
    },
  }
}

/** Some of the cases that were found, and how many there are. */
export type FoundRows = {
  /** Those of the page that was asked for. */
  readonly rows: readonly Listed[]
  readonly count: number
  /** How many cases were looked at, of how many there are. */
  readonly searched: number
  readonly of: number
}

/** One page of what was found, newest first; it says so when not every case was looked at. */
export const showFound = (
  { filter, page: asked }: FindIntent,
  { rows, count, searched, of }: FoundRows,
  now: string,
  phrases: Phrases,
): Extract<View, { readonly card: 'list' }> => {
  const pages = Math.max(1, Math.ceil(count / longest))
  const page = Math.min(asked, pages)
  const hasMore = page < pages
  const what = findName(filter, phrases)
  const isAll = searched >= of
  const counts = { searched: thousands(searched, languageOf(phrases)), of: thousands(of, languageOf(phrases)) }
  return {
    card: 'list',
    data: {
      heading: foundHeading(count, phrases),
      filter: what,
      hasFilter: what !== '',
      empty: say(phrases, 'find.none'),
      isEmpty: rows.length === 0,
      rows: rows.map((row) => rowOf(row, now, phrases)),
      page: say(phrases, 'list.page', { page: String(page), pages: String(pages) }),
      hasPages: pages > 1,
      next: hasMore ? findWords({ kind: 'find', filter, page: page + 1 }) : '',
      hasMore,
      hint: say(phrases, 'find.hint'),
      note: isAll ? '' : say(phrases, 'find.searched', counts),
      hasNote: !isAll,
    },
  }
}

/** "12 found", for the heading and for notifications. */
export const foundHeading = (count: number, phrases: Phrases): string =>
  say(phrases, count === 1 ? 'find.one' : 'find.found', { count: thousands(count, languageOf(phrases)) })

/** Which rows are on a page: from the first, and how many in all up to its end. */
export const pageOf = (page: number): { readonly from: number; readonly to: number } => ({
  from: (page - 1) * longest,
  to: page * longest,
})

/** What is looked for, in words. It holds what someone typed: untrusted. */
const findName = ({ terms, state, family, atLeast, verdict, since }: FindFilter, phrases: Phrases): string =>
  [
    ...terms.map((term) => say(phrases, 'list.person', { person: escapeUntrusted(term, 60) })),
    isOpen({ family, atLeast }) ? '' : filterText({ family, atLeast }, phrases),
    verdict === null ? '' : say(phrases, `find.${verdict}`),
    state === null ? '' : say(phrases, `find.${state}`),
    since === null ? '' : say(phrases, 'find.since', { since }),
  ]
    .filter((part) => part !== '')
    .join(', ')

/** "12 open", for the heading and for notifications. */
export const listHeading = (kind: ListIntent['kind'], count: number, phrases: Phrases): string =>
  say(phrases, `list.${kind}`, { count: String(count) })

/** So many cases are on a page: with long names they still fit two screens of a phone. */
const longest = 7

const rowOf = (row: Listed, now: string, phrases: Phrases): List['rows'][number] => {
  const { caseId, line, title, severity, people, alerts, openedAt, owner, standing, waitsFor } = row
  const names = [...new Set(people.map(nameOf))].filter((name) => name !== '')
  const person = escapeUntrusted(names[0] ?? '', 60)
  const more = names.length > 1 ? ` +${names.length - 1}` : ''
  return {
    caseId,
    line,
    severity: say(phrases, `severity.${severity}`),
    title: cutToWidth(title, 80),
    person: person === '' ? '' : `${person}${more}`,
    hasPerson: person !== '',
    alerts: alerts > 1 ? `${say(phrases, 'group.alerts', { count: String(alerts) })} · ` : '',
    age: age(openedAt, now, phrases),
    owner: owner ? escapeUntrusted(owner.name, 40) : say(phrases, 'list.nobody'),
    standing: standingText(standing, phrases),
    waits:
      waitsFor !== null
        ? say(phrases, 'list.waits', { manager: escapeUntrusted(waitsFor, 40) })
        : row.isUnanswered
          ? say(phrases, 'list.unanswered')
          : '',
    hasWaits: waitsFor !== null || row.isUnanswered === true,
    canTake: owner === null && standing.at !== 'closed',
  }
}

/** How far a case is, in words. */
export const standingText = (standing: Standing, phrases: Phrases): string => {
  switch (standing.at) {
    case 'check':
      return say(phrases, 'list.check', { step: String(standing.step), of: String(standing.of) })
    case 'verdict':
      return say(phrases, 'list.verdict')
    case 'actions':
      return standing.open === 0
        ? say(phrases, 'list.done', { verdict: standing.verdict })
        : say(phrases, 'list.actions', { verdict: standing.verdict, count: String(standing.open) })
    case 'open':
      return say(phrases, 'list.open')
    case 'closed': {
      const closed = say(phrases, 'list.closed', { day: dayAndMonth(standing.on, utc, languageOf(phrases)) })
      return standing.verdict === '' ? closed : `${escapeUntrusted(standing.verdict, 80)}, ${closed}`
    }
  }
}

/** Which cases are shown, in words; "" for all. It holds what someone typed: untrusted. */
const filterName = (filter: ListFilter, phrases: Phrases): string =>
  [
    isOpen(filter) ? '' : filterText(filter, phrases),
    filter.noCard ? say(phrases, 'list.no-card') : '',
    filter.person === '' ? '' : say(phrases, 'list.person', { person: escapeUntrusted(filter.person, 80) }),
  ]
    .filter((part) => part !== '')
    .join(', ')
