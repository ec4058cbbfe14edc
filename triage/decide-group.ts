import { because } from './because.js'
import type { Case } from './case.js'
import type { Command, Said } from './command.js'
import type { Decision } from './decision.js'
import type { Event, Stamp } from './event.js'
import { evaluateVerdicts } from './evaluate-verdicts.js'
import { evolve } from './evolve.js'
import { fitsInto, groupLedBy, mayLead, membersOf } from './group.js'
import type { Guide } from './guide.js'
import { refuse } from './refusal.js'
import { ownersOnly, stampOf } from './rules.js'

type Of<T extends Command['type']> = Command & { readonly type: T }

/** Another source has told the same alert: said once, whatever became of the case. */
export const noteReport = (command: Of<'note-report'>, state: Case): Decision => {
  const { report } = command
  const isKnown = report.caseId === state.id || state.reports.some(({ caseId }) => caseId === report.caseId)
  return isKnown ? [] : [{ type: 'also-reported', report, ...stampOf(command) }]
}

/** Another alert is to share the card: refused where it does not fit, and once there is a verdict. What was taken out stays out. */
export const addMember = (command: Of<'add-member'>, state: Case): Decision => {
  const { member } = command
  if (member.caseId === state.id || state.members.some(({ caseId }) => caseId === member.caseId)) return []
  if (state.closed) return refuse('closed', { by: state.closed.by.name })
  if (!mayLead(state) || !fitsInto(groupLedBy(state), member)) return refuse('group-full')
  return [{ type: 'member-joined', member, ...stampOf(command) }]
}

/** Give a member a card of its own: the owner may, and anybody while nobody has the case. */
export const takeOut = (command: Of<'take-out'>, state: Case): Decision => {
  if (state.closed) return refuse('closed', { by: state.closed.by.name })
  const refusal = state.owner ? ownersOnly(command, state) : null
  if (refusal) return refusal
  const known = state.members.find(({ caseId }) => caseId === command.member)
  if (!known) return refuse('no-member', { code: command.member })
  if (known.outLine !== null) return []
  return [{ type: 'member-taken-out', caseId: known.caseId, title: known.title, ...stampOf(command) }]
}

/**
 * What was said on the group's card is said of this member, in the same words, by the same people, at the same time; only the
 * rationale is composed anew, because it names whom and what the alert is about. What was followed before is not followed again.
 */
export const follow = (command: Of<'follow'>, state: Case, guide: Guide): Decision => {
  if (state.joined?.leader !== command.leader || state.joined.as !== 'member') return []
  let current = state
  const events: Event[] = []
  for (const said of command.said) {
    if (said.line <= current.followed) continue
    const event = saidHere(said, command.leader, current, guide)
    if (!event) continue
    events.push(event)
    current = evolve(current, event) ?? current
  }
  return events
}

/** The case has a card of its own again; answers, verdict and steps stay as they are. */
export const leave = (command: Of<'leave'>, state: Case): Decision =>
  state.joined?.leader === command.leader
    ? [{ type: 'left-group', leader: command.leader, why: command.why, ...stampOf(command) }]
    : []

/** The source has put the alert into an incident: said once, with the cases of the others. */
export const noteIncident = (command: Of<'note-incident'>, state: Case): Decision => {
  const { incident } = command
  const known = new Set([
    state.id,
    ...membersOf(state).map(({ caseId }) => caseId),
    ...state.related.map(({ caseId }) => caseId),
  ])
  const others = command.others.filter(({ caseId }) => !known.has(caseId))
  return others.length === 0 || state.closed ? [] : [{ type: 'incident-named', incident, others, ...stampOf(command) }]
}

/**
 * True for what is told in every member's diary. Of the manager only the answer is: it was asked about the people of one alert, so in
 * the others it is history and points to no answer. Each alert has its own sources.
 */
export const isForMembers = ({ type }: Event): boolean => followed.has(type)

const followed: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'guide-changed',
  'claimed',
  'released',
  'handed-over',
  'answered',
  'finding-noted',
  'answer-withdrawn',
  'judged',
  'judgement-withdrawn',
  'done',
  'skipped',
  'undone',
  'noted',
  'manager-answered',
  'closed',
  'reopened',
])

const saidHere = ({ line, event }: Said, leader: string, state: Case, guide: Guide): Event | null => {
  if (!isForMembers(event)) return null
  const stamp: Stamp = { at: event.at, by: event.by, via: { group: leader, line } }
  if (event.type === 'guide-changed' && state.version === event.version) return null
  return event.type === 'judged'
    ? { ...event, because: becauseHere(event, state, guide), ...stamp }
    : { ...event, ...stamp }
}

const becauseHere = (event: Event & { readonly type: 'judged' }, state: Case, guide: Guide): string => {
  const standing = evaluateVerdicts(guide, state.answers).find(({ verdict }) => verdict.id === event.verdict)
  return standing ? because(standing, state, guide, { by: event.by, words: event.against ?? '' }) : event.because
}
