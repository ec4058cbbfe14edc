import { because } from '../../triage/because.js'
import { followed } from '../../triage/follow.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { type VerdictState, isAllowed, evaluateVerdicts } from '../../triage/evaluate-verdicts.js'
import type { CaseContext } from '../case-context.js'
import { dates, verdictName } from './history.js'
import { longTime, shortTime } from '../time.js'
import type { Choice, Found, ManagerPart } from './view-parts.js'
import { inWords } from '../unreached.js'
import type { Judging } from './view.js'
import { escapeUntrusted } from '../escape.js'

/** The checks that were answered, in the guide's order. */
export const found = ({ state, guide }: CaseContext): readonly Found[] =>
  guide.checks.flatMap(({ id, ask, options }) => {
    const given = state.answers.find(({ check }) => check === id)
    if (!given) return []
    const answer = given.text ?? options.find((option) => option.id === given.option)?.text ?? given.option
    return [{ ask: given.ask ?? ask, answer, by: escapeUntrusted(given.by.name, 60) }]
  })

/** What the answers say of every verdict. */
export const judging = (context: CaseContext): Judging => {
  const { state, guide } = context
  const verdictStates = evaluateVerdicts(guide, state.answers)
  const allowed = verdictStates.filter(isAllowed)
  const others = verdictStates.filter((verdictState) => !isAllowed(verdictState))
  const firm = allowed.filter(({ verdict }) => verdict.class !== 'undetermined')
  const soFar = found(context)
  return {
    soFar,
    hasSoFar: soFar.length > 0,
    allowed: allowed.map((verdictState) => ({
      label: verdictName(verdictState.verdict.class, verdictState.verdict.label),
      means: verdictState.verdict.means,
      because: escapeUntrusted(because(verdictState, state, guide, null), 1200),
    })),
    hasAllowed: allowed.length > 0,
    others: others.map((verdictState) => ({
      label: verdictName(verdictState.verdict.class, verdictState.verdict.label),
      why: whyNot(verdictState, context),
    })),
    hasOthers: others.length > 0,
    verdicts: allowed.map(choiceOf),
    otherVerdicts: others.map(choiceOf),
    hints: hints(context),
    suggested: firm.length === 1 ? (firm[0]?.verdict.id ?? '') : '',
    manager: managerPart(context, true),
  }
}

const choiceOf = ({ verdict }: VerdictState): Choice => ({
  title: verdictName(verdict.class, verdict.label),
  value: verdict.id,
})

/** What to keep in mind until the end: that the guide is another one than before, and what came before for the same person. */
export const hints = ({ state, guide, phrases, titleOf }: CaseContext): readonly { readonly text: string }[] => [
  ...(state.guideChanged ? [{ text: say(phrases, 'guide-changed') }] : []),
  ...followed(state, guide).map(({ follow, before }) => ({
    text: say(phrases, 'follows', { after: titleOf(before.type), code: before.caseId, says: follow.says }),
  })),
]

/** All verdicts as choices, the allowed ones first; the others say that they need a reason. */
export const verdictChoices = ({ state, guide }: CaseContext, phrases: Phrases): readonly Choice[] => {
  const verdictStates = evaluateVerdicts(guide, state.answers)
  return [...verdictStates.filter(isAllowed), ...verdictStates.filter((one) => !isAllowed(one))].map((verdictState) => {
    const name = verdictName(verdictState.verdict.class, verdictState.verdict.label)
    return {
      title: isAllowed(verdictState) ? name : say(phrases, 'verdict.needs-reason', { verdict: name }),
      value: verdictState.verdict.id,
    }
  })
}

/** What is known of the question to the manager; it can be asked where a check allows it and nobody is being asked. */
export const managerPart = ({ state, guide, phrases }: CaseContext, here: boolean): ManagerPart => {
  const asked = state.confirmation
  const possible = here && guide.checks.some(({ manager }) => manager !== null)
  const status = !asked
    ? ''
    : asked.state === 'unreached'
      ? say(phrases, 'manager.unreached', { manager: asked.manager.name, detail: inWords(asked.detail, phrases) })
      : say(phrases, `manager.state.${asked.state}`, {
          manager: asked.manager.name,
          at: shortTime(asked.answeredAt ?? asked.askedAt),
          until: longTime(asked.until),
          answer: asked.answer === null ? '' : say(phrases, `manager.${asked.answer}`),
          dates: dates(asked.from, asked.to, phrases),
          note: asked.note === '' ? '' : ` “${asked.note}”`,
        })
  return {
    canAsk: possible && asked?.state !== 'asked',
    state: escapeUntrusted(status, 500),
    hasState: status !== '',
  }
}

const whyNot = (
  { state, missing, contradictions }: VerdictState,
  { guide, state: { answers }, phrases }: CaseContext,
): string => {
  const asks = (ids: readonly string[]) =>
    ids
      .map((id) => {
        const check = guide.checks.find((one) => one.id === id)
        const given = answers.find((one) => one.check === id)
        const answer = given?.text ?? check?.options.find((one) => one.id === given?.option)?.text
        return `${given?.ask ?? check?.ask ?? id}${answer === undefined ? '' : ` ${answer}.`}`
      })
      .join(' ')
  if (state === 'open') return say(phrases, 'verdict.missing', { checks: asks(missing) })
  return say(phrases, state === 'excluded' ? 'verdict.excluded' : 'verdict.contradicted', {
    checks: asks(contradictions),
  })
}
