import type { Phrases } from '../../triage/phrases.js'
import { refusalCodes } from '../../triage/refusal.js'

/** What each refusal tells beside its code. */
const refusalDetails: Readonly<Record<string, string>> = {
  'no-case': 'code',
  'old-card': 'code',
  'not-owner': 'owner',
  closed: 'by',
  'already-judged': 'verdict by',
  'needs-reason': 'verdict',
  'actions-open': 'count',
  'already-asked': 'manager',
}

/** Every phrase the bot says, with the placeholders it fills: what content/phrases must hold and may use. */
export const placeholdersOf: ReadonlyMap<string, readonly string[]> = new Map(
  [
    ...refusalCodes.map((code) => [`refusal.${code}`, refusalDetails[code] ?? ''] as const),
    ...Object.entries({
      'summary.channel': 'severity kind code',
      'summary.manager': 'code',
      'severity.informational': '',
      'severity.low': '',
      'severity.medium': '',
      'severity.high': '',
      'source.defender-for-cloud': '',
      'source.graph': '',
      'source.winnow': '',
      'fact.when': '',
      'fact.who': '',
      'fact.from': '',
      'fact.app': '',
      'fact.resource': '',
      'fact.tactic': '',
      'learning.quiet': 'days',
      'learning.noisy': 'days',
      'learning.unstated': 'days',
      'learning.days': 'from to',
      follows: 'after code says',
      'guidance.microsoft': '',
      'guidance.winnow': '',
      'verdict.needs-reason': 'verdict',
      'verdict.missing': 'checks',
      'verdict.excluded': 'checks',
      'verdict.contradicted': 'checks',
      'step.when': 'do when',
      'step.optional': 'do',
      'tick.done': 'by at reason',
      'tick.skipped': 'by at reason',
      'question.what': 'kind',
      'question.ask': '',
      'manager.yes': '',
      'manager.no': '',
      'manager.not-sure': '',
      'manager.not-my-report': '',
      'manager.dates': 'from to',
      'manager.state.asked': 'manager at until answer dates note',
      'manager.state.answered': 'manager at until answer dates note',
      'manager.state.expired': 'manager at until answer dates note',
      'manager.unreached': 'manager detail',
      'thanks.answered': '',
      'thanks.answered.text': 'answer asker',
      'thanks.expired': '',
      'thanks.expired.text': 'answer asker',
      'thanks.closed': '',
      'thanks.closed.text': 'answer asker',
      'story.opened': 'by title source',
      'story.claimed': 'by',
      'story.released': 'by',
      'story.handed-over': 'by to',
      'story.answered': 'by ask answer',
      'story.answer-withdrawn': 'by ask',
      'story.judged': 'by verdict because',
      'story.judged-against': 'by verdict because',
      'story.judgement-withdrawn': 'by',
      'story.done': 'by step',
      'story.undone': 'by step',
      'story.skipped': 'by step reason',
      'story.noted': 'by text',
      'story.manager-asked': 'by manager about',
      'story.manager-answered': 'by answer dates note',
      'story.manager-expired': 'by',
      'story.closed': 'by',
      'story.reopened': 'by reason',
      'story.posting': 'by surface',
      'story.shown': 'by surface drawn',
      'story.unshown': 'by surface detail why',
      'list.queue': 'count',
      'list.mine': 'count',
      'list.queue.empty': '',
      'list.mine.empty': '',
      'list.nobody': '',
      'list.more': 'count',
      help: '',
      'chat.sent': '',
      'chat.there': '',
      'chat.unreached': 'name detail',
      'stand.work': 'step of ask',
      'stand.verdict': '',
      'stand.judged': 'verdict',
      'deed.unchanged': '',
      'deed.which': '',
      'next.new': '',
      'next.work': 'owner step of ask options',
      'next.verdict': 'owner verdicts',
      'next.judged': 'owner steps',
      'next.closed': 'by',
      'case.reposted': '',
      'post-here.done': '',
      'post-here.personal': '',
      'welcome.personal': '',
      'welcome.bound': '',
      'welcome.elsewhere': '',
      lost: 'codes count',
    }),
  ].map(([key, names]) => [key, names.split(' ').filter((name) => name !== '')] as const),
)

/** Words for tests: every phrase is its key, with all it is told: `verdict.missing(checks=…)`. */
export const words: Phrases = Object.fromEntries(
  [...placeholdersOf].map(([key, names]) => [key, `${key}(${names.map((name) => `${name}={${name}}`).join(', ')})`]),
)

/** Words that remember which of them were said. */
export const listening = (
  phrases: Phrases = words,
): { readonly phrases: Phrases; readonly said: ReadonlySet<string> } => {
  const said = new Set<string>()
  const get = (target: Phrases, key: string | symbol) => {
    if (typeof key !== 'string') return undefined
    said.add(key)
    return target[key]
  }
  return { phrases: new Proxy(phrases, { get }), said }
}
