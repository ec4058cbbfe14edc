import { cutToWidth, escapeUntrusted } from '../../dialogs/escape.js'
import { fit } from '../../dialogs/show/fit.js'
import type { Phrases } from '../../triage/phrases.js'
import { type Data, mapData, untrusted } from '../cards/samples.js'

/** A sample as it is, and at its worst: as it first stands, and as it stands later, where the two exclude each other. */
export type Variant = { readonly name: 'sample' | 'long' | 'long-first'; readonly data: Data }

/**
 * The sample; and the same with everything shown at once, endless words, marks that turn the text, and phrases of twice the length, as
 * far as the views let all that come together.
 */
export const variantsOf = (card: string, sample: Data, phrases: Phrases): readonly Variant[] => {
  const long = mapData(sample, worstOf(card))
  const fitted = (flags: Data): Data => fit(Object({ card, data: { ...long, ...flags } }), phrases).data
  const [first, later] = [aside(sample, true), aside(sample, false)]
  return [
    { name: 'sample', data: sample },
    { name: 'long', data: fitted(later) },
    ...(Object.keys(first).length > 0 ? [{ name: 'long-first' as const, data: fitted(first) }] : []),
  ]
}

/** The flags of which always one excludes the other, with the one that is set in sight, or the one that is set when it is folded. */
const aside = (sample: Data, isFirst: boolean): Data =>
  Object.fromEntries(
    [
      ['hasUrgentInSight', 'hasUrgentFolded'],
      ['hasScopeInSight', 'hasScopeFolded'],
      ['hasWordHere', 'hasWordElsewhere'],
      ['canAcknowledge', 'isAcknowledged'],
    ].flatMap(([one = '', other = '']) =>
      one in sample && other in sample
        ? [
            [one, isFirst],
            [other, !isFirst],
          ]
        : [],
    ),
  )

const worstOf =
  (card: string) =>
  (path: string, value: unknown): unknown => {
    if (typeof value === 'boolean') return kept.has(path) ? value : true
    if (
      typeof value !== 'string' ||
      kept.has(path) ||
      /(^|\.)(value|mark|style)$/.test(path.replace('facts[].value', ''))
    ) {
      return value
    }
    if (!untrusted.has(path)) return `${value} ${value}`
    return harsh[path] ?? escapeUntrusted(`${value} ${endless}`, bounds[`${card} ${path}`] ?? bounds[path] ?? 240)
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
  'hasCheck',
  'hasVerdict',
  'hasActionChoices',
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
  notice: 400,
  'questions notice': 200,
  owner: 40,
  acknowledgedBy: 40,
  subject: 68,
  by: 60,
  closedBy: 60,
  asker: 60,
  who: 120,
  filter: 120,
  'options[].suggestion': 90,
  'manager.state': 300,
  reason: 120,
  'allowed[].because': 500,
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
  'open[].ask': 140,
  'open[].facts[].value': 60,
  'open[].asker': 30,
  'answered[].who': 60,
  'answered[].text': 90,
  'evidence[].text': 180,
}

/** What a source sends at its worst, as long as views let it be. */
const harsh: Readonly<Record<string, string>> = {
  title: cutToWidth('W'.repeat(300), 80),
  'rows[].title': cutToWidth('W'.repeat(300), 80),
  'facts[].value': escapeUntrusted(addresses.join(', '), 240),
}
