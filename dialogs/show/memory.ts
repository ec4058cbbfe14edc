import type { Check } from '../../triage/guide.js'
import { kindsOf, pastVerdictOf, proposalFor, recalled, thingsOf } from '../../triage/memory.js'
import { say, languageOf } from '../../triage/phrases.js'
import type { CaseContext } from '../case-context.js'
import { escapeUntrusted } from '../escape.js'
import { dayAndMonth, utc } from '../time.js'
import { verdictName } from './history.js'

/** What earlier verdicts say of the things a check is about, in sentences, the most telling first. *untrusted* */
export const recalledFor = ({ state, phrases, past, lookUpKinds }: CaseContext, check: Check): readonly string[] => {
  if (!past || past.length === 0) return []
  return recalled(past, thingsOf(state.alert), kindsOf(check, lookUpKinds ?? new Map())).map(
    ({ thing, count, newest }) =>
      say(phrases, count > 1 ? 'memory.often' : 'memory.once', {
        verdict: verdictName(newest.class, newest.label),
        day: dayAndMonth(newest.at, utc, languageOf(phrases)),
        thing: say(phrases, `memory.${thing.kind}`),
        count: String(count),
        code: newest.caseId,
      }),
  )
}

/** The register entry that this case and others like it suggest, ready to copy, and what it would have covered; '' for none. *untrusted* */
export type ProposalView = {
  readonly hasProposal: boolean
  readonly proposal: string
  readonly entry: string
  readonly hasEntry: boolean
}

/** Shown on a closed case. */
export const proposalPart = ({ state, guide, phrases, past, proposeAfter = 0 }: CaseContext): ProposalView => {
  const own = pastVerdictOf(state)
  const found = own && proposalFor(own, state.answers, guide.checks, past ?? [], proposeAfter)
  if (!found) return { hasProposal: false, proposal: '', entry: '', hasEntry: false }
  const { thing, count, label, covers, register, kind, isRefused } = found
  const listed = covers
    .slice(0, mostListed)
    .map(
      (one) => `${verdictName(one.class, one.label)} (${one.caseId}, ${dayAndMonth(one.at, utc, languageOf(phrases))})`,
    )
  const more = covers.length - mostListed
  const all = [...listed, ...(more > 0 ? [say(phrases, 'travel.more', { count: String(more) })] : [])].join(', ')
  const details = {
    count: String(count),
    label,
    thing: escapeUntrusted(thing.name, 80),
    register: say(phrases, `register.${register}`),
    covers: String(covers.length),
    cases: all,
  }
  const field = thing.kind === 'person' ? 'people' : thing.kind === 'app' ? 'apps' : 'ranges'
  // On one line, which every client copies as it is.
  const entry = [
    `name: ${JSON.stringify(`${label}, ${thing.name}`.slice(0, 190))}`,
    ...(kind === null ? [] : [`kind: ${kind}`]),
    `${field}: [${JSON.stringify(thing.name)}]`,
    `note: ${JSON.stringify(`${count} cases, the last ${state.id}`)}`,
  ].join(', ')
  return {
    hasProposal: true,
    proposal: escapeUntrusted(say(phrases, isRefused ? 'proposal.refused' : 'proposal', details), 700),
    entry: isRefused ? '' : escapeUntrusted(`- { ${entry} }`, 700),
    hasEntry: !isRefused,
  }
}

const mostListed = 5
