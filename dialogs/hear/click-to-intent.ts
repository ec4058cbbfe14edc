import { z } from 'zod'
import { isCaseCode } from '../../triage/case-code.js'
import type { Command } from '../../triage/command.js'
import { type Stamp, managerAnswers } from '../../triage/event.js'
import { stepKinds } from '../../triage/guide.js'
import { type Refusal, refuse } from '../../triage/refusal.js'
import type { FindIntent } from '../find-filter.js'
import { formNames } from '../form.js'
import type { CaseIntent, ConfirmationIntent, FormIntent } from './intent.js'
import type { ListIntent } from '../list-filter.js'
import { parseFind } from './parse-find.js'
import { parseCountries } from '../countries.js'
import { parseActChoice } from './parse-act-choice.js'
import { parseAnswers } from '../given-answers.js'
import type { BulkIntent } from './parse-bulk.js'
import { parseList } from './parse-list.js'
import { everyWaiting, parseSelection } from '../selection.js'

/**
 * Read a click: verb and data come from outside and are believed in nothing but their shape.
 *
 * Only ids, the line that was seen and what was typed are taken from it; who clicked is told by the chat. The verbs stand on
 * cards that were posted long ago, so they are never renamed.
 */
export const clickToIntent = (
  verb: string,
  data: unknown,
  stamp: Stamp,
): CaseIntent | ConfirmationIntent | FormIntent | ListIntent | FindIntent | BulkIntent | Refusal => {
  if (verb === 'list') return pageOf(data) ?? refuse('bad-click')
  const bulk = bulkVerbs.get(verb)
  if (bulk) return bulk(data) ?? refuse('bad-click')
  const reader = verbs.get(verb)
  const base = context.safeParse(data)
  if (!reader || !base.success) return refuse('bad-click')
  return reader(data, { ...stamp, ...base.data }) ?? refuse('bad-click')
}

/** The page of a list that a button names, in the words that ask for it. */
const pageOf = (data: unknown): ListIntent | FindIntent | null => {
  const { words } = z.object({ words: z.string().max(2000) }).safeParse(data).data ?? {}
  return words === undefined ? null : (parseList(words.split(' ')) ?? parseFind(words))
}

/** The verbs of a digest: what they ask for is sent beside it, for it is the same for everyone and soon drawn again. */
export const digestVerbs: readonly string[] = ['digest-list', 'digest-take', 'digest-verdict']

/** The verbs of rows in a list: what is pressed there is no card of the case. */
export const rowVerbs: readonly string[] = ['open-case', 'take-listed']

type Base = Stamp & { readonly caseId: string; readonly line: number }
type Reader = (data: unknown, base: Base) => CaseIntent | ConfirmationIntent | FormIntent | null

const context = z.object({
  caseId: z.string().refine(isCaseCode),
  line: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,7}$/)
        .transform(Number),
    ])
    .pipe(z.number().int().min(0).max(1_000_000)),
})
const id = z.string().max(80)
/** What was typed: an empty input arrives as null, "" or not at all. */
const typed = z.preprocess((value) => value ?? '', z.string().max(20_000)).transform((text) => text.slice(0, 4000))
const day = z.preprocess((value) => (value === '' || value === undefined ? null : value), z.string().max(40).nullable())
/** A choice that was not made arrives as "", null or not at all; the refusal then says what to choose. */
const chosen = z.preprocess((value) => value ?? '', id)
const longChosen = z.preprocess((value) => value ?? '', z.string().max(800))
/** What a second person's button carries: the line of what was asked, and the exact target that was shown. */
const aboutAction = z.object({ asked: context.shape.line, target: z.string().max(700) })
/** A multi-select input arrives as one comma-separated string; where it is not on the card, not at all. */
const several = z
  .string()
  .max(8000)
  .transform((text) => text.split(',').filter((one) => one !== ''))
  .nullish()
/** What cannot wait and is marked as done on the card, before any verdict as well. */
const urgentSteps = { urgent: several, moreUrgent: several }
/** The steps of each kind that are marked as done on the card. */
const markedSteps = {
  ...urgentSteps,
  actions: several,
  moreActions: several,
  scope: several,
  moreScope: several,
  tuning: several,
}

/** The inputs that hold the steps of a kind; what is folded away has an input of its own. */
const inputsOf = {
  urgent: ['urgent', 'moreUrgent'],
  action: ['actions', 'moreActions'],
  scope: ['scope', 'moreScope'],
  tuning: ['tuning'],
} as const

/** The steps a click brings along: what is marked on the card is saved with whatever else was pressed. */
const marked = (given: z.output<z.ZodObject<typeof markedSteps>>, base: Base): readonly Command[] =>
  stepKinds.flatMap((kind) => {
    const lists = inputsOf[kind].flatMap((input) => (given[input] ? [given[input]] : []))
    return lists.length === 0 ? [] : [{ type: 'mark-steps' as const, kind, steps: lists.flat(), ...base }]
  })

/** A verb that gives commands. Of several that mark steps only the first is held against the line that was seen: the others follow on it. */
const reads =
  <S extends z.ZodType>(shape: S, make: (given: z.output<S>, base: Base) => readonly Command[]): Reader =>
  (data, base) => {
    const given = shape.safeParse(data)
    if (!given.success) return null
    return { kind: 'commands', caseId: base.caseId, commands: followingOn(make(given.data, base)) }
  }

const followingOn = (commands: readonly Command[]): readonly Command[] =>
  commands.map((command, index) => (index > 0 && command.type === 'mark-steps' ? { ...command, line: null } : command))

const nothing = z.object({})
const read: Reader = (_, { caseId }) => ({ kind: 'read', caseId })

const confirmation = z.object({
  answer: z.enum(managerAnswers),
  from: day,
  to: day,
  note: typed,
  countries: typed,
})

const readers: Readonly<Record<string, Reader>> = {
  // What is marked on the card is saved before it is drawn again; where nothing is marked on it, it is only read.
  look: (data, base) => {
    const { data: steps = {} } = z.object(markedSteps).safeParse(data)
    const commands = followingOn(marked(steps, base))
    return commands.length > 0 ? { kind: 'commands', caseId: base.caseId, commands } : read(data, base)
  },
  refresh: read,
  'open-case': read,
  'take-listed': reads(nothing, (_, base) => [{ type: 'take', ...base }]),
  'ask-manager': (_, { caseId, line }) => ({ kind: 'ask-manager', caseId, line }),
  // Whoever taps it has seen a page.
  ack: reads(nothing, (_, base) => [{ type: 'acknowledge', ...base }]),
  claim: reads(nothing, (_, base) => [{ type: 'take', ...base }]),
  chat: reads(nothing, (_, base) => [{ type: 'continue-in-chat', ...base }]),
  'take-out': reads(z.object({ member: z.string().refine(isCaseCode) }), ({ member }, base) => [
    { type: 'take-out', member, ...base },
  ]),
  release: reads(nothing, (_, base) => [{ type: 'release', ...base }]),
  'take-over': reads(nothing, (_, base) => [{ type: 'take-over', ...base }]),
  answer: reads(
    z.object({ check: id, option: chosen, finding: typed, ...urgentSteps }),
    ({ check, option, finding, ...given }, base) => [
      ...marked(given, base),
      { type: 'answer', check, option, finding, ...base },
    ],
  ),
  // What was seen for a check that is answered already is written beside the answers so far.
  finding: reads(z.object({ findingCheck: chosen, findingText: typed }), ({ findingCheck, findingText }, base) => [
    { type: 'note-finding', check: findingCheck, finding: findingText, ...base },
  ]),
  urgent: reads(z.object(urgentSteps), ({ urgent, moreUrgent }, base) =>
    marked({ urgent: urgent ?? moreUrgent ?? [] }, base),
  ),
  // Answering the first check takes the case as well, when nobody has it; the answer relies on nothing that taking does not.
  start: reads(z.object({ check: id, option: chosen }), ({ check, option }, base) => [
    { type: 'take', ...base },
    { type: 'answer', check, option, finding: '', ...base, line: null },
  ]),
  form: (data, base) => {
    const given = z.object({ form: z.enum(formNames), ...markedSteps }).safeParse(data)
    if (!given.success) return null
    const { form, ...steps } = given.data
    return { kind: 'form', caseId: base.caseId, form, commands: followingOn(marked(steps, base)) }
  },
  back: reads(z.object(urgentSteps), (given, base) => [
    ...marked(given, base),
    { type: 'withdraw-answer', check: null, ...base },
  ]),
  judge: reads(
    z.object({ verdict: chosen, judgeReason: typed, ...urgentSteps }),
    ({ verdict, judgeReason, ...given }, base) => [
      ...marked(given, base),
      { type: 'record-verdict', verdict, reason: judgeReason, ...base },
    ],
  ),
  // What the answers do not allow is chosen in a card of its own, beside which the allowed choice is sent as well.
  'judge-against': reads(
    z.object({ otherVerdict: chosen, otherReason: typed }),
    ({ otherVerdict, otherReason }, base) => [
      { type: 'record-verdict', verdict: otherVerdict, reason: otherReason, ...base },
    ],
  ),
  reconsider: reads(nothing, (_, base) => [{ type: 'withdraw-verdict', ...base }]),
  tick: reads(z.object(markedSteps), ({ actions, scope, ...given }, base) =>
    marked({ ...given, actions: actions ?? [], scope: scope ?? [] }, base),
  ),
  // Where nothing is marked, a client may leave the input out: the button of tuning means that none of it is done.
  tune: reads(z.object(markedSteps), ({ tuning, ...given }, base) => marked({ ...given, tuning: tuning ?? [] }, base)),
  skip: reads(
    z.object({ skipStep: chosen, skipReason: typed, ...markedSteps }),
    ({ skipStep, skipReason, ...given }, base) => [
      ...marked(given, base),
      { type: 'skip', step: skipStep, reason: skipReason, ...base },
    ],
  ),
  note: reads(z.object({ noteText: typed, ...markedSteps }), ({ noteText, ...given }, base) => [
    ...marked(given, base),
    { type: 'note', text: noteText, ...base },
  ]),
  close: reads(
    z.object({ closeReason: typed, all: z.literal('yes').optional(), ...markedSteps }),
    ({ closeReason, all, ...given }, base) => [
      ...marked(given, base),
      { type: 'close', reason: closeReason, ...(all && { allDone: true }), ...base },
    ],
  ),
  reopen: reads(z.object({ reopenReason: typed }), ({ reopenReason }, base) => [
    { type: 'reopen', reason: reopenReason, ...base },
  ]),
  act: (data, { caseId, line }) => {
    const given = z.object({ actChoice: longChosen, actReason: typed }).safeParse(data)
    if (!given.success) return null
    return {
      kind: 'ask-action',
      caseId,
      line,
      choice: parseActChoice(given.data.actChoice),
      reason: given.data.actReason,
    }
  },
  'allow-manager': (data, { caseId }) => {
    const given = z.object({ allowReason: typed }).safeParse(data)
    return given.success ? { kind: 'allow-manager', caseId, reason: given.data.allowReason } : null
  },
  'approve-action': reads(aboutAction, ({ asked, target }, base) => [
    { type: 'approve-action', asked, target, ...base },
  ]),
  'decline-action': reads(aboutAction.extend({ declineReason: typed }), ({ asked, target, declineReason }, base) => [
    { type: 'decline-action', asked, target, reason: declineReason, ...base },
  ]),
  // The line on a manager's card is the one at which they were asked.
  vouch: (data, { caseId, line }) => {
    const given = confirmation.safeParse(data)
    if (!given.success) return null
    const { countries: where, ...rest } = given.data
    const countries = parseCountries(where)
    const named = countries.length > 0 && { countries }
    return { kind: 'answer-confirmation', caseId, asked: line, ...rest, ...named }
  },
}

const verbs = new Map(Object.entries(readers))

const words = z.preprocess((value) => value ?? '', z.string().max(400))
const bulkShape = z.object({ selection: words, given: words, chosen: words, check: words, option: words })
const bulkVerdict = z.object({ verdict: chosen, bulkReason: typed })
const noVerdict = { verdict: '', reason: '' }

/** What concerns several cases, or the digest of a storm. */
const bulkVerbs: ReadonlyMap<string, (data: unknown) => ListIntent | BulkIntent | null> = new Map<
  string,
  (data: unknown) => ListIntent | BulkIntent | null
>([
  ['digest-list', () => parseList(['queue', 'no-card'])],
  ['digest-take', () => ({ kind: 'take-all', selection: null })],
  ['digest-verdict', () => ({ kind: 'verdict-all', selection: everyWaiting, answers: [], ...noVerdict })],
  ['take-all', (data) => forSeveral(data, ({ selection: said }) => ({ kind: 'take-all', selection: selected(said) }))],
  [
    'verdict-all-type',
    (data) =>
      forSeveral(data, (given) => ({
        kind: 'verdict-all',
        selection: parseSelection(given.chosen).selection,
        answers: [],
        ...noVerdict,
      })),
  ],
  [
    'verdict-all-answer',
    (data) =>
      forSeveral(data, ({ check, option, ...given }) => {
        const answers = parseAnswers(given.given).filter((one) => one.check !== check)
        const all = option === '' ? answers : [...answers, { check, option }]
        return { kind: 'verdict-all', selection: parseSelection(given.selection).selection, answers: all, ...noVerdict }
      }),
  ],
  [
    'verdict-all-back',
    (data) =>
      forSeveral(data, (given) => ({
        kind: 'verdict-all',
        selection: parseSelection(given.selection).selection,
        answers: parseAnswers(given.given).slice(0, -1),
        ...noVerdict,
      })),
  ],
  [
    'verdict-all',
    (data) => {
      const { verdict, bulkReason: reason } = bulkVerdict.safeParse(data).data ?? noVerdictGiven
      return forSeveral(data, (given) => ({
        kind: 'verdict-all',
        selection: parseSelection(given.selection).selection,
        answers: parseAnswers(given.given),
        verdict,
        reason,
      }))
    },
  ],
])

const noVerdictGiven = { verdict: '', bulkReason: '' }

const forSeveral = (data: unknown, make: (given: z.output<typeof bulkShape>) => BulkIntent): BulkIntent | null => {
  const given = bulkShape.safeParse(data)
  return given.success ? make(given.data) : null
}

/** Nothing selected is an empty choice, not all. */
const selected = (said: string) =>
  said === 'all' ? everyWaiting : said.trim() === '' ? null : parseSelection(said).selection
