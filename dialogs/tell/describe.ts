import { stageOf } from '../../triage/case.js'
import { stepsOf } from '../../triage/decide-verdict.js'
import type { Event } from '../../triage/event.js'
import { say } from '../../triage/phrases.js'
import { walk } from '../../triage/next-checks.js'
import { isAllowed, weigh } from '../../triage/evaluate-verdicts.js'
import type { Seen } from '../case-context.js'
import { labelled, marks } from '../show/steps.js'
import { sentence, verdictName } from '../show/history.js'
import { visible } from '../escape.js'

/** What was just written, one short sentence each; "" for nothing new. It is for plain text only. */
export const tellWritten = (written: readonly Event[], { diary, playbook, phrases }: Seen): string => {
  const verdict = diary.findLast(({ type }) => type === 'judged')
  const judged = verdict?.type === 'judged' ? verdict.verdict : ''
  return written.map((event) => visible(sentence(event, playbook, phrases, judged), 300)).join('\n')
}

/**
 * Where the case stands and what can be said now, as plain text with numbered lines. The numbers are the guide's own order, so
 * they stay the same for a check and for a verdict, whatever was answered or ticked.
 */
export const tellNext = (seen: Seen): string => {
  const { state, playbook, phrases } = seen
  switch (stageOf(state)) {
    case 'new':
      return say(phrases, 'next.new')
    case 'work': {
      const { next, ahead } = walk(playbook, state.answers)
      const owner = visible(state.owner?.name ?? '', 60)
      if (!next) return say(phrases, 'next.verdict', { owner, verdicts: verdicts(seen) })
      const step = String(state.answers.length + 1)
      const of = String(state.answers.length + ahead.length)
      const options = lines(next.options.map(({ text }) => text))
      return say(phrases, 'next.work', { owner, step, of, ask: next.ask, options })
    }
    case 'judged':
      return say(phrases, 'next.judged', { owner: visible(state.owner?.name ?? '', 60), steps: steps(seen) })
    case 'closed':
      return say(phrases, 'next.closed', { by: visible(state.closed?.by.name ?? '', 60) })
  }
}

/** The verdicts as they can be said now, before every check is answered as well; where none can be recorded, what can be said. */
export const tellVerdicts = (seen: Seen): string =>
  stageOf(seen.state) === 'work' && walk(seen.playbook, seen.state.answers).next
    ? say(seen.phrases, 'next.verdicts', { verdicts: verdicts(seen) })
    : tellNext(seen)

/** Under their own ids: the order on the cards changes with the answers. */
const verdicts = ({ state, playbook, phrases }: Seen): string =>
  weigh(playbook, state.answers)
    .map((standing) => {
      const { id, class: verdictClass, label } = standing.verdict
      const name = verdictName(verdictClass, label)
      return `\n${id}: ${isAllowed(standing) ? name : say(phrases, 'verdict.needs-reason', { verdict: name })}`
    })
    .join('')

const steps = (seen: Seen): string =>
  lines(
    Object.keys(stepsOf(seen.state, seen.playbook)).map(
      (name) => `${marks[seen.state.ticks[name]?.state ?? 'open']} ${labelled(seen, name)}`,
    ),
  )

const lines = (texts: readonly string[]): string => texts.map((text, index) => `\n${index + 1}. ${text}`).join('')
