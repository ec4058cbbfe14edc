import type { Check } from '../../triage/guide.js'
import { type Phrases, say, languageOf } from '../../triage/phrases.js'
import { longestFinding } from '../../triage/rules.js'
import { type RegisterHit, registersOf, suggestionOf } from '../../triage/register.js'
import type { CaseContext } from '../case-context.js'
import { countryNames } from '../countries.js'
import { knownFacts } from './known-facts.js'
import { lookedUpFor } from './looked-up.js'
import { recalledFor } from './memory.js'
import { escapeUntrusted } from '../escape.js'
import { dayAndMonth, utc } from '../time.js'

/** What the registers say of a check, in sentences, and the option they suggest; nothing is ever answered by itself. */
export type EvidenceView = {
  /** *untrusted* */
  readonly evidence: readonly { readonly text: string }[]
  readonly hasEvidence: boolean
  /** The id of the suggested option, "" for none. */
  readonly suggested: string
}

/** The evidence for a check, at most so many sentences that the options stay in sight. */
export const evidenceFor = (context: CaseContext, check: Check): EvidenceView => {
  const { phrases, hits: ask, state } = context
  // A manager's answer to this check takes the room of a sentence.
  const mostHere = state.confirmation?.check === check.id ? mostEvidence - 1 : mostEvidence
  const hits = ask?.(registersOf(check.registers)) ?? []
  const { option, by, isContradictory } = suggestionOf(check.registers, hits)
  const first = by.length > 0 ? [...by, ...hits.filter((hit) => !by.includes(hit))] : hits
  const said = first.map((hit) => sentenceOf(hit, phrases))
  // The answers below must stay in sight, however long the names of entries are.
  const inSight = said
    .slice(0, mostHere)
    .filter((_, at) => at === 0 || said.slice(0, at + 1).join('').length <= mostLetters)
  const more = said.length - inSight.length
  // What registers say comes first, then what was looked up; what is remembered takes the room that is left.
  const room = mostLetters - inSight.join('').length
  const lookedUp = lookedUpFor(context, check)
    .slice(0, Math.max(0, Math.min(mostLookedUp, mostHere - said.length)))
    .map((text) => escapeUntrusted(text, longestSentence))
    .filter((_, at, all) => said.length + at === 0 || all.slice(0, at + 1).join('').length <= room)
  const taken = said.length + lookedUp.length
  const remembered = recalledFor(context, check).slice(0, Math.max(0, mostHere - taken))
  const facts = knownFacts(context, check)
  const texts = [
    ...inSight,
    ...lookedUp,
    ...remembered,
    ...(facts !== '' && taken + remembered.length < mostHere ? [facts] : []),
    ...(more > 0 ? [say(phrases, 'evidence.more', { count: String(more) })] : []),
    ...(isContradictory ? [say(phrases, 'evidence.contradictory')] : []),
  ]
  return {
    evidence: texts.map((text) => ({ text: escapeUntrusted(text, longestSentence) })),
    hasEvidence: texts.length > 0,
    suggested: option ?? '',
  }
}

/** What the registers have seen for this answer, to stand as its finding; "" when they do not suggest it. */
export const findingFor = ({ phrases, hits: ask, guide }: CaseContext, checkId: string, option: string): string => {
  const check = guide.checks.find(({ id }) => id === checkId)
  if (!check || !ask) return ''
  const suggestion = suggestionOf(check.registers, ask(registersOf(check.registers)))
  if (suggestion.option !== option) return ''
  const [first = '', second = ''] = suggestion.by.map((hit) => sentenceOf(hit, phrases))
  const both = second === '' ? first : `${first} ${second}`
  return both.length <= longestFinding ? both : first.slice(0, longestFinding)
}

const mostEvidence = 3
/** An earlier verdict about the same keeps its place. */
const mostLookedUp = 2
const longestSentence = 180
const mostLetters = 400

const sentenceOf = (hit: RegisterHit, phrases: Phrases): string => {
  if (hit.told) return journeySentence(hit, hit.told, phrases)
  const { register, entry, kind, owner, matched, from, to, standing, countries, asOf } = hit
  const details = [
    ...(kind === null ? [] : [say(phrases, `register.kind.${kind}`)]),
    ...(owner === null ? [] : [say(phrases, 'evidence.owner', { owner })]),
    ...(standing === 'current' && to !== null
      ? [say(phrases, 'evidence.until', { day: dayAndMonth(to, utc, languageOf(phrases)) })]
      : []),
  ]
  return say(phrases, `evidence.${standing}`, {
    matched,
    entry,
    details: details.length > 0 ? `${details.join(', ')}, ` : '',
    register: say(phrases, `register.${register}`),
    asOf: dayAndMonth(asOf, utc, languageOf(phrases)),
    from: from === null ? '' : dayAndMonth(from, utc, languageOf(phrases)),
    to: to === null ? '' : dayAndMonth(to, utc, languageOf(phrases)),
    countries: countries.join(', '),
  })
}

/** A journey that a manager confirmed in an earlier case. */
const journeySentence = (
  { standing, from, to, countries }: RegisterHit,
  { by, caseId, outside }: NonNullable<RegisterHit['told']>,
  phrases: Phrases,
): string =>
  say(phrases, `evidence.trip.${standing}`, {
    by: escapeUntrusted(by, 60),
    code: caseId,
    from: from === null ? '' : dayAndMonth(from, utc, languageOf(phrases)),
    to: to === null ? '' : dayAndMonth(to, utc, languageOf(phrases)),
    countries: escapeUntrusted(countryNames(countries, languageOf(phrases)), 80),
    outside:
      outside.length === 0
        ? say(phrases, 'evidence.trip.nowhere')
        : escapeUntrusted(countryNames(outside, languageOf(phrases)), 80),
  })
