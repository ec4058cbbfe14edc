import type { ConfirmationIntent } from '../../dialogs/hear/intent.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { refuse } from '../../triage/refusal.js'
import type { Desk } from '../cases/desk.js'
import { findCase } from '../cases/find-case.js'
import type { OpenCases } from '../cases/open-cases.js'
import type { CaseRenderer } from '../outbox/render-case.js'
import type { Rights } from '../people/rights.js'
import type { Verifiers } from '../people/verifiers.js'
import { type Origin, stampOf, writtenBefore } from './origin.js'
import type { Result } from './result.js'

/** Take a manager's answer, pressed or written, for the case that is named or the only one that waits for them. */
export type AnswerConfirmation = (intent: ConfirmationIntent, origin: Origin) => Promise<Result>

type Parts = {
  readonly rights: Pick<Rights, 'refusedAnswer'>
  readonly desk: Pick<Desk, 'look' | 'settle'>
  readonly renderer: Pick<CaseRenderer, 'contextOf'>
  readonly openCases: Pick<OpenCases, 'confirmationsFor' | 'isComplete'>
  /** What speaks against a manager who answers; left out, nothing does. */
  readonly verifiers?: Pick<Verifiers, 'doubtsAbout'>
  readonly phrases: Phrases
  /** The clock, ISO 8601. */
  readonly now: () => string
}

/** What is written counts in the manager's personal chat alone; whoever writes it elsewhere must not believe that it did. */
export const openAnswerConfirmation = (parts: Parts): AnswerConfirmation => {
  const { rights, desk, renderer, openCases, phrases, now } = parts
  const text = (key: string): Result => ({ kind: 'text', text: say(phrases, key) })

  return async (intent, origin) => {
    const { answer, from, to, note, countries } = intent
    const isWritten = intent.asked === null
    const needsQuestions = intent.caseId === null || (isWritten && !origin.personal)
    const questions = needsQuestions ? await openCases.confirmationsFor(origin.by.id) : []
    if (isWritten && !origin.personal)
      return text(questions.length > 0 ? 'confirmation.elsewhere' : 'confirmation.none')
    const [only, ...others] = questions
    const caseId = intent.caseId ?? (others.length === 0 ? only?.caseId : undefined)
    if (caseId === undefined)
      return (await openCases.isComplete()) ? { kind: 'questions', questions } : text('starting')
    const found = await findCase(caseId, desk)
    const context = found && renderer.contextOf(found)
    const refusal = await rights.refusedAnswer(origin, context)
    if (refusal?.refusal === 'about-you' && context) return { kind: 'confirmation', context, refusal }
    if (refusal || !context) return { kind: 'refused', refusal: refusal ?? refuse('nobody-asked'), context: null }
    if (writtenBefore(origin, context.diary).length > 0) return { kind: 'confirmation', context, refusal: null }
    const asked = intent.asked ?? context.state.confirmation?.line ?? 0
    // The manager is told nothing of it: somebody else may be reading.
    const doubts = (await parts.verifiers?.doubtsAbout(origin.by, context.state)) ?? []
    const stamp = { caseId, line: null, ...stampOf(origin, now()) }
    const settled = await desk.settle(caseId, [
      { type: 'answer-confirmation', asked, answer, from, to, note, ...(countries && { countries }), doubts, ...stamp },
    ])
    return { kind: 'confirmation', context: renderer.contextOf(settled) ?? context, refusal: settled.refusal }
  }
}
