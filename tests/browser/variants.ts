import { escapeUntrusted } from '../../dialogs/escape.js'
import { type Data, mapData, untrusted } from '../cards/samples.js'

/** A sample as it is, and at its worst. */
export type Variant = { readonly name: 'sample' | 'long'; readonly data: Data }

/** The sample; and the same with everything shown at once, endless words, marks that turn the text, and long translations. */
export const variantsOf = (sample: Data): readonly Variant[] => [
  { name: 'sample', data: sample },
  { name: 'long', data: mapData(sample, worst) },
]

const worst = (path: string, value: unknown): unknown => {
  if (typeof value === 'boolean') return kept.has(path) ? value : true
  if (
    typeof value !== 'string' ||
    kept.has(path) ||
    /(^|\.)(value|mark|style)$/.test(path.replace('facts[].value', ''))
  ) {
    return value
  }
  if (!untrusted.has(path)) return `${value} ${value}`
  return (
    harsh[path] ?? `${value} ${'Donaudampfschiff'.repeat(4).slice(0, 60)} \u202Eevil\u202C [x](http://evil.example)`
  )
}

/** What a longer value would make meaningless: ids, links, flags that exclude one another, titles of buttons that count. */
const kept: ReadonlySet<string> = new Set([
  'caseId',
  'rows[].caseId',
  'newest[].caseId',
  'newest[].when',
  'lookUps[].title',
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
  'verdictStyle',
  'verdictBadge',
  'severityBadge',
  'moreTitle',
  'reachTitle',
  // What is typed scrolls in its input.
  'finding',
  'findingText',
])

const addresses = Array.from({ length: 20 }, (_, index) => `2001:db8:85a3:8d3:1319:8a2e:370:${7000 + index} (BR)`)

/** What a source sends at its worst, as long as views let it be. */
const harsh: Readonly<Record<string, string>> = {
  title: escapeUntrusted('W'.repeat(300), 200),
  'rows[].title': escapeUntrusted('W'.repeat(300), 120),
  'people[].name': escapeUntrusted('W'.repeat(300), 60),
  'addresses[].ip': escapeUntrusted('W'.repeat(300), 40),
  'newest[].title': escapeUntrusted('W'.repeat(300), 50),
  'facts[].value': escapeUntrusted(addresses.join(', '), 240),
}
