import type { Answer } from '../../triage/case.js'
import { winnow } from '../../triage/person.js'
import type { Check, Guide } from '../../triage/guide.js'
import { nextChecks } from '../../triage/next-checks.js'

/**
 * Every way through a guide's checks, from the first to where nothing more would decide.
 *
 * Options that no verdict tells apart lead the same way; one of them stands for all. Options named in `leaving` are not taken.
 */
export const walks = (guide: Guide, leaving: readonly string[] = []): readonly (readonly Answer[])[] => {
  const taken = new Map(guide.checks.map((check) => [check.id, distinct(guide, check, leaving)]))
  const onward = (answers: readonly Answer[]): readonly (readonly Answer[])[] => {
    const { next } = nextChecks(guide, answers)
    if (!next) return [answers]
    return (taken.get(next.id) ?? []).flatMap((option) => onward([...answers, answer(next.id, option)]))
  }
  return onward([])
}

/** The one way through a guide's checks on which each is answered with what `choose` says. */
export const walkWith = (guide: Guide, choose: (check: string) => string): readonly Answer[] => {
  const answers: Answer[] = []
  for (let { next } = nextChecks(guide, answers); next; { next } = nextChecks(guide, answers)) {
    answers.push(answer(next.id, choose(next.id)))
  }
  return answers
}

/** An answer as evidence for a walk; when and by whom does not matter. */
export const answer = (check: string, option: string): Answer => ({
  check,
  option,
  ask: null,
  text: null,
  finding: '',
  at: '2000-01-01T00:00:00.000Z',
  by: winnow,
})

/** The options of a check that differ in effect, the first of each kind. */
export const distinct = (guide: Guide, check: Check, leaving: readonly string[] = []): readonly string[] =>
  kindsOf(guide, check, leaving).flatMap(([first]) => first ?? [])

/** The options of a check, those together that no verdict tells apart. */
export const kindsOf = (
  guide: Guide,
  check: Check,
  leaving: readonly string[] = [],
): readonly (readonly string[])[] => {
  const kinds = new Map<string, readonly string[]>()
  for (const { id } of check.options.filter((option) => !leaving.includes(option.id))) {
    const kind = effect(guide, check.id, id)
    kinds.set(kind, [...(kinds.get(kind) ?? []), id])
  }
  return [...kinds.values()]
}

const effect = ({ verdicts }: Guide, check: string, option: string): string =>
  verdicts
    .flatMap(({ needs, against }) => [...needs, ...against].map((one) => one[check]?.includes(option)))
    .map(String)
    .join()
