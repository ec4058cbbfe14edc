import type { Due } from '../../triage/deadlines.js'
import type { Person } from '../../triage/person.js'
import { type Phrases, languageOf, say } from '../../triage/phrases.js'
import { cutToWidth, escapeUntrusted } from '../escape.js'
import { age, shortTime, utc } from '../time.js'
import type { Listed } from './listed.js'
import { standingText } from './show-list.js'
import type { View } from './view.js'

/** A handover of the rota: when (ISO 8601), from whom and to whom; null where no one is on call. */
export type Handover = { readonly at: string; readonly from: Person | null; readonly to: Person | null }

/** An open case, and what is due next in it; null when nothing is. */
export type ShiftRow = { readonly row: Listed; readonly due: Due | null }

/**
 * What one shift leaves to the next: how many cases are open and whom they wait for, and the first of them with how far they are and
 * what their clocks do next. `rows` are all open cases of the channel, the worst first; `dueOf` tells of those that are shown.
 */
export const showShift = (
  { at, from, to }: Handover,
  rows: readonly Listed[],
  dueOf: (caseId: string) => Due | null,
  phrases: Phrases,
  zone: string = utc,
): Extract<View, { readonly card: 'shift' }> => {
  const names = { from: nameOf(from), to: nameOf(to) }
  const people = to === null ? 'shift.no-one' : from === null ? 'shift.to' : 'shift.from-to'
  const more = rows.length - shiftRows
  const bars = waitingFor
    .map(({ label, isOne }) => {
      const { length: count } = rows.filter(isOne)
      return { label: say(phrases, `shift.waits.${label}`), count, shown: String(count) }
    })
    .filter(({ count }) => count > 0)
  return {
    card: 'shift',
    data: {
      heading: say(phrases, 'shift.heading', { at: shortTime(at, zone, languageOf(phrases)) }),
      people: from === null && to === null ? '' : say(phrases, people, names),
      hasPeople: from !== null || to !== null,
      standing: say(phrases, rows.length === 0 ? 'shift.none' : 'shift.standing', {
        open: String(rows.length),
        unassigned: String(rows.filter(({ owner }) => owner === null).length),
      }),
      chart: say(phrases, 'shift.chart'),
      bars,
      hasBars: bars.length > 0,
      rows: rows.slice(0, shiftRows).map((row) => rowOf(row, dueOf(row.caseId), at, phrases, zone)),
      hasMore: more > 0,
      more: say(phrases, 'list.more', { count: String(more) }),
      hint: say(phrases, 'shift.hint'),
    },
  }
}

/** What a notification says of it. */
export const shiftSummary = (rows: readonly Listed[], phrases: Phrases): string =>
  say(phrases, 'summary.shift', { open: String(rows.length) })

/** So many cases are shown: they fit two screens of a phone with the chart above them. */
export const shiftRows = 5

/** Whom cases wait for: each for the first of these. */
const waitingFor: readonly { readonly label: string; readonly isOne: (row: Listed) => boolean }[] = [
  { label: 'no-one', isOne: ({ owner }) => owner === null },
  { label: 'manager', isOne: ({ owner, waitsFor }) => owner !== null && waitsFor !== null },
  {
    label: 'close',
    isOne: ({ owner, waitsFor, standing }) =>
      owner !== null && waitsFor === null && standing.at === 'actions' && standing.open === 0,
  },
  {
    label: 'owner',
    isOne: ({ owner, waitsFor, standing }) =>
      owner !== null && waitsFor === null && !(standing.at === 'actions' && standing.open === 0),
  },
]

const rowOf = (row: Listed, due: Due | null, now: string, phrases: Phrases, zone: string) => {
  const { caseId, title, severity, openedAt, owner, standing, waitsFor } = row
  return {
    caseId,
    title: cutToWidth(title, 80),
    severity: say(phrases, `severity.${severity}`),
    age: age(openedAt, now, phrases),
    waits:
      waitsFor !== null
        ? say(phrases, 'list.waits', { manager: escapeUntrusted(waitsFor, 40) })
        : owner === null
          ? say(phrases, 'list.nobody')
          : escapeUntrusted(owner.name, 40),
    step: standingText(standing, phrases),
    hasClock: due !== null,
    clock:
      due === null
        ? ''
        : say(phrases, `due.${due.clock}.${due.step}`, { at: shortTime(due.at, zone, languageOf(phrases)) }),
  }
}

const nameOf = (person: Person | null): string => (person === null ? '' : escapeUntrusted(person.name, 60))
