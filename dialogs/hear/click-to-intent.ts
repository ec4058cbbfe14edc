import { z } from 'zod'
import { isCaseCode } from '../../triage/case-code.js'
import type { Command } from '../../triage/command.js'
import { type Stamp, managerAnswers } from '../../triage/event.js'
import { type Refusal, refuse } from '../../triage/refusal.js'

/** What a click asks for. `look` only wants the current card; `ask-manager` still needs to know who the manager is. */
export type Intent =
  | { readonly intent: 'settle'; readonly caseId: string; readonly commands: readonly Command[] }
  | { readonly intent: 'ask-manager'; readonly caseId: string; readonly line: number }
  | { readonly intent: 'look'; readonly caseId: string }

/**
 * Read a click: verb and data come from outside and are believed in nothing but their shape.
 *
 * Only ids, the line that was seen and what was typed are taken from it; who clicked is told by the chat.
 */
export const clickToIntent = (verb: string, data: unknown, stamp: Stamp): Intent | Refusal => {
  const reader = verbs.get(verb)
  const base = context.safeParse(data)
  if (!reader || !base.success) return refuse('bad-click')
  const { caseId, line } = base.data
  if (reader === 'look') return { intent: 'look', caseId }
  if (reader === 'ask-manager') return { intent: 'ask-manager', caseId, line }
  const commands = reader(data, { ...stamp, caseId, line })
  return commands === null ? refuse('bad-click') : { intent: 'settle', caseId, commands: inTurn(commands) }
}

/** Of several commands that mark steps only the first is held against the line that was seen: the others follow on it. */
const inTurn = (commands: readonly Command[]): readonly Command[] =>
  commands.map((command, index) => (index > 0 && command.type === 'mark-steps' ? { ...command, line: null } : command))

type Base = Stamp & { readonly caseId: string; readonly line: number }
type Reader = (data: unknown, base: Base) => readonly Command[] | null

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
/** A choice that was not made arrives as "", null or not at all; the law then says what to choose. */
const chosen = z.preprocess((value) => value ?? '', id)
/** A multi-select input arrives as one comma-separated string; where it is not on the card, not at all. */
const several = z
  .string()
  .max(8000)
  .transform((text) => text.split(',').filter((one) => one !== ''))
  .nullish()
const stepStates = { actions: several, moreActions: several, scope: several, tuning: several }

/** The ticks a click brings along: those that stand on the card are saved with whatever else was pressed. */
const ticked = (
  { actions, moreActions, scope, tuning }: z.output<z.ZodObject<typeof stepStates>>,
  base: Base,
): readonly Command[] => [
  ...((actions ?? moreActions)
    ? [
        {
          type: 'mark-steps' as const,
          kind: 'action' as const,
          steps: [...(actions ?? []), ...(moreActions ?? [])],
          ...base,
        },
      ]
    : []),
  ...(scope ? [{ type: 'mark-steps' as const, kind: 'scope' as const, steps: scope, ...base }] : []),
  ...(tuning ? [{ type: 'mark-steps' as const, kind: 'tuning' as const, steps: tuning, ...base }] : []),
]

const reads =
  <S extends z.ZodType>(shape: S, make: (given: z.output<S>, base: Base) => readonly Command[]): Reader =>
  (data, base) => {
    const given = shape.safeParse(data)
    return given.success ? make(given.data, base) : null
  }

const nothing = z.object({})

const readers: Readonly<Record<string, Reader | 'look' | 'ask-manager'>> = {
  look: 'look',
  refresh: 'look',
  'ask-manager': 'ask-manager',
  claim: reads(nothing, (_, base) => [{ type: 'take', ...base }]),
  chat: reads(nothing, (_, base) => [{ type: 'continue-in-chat', ...base }]),
  release: reads(nothing, (_, base) => [{ type: 'release', ...base }]),
  'take-over': reads(nothing, (_, base) => [{ type: 'take-over', ...base }]),
  answer: reads(z.object({ check: id, option: chosen }), ({ check, option }, base) => [
    { type: 'answer', check, option, ...base },
  ]),
  back: reads(nothing, (_, base) => [{ type: 'withdraw-answer', check: null, ...base }]),
  judge: reads(z.object({ verdict: chosen, judgeReason: typed }), ({ verdict, judgeReason }, base) => [
    { type: 'record-verdict', verdict, reason: judgeReason, ...base },
  ]),
  // What the answers do not allow is chosen in a card of its own, beside which the allowed choice is sent as well.
  'judge-against': reads(
    z.object({ otherVerdict: chosen, otherReason: typed }),
    ({ otherVerdict, otherReason }, base) => [
      { type: 'record-verdict', verdict: otherVerdict, reason: otherReason, ...base },
    ],
  ),
  reconsider: reads(nothing, (_, base) => [{ type: 'withdraw-verdict', ...base }]),
  tick: reads(z.object(stepStates), ({ actions, scope, ...given }, base) =>
    ticked({ ...given, actions: actions ?? [], scope: scope ?? [] }, base),
  ),
  // The ticks of tuning are folded away with a button of their own: no other may have sent them.
  tune: reads(z.object(stepStates), ({ tuning, ...given }, base) => ticked({ ...given, tuning: tuning ?? [] }, base)),
  skip: reads(
    z.object({ skipStep: chosen, skipReason: typed, ...stepStates }),
    ({ skipStep, skipReason, ...given }, base) => [
      ...ticked(given, base),
      { type: 'skip', step: skipStep, reason: skipReason, ...base },
    ],
  ),
  note: reads(z.object({ noteText: typed, ...stepStates }), ({ noteText, ...given }, base) => [
    ...ticked(given, base),
    { type: 'note', text: noteText, ...base },
  ]),
  close: reads(z.object({ closeReason: typed, ...stepStates }), ({ closeReason, ...given }, base) => [
    ...ticked(given, base),
    { type: 'close', reason: closeReason, ...base },
  ]),
  reopen: reads(z.object({ reopenReason: typed }), ({ reopenReason }, base) => [
    { type: 'reopen', reason: reopenReason, ...base },
  ]),
  vouch: reads(
    z.object({
      answer: z.enum(managerAnswers),
      from: day,
      to: day,
      note: typed,
    }),
    ({ answer, from, to, note }, { line, ...base }) => [
      { type: 'answer-confirmation', asked: line, answer, from, to, note, ...base, line: null },
    ],
  ),
}

const verbs = new Map(Object.entries(readers))
