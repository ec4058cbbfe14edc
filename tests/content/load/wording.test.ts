import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { guideFile } from '../../../content/load/schema.js'
import type { Guide, Step } from '../../../triage/guide.js'
import { alertsFolder } from '../files.js'
import { loadGuides } from '../guides.js'
import { none } from '../none.js'

const guides = await loadGuides()

const texts = (guide: Guide): readonly string[] => [
  guide.title,
  guide.about,
  ...guide.checks.flatMap(({ ask, how, options, finding, manager }) => [
    ask,
    how,
    finding ?? '',
    ...options.flatMap(({ text, asks }) => [text, asks ?? '']),
    ...(manager ? [manager.ask] : []),
  ]),
  ...guide.verdicts.flatMap(({ label, means, because }) => [label, means, ...because.map(({ say }) => say)]),
  ...steps(guide).flatMap((one) => [one.do, ...(one.when === null ? [] : [one.when])]),
  ...guide.follows.map(({ says }) => says),
]

const steps = (guide: Guide): readonly Step[] => [
  ...guide.urgent,
  ...guide.verdicts.flatMap(({ actions }) => actions),
  ...guide.scope,
  ...guide.tuning,
]

describe('content/alerts in words', () => {
  for (const guide of guides) {
    describe(guide.type, () => {
      const { checks, verdicts } = guide

      it('asks questions and says how to find out', () => {
        none(
          guide,
          'ask ends with a question mark',
          checks.filter(({ ask }) => !ask.endsWith('?')).map(({ id }) => id),
        )
        none(
          guide,
          'how says where to look (80 characters or more)',
          checks.filter(({ how }) => how.length < 80).map(({ id }) => id),
        )
      })

      it('words answers so that they complete a sentence', () => {
        const wrong = checks.flatMap(({ id, options }) =>
          options.filter(({ text }) => /[.?!:;,]$/.test(text)).map(({ text }) => `${id}: ${text}`),
        )
        none(guide, 'option texts end without punctuation', wrong)
        none(
          guide,
          'means and because end with a full stop',
          verdicts
            .filter(({ means, because }) => !means.endsWith('.') || !because.every(({ say }) => say.endsWith('.')))
            .map(({ id }) => id),
        )
        none(
          guide,
          'do ends without a full stop, and when begins with "if"',
          steps(guide)
            .filter((one) => one.do.endsWith('.') || (one.when !== null && !one.when.startsWith('if ')))
            .map(({ id }) => id),
        )
      })

      it('is plain text: no markup, no line breaks, no stray blanks', () => {
        none(
          guide,
          'texts hold no * _ ` [ ] < # | and no runs of blanks',
          texts(guide).filter((text) => /[*_`[\]<#|\n\t]| {2}|^ | $/.test(text)),
        )
      })

      it('speaks of vouching only where a manager can', () => {
        none(
          guide,
          'what the manager is asked is one question',
          checks.flatMap(({ id, manager }) => (manager && !/^[^?]+\?$/.test(manager.ask) ? [id] : [])),
        )
      })

      it('has its keys in the order of the format and names the editor schema', async () => {
        const text = await readFile(join(alertsFolder, `${guide.type}.yaml`), 'utf8')
        assert.ok(
          text.startsWith('# yaml-language-server: $schema=../guide.schema.json\n'),
          `${guide.type}.yaml: begins with the line that names the schema`,
        )
        none(guide, 'keys stand in the order of the format', unordered(parse(text), 'top'))
      })
    })
  }
})

const orders: Readonly<Record<string, readonly string[]>> = {
  top: Object.keys(guideFile.shape),
  matches: ['keys', 'titles'],
  learning: ['days', 'effect'],
  checks: ['id', 'ask', 'how', 'look', 'registers', 'options', 'decides', 'finding', 'also', 'manager'],
  options: ['id', 'text', 'asks'],
  because: ['say', 'when'],
  verdicts: ['id', 'class', 'label', 'means', 'needs', 'against', 'because', 'actions'],
  urgent: ['id', 'do', 'when', 'optional'],
  actions: ['id', 'do', 'when', 'optional'],
  scope: ['id', 'do', 'when', 'optional'],
  tuning: ['id', 'do', 'when', 'optional'],
  follows: ['after', 'within', 'says', 'first'],
}

const unordered = (value: unknown, kind: string): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => unordered(one, kind))
  const order = orders[kind]
  if (typeof value !== 'object' || value === null || !order) return []
  const keys = Object.keys(value)
  const right = keys.toSorted((one, other) => order.indexOf(one) - order.indexOf(other))
  const below = Object.entries(value).flatMap(([key, one]) => unordered(one, key))
  return [...(keys.join() === right.join() ? [] : [`${kind}: ${right.join(', ')}`]), ...below]
}
