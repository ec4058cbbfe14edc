import type { Answer, Case, Confirmation, StepState } from './case.js'
import type { Diary, Event, Stamp } from './event.js'
import { isNews } from './event.js'
import type { Surface } from './card.js'

/** Fold a diary into its case; null for an empty one. */
export const replay = (diary: Diary): Case | null => diary.reduce<Case | null>(evolve, null)

/** What is true after one more line. An event that does not fit changes nothing but the line. */
export const evolve = (state: Case | null, event: Event): Case | null => {
  if (!state) return event.type === 'opened' ? opened(event) : null
  const next = change(state, event)
  return {
    ...next,
    line: state.line + 1,
    news: isNews(event) ? state.line : state.news,
    managerNews: concernsManager(event) ? state.line : state.managerNews,
    ownerNews: next.owner?.id === state.owner?.id ? state.ownerNews : state.line,
  }
}

const opened = (event: Event & { type: 'opened' }): Case => ({
  id: event.caseId,
  line: 1,
  news: 0,
  managerNews: 0,
  ownerNews: 0,
  openedAt: event.at,
  alert: event.alert,
  guide: event.playbook,
  related: event.related ?? [],
  owner: null,
  answers: [],
  recordedVerdict: null,
  stepStates: {},
  notes: [],
  confirmation: null,
  closed: null,
  surfaces: {},
})

const concernsManager = ({ type }: Event): boolean =>
  type === 'manager-asked' ||
  type === 'manager-answered' ||
  type === 'manager-expired' ||
  type === 'closed' ||
  type === 'reopened'

const change = (state: Case, event: Event): Case => {
  switch (event.type) {
    case 'opened':
      return state
    case 'claimed':
      return { ...state, owner: event.by }
    case 'released':
      return { ...state, owner: null }
    case 'handed-over':
      return { ...state, owner: event.to }
    case 'answered':
      return { ...state, answers: [...without(state.answers, event.check), answer(event)] }
    case 'answer-withdrawn':
      return { ...state, answers: without(state.answers, event.check) }
    case 'judged': {
      const { verdict, class: verdictClass, label, because, against } = event
      return { ...state, recordedVerdict: { verdict, class: verdictClass, label, because, against, ...stamp(event) } }
    }
    case 'judgement-withdrawn':
      return { ...state, recordedVerdict: null }
    case 'done':
      return tick(state, event.step, { state: 'done', reason: '', ...stamp(event) })
    case 'skipped':
      return tick(state, event.step, { state: 'skipped', reason: event.reason, ...stamp(event) })
    case 'undone':
      return {
        ...state,
        stepStates: Object.fromEntries(Object.entries(state.stepStates).filter(([step]) => step !== event.step)),
      }
    case 'noted':
      return { ...state, notes: [...state.notes, { text: event.text, ...stamp(event) }] }
    case 'manager-asked':
      return { ...state, confirmation: asked(event, state.line) }
    case 'manager-answered':
      return confirmed(state, {
        state: 'answered',
        answer: event.answer,
        from: event.from,
        to: event.to,
        note: event.note,
        answeredAt: event.at,
      })
    case 'manager-expired':
      return confirmed(state, { state: 'expired' })
    case 'closed':
      return { ...state, closed: stamp(event) }
    case 'reopened':
      return { ...state, closed: null }
    case 'posting':
      return surface(state, event.surface, {
        audience: event.audience,
        posted: null,
        drawn: -1,
        state: 'begun',
        detail: '',
      })
    case 'shown':
      return surface(state, event.surface, { ...event, state: 'shown', detail: '' })
    case 'unshown':
      return unshown(state, event)
  }
}

const stamp = ({ at, by }: Stamp): Stamp => ({ at, by })

const answer = (event: Event & { type: 'answered' }): Answer => ({
  check: event.check,
  option: event.option,
  ...stamp(event),
})

const without = (answers: readonly Answer[], check: string) => answers.filter((one) => one.check !== check)

const tick = (state: Case, step: string, value: StepState): Case => ({
  ...state,
  stepStates: { ...state.stepStates, [step]: value },
})

const asked = (event: Event & { type: 'manager-asked' }, line: number): Confirmation => ({
  line,
  manager: event.manager,
  check: event.check,
  about: event.about,
  askedAt: event.at,
  askedBy: event.by,
  until: event.until,
  state: 'asked',
  answer: null,
  from: null,
  to: null,
  note: '',
  answeredAt: null,
})

const confirmed = (state: Case, change: Partial<Confirmation>): Case =>
  state.confirmation ? { ...state, confirmation: { ...state.confirmation, ...change } } : state

const surface = (state: Case, name: string, { audience, posted, drawn, state: shown, detail }: Surface): Case => ({
  ...state,
  surfaces: { ...state.surfaces, [name]: { audience, posted, drawn, state: shown, detail } },
})

/** `later` takes back a begun post that surely did not happen: the card is owed again, in one's own chat as asked for. */
const unshown = (state: Case, event: Event & { type: 'unshown' }): Case => {
  const { surface: name, audience, why, detail } = event
  if (why === 'later' && audience !== 'analyst') {
    return { ...state, surfaces: Object.fromEntries(Object.entries(state.surfaces).filter(([one]) => one !== name)) }
  }
  return surface(state, name, { audience, posted: null, drawn: -1, state: why === 'later' ? 'gone' : why, detail })
}
