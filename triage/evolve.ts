import { worse } from './group.js'
import type { Answer, Case, Confirmation, Part, StepState } from './case.js'
import type { Diary, Event, Stamp } from './event.js'
import { withNote } from './effect.js'
import { journeyTold } from './journey.js'
import type { LookUpFinding } from './look-up.js'
import { responsesAfter } from './evolve-responses.js'
import { type SourceSaid, isOfIncident } from './source-said.js'

/** Fold a diary into its case; null for an empty one. */
export const replay = (diary: Diary): Case | null => diary.reduce<Case | null>(evolve, null)

/**
 * What is true after one more line. An event that does not fit, or of a type that is not known (a newer Winnow wrote it), changes
 * nothing but the line.
 */
export const evolve = (state: Case | null, event: Event): Case | null => {
  if (!state) return event.type === 'opened' ? opened(event) : null
  const part = partOf(event)
  const next = change(state, event)
  return {
    ...next,
    orderedBy: next.owner === null || (part !== null && drawn.has(part)) ? next.related : state.orderedBy,
    followed: event.via?.line ?? state.followed,
    line: state.line + 1,
    // The first page of several brings a button.
    quiet: isQuiet(event) && next.page === state.page ? state.quiet + 1 : 0,
    changed: part === null ? state.changed : { ...state.changed, [part]: state.line },
  }
}

/** After such a change an owner's card is drawn anew. */
const drawn: ReadonlySet<Part> = new Set<Part>(['owner', 'answers', 'verdict', 'closed', 'guide'])

const opened = (event: Event & { type: 'opened' }): Case => ({
  id: event.caseId,
  line: 1,
  quiet: 0,
  changed: {
    owner: 0,
    answers: 0,
    findings: 0,
    verdict: 0,
    steps: 0,
    confirmation: 0,
    closed: 0,
    guide: 0,
    group: 0,
    responses: 0,
    acknowledgment: 0,
  },
  openedAt: event.at,
  alert: event.alert,
  guide: event.playbook,
  version: event.version ?? null,
  guideTitle: event.title ?? null,
  guideChanged: false,
  related: event.related ?? [],
  orderedBy: event.related ?? [],
  owner: null,
  page: null,
  answers: [],
  recordedVerdict: null,
  stepStates: {},
  notes: [],
  confirmation: null,
  doubted: null,
  verifiersAllowed: [],
  journey: null,
  closed: null,
  sourceSaid: [],
  joined: null,
  standsAlone: false,
  followed: 0,
  members: [],
  incidents: [],
  reports: [],
  lookedUp: [],
  failedLookUps: [],
  ownedSince: null,
  lookedUpSoon: 0,
  responses: [],
  effects: [],
})

/** True for what is said to people elsewhere, so that no card need be drawn anew for it, but for the first page of several. */
export const isQuiet = ({ type }: Event): boolean => type === 'paged' || type === 'reminded'

/** What an event changes, for whoever relied on it; null for what nobody relies on. */
const partOf = (event: Event): Part | null => {
  switch (event.type) {
    case 'claimed':
    case 'released':
    case 'handed-over':
      return 'owner'
    case 'answered':
    case 'answer-withdrawn':
      return 'answers'
    case 'finding-noted':
      return 'findings'
    case 'judged':
    case 'judgement-withdrawn':
      return 'verdict'
    case 'done':
    case 'skipped':
    case 'undone':
      return 'steps'
    case 'manager-asked':
    case 'manager-unreached':
    case 'manager-answered':
    case 'manager-expired':
    case 'confirmation-passed-on':
      return 'confirmation'
    case 'closed':
    case 'reopened':
      return 'closed'
    case 'guide-changed':
      return 'guide'
    case 'joined':
    case 'left-group':
    case 'member-joined':
    case 'member-taken-out':
      return 'group'
    case 'action-asked':
    case 'action-approved':
    case 'action-declined':
    case 'action-expired':
    case 'action-carried-out':
    case 'action-rehearsed':
    case 'action-failed':
    case 'action-undone':
      return 'responses'
    case 'page-acknowledged':
      return 'acknowledgment'
    case 'opened':
    case 'noted':
    case 'related-opened':
    case 'source-updated':
    case 'also-reported':
    case 'incident-named':
    case 'personal-data-removed':
    case 'journey-revoked':
    case 'looked-up':
    case 'look-up-failed':
    case 'paged':
    case 'reminded':
    case 'effect-noted':
    case 'manager-doubted':
    case 'verifier-allowed':
    case 'app-installed':
      return null
    default:
      return null
  }
}

const change = (state: Case, event: Event): Case => {
  switch (event.type) {
    case 'opened':
      return state
    case 'guide-changed':
      return {
        ...state,
        version: event.version,
        guideChanged: true,
        answers: state.answers.filter(({ check }) => !event.dropped.includes(check)),
      }
    case 'claimed':
      return { ...state, owner: event.by, ownedSince: event.at, page: null }
    case 'released':
      return { ...state, owner: null, ownedSince: null }
    case 'handed-over':
      return { ...state, owner: event.to, ownedSince: event.at, page: null }
    case 'paged':
      return state.page?.acknowledgedBy === null ? state : { ...state, page: { acknowledgedBy: null } }
    case 'page-acknowledged':
      return state.page ? { ...state, page: { acknowledgedBy: event.by } } : state
    case 'answered':
      return { ...state, answers: [...without(state.answers, event.check), answer(event)] }
    case 'finding-noted':
      return {
        ...state,
        answers: state.answers.map((one) => (one.check === event.check ? { ...one, finding: event.finding } : one)),
      }
    case 'answer-withdrawn':
      return { ...state, answers: without(state.answers, event.check) }
    case 'judged': {
      const { verdict, class: verdictClass, label, means = '', because, against } = event
      return {
        ...state,
        recordedVerdict: { verdict, class: verdictClass, label, means, because, against, ...stamp(event) },
      }
    }
    case 'judgement-withdrawn':
      return { ...state, recordedVerdict: null }
    case 'done':
      return marked(state, event.step, { state: 'done', reason: '', do: event.do ?? null, ...stamp(event) })
    case 'skipped':
      return marked(state, event.step, {
        state: 'skipped',
        reason: event.reason,
        do: event.do ?? null,
        ...stamp(event),
      })
    case 'undone':
      return {
        ...state,
        stepStates: Object.fromEntries(Object.entries(state.stepStates).filter(([step]) => step !== event.step)),
      }
    case 'noted':
      return { ...state, notes: [...state.notes, { text: event.text, line: state.line, ...stamp(event) }] }
    case 'related-opened':
      return { ...state, related: [...state.related, event.other] }
    case 'manager-asked':
      return { ...state, confirmation: asked(event, state), doubted: null }
    case 'manager-doubted':
      return { ...state, doubted: { manager: event.manager, doubts: event.doubts, line: state.line } }
    case 'confirmation-passed-on':
      return { ...state, confirmation: state.confirmation && passedOn(event, state.line, state.confirmation) }
    case 'manager-unreached':
      return confirmed(state, { state: 'unreached', detail: event.detail })
    case 'manager-answered':
      return confirmed(
        { ...state, journey: journeyTold(event, state) },
        {
          state: 'answered',
          answer: event.answer,
          from: event.from,
          to: event.to,
          note: event.note,
          ...(event.countries && { countries: event.countries }),
          answeredAt: event.at,
          doubts: event.doubts ?? [],
        },
      )
    case 'app-installed':
      return confirmed(state, { installed: true })
    case 'verifier-allowed': {
      const { manager, despite } = event
      // An owner who is a lead sees it at once; other owners are told, for they may be writing.
      const doubted =
        state.doubted && event.by.id === state.owner?.id ? { ...state.doubted, line: state.line } : state.doubted
      return {
        ...state,
        doubted,
        verifiersAllowed: [...state.verifiersAllowed, { managerId: manager.id, despite }],
      }
    }
    case 'journey-revoked':
      return { ...state, journey: state.journey && { ...state.journey, isRevoked: true } }
    case 'manager-expired':
      return confirmed(state, { state: 'expired' })
    case 'closed':
      return { ...state, closed: { ...stamp(event), left: event.left ?? null } }
    case 'reopened':
      return { ...state, closed: null }
    case 'source-updated':
      return { ...state, sourceSaid: [...state.sourceSaid, said(event)] }
    case 'also-reported':
      return {
        ...state,
        alert: { ...state.alert, severity: worse(state.alert.severity, event.report.severity) },
        reports: [...state.reports, event.report],
      }
    case 'joined':
      return { ...state, joined: { leader: event.leader, as: event.as } }
    case 'left-group':
      return { ...state, joined: null, standsAlone: event.why === 'taken-out' }
    case 'member-joined':
      return { ...state, members: [...state.members, { ...event.member, outLine: null }] }
    case 'member-taken-out':
      return {
        ...state,
        members: state.members.map((one) =>
          one.caseId === event.caseId && one.outLine === null ? { ...one, outLine: state.line } : one,
        ),
      }
    case 'incident-named':
      return {
        ...state,
        incidents: [...new Set([...state.incidents, event.incident])],
        related: [
          ...state.related,
          ...event.others.filter(({ caseId }) => !state.related.some((one) => one.caseId === caseId)),
        ],
      }
    case 'looked-up':
    case 'look-up-failed':
      return lookedUp(event, state)
    case 'action-asked':
    case 'action-approved':
    case 'action-declined':
    case 'action-expired':
    case 'action-carried-out':
    case 'action-rehearsed':
    case 'action-failed':
    case 'action-undone':
      return { ...state, responses: responsesAfter(event, state) }
    case 'effect-noted':
      return {
        ...state,
        effects: withNote(state.effects, event, event.at),
        // What Winnow wrote there is no news when the source tells it; of incidents no source tells.
        sourceSaid: event.wrote && !isOfIncident(event.wrote) ? [...state.sourceSaid, event.wrote] : state.sourceSaid,
      }
    default:
      return state
  }
}

const lookedUp = (event: Event & { type: 'looked-up' | 'look-up-failed' }, state: Case): Case => {
  const ids = event.type === 'looked-up' ? [event.lookUp] : event.lookUps.map(({ lookUp }) => lookUp)
  const others = <T extends { readonly lookUp: string }>(all: readonly T[]): readonly T[] =>
    all.filter(({ lookUp }) => !ids.includes(lookUp))
  const isSoon = state.ownedSince !== null && Date.parse(event.at) - Date.parse(state.ownedSince) <= soonMs
  return {
    ...state,
    lookedUpSoon: isSoon ? state.line : state.lookedUpSoon,
    lookedUp: event.type === 'looked-up' ? [...others(state.lookedUp), findingIn(event)] : state.lookedUp,
    failedLookUps:
      event.type === 'looked-up'
        ? others(state.failedLookUps)
        : [
            ...others(state.failedLookUps),
            ...event.lookUps.map((one) => ({
              ...one,
              why: event.why,
              ...(event.permission !== undefined && { permission: event.permission }),
            })),
          ],
  }
}

/** Who has just taken a case reads first: within so many milliseconds a redraw takes no words away. */
const soonMs = 3000

const findingIn = ({ lookUp, checks, what, source, from, to, count, isMore, rows }: LookUpFinding): LookUpFinding => {
  return { lookUp, checks, what, source, from, to, count, ...(isMore && { isMore }), rows }
}

const said = (event: Event & { type: 'source-updated' }): SourceSaid => {
  const { source, sourceAlertId, status, classification, determination, assignedTo, changedBy, changedAt } = event
  return { source, sourceAlertId, status, classification, determination, assignedTo, changedBy, changedAt }
}

const stamp = ({ at, by }: Stamp): Stamp => ({ at, by })

const answer = (event: Event & { type: 'answered' }): Answer => ({
  check: event.check,
  option: event.option,
  ask: event.ask ?? null,
  text: event.text ?? null,
  finding: event.finding ?? '',
  ...stamp(event),
})

const without = (answers: readonly Answer[], check: string) => answers.filter((one) => one.check !== check)

const marked = (state: Case, step: string, value: StepState): Case => ({
  ...state,
  stepStates: { ...state.stepStates, [step]: value },
})

const asked = (event: Event & { type: 'manager-asked' }, { line, confirmation }: Case): Confirmation => ({
  line,
  before:
    confirmation && confirmation.manager.id === event.manager.id && confirmation.check === event.check
      ? [...confirmation.before, confirmation.line]
      : [],
  manager: event.manager,
  check: event.check,
  about: event.about,
  ask: event.ask ?? null,
  askedAt: event.at,
  askedBy: event.by,
  until: event.until,
  state: 'asked',
  detail: '',
  answer: null,
  from: null,
  to: null,
  note: '',
  answeredAt: null,
  ...(event.together && { together: true }),
})

const confirmed = (state: Case, change: Partial<Confirmation>): Case =>
  state.confirmation ? { ...state, confirmation: { ...state.confirmation, ...change } } : state

const passedOn = (
  event: Event & { type: 'confirmation-passed-on' },
  line: number,
  { line: before, check, about, ask, askedBy }: Confirmation,
): Confirmation => ({
  line,
  before: [],
  manager: event.to,
  passedOn: { from: event.from, line: before },
  check,
  about,
  ask,
  askedAt: event.at,
  askedBy,
  until: event.until,
  state: 'asked',
  detail: '',
  answer: null,
  from: null,
  to: null,
  note: '',
  answeredAt: null,
  ...(event.together && { together: true }),
})
