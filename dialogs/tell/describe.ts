import { stageOf } from '../../triage/case.js'
import { openActions, stepsOf } from '../../triage/decide-verdict.js'
import type { Event } from '../../triage/event.js'
import { say } from '../../triage/phrases.js'
import { nextOf } from '../../triage/next-checks.js'
import { isAllowed, evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import type { CaseContext } from '../case-context.js'
import { labelled, marks, stepsNow } from '../show/steps.js'
import { found } from '../show/show-parts.js'
import { historyLine, isTold, verdictName } from '../show/history.js'
import { escapeUntrusted } from '../escape.js'

/** What was just written, one short sentence each; "" for nothing new. It is for plain text only. */
export const describeEvents = (written: readonly Event[], { diary, guide, phrases }: CaseContext): string => {
  const verdict = diary.findLast(({ type }) => type === 'judged')
  const judged = verdict?.type === 'judged' ? verdict.verdict : ''
  return written
    .filter((event) => isTold(event, phrases))
    .map((event) => escapeUntrusted(historyLine(event, guide, phrases, judged), 300))
    .join('\n')
}

/**
 * Where the case stands and what can be said now, as plain text with numbered lines. The numbers are the guide's own order, so
 * they stay the same for a check and for a verdict, whatever was answered or marked.
 */
export const describeNext = (context: CaseContext): string => {
  const { state, guide, phrases } = context
  switch (stageOf(state)) {
    case 'new':
      return say(phrases, 'next.new')
    case 'work': {
      const { next, ...at } = nextOf(state, guide)
      const owner = escapeUntrusted(state.owner?.name ?? '', 60)
      if (!next) return say(phrases, 'next.verdict', { owner, verdicts: verdicts(context) })
      const [step, of] = [String(at.step), String(at.of)]
      const options = lines(next.options.map(({ text }) => text))
      return say(phrases, 'next.work', { owner, step, of, ask: next.ask, options: `${options}${urgent(context)}` })
    }
    case 'judged':
      return say(phrases, 'next.judged', { owner: escapeUntrusted(state.owner?.name ?? '', 60), steps: steps(context) })
    case 'closed':
      return say(phrases, 'next.closed', { by: escapeUntrusted(state.closed?.by.name ?? '', 60) })
  }
}

/** Where the case stands in a line, with what to send for more, as plain text; `inThread` is where that needs no code in front. */
export const describeStep = (context: CaseContext, inThread: boolean): string => {
  const { state, guide, phrases } = context
  const code = inThread ? '' : `${state.id} `
  switch (stageOf(state)) {
    case 'new':
    case 'closed':
      return describeNext(context)
    case 'work': {
      const { next, step, of } = nextOf(state, guide)
      if (!next) return say(phrases, 'short.verdict', { code })
      const check = say(phrases, 'short.work', { step: String(step), of: String(of), ask: next.ask, code })
      const urgent = stepsNow(context, 'urgent').filter((name) => !state.stepStates[name]).length
      return urgent === 0 ? check : `${say(phrases, 'short.urgent', { count: String(urgent) })} ${check}`
    }
    case 'judged': {
      const open = openActions(state, guide).length
      return open === 0
        ? say(phrases, 'short.close', { code })
        : say(phrases, 'short.judged', { count: String(open), code })
    }
  }
}

/** The verdicts as they can be said now, before every check is answered as well; where none can be recorded, what can be said. */
export const describeVerdicts = (context: CaseContext): string =>
  stageOf(context.state) === 'work' && nextOf(context.state, context.guide).next
    ? say(context.phrases, 'next.verdicts', { verdicts: verdicts(context) })
    : describeNext(context)

/** The answers given so far with what was seen for each, numbered in the guide's order, as findings are said for them. */
export const describeAnswers = (context: CaseContext): string => {
  const answers = found(context)
  if (answers.length === 0) return describeNext(context)
  const given = lines(
    answers.map(({ ask, answer, finding }) => `${ask} ${answer}${finding === '' ? '' : ` (“${finding}”)`}`),
  )
  return say(context.phrases, 'next.answers', { answers: given })
}

/** Under their own ids: the order on the cards changes with the answers. */
const verdicts = ({ state, guide, phrases }: CaseContext): string =>
  evaluateVerdicts(guide, state.answers)
    .map((verdictState) => {
      const { id, class: verdictClass, label } = verdictState.verdict
      const name = verdictName(verdictClass, label)
      return `\n${id}: ${isAllowed(verdictState) ? name : say(phrases, 'verdict.needs-reason', { verdict: name })}`
    })
    .join('')

/** What cannot wait and is neither done nor skipped, with the numbers to say. */
const urgent = (context: CaseContext): string => {
  const all = stepsNow(context, 'urgent')
  if (all.every((name) => context.state.stepStates[name])) return ''
  const steps = lines(
    all.map((name) => `${marks[context.state.stepStates[name]?.state ?? 'open']} ${labelled(context, name)}`),
  )
  return `\n${say(context.phrases, 'next.urgent', { steps })}`
}

const steps = (context: CaseContext): string =>
  lines(
    Object.keys(stepsOf(context.state, context.guide)).map(
      (name) => `${marks[context.state.stepStates[name]?.state ?? 'open']} ${labelled(context, name)}`,
    ),
  )

const lines = (texts: readonly string[]): string => texts.map((text, index) => `\n${index + 1}. ${text}`).join('')
