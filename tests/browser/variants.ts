import { cutToWidth, escapeUntrusted } from '../../dialogs/escape.js'
import { type Data, mapData, untrusted } from '../cards/samples.js'

/** A sample as it is, and at its worst. */
export type Variant = { readonly name: 'sample' | 'long'; readonly data: Data }

/** The sample; and the same with everything shown at once, endless words, marks that turn the text, and long translations. */
export const variantsOf = (sample: Data): readonly Variant[] => [
  { name: 'sample', data: sample },
  {
    name: 'long',
    data: {
      ...mapData(sample, worst),
      ...('foldedHints' in sample && full),
      ...('hasUrgentInSight' in sample && folded),
      ...('hasScopeInSight' in sample && scopeFolded),
    },
  },
]

/** What could not wait is folded as soon as anything was answered. */
const folded: Data = { hasUrgentInSight: false, hasUrgentFolded: true }

/** Beside a manager's word, a group and what registers say, cards show no hints and no verdicts. */
const full: Data = { hints: [], already: [], hasAlready: false }

/** Where there is much to do, the scope is folded. */
const scopeFolded: Data = { hasScopeInSight: false, hasScopeFolded: true }

/** A third longer, as a translation may be. */
const longer = (text: string): string => {
  const more = text.slice(0, Math.ceil(text.length / 3)).trim()
  return text === '' ? '' : `${text} ${more}`
}

const worst = (path: string, value: unknown): unknown => {
  if (typeof value === 'boolean') return kept.has(path) ? value : true
  if (
    typeof value !== 'string' ||
    kept.has(path) ||
    /(^|\.)(value|mark|style)$/.test(path.replace('facts[].value', ''))
  ) {
    return value
  }
  if (!untrusted.has(path)) return longer(value)
  return harsh[path] ?? escapeUntrusted(`${value} ${endless}`, bounds[path] ?? 240)
}

/** What a longer value would make meaningless: ids, links, flags that exclude one another, titles of buttons that count. */
const kept: ReadonlySet<string> = new Set([
  'caseId',
  'rows[].caseId',
  'check',
  'link',
  'isEmpty',
  'canClose',
  'doneActions',
  'doneMoreActions',
  'doneScope',
  'doneTuning',
  'allowed[].isSuggested',
  'allowed[].isOther',
  'allowed[].value',
  'allowed[].record',
  'hasOpenActions',
  'hasUrgentInSight',
  'hasUrgentFolded',
  'hasWordHere',
  'hasWordElsewhere',
  'hasCheck',
  'isPreview',
  'hasParticulars',
  'hasFirstWords',
  'hasVerdict',
  'hasActionChoices',
  'hasScopeInSight',
  'hasScopeFolded',
  'options[].isSuggested',
  'verdictStyle',
  'verdictBadge',
  'severityBadge',
  'moreTitle',
  'reachTitle',
  'lookUps[].title',
  'moreLookUps[].title',
  // What is typed scrolls in its input.
  'finding',
  'findingText',
])

const addresses = Array.from({ length: 20 }, (_, index) => `2001:db8:85a3:8d3:1319:8a2e:370:${7000 + index} (BR)`)

const endless = `\u202Eevil\u202C [x](http://evil.example) ${'Donaudampfschiff'.repeat(20)}`

/** How much of what others write the views let through, where it is less than most. */
const bounds: Readonly<Record<string, number>> = {
  notice: 120,
  owner: 40,
  subject: 68,
  by: 60,
  closedBy: 60,
  asker: 60,
  who: 120,
  filter: 120,
  'options[].suggestion': 46,
  'manager.state': 110,
  reason: 120,
  'allowed[].because': 250,
  'rows[].person': 60,
  'rows[].owner': 40,
  'rows[].waits': 55,
  'groups[].name': 80,
  'people[].name': 40,
  'addresses[].ip': 40,
  'newest[].title': 50,
  // Four of them fill the lines that a new card has for facts.
  'firstFacts[].value': 44,
  firstWords: 160,
  'open[].who': 60,
  'open[].ask': 200,
  'open[].facts[].value': 60,
  'open[].asker': 30,
  'answered[].who': 60,
  'answered[].text': 90,
}

/** What a source sends at its worst, as long as views let it be. */
const harsh: Readonly<Record<string, string>> = {
  title: cutToWidth('W'.repeat(300), 80),
  'rows[].title': cutToWidth('W'.repeat(300), 80),
  'facts[].value': escapeUntrusted(addresses.join(', '), 240),
}
