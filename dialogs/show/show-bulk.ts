import type { Answer } from '../../triage/case.js'
import { evaluateVerdicts, isAllowed } from '../../triage/evaluate-verdicts.js'
import type { Guide } from '../../triage/guide.js'
import { nextChecks } from '../../triage/next-checks.js'
import { winnow } from '../../triage/person.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { escapeUntrusted } from '../escape.js'
import { type GivenAnswer, answersText } from '../given-answers.js'
import { type Selection, selectionWords } from '../selection.js'
import type { Listed } from './listed.js'
import { mostOf, topAddresses, topPeople } from './show-digest.js'
import type { Choice } from './view-parts.js'
import type { View } from './view.js'

/** Which of the unassigned cases to take at once: all without a card, those of a type, a person or an address. `notice` is untrusted. */
export const showTakeAll = (
  rows: readonly Listed[],
  phrases: Phrases,
  notice = '',
): Extract<View, { readonly card: 'take-all' }> => {
  const waiting = rows.filter(({ hasCard }) => !hasCard).length
  const types = mostOf(rows.map(({ type, kind }) => ({ key: type, name: kind }))).slice(0, 8)
  const [people, addresses] = [topPeople(rows), topAddresses(rows)]
  const choice = (key: string, name: string, count: number, value: string): Choice => ({
    title: say(phrases, key, { name, count: String(count) }),
    value,
  })
  // What a source says may be shown as plain text only, which the choices of an input are not.
  const choices = [
    ...(waiting > 0 ? [choice('bulk.waiting', '', waiting, everyWord)] : []),
    ...types.map(({ key, name, count }) => choice('bulk.type', name, count, selectionWords({ ...none, type: key }))),
    ...people.map(({ key, count }, at) =>
      choice('bulk.person', String(at + 1), count, selectionWords({ ...none, person: key })),
    ),
    ...addresses.map(({ key, count }, at) =>
      choice('bulk.address', String(at + 1), count, selectionWords({ ...none, address: key })),
    ),
  ]
  return {
    card: 'take-all',
    data: {
      notice,
      hasNotice: notice !== '',
      about: say(phrases, rows.length === 0 ? 'bulk.none-unassigned' : 'bulk.unassigned', {
        count: String(rows.length),
      }),
      groups: [
        ...people.map(({ name, count }, at) => ({
          label: say(phrases, 'bulk.person', { name: String(at + 1), count: String(count) }),
          name: escapeUntrusted(name, 80),
        })),
        ...addresses.map(({ name, count }, at) => ({
          label: say(phrases, 'bulk.address', { name: String(at + 1), count: String(count) }),
          name: escapeUntrusted(name, 60),
        })),
      ],
      choices,
      hasChoices: choices.length > 0,
    },
  }
}

/** The choice of every case without a card of its own. */
export const everyWord = 'all'

/** What is to be recorded for several cases: which, with which answers so far. */
export type VerdictForAll = {
  readonly selection: Selection
  /** The guide of the selected type; null when no type is selected. */
  readonly guide: Guide | null
  readonly answers: readonly GivenAnswer[]
  /** The selected open cases of the person without a verdict. */
  readonly rows: readonly Listed[]
}

/** One verdict for several cases of one type, with the same answers given once: one check at a time, then the verdict. `notice` is untrusted. */
export const showVerdictAll = (
  { selection, guide, answers, rows }: VerdictForAll,
  phrases: Phrases,
  notice = '',
): Extract<View, { readonly card: 'verdict-all' }> => {
  const types = guide === null ? mostOf(rows.map(({ type, kind }) => ({ key: type, name: kind }))).slice(0, 8) : []
  const given = answers.map(asAnswer)
  const check = guide && rows.length > 0 ? nextChecks(guide, given).next : null
  const isJudging = guide !== null && rows.length > 0 && check === null
  const codes = rows
    .slice(0, mostCodes)
    .map(({ caseId }) => caseId)
    .join(', ')
  const count = String(rows.length)
  const more = rows.length > mostCodes ? say(phrases, 'bulk.more', { count: String(rows.length - mostCodes) }) : ''
  return {
    card: 'verdict-all',
    data: {
      notice,
      hasNotice: notice !== '',
      kind: guide?.title ?? '',
      hasKind: guide !== null,
      about: say(phrases, aboutOf(rows, guide), { count, codes, more }),
      selection: selectionWords(selection),
      given: answersText(answers),
      types: types.map(({ key, name, count: of }) => ({
        title: say(phrases, 'bulk.type', { name, count: String(of) }),
        value: selectionWords({ ...selection, type: key }),
      })),
      hasTypes: types.length > 0,
      soFar: guide === null ? [] : answers.flatMap((one) => saidOf(one, guide)),
      hasSoFar: answers.length > 0,
      check: check?.id ?? '',
      ask: check?.ask ?? '',
      how: check?.how ?? '',
      options: check?.options.map(({ id, text }) => ({ title: text, value: id })) ?? [],
      hasCheck: check !== null,
      verdicts: isJudging ? verdictsOf(guide, given, phrases) : [],
      isJudging,
    },
  }
}

/** What came of a command for several cases: how many were done, and of the refused the first few with the reason. Untrusted. */
export const bulkOutcome = (
  key: 'taken' | 'recorded',
  done: number,
  refused: readonly { readonly caseId: string; readonly why: string }[],
  left: number,
  phrases: Phrases,
): string =>
  [
    say(phrases, `bulk.${key}`, { count: String(done), refused: String(refused.length) }),
    ...refused.slice(0, mostReasons).map(({ caseId, why }) => say(phrases, 'bulk.refused', { code: caseId, why })),
    ...(refused.length > mostReasons
      ? [say(phrases, 'list.more', { count: String(refused.length - mostReasons) })]
      : []),
    ...(left > 0 ? [say(phrases, 'bulk.left', { count: String(left) })] : []),
  ].join('\n')

const none: Selection = { type: '', person: '', address: '' }
const mostCodes = 5
const mostReasons = 3

const aboutOf = (rows: readonly Listed[], guide: Guide | null): string =>
  rows.length === 0 ? 'bulk.none-yours' : guide === null ? 'bulk.which-type' : 'bulk.applies'

const asAnswer = ({ check, option }: GivenAnswer): Answer => ({
  check,
  option,
  ask: null,
  text: null,
  finding: '',
  at: '',
  by: winnow,
})

const saidOf = ({ check, option }: GivenAnswer, { checks }: Guide) => {
  const asked = checks.find(({ id }) => id === check)
  const chosen = asked?.options.find(({ id }) => id === option)
  return asked && chosen ? [{ ask: asked.ask, answer: chosen.text }] : []
}

/** Those the answers allow first; the others need a reason. */
const verdictsOf = (guide: Guide, given: readonly Answer[], phrases: Phrases): readonly Choice[] => {
  const states = evaluateVerdicts(guide, given)
  const [allowed, others] = [states.filter(isAllowed), states.filter((one) => !isAllowed(one))]
  const title = (label: string, verdictClass: string) => `${verdictClass} - ${label}`
  return [
    ...allowed.map(({ verdict: { id, class: of, label } }) => ({ title: title(label, of), value: id })),
    ...others.map(({ verdict: { id, class: of, label } }) => ({
      title: say(phrases, 'verdict.needs-reason', { verdict: title(label, of) }),
      value: id,
    })),
  ]
}
