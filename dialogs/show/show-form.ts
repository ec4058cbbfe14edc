import type { Alert } from '../../triage/alert.js'
import { because, fill } from '../../triage/because.js'
import { isScopeOpen, openActions } from '../../triage/decide-verdict.js'
import { evaluateVerdicts, isAllowed } from '../../triage/evaluate-verdicts.js'
import { say, languageOf } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { countriesOf } from '../../triage/journey.js'
import { countryNames } from '../countries.js'
import { escapeUntrusted } from '../escape.js'
import type { FilledForm, FormName, Typed } from '../form.js'
import { longTime } from '../time.js'
import type { Form, FormView } from './form-views.js'
import { happened } from './happened.js'
import { verdictName } from './history.js'
import { actForm, waitingActions } from './response.js'
import { answered, longestBecauseShown, managerPart, otherVerdicts, verdictChoices } from './show-parts.js'
import { labelled } from './steps.js'
import type { Choice } from './view-parts.js'

/** Where a form belongs: a case as it stands, or its code and the line that was seen, for someone who may not see more of it now. */
export type FormPlace =
  | { readonly context: CaseContext }
  | { readonly context: null; readonly caseId: string; readonly line: number }

/**
 * A form with what its reader needs to see and everything that was filled in. `notice` says why it came back.
 *
 * Without a case it holds what was typed alone: so nothing is lost, and nothing is told to someone who may not see it.
 */
export const showForm = ({ form, formId, typed }: FilledForm, place: FormPlace, notice = ''): FormView => {
  const { context } = place
  const common = {
    ...(context ? frameOf(form, context) : { caseId: place.caseId, line: place.line, subject: '' }),
    formId,
    notice: escapeUntrusted(notice, 400),
    hasNotice: notice !== '',
  }
  const inputs = { ...(context && initially(form, context)), ...filledIn(typed, notice !== '') }
  const typedIn = (id: string): string => inputs[id] ?? ''
  switch (form) {
    case 'note':
      return { card: 'form-note', data: { ...common, noteText: typedIn('noteText') } }
    case 'finding': {
      const findingCheck = typedIn('findingCheck')
      return {
        card: 'form-finding',
        data: {
          ...common,
          findingCheck,
          findingText: typedIn('findingText'),
          answered: context ? answered(context) : asTyped(findingCheck),
        },
      }
    }
    case 'decide': {
      const verdict = typedIn('verdict')
      return {
        card: 'form-decide',
        data: {
          ...common,
          verdict,
          judgeReason: typedIn('judgeReason'),
          supported: context ? supported(context) : [],
          verdicts: context ? verdictChoices(context, context.phrases) : asTyped(verdict),
        },
      }
    }
    case 'override': {
      const otherVerdict = typedIn('otherVerdict')
      const others = context ? otherVerdicts(context) : []
      return {
        card: 'form-override',
        data: {
          ...common,
          otherVerdict,
          otherReason: typedIn('otherReason'),
          others: others.map(({ label, why }) => ({ label, why })),
          otherVerdicts: context ? others.map(({ title, value }) => ({ title, value })) : asTyped(otherVerdict),
        },
      }
    }
    case 'skip': {
      const skipStep = typedIn('skipStep')
      return {
        card: 'form-skip',
        data: {
          ...common,
          skipStep,
          skipReason: typedIn('skipReason'),
          openActions: context ? openChoices(context) : asTyped(skipStep),
        },
      }
    }
    case 'close': {
      const open = context ? openChoices(context) : []
      return {
        card: 'form-close',
        data: {
          ...common,
          closeReason: typedIn('closeReason'),
          verdict: context ? verdictIn(context) : '',
          openActions: open.map(({ title }) => ({ title })),
          hasOpenActions: open.length > 0,
          isScopeOpen: context !== null && isScopeOpen(context.state, context.guide),
        },
      }
    }
    case 'reopen': {
      const closed = context?.state.closed ?? null
      return {
        card: 'form-reopen',
        data: {
          ...common,
          reopenReason: typedIn('reopenReason'),
          closedBy: escapeUntrusted(closed?.by.name ?? '', 60),
          closedAt: closed ? longTime(closed.at, context?.zone, languageOf(context?.phrases ?? {})) : '',
          verdict: context ? verdictIn(context) : '',
        },
      }
    }
    case 'act': {
      const actChoice = typedIn('actChoice')
      return {
        card: 'form-act',
        data: { ...common, actChoice, actReason: typedIn('actReason'), ...actForm(context, actChoice) },
      }
    }
    case 'approve':
      return {
        card: 'form-approve',
        data: {
          ...common,
          declineReason: typedIn('declineReason'),
          waiting: context ? waitingActions(context) : [],
        },
      }
    case 'allow':
      return {
        card: 'form-allow',
        data: {
          ...common,
          allowReason: typedIn('allowReason'),
          doubt: context ? managerPart(context, false).state : '',
        },
      }
    case 'dates':
      return {
        card: 'form-dates',
        data: {
          ...common,
          from: typedIn('from'),
          to: typedIn('to'),
          countries: typedIn('countries'),
          note: typedIn('note'),
          ask: context ? managersQuestion(context) : '',
        },
      }
  }
}

/** What is filled in at first: the check that was answered last, and what the manager has said before. */
const initially = (form: FormName, { state, phrases }: CaseContext): Typed => {
  const { answers, alert, confirmation } = state
  if (form === 'finding') return { findingCheck: answers.at(-1)?.check ?? '' }
  if (form !== 'dates') return {}
  const where = { countries: countryNames(confirmation?.countries ?? countriesOf(alert), languageOf(phrases)) }
  if (confirmation?.state !== 'answered') return where
  const { from, to, note } = confirmation
  return { from: from ?? '', to: to ?? '', note, ...where }
}

/** When a form comes back, what was emptied stays empty. */
const filledIn = (typed: Typed, isBack: boolean): Typed =>
  isBack ? typed : Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== ''))

/** A manager sees whom it is about, and the line of the question; analysts what the alert is. */
const frameOf = (form: FormName, { state, phrases }: CaseContext): Pick<Form, 'caseId' | 'line' | 'subject'> => {
  const { confirmation } = state
  return form === 'dates' && confirmation
    ? { caseId: state.id, line: confirmation.line, subject: escapeUntrusted(confirmation.about, 120) }
    : {
        caseId: state.id,
        line: state.line - 1,
        subject: [escapeUntrusted(state.alert.title, 120), happened(state.alert, phrases)]
          .filter((part) => part !== '')
          .join(' · '),
      }
}

const asTyped = (value: string): readonly Choice[] => (value === '' ? [] : [{ title: value, value }])

const supported = ({ state, guide }: CaseContext) =>
  evaluateVerdicts(guide, state.answers)
    .filter((one) => isAllowed(one) && one.verdict.class !== 'undetermined')
    .map((one) => ({
      label: verdictName(one.verdict.class, one.verdict.label),
      because: escapeUntrusted(because(one, state, guide, null), longestBecauseShown),
    }))

const openChoices = (context: CaseContext): readonly Choice[] =>
  openActions(context.state, context.guide).map((name) => ({ title: labelled(context, name), value: name }))

const verdictIn = ({ state: { recordedVerdict } }: CaseContext): string =>
  recordedVerdict ? verdictName(recordedVerdict.class, recordedVerdict.label) : ''

/** The question that was put to the manager, in the words it was put in. */
export const managersQuestion = ({ state, guide, phrases }: CaseContext): string => {
  const asked = state.confirmation
  if (!asked) return ''
  const known = guide.checks.find(({ id }) => id === asked.check)?.manager?.ask
  return escapeUntrusted(fill(asked.ask ?? known ?? say(phrases, 'question.ask'), byName(state.alert)), 400)
}

/** A manager knows people by their names; the address stands beside it once, above the question. */
const byName = (alert: Alert): Alert => ({
  ...alert,
  people: alert.people.map((one) => (one.name === null ? one : { ...one, upn: null })),
})
