import type { Answer } from './case.js'
import type { Condition, Guide, Verdict } from './guide.js'
import { onceFor } from './once-for.js'

/**
 * What the answers so far say of one verdict.
 *
 * `allowed`: everything it needs holds and nothing contradicts it. `contradicted`: what it needs holds, and something speaks
 * against it. `open`: not decided yet. `excluded`: an answer rules it out.
 */
export type VerdictState = {
  readonly verdict: Verdict
  readonly state: 'allowed' | 'contradicted' | 'open' | 'excluded'
  /** The checks whose answers it still waits for, on the way that is nearest. */
  readonly missing: readonly string[]
  /** The checks whose answers speak against it or rule it out. */
  readonly contradictions: readonly string[]
  /** The checks whose answers decide it: those of every way that is met, or those met on the nearest way. */
  readonly deciding: readonly string[]
}

/** Weigh every verdict of a guide against the answers, in the guide's order. */
export const evaluateVerdicts = (guide: Guide, answers: readonly Answer[]): readonly VerdictState[] => {
  const known = weighedFor(guide)
  let key = ''
  for (const { check, option } of answers) key += `${check} ${option}\n`
  const before = known.get(key)
  if (before) return before
  const given = new Map(answers.map(({ check, option }) => [check, option]))
  const states = guide.verdicts.map((verdict) => weighOne(verdict, given))
  if (known.size >= mostKnown) known.clear()
  known.set(key, states)
  return states
}

/** What a guide's verdicts are after which answers, by these in words: whoever presses, decides or draws asks for the same. */
const weighedFor = onceFor<Guide, Map<string, readonly VerdictState[]>>(() => new Map())

/** So much of it is kept for each guide. */
const mostKnown = 50

/** True when a verdict can be chosen without a written reason. */
export const isAllowed = (verdictState: VerdictState): boolean => verdictState.state === 'allowed'

type Given = ReadonlyMap<string, string>

const weighOne = (verdict: Verdict, given: Given): VerdictState => {
  const against = verdict.against.filter((one) => Object.keys(one).length > 0 && holds(one, given))
  const ways = (verdict.needs.length > 0 ? verdict.needs : anyWay).map((way) => weighWay(way, given))
  const best = ways.reduce((one, other) => (distance(other) < distance(one) ? other : one))
  const isBroken = best.broken.length > 0
  const state = isBroken
    ? 'excluded'
    : best.missing.length > 0
      ? 'open'
      : against.length > 0
        ? 'contradicted'
        : 'allowed'
  return {
    verdict,
    state,
    missing: isBroken ? [] : best.missing,
    contradictions:
      against.length === 0
        ? best.broken
        : [...new Set([...best.broken, ...speakingAgainst(against, verdict.needs[ways.indexOf(best)] ?? {})])],
    deciding: decidingOf(ways, best),
  }
}

const anyWay: readonly Condition[] = [{}]

/**
 * The checks of the grounds that hold, without those whose answer is the only one that the verdict itself accepts: a ground may name
 * what the verdict needs, to say when the rest of it counts, and "he was elsewhere" does not speak against a compromised account.
 */
const speakingAgainst = (grounds: readonly Condition[], way: Condition): readonly string[] =>
  grounds.flatMap((ground) => {
    const checks = Object.keys(ground)
    const speaking = checks.filter((check) => way[check]?.length !== 1)
    return speaking.length > 0 ? speaking : checks
  })

const decidingOf = (ways: readonly Way[], best: Way): readonly string[] => {
  // When one is met, the nearest is the first of them.
  if (distance(best) > 0 || ways.length === 1) return best.met
  const whole = ways.filter((way) => distance(way) === 0)
  return whole.length === 1 ? best.met : [...new Set(whole.flatMap(({ met }) => met))]
}

type Way = { readonly met: readonly string[]; readonly missing: readonly string[]; readonly broken: readonly string[] }

const weighWay = (way: Condition, given: Given): Way => {
  const met: string[] = []
  const broken: string[] = []
  const missing: string[] = []
  for (const check in way) {
    const option = given.get(check)
    if (option === undefined) missing.push(check)
    else if (way[check]?.includes(option)) met.push(check)
    else broken.push(check)
  }
  return { met, broken, missing }
}

/** A broken way is farther than any open one; of the open ones the one with the fewest missing answers is nearest. */
const distance = ({ broken, missing }: Way): number => broken.length * 1000 + missing.length

/** True when each check of the condition was given one of its options. */
export const holds = (condition: Condition, given: Given): boolean => {
  for (const check in condition) {
    const option = given.get(check)
    if (option === undefined || !condition[check]?.includes(option)) return false
  }
  return true
}
