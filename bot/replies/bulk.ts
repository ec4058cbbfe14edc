import type { BulkIntent } from '../../dialogs/hear/parse-bulk.js'
import { isSelected } from '../../dialogs/selection.js'
import type { Listed } from '../../dialogs/show/listed.js'
import { bulkOutcome, showTakeAll, showVerdictAll } from '../../dialogs/show/show-bulk.js'
import { escapeUntrusted } from '../../dialogs/escape.js'
import type { Command } from '../../triage/command.js'
import type { Guide } from '../../triage/guide.js'
import { type Phrases, say } from '../../triage/phrases.js'
import type { Desk } from '../cases/desk.js'
import { findCase } from '../cases/find-case.js'
import type { OpenCases } from '../cases/open-cases.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import { eachOf } from '../pacing/each-of.js'
import type { Rights } from '../people/rights.js'
import { type Origin, stampOf } from './origin.js'
import { refusalText } from './refusal-text.js'
import type { Result } from './result.js'
import { withWhatIsKnown } from './with-what-is-known.js'

/** Do something for several cases at once, each by itself: what is refused in one is done in the others. */
export type Bulk = (intent: Exclude<BulkIntent, { kind: 'digest' }>, origin: Origin) => Promise<Result>

type Parts = {
  readonly rights: Pick<Rights, 'refusedInCase'>
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly renderer: Pick<CaseRenderer, 'contextOf' | 'listed'>
  readonly openCases: Pick<OpenCases, 'rows'>
  readonly guideOf: (type: string) => Guide
  readonly phrases: Phrases
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/** So many cases are done at once: whoever clicked waits for the answer. */
export const mostAtOnce = 500

/** Every case is held against the rights of the person, settled, and reported; each has events and a because of its own. */
export const openBulk = ({ rights, desk, renderer, openCases, guideOf, phrases, now }: Parts): Bulk => {
  type Refused = { readonly caseId: string; readonly why: string }

  /** Why nothing was done in that case; null when it was. */
  const settleOne = async (caseId: string, commands: readonly Command[], origin: Origin): Promise<string | null> => {
    const found = await findCase(caseId, desk)
    const context = found && renderer.contextOf(found)
    const known = context ? commands.map((command) => withWhatIsKnown(command, context)) : commands
    const refusal =
      (await rights.refusedInCase(origin, { kind: 'commands', caseId, commands: known }, context)) ??
      (await desk.settle(caseId, known)).refusal
    return refusal && refusalText(refusal, phrases)
  }

  const settleAll = async (
    rows: readonly Listed[],
    commandsFor: (caseId: string) => readonly Command[],
    origin: Origin,
  ): Promise<{ readonly done: number; readonly refused: readonly Refused[] }> => {
    const outcomes = new Map<string, string | null>(rows.map(({ caseId }) => [caseId, null]))
    await eachOf(
      [...outcomes.keys()],
      (_, caseId) => outcomes.set(caseId, say(phrases, 'sorry')),
      async (caseId) => void outcomes.set(caseId, await settleOne(caseId, commandsFor(caseId), origin)),
    )
    const refused = [...outcomes].flatMap(([caseId, why]) => (why === null ? [] : [{ caseId, why }]))
    return { done: rows.length - refused.length, refused }
  }

  const unassigned = async () => (await openCases.rows()).filter(({ owner }) => owner === null)

  const takeAll = async ({ selection }: BulkIntent & { kind: 'take-all' }, origin: Origin): Promise<Result> => {
    const rows = await unassigned()
    const summary = say(phrases, 'bulk.unassigned', { count: String(rows.length) })
    if (selection === null)
      return { kind: 'view', view: showTakeAll(renderer.listed(rows), phrases), summary, text: null }
    const wanted = rows.filter((row) => isSelected(selection, row))
    if (wanted.length === 0) {
      const text = say(phrases, 'bulk.none-selected')
      return { kind: 'view', view: showTakeAll(renderer.listed(rows), phrases, text), summary, text }
    }
    const some = wanted.slice(0, mostAtOnce)
    const stamp = stampOf(origin, now())
    const outcome = await settleAll(some, (caseId) => [{ type: 'take', caseId, line: null, ...stamp }], origin)
    const text = bulkOutcome('taken', outcome.done, outcome.refused, wanted.length - some.length, phrases)
    return { kind: 'view', view: showTakeAll(renderer.listed(await unassigned()), phrases, text), summary, text }
  }

  /** One's own open cases without a verdict that are selected. */
  const unjudged = async ({ selection }: BulkIntent & { kind: 'verdict-all' }, origin: Origin) => {
    const isEvery = selection.type === '' && selection.person === '' && selection.address === ''
    return (await openCases.rows()).filter(
      (row) =>
        row.owner?.id === origin.by.id && row.standing.at !== 'actions' && (isEvery || isSelected(selection, row)),
    )
  }

  const verdictAll = async (intent: BulkIntent & { kind: 'verdict-all' }, origin: Origin): Promise<Result> => {
    const rows = await unjudged(intent, origin)
    const [first] = rows
    const isOneType = first !== undefined && rows.every(({ type }) => type === first.type)
    const guide = isOneType ? guideOf(first.type) : null
    const selection = isOneType ? { ...intent.selection, type: first.type } : intent.selection
    const summary = say(phrases, 'bulk.which-type', { count: String(rows.length) })
    const show = (left: readonly Listed[], text: string | null): Result => ({
      kind: 'view',
      view: showVerdictAll(
        { selection, guide, answers: text === null ? intent.answers : [], rows: renderer.listed(left) },
        phrases,
        text ?? '',
      ),
      summary,
      text,
    })
    if (first === undefined && intent.selection.type !== '')
      return show(rows, say(phrases, 'bulk.no-type', { type: escapeUntrusted(intent.selection.type, 80) }))
    if (!isOneType || intent.verdict === '') return show(rows, null)
    const some = rows.slice(0, mostAtOnce)
    const stamp = stampOf(origin, now())
    const { verdict, reason, answers } = intent
    const commandsFor = (caseId: string): readonly Command[] => {
      const base = { caseId, line: null, ...stamp }
      return [
        ...answers.map(({ check, option }): Command => ({ type: 'answer', check, option, ...base })),
        { type: 'record-verdict', verdict, reason, ...base },
      ]
    }
    const outcome = await settleAll(some, commandsFor, origin)
    const text = bulkOutcome('recorded', outcome.done, outcome.refused, rows.length - some.length, phrases)
    return show(await unjudged(intent, origin), text)
  }

  return (intent, origin) => (intent.kind === 'take-all' ? takeAll(intent, origin) : verdictAll(intent, origin))
}
