import { because } from '../../triage/because.js'
import { managerSurface } from '../../triage/case.js'
import { followed } from '../../triage/follow.js'
import { type Phrases, say } from '../../triage/phrases.js'
import { type Standing, isAllowed, weigh } from '../../triage/evaluate-verdicts.js'
import type { Seen } from '../case-context.js'
import { dates, verdictName } from './history.js'
import { longTime, shortTime } from '../time.js'
import type { Choice, Found, ManagerPart } from './view-parts.js'
import { inWords } from '../tell/unreached.js'
import type { Judging } from './view.js'
import { visible } from '../escape.js'

/** The checks that were answered, in the playbook's order. */
export const found = ({ state, playbook }: Seen): readonly Found[] =>
  playbook.checks.flatMap(({ id, ask, options }) => {
    const given = state.answers.find(({ check }) => check === id)
    if (!given) return []
    const answer = options.find((option) => option.id === given.option)?.text ?? given.option
    return [{ ask, answer, by: visible(given.by.name, 60) }]
  })

/** What the answers say of every verdict. */
export const judging = (seen: Seen): Judging => {
  const { state, playbook } = seen
  const standings = weigh(playbook, state.answers)
  const allowed = standings.filter(isAllowed)
  const others = standings.filter((standing) => !isAllowed(standing))
  const firm = allowed.filter(({ verdict }) => verdict.class !== 'undetermined')
  const soFar = found(seen)
  return {
    soFar,
    hasSoFar: soFar.length > 0,
    allowed: allowed.map((standing) => ({
      label: verdictName(standing.verdict.class, standing.verdict.label),
      means: standing.verdict.means,
      because: visible(because(standing, state.alert, playbook, state.answers), 600),
    })),
    hasAllowed: allowed.length > 0,
    others: others.map((standing) => ({
      label: verdictName(standing.verdict.class, standing.verdict.label),
      why: whyNot(standing, seen),
    })),
    hasOthers: others.length > 0,
    verdicts: allowed.map(choiceOf),
    otherVerdicts: others.map(choiceOf),
    hints: before(seen),
    suggested: firm.length === 1 ? (firm[0]?.verdict.id ?? '') : '',
    manager: managerPart(seen, true),
  }
}

const choiceOf = ({ verdict }: Standing): Choice => ({
  title: verdictName(verdict.class, verdict.label),
  value: verdict.id,
})

/** What to keep in mind all the way: what came before for the same person. */
export const before = ({ state, playbook, phrases, titleOf }: Seen): readonly { readonly text: string }[] =>
  followed(state, playbook).map(({ follow, before }) => ({
    text: say(phrases, 'follows', { after: titleOf(before.type), code: before.caseId, says: follow.says }),
  }))

/** All verdicts as choices, the allowed ones first; the others say that they need a reason. */
export const verdictChoices = ({ state, playbook }: Seen, phrases: Phrases): readonly Choice[] => {
  const standings = weigh(playbook, state.answers)
  return [...standings.filter(isAllowed), ...standings.filter((one) => !isAllowed(one))].map((standing) => {
    const name = verdictName(standing.verdict.class, standing.verdict.label)
    return {
      title: isAllowed(standing) ? name : say(phrases, 'verdict.needs-reason', { verdict: name }),
      value: standing.verdict.id,
    }
  })
}

/** What is known of the question to the manager; it can be asked where a check allows it and nobody is being asked. */
export const managerPart = ({ state, playbook, phrases }: Seen, here: boolean): ManagerPart => {
  const asked = state.confirmation
  const possible = here && playbook.checks.some(({ manager }) => manager !== null)
  // An answer has come, whatever became of the question's card.
  const unreached = asked && asked.state !== 'answered' ? state.surfaces[managerSurface(asked)] : undefined
  const sentence = !asked
    ? ''
    : unreached?.state === 'refused' || unreached?.state === 'lost'
      ? say(phrases, 'manager.unreached', { manager: asked.manager.name, detail: inWords(unreached.detail, phrases) })
      : say(phrases, `manager.state.${asked.state}`, {
          manager: asked.manager.name,
          at: shortTime(asked.answeredAt ?? asked.askedAt),
          until: longTime(asked.until),
          answer: asked.answer === null ? '' : say(phrases, `manager.${asked.answer}`),
          dates: dates(asked.from, asked.to, phrases),
          note: asked.note === '' ? '' : ` “${asked.note}”`,
        })
  return {
    canAsk:
      possible &&
      (asked === null || asked.state !== 'asked' || unreached?.state === 'refused' || unreached?.state === 'lost'),
    state: visible(sentence, 500),
    hasState: sentence !== '',
  }
}

const whyNot = (
  { state, missing, contradictions }: Standing,
  { playbook, state: { answers }, phrases }: Seen,
): string => {
  const asks = (ids: readonly string[]) =>
    ids
      .map((id) => {
        const check = playbook.checks.find((one) => one.id === id)
        const option = answers.find((one) => one.check === id)?.option
        const answer = check?.options.find((one) => one.id === option)?.text
        return `${check?.ask ?? id}${answer === undefined ? '' : ` ${answer}.`}`
      })
      .join(' ')
  if (state === 'open') return say(phrases, 'verdict.missing', { checks: asks(missing) })
  return say(phrases, state === 'excluded' ? 'verdict.excluded' : 'verdict.contradicted', {
    checks: asks(contradictions),
  })
}
