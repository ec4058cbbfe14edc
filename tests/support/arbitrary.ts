import fc from 'fast-check'
import type { Case } from '../../triage/case.js'
import { effectStates } from '../../triage/effect.js'
import type { Command } from '../../triage/command.js'
import { decide } from '../../triage/decide.js'
import type { Event } from '../../triage/event.js'
import { evolve } from '../../triage/evolve.js'
import { winnow } from '../../triage/person.js'
import { sourceStatuses } from '../../triage/source-said.js'
import type { Guide, Step } from '../../triage/guide.js'
import { isRefusal } from '../../triage/refusal.js'
import { type Draft, ada, anAlert, anAnswer, ben, caseId, eve, mia, minute } from './cast.js'
import { aFailure, aFinding } from './looked-up.js'
import { aCheck, aGuide, aStep, aVerdict, travel } from './guides.js'

const oneOf = <const T>(...values: readonly T[]) => fc.constantFrom(...values)
const nonsense = fc.oneof(
  oneOf('__proto__', 'constructor', 'toString', '', 'action/', 'channel'),
  fc.string({ maxLength: 8 }),
)
const mostly = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: rare })
const among = (ids: readonly string[]) => mostly(fc.constantFrom(...ids), nonsense)

/** Anybody, Ada most of the time so that cases get somewhere. */
const person = fc.oneof(
  { weight: 6, arbitrary: fc.constant(ada) },
  { weight: 3, arbitrary: oneOf(ben, mia, eve, winnow) },
)
const text = mostly(oneOf('', ' ', 'Because.', 'x'.repeat(2100)), fc.string({ unit: 'binary', maxLength: 20 }))
const check = among(travel.checks.map(({ id }) => id))
const option = among(['ours', 'foreign', 'yes', 'no', 'unknown'])
const verdict = among(travel.verdicts.map(({ id }) => id))
const step = among([
  'action/close-alert',
  'action/tag-range',
  'action/suspend-user',
  'action/tell-user',
  'scope/same-place',
  'tuning/tag-ranges',
])
const day = mostly(oneOf(null, '2026-02-27', '2026-03-06'), nonsense)
const stepStates = fc.oneof(
  fc.record({
    type: oneOf('mark-steps'),
    kind: oneOf('action'),
    steps: fc.subarray(['action/close-alert', 'action/tag-range']),
  }),
  fc.record({
    type: oneOf('mark-steps'),
    kind: oneOf('scope'),
    steps: fc.subarray(['scope/same-place', 'scope/other-alerts']),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: oneOf('mark-steps'),
      kind: oneOf('tuning'),
      steps: fc.subarray(['tuning/tag-ranges']),
    }),
  },
  fc.record({
    type: oneOf('mark-steps'),
    kind: oneOf('urgent', 'action', 'scope', 'tuning'),
    steps: fc.array(step, { maxLength: 3 }),
  }),
)

/** An answer to a question; -1 stands for the newest one, as the card would carry it. */
const managerReply = fc.record({
  type: oneOf('answer-confirmation'),
  by: mostly(fc.constant(mia), person),
  line: mostly(fc.constant(null), fc.constant(3)),
  asked: mostly(fc.constant(-1), fc.integer({ min: 0, max: 9 })),
  answer: oneOf('yes', 'no', 'not-sure', 'not-my-report'),
  from: day,
  to: day,
  note: text,
})

const sourceSaid = fc.record({
  source: oneOf('graph', 'sentinel'),
  sourceAlertId: oneOf('a-1'),
  status: oneOf(null, ...sourceStatuses),
  classification: mostly(oneOf(null, '', 'truePositive', 'falsePositive'), text),
  determination: mostly(oneOf(null, '', 'compromisedAccount'), text),
  assignedTo: mostly(oneOf(null, '', 'ada@contoso.example'), text),
  changedBy: mostly(oneOf(null, 'Ben'), text),
  changedAt: oneOf(null, minute(1), minute(2), minute(3)),
})

/** Something anybody may want, sensible or not; `line` is a stale one, null, or left open for the newest. */
const anyCommand: fc.Arbitrary<Draft> = fc
  .tuple(
    person,
    fc.integer({ min: 0, max: 120 }).map(minute),
    fc.oneof({ weight: 8, arbitrary: fc.constant({}) }, fc.record({ line: oneOf(null, 0, 3, -1, 1e9, Number.NaN) })),
    fc.oneof(
      {
        weight: 1,
        arbitrary: fc.record({
          type: oneOf('open'),
          alert: fc.constant(anAlert()),
          guide: oneOf('impossible-travel'),
        }),
      },
      { weight: 4, arbitrary: fc.record({ type: oneOf('take') }) },
      { weight: 2, arbitrary: fc.record({ type: oneOf('release', 'take-over', 'continue-in-chat') }) },
      { weight: 8, arbitrary: fc.record({ type: oneOf('answer'), check, option }) },
      { weight: 2, arbitrary: fc.record({ type: oneOf('answer'), check, option, finding: text }) },
      { weight: 3, arbitrary: fc.record({ type: oneOf('note-finding'), check, finding: text }) },
      { weight: 2, arbitrary: fc.record({ type: oneOf('withdraw-answer'), check: fc.option(check) }) },
      { weight: 5, arbitrary: fc.record({ type: oneOf('record-verdict'), verdict, reason: text }) },
      { weight: 1, arbitrary: fc.record({ type: oneOf('withdraw-verdict') }) },
      { weight: 6, arbitrary: stepStates },
      { weight: 3, arbitrary: fc.record({ type: oneOf('skip'), step, reason: text }) },
      { weight: 1, arbitrary: fc.record({ type: oneOf('note'), text }) },
      {
        weight: 3,
        arbitrary: fc.record({
          type: oneOf('ask-manager'),
          manager: oneOf(mia, eve),
          about: text,
          until: oneOf(minute(60)),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          type: oneOf('note-doubts'),
          manager: oneOf(mia, eve),
          doubts: fc.subarray([{ kind: 'changed' as const, on: '2026-03-01' }]),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          type: oneOf('allow-verifier'),
          manager: oneOf(mia, eve),
          despite: fc.subarray([
            { kind: 'subject' as const, caseId: '1111-2222-3333' },
            { kind: 'changed' as const, on: '2026-03-01' },
          ]),
          reason: text,
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ type: oneOf('note-installed'), asked: oneOf(-1, 3) }),
      },
      { weight: 4, arbitrary: managerReply },
      { weight: 1, arbitrary: fc.record({ type: oneOf('expire-confirmation') }) },
      { weight: 3, arbitrary: fc.record({ type: oneOf('close'), reason: text }) },
      { weight: 2, arbitrary: fc.record({ type: oneOf('reopen'), reason: text }) },
      {
        weight: 3,
        arbitrary: fc.record({
          type: oneOf('note-unreached'),
          asked: fc.integer({ min: 0, max: 9 }),
          why: oneOf('refused', 'unknown'),
          detail: text,
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          type: oneOf('note-related'),
          other: oneOf(caseId, '1111-2222-3333').map((id) => ({ caseId: id, type: 'x', occurredAt: minute(3) })),
          title: text,
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          type: oneOf('page'),
          to: fc.subarray([ada, ben]),
          step: oneOf('first', 'again', 'leads', 'next'),
          why: oneOf('unassigned', 'unanswered'),
        }),
      },
      { weight: 1, arbitrary: fc.record({ type: oneOf('acknowledge') }) },
      {
        weight: 1,
        arbitrary: fc.record({
          type: oneOf('remind'),
          person: oneOf(ada, mia),
          as: oneOf('owner', 'manager'),
          until: oneOf(null, minute(90)),
        }),
      },
      { weight: 1, arbitrary: fc.record({ type: oneOf('release-silent'), from: oneOf(ada, ben) }) },
      {
        weight: 3,
        arbitrary: fc.record({
          type: oneOf('pass-on'),
          asked: mostly(fc.constant(-1), fc.integer({ min: 0, max: 9 })),
          to: oneOf(eve, mia),
          as: oneOf('deputy', 'managers-manager'),
          until: oneOf(minute(90)),
        }),
      },
      { weight: 1, arbitrary: fc.record({ type: oneOf('update-guide') }) },
      { weight: 1, arbitrary: fc.record({ type: oneOf('note-source'), said: sourceSaid }) },
      {
        weight: 1,
        arbitrary: fc.record({
          type: oneOf('note-effect'),
          note: fc.record({
            effect: oneOf('graph/a/1', 'graph/a/2'),
            target: oneOf('graph'),
            state: oneOf(...effectStates),
            does: text,
          }),
          marks: oneOf('close-alert', 'no-step'),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          type: oneOf('note-look-ups'),
          found: fc.array(
            oneOf('a', 'b').map((lookUp) => aFinding({ lookUp })),
            { maxLength: 2 },
          ),
          failed: fc.array(
            oneOf('b', 'c').map((lookUp) => aFailure({ lookUp })),
            { maxLength: 2 },
          ),
        }),
      },
    ),
  )
  .map(([by, at, line, command]) => ({ ...line, at, by, ...command }))

const opening: Draft = { type: 'open', alert: anAlert(), guide: 'impossible-travel', at: minute(0), by: winnow }

const taken: readonly Draft[] = [opening, { type: 'take', at: minute(0), by: ada }]
const decided: readonly Draft[] = [
  ...taken,
  { type: 'answer', check: 'address', option: 'ours', at: minute(1), by: ada },
  { type: 'record-verdict', verdict: 'fp-vpn', reason: '', at: minute(2), by: ada },
]

/** Any commands in any order: mostly the case is opened and taken first, sometimes judged as well, sometimes nothing. */
export const commands: fc.Arbitrary<readonly Draft[]> = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant(taken) },
      { weight: 4, arbitrary: fc.constant(decided) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    fc.array(anyCommand, { maxLength: 30, size: 'max' }),
  )
  .map(([start, more]) => [...start, ...more])

/** One command that was settled: by which guide, what stood before, what was decided, what stands now. */
export type CommandResult = {
  readonly command: Command
  readonly guide: Guide
  readonly before: Case | null
  readonly written: readonly Event[]
  readonly refused: boolean
  readonly after: Case | null
}

/** A guide that leads from some command on; `told` when all cases are told of it first, as they are at a start. */
export type GuideFrom = { readonly at: number; readonly guide: Guide; readonly told: boolean }

/** Settle commands one after the other, as the desk does: by one guide, or by another from some of them on. */
export const settle = (list: readonly Draft[], changes: readonly GuideFrom[] = []): readonly CommandResult[] => {
  let state: Case | null = null
  let guide = travel
  const one = (draft: Draft): CommandResult => {
    const before: Case | null = state
    const command = { caseId, line: before ? before.line - 1 : null, ...draft, ...newest(draft, before) } as Command
    const decision = decide(command, before, guide)
    const written = isRefusal(decision) ? [] : decision
    state = written.reduce<Case | null>(evolve, before)
    return { command, guide, before, written, refused: isRefusal(decision), after: state }
  }
  return list.flatMap((draft, index) => {
    const change = changes.findLast(({ at }) => at === index)
    if (!change) return [one(draft)]
    guide = change.guide
    const { at } = draft
    return [...(change.told ? [one({ type: 'update-guide', line: null, at, by: winnow })] : []), one(draft)]
  })
}

const newest = (one: Draft, before: Case | null): object =>
  (one.type === 'answer-confirmation' || one.type === 'note-installed' || one.type === 'pass-on') && one.asked === -1
    ? { asked: before?.confirmation?.line ?? 0 }
    : {}

/** The small travel guide as somebody may have rewritten it: less of anything, in other words, the manager asked or not. */
export const rewritten: fc.Arbitrary<Guide> = fc
  .record({
    checks: fc.subarray(travel.checks.map(({ id }) => id)),
    options: fc.subarray(['ours', 'foreign', 'yes', 'no']),
    verdicts: fc.subarray(travel.verdicts.map(({ id }) => id)),
    actions: fc.subarray(['close-alert', 'tag-range', 'suspend-user', 'tell-user', 'roll-back']),
    scope: fc.subarray(travel.scope.map(({ id }) => id)),
    tuning: fc.subarray(travel.tuning.map(({ id }) => id)),
    type: mostly(oneOf('impossible-travel'), oneOf('other')),
    words: oneOf('', ' (new words)'),
    manager: fc.boolean(),
  })
  .map(({ words, manager, ...has }) => {
    const step = (one: Step): Step => ({ ...one, do: one.do + words })
    return {
      ...travel,
      type: has.type,
      version: JSON.stringify({ words, manager, ...has }),
      title: travel.title + words,
      checks: travel.checks
        .filter(({ id }) => has.checks.includes(id))
        .map((check) => ({
          ...check,
          ask: check.ask + words,
          manager: manager ? { ask: `Was it so?${words}` } : null,
          options: check.options
            .filter(({ id }) => has.options.some((one) => one === id) || id === 'unknown')
            .map((option) => ({ ...option, text: option.text + words })),
        })),
      verdicts: travel.verdicts
        .filter(({ id }) => has.verdicts.includes(id))
        .map((verdict) => ({
          ...verdict,
          label: verdict.label + words,
          means: verdict.means + words,
          because: verdict.because.map((part) => ({ ...part, say: part.say + words })),
          actions: verdict.actions.filter(({ id }) => has.actions.some((one) => one === id)).map(step),
        })),
      scope: travel.scope.filter(({ id }) => has.scope.includes(id)).map(step),
      tuning: travel.tuning.filter(({ id }) => has.tuning.includes(id)).map(step),
    }
  })

/** Other guides from some of the commands on: mostly none, sometimes several, the first one again among them. */
export const guideChanges: fc.Arbitrary<readonly GuideFrom[]> = fc.oneof(
  fc.constant([]),
  fc.array(
    fc.record({
      at: fc.integer({ min: 1, max: 30 }),
      guide: mostly(rewritten, fc.constant(travel)),
      told: mostly(fc.constant(true), fc.constant(false)),
    }),
    { minLength: 1, maxLength: 4 },
  ),
)

const ids = ['a', 'b', 'c', 'd'] as const
const optionIds = ['yes', 'no', 'unknown'] as const
const condition = fc.dictionary(fc.constantFrom(...ids), fc.subarray([...optionIds], { minLength: 1 }), { maxKeys: 3 })
const conditions = fc.array(condition, { maxLength: 3 })

/** Any small guide: up to four checks, up to five verdicts that need and contradict whatever they like. */
export const guides: fc.Arbitrary<Guide> = fc
  .tuple(fc.subarray([...ids]), fc.array(fc.tuple(conditions, conditions, fc.boolean()), { maxLength: 5 }))
  .map(([checks, verdicts]) =>
    aGuide({
      checks: checks.map((id) => aCheck(id, ['yes', 'no'])),
      verdicts: verdicts.map(([needs, against, optional], index) =>
        aVerdict(`v${index}`, { needs, against, actions: [aStep('act', { optional })] }),
      ),
    }),
  )

/** Any answers, to checks that may not be there; one for a check. */
export const answersGiven = fc
  .dictionary(fc.constantFrom(...ids, 'constructor'), fc.constantFrom(...optionIds, 'toString'))
  .map((given) => Object.entries(given).map(([check, option]) => anAnswer(check, option)))
