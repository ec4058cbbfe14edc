import { say, languageOf } from '../../triage/phrases.js'
import type { RelatedCase } from '../../triage/related.js'
import type { CaseContext } from '../case-context.js'
import { roomBeside } from './group.js'
import { escapeUntrusted } from '../escape.js'
import { dayAndMonth } from '../time.js'
import type { Header, RelatedView } from './view-parts.js'

/** What else there is about the same person, address, app or resource, and how it ended. */
export const relatedPart = (context: CaseContext): Pick<Header, 'related' | 'relatedSummary' | 'hasRelated'> => {
  const { related = [] } = context
  return {
    related: related.slice(0, roomBeside(context.state, 10)).map((one) => viewOf(one, context)),
    relatedSummary: related.length === 0 ? '' : summaryOf(related, context),
    hasRelated: related.length > 0,
  }
}

/** The newest open case about the same person; undefined when there is none. */
export const openAboutPerson = ({ related = [] }: CaseContext): RelatedCase | undefined =>
  related.find(({ isOpen, shares }) => isOpen && shares.includes('person'))

const viewOf = (one: RelatedCase, { phrases, zone }: CaseContext): RelatedView => {
  const ended = one.isOpen ? 'related.is-open' : 'related.is-closed'
  return {
    caseId: one.caseId,
    line: 0,
    title: escapeUntrusted(one.title, 120),
    when: dayAndMonth(one.occurredAt, zone, languageOf(phrases)),
    shares: one.shares.map((bond) => say(phrases, `related.${bond}`)).join(', '),
    outcome: one.verdict === '' ? say(phrases, ended) : one.verdict,
    isOpen: one.isOpen,
  }
}

/** Two verdicts that are longer would take too many lines of a header; the list has them all. */
const longestEnded = 90

/** How many are open, how many are past, and how the newest of those ended. */
const summaryOf = (related: readonly RelatedCase[], { phrases, zone }: CaseContext): string => {
  const open = related.filter(({ isOpen }) => isOpen)
  const past = related.filter(({ isOpen }) => !isOpen)
  const count = (key: string, { length }: readonly RelatedCase[]) =>
    length === 0 ? [] : [say(phrases, key, { count: String(length) })]
  const counts = [...count('related.open', open), ...count('related.past', past)].join(', ')
  const verdicts = past
    .filter(({ verdict }) => verdict !== '')
    .slice(0, 2)
    .map(({ verdict, occurredAt }) =>
      say(phrases, 'related.ended', { verdict, day: dayAndMonth(occurredAt, zone, languageOf(phrases)) }),
    )
  const ended = verdicts.join(', ')
  if (verdicts.length === 0) return counts
  return `${counts}: ${ended.length <= longestEnded ? ended : verdicts[0]}`
}
