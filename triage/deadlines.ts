import { type Severity, severities } from './alert.js'
import type { Case } from './case.js'
import { type Clocks, type PageStep, pageSteps } from './clocks.js'
import type { Diary, Event } from './event.js'
import type { Person } from './person.js'
import { isAsBad } from './routing.js'
import { type WorkingHours, afterWorking, isWorking } from './working-hours.js'

/** Whom a page of an unassigned case can reach now: what no one would hear of is left out. */
export type Reach = Readonly<Record<Exclude<PageStep, 'first'>, boolean>>

/** What is due in a case, and when (ISO 8601): one for each of its clocks that runs. */
export type Due = { readonly at: string } & (
  | { readonly clock: 'unassigned'; readonly step: Exclude<PageStep, 'first'> }
  /** `until`: when the case will be released; null for never. */
  | { readonly clock: 'owner'; readonly step: 'remind'; readonly person: Person; readonly until: string | null }
  | { readonly clock: 'owner'; readonly step: 'release'; readonly person: Person }
  | { readonly clock: 'manager'; readonly step: 'remind'; readonly person: Person; readonly until: string }
  /** The question goes to someone else, if there is anyone; else it expires. */
  | { readonly clock: 'manager'; readonly step: 'pass-on' | 'expire'; readonly person: Person }
)

/**
 * What is due next in a case by its clocks, soonest first. It follows from the diary alone, so it is the same after a restart; what
 * the clock shows now is for the caller to compare. Nothing here closes a case or answers for anyone: whoever is silent is reminded,
 * then someone else is asked.
 */
export const deadlines = (state: Case, diary: Diary, clocks: Clocks, reach: Reach): readonly Due[] => {
  // A case that shares another's card is waited for there.
  if (state.closed || state.joined) return []
  const due = [unassigned(state, diary, clocks, reach), owner(state, diary, clocks), manager(state, diary, clocks)]
  return due.flat().toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

/** How much waits on a case, for how long things may last but not for who is woken: one more than its alert's severity once the question to a manager came back without an answer. */
export const urgencyOf = ({ alert, confirmation }: Case): Severity =>
  (confirmation?.state === 'expired' ? severities[severities.indexOf(alert.severity) + 1] : undefined) ?? alert.severity

/** Since when no one has the case, ISO 8601, if no one has. */
export const unassignedSince = ({ openedAt }: Case, diary: Diary): string =>
  diary.findLast(({ type }) => type === 'released' || type === 'reopened' || type === 'left-group')?.at ?? openedAt

/** How long a person has for something in a case of that severity: till when, in milliseconds since 1970. */
export const endOf = (
  from: number,
  forMs: number,
  { severity, personId }: { readonly severity: Severity; readonly personId: string | null },
  { nightFrom, hours, hoursOf }: Clocks,
): number => {
  const theirs: WorkingHours | null = (personId === null ? undefined : hoursOf.get(personId.toLowerCase())) ?? hours
  const isAnyHour = nightFrom !== null && isAsBad(severity, nightFrom)
  return afterWorking(from, forMs, isAnyHour ? null : theirs)
}

/** True when nobody of the team is to be woken for an alert of that severity at that moment, in milliseconds since 1970. */
export const isNight = (at: number, severity: Severity, { nightFrom, hours }: Pick<Clocks, 'nightFrom' | 'hours'>) =>
  hours !== null && (nightFrom === null || !isAsBad(severity, nightFrom)) && !isWorking(at, hours)

const unassigned = (state: Case, diary: Diary, clocks: Clocks, reach: Reach): readonly Due[] => {
  if (state.owner) return []
  const severity = urgencyOf(state)
  const windows = clocks.unassigned[severity]
  const ladder = pageSteps.flatMap((step) => {
    const window = step === 'first' ? null : windows[step]
    return step === 'first' || window === null || !reach[step] ? [] : [{ step, window }]
  })
  const [lowest] = ladder
  if (!lowest) return []
  const from = lastSign(state, diary)
  const since = from?.line ?? 0
  const last = lastOf(diary, since, (event) => event.type === 'paged' && event.step !== 'first')
  const done = last?.event.type === 'paged' ? pageSteps.indexOf(last.event.step) : 0
  const next = ladder.find(({ step }) => pageSteps.indexOf(step) > done)
  // Whoever does not hear it is not called more often for that: each round waits twice as long as the one before.
  const rounds = diary.slice(since + 1).filter((event) => event.type === 'paged' && event.step === lowest.step).length
  const pause = windows.repeat === null ? null : Math.min(windows.repeat * 2 ** Math.max(0, rounds - 1), longestPause)
  const anew = pause === null ? null : { step: lowest.step, waits: pause }
  const before = ladder.findLast(({ step }) => pageSteps.indexOf(step) <= done)?.window ?? 0
  const rung = next ? { step: next.step, waits: next.window - before } : anew
  if (!rung) return []
  const start = Date.parse(last?.event.at ?? from?.at ?? state.openedAt)
  const whose = { severity: state.alert.severity, personId: null }
  // Who was let sleep when it came is paged as soon as the night is over.
  const isOver =
    !last && !diary.slice(since + 1).some(({ type }) => type === 'paged') && isNight(start, whose.severity, clocks)
  const at = endOf(start, isOver ? 0 : Math.max(0, rung.waits), whose, clocks)
  return [{ clock: 'unassigned', step: rung.step, at: iso(at) }]
}

const owner = (state: Case, diary: Diary, clocks: Clocks): readonly Due[] => {
  const { owner: person, confirmation } = state
  // As long as a manager is to answer, it is not the owner who is waited for.
  if (!person || confirmation?.state === 'asked') return []
  const severity = urgencyOf(state)
  const { remind, release } = clocks.owner[severity]
  const from = lastSign(state, diary)
  const end = (start: string, forMs: number) =>
    iso(endOf(Date.parse(start), Math.max(0, forMs), { severity: state.alert.severity, personId: person.id }, clocks))
  const since = from?.at ?? state.openedAt
  const reminded = lastOf(diary, from?.line ?? 0, (event) => event.type === 'reminded' && event.as === 'owner')
  if (remind !== null && !reminded) {
    const at = end(since, remind)
    return [{ clock: 'owner', step: 'remind', person, at, until: release === null ? null : end(at, release - remind) }]
  }
  if (release === null) return []
  const at = reminded ? end(reminded.event.at, release - (remind ?? 0)) : end(since, release)
  return [{ clock: 'owner', step: 'release', person, at }]
}

const manager = ({ confirmation, alert }: Case, diary: Diary, clocks: Clocks): readonly Due[] => {
  if (confirmation?.state !== 'asked' && confirmation?.state !== 'unreached') return []
  const { manager: person, line, askedAt, until, passedOn } = confirmation
  const { severity } = alert
  const { remind } = clocks.manager[severity]
  const last = passedOn ? 'expire' : 'pass-on'
  const end: Due = { clock: 'manager', step: last, person, at: until }
  if (remind === null) return [end]
  const at = iso(endOf(Date.parse(askedAt), remind, { severity, personId: person.id }, clocks))
  const isReminded = lastOf(diary, line, (event) => event.type === 'reminded' && event.as === 'manager') !== null
  if (at >= until || isReminded) return [end]
  // Whom the question did not reach need not be reminded of it: it goes on to someone else.
  if (confirmation.state === 'unreached') return passedOn ? [end] : [{ ...end, at }]
  return [{ clock: 'manager', step: 'remind', person, at, until }]
}

/** At least so often an unassigned case pages as long as it repeats that at all, in milliseconds. */
const longestPause = 86_400_000

/** A line of a diary that was looked for. */
type Found = { readonly event: Event; readonly line: number }

/** The newest line after that one which is such an event; null when there is none. */
const lastOf = (diary: Diary, after: number, isWanted: (event: Event) => boolean): Found | null => {
  for (let line = diary.length - 1; line > after; line--) {
    const event = diary[line]
    if (event && isWanted(event)) return { event, line }
  }
  return null
}

/** The newest line from which the clocks of who has the case, or of no one having it, run; null when that is its opening. */
const lastSign = ({ owner: person }: Case, diary: Diary): { readonly at: string; readonly line: number } | null => {
  const found = lastOf(diary, 0, (event) =>
    person === null ? startsUnassigned.has(event.type) : event.by.id === person.id || startsOwner.has(event.type),
  )
  return found && { at: found.event.at, line: found.line }
}

const startsUnassigned: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'released',
  'reopened',
  'left-group',
  'page-acknowledged',
  'manager-expired',
])

/** News that the owner has to look at: from then on they have the time again. */
const startsOwner: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'claimed',
  'handed-over',
  'manager-answered',
  'manager-unreached',
  'manager-expired',
  'reopened',
  'left-group',
])

const iso = (ms: number): string => new Date(ms).toISOString()
