import assert from 'node:assert/strict'
import { match, plainKey, plainTitle } from '../../../triage/match.js'
import type { Guide } from '../../../triage/guide.js'
import { aReading } from '../../support/cast.js'
import { loadGuides } from '../guides.js'
import { cloudApps, resourceManager } from '../source-facts.js'

const guides = await loadGuides()
const guide = (type: string): Guide => {
  const found = guides.find((one) => one.type === type)
  assert.ok(found, `there is no guide ${type}`)
  return found
}
const facts = [...cloudApps, ...resourceManager]

/** A label the source gives to two opposite verdicts, told apart (docs/sources.md, 21). */
const renamed: Readonly<Record<string, string>> = { 'multiple-failed-logins TP': 'MFA works: brute force' }

describe('content/alerts: against the source documents', () => {
  it('has a guide for each of the 28 and 46 types, the generic one, and no other', () => {
    assert.equal(cloudApps.length, 28)
    assert.equal(resourceManager.length, 46)
    const known = [...facts.map(({ type }) => type), 'other'].toSorted()
    assert.deepEqual(guides.map(({ type }) => type).toSorted(), known)
  })

  for (const { type, title, tactics, preview } of facts) {
    it(`${type} has the source’s title, tactics and preview mark`, () => {
      const known = guide(type)
      assert.equal(plainTitle(known.title), plainTitle(title))
      assert.deepEqual(known.tactics, tactics)
      assert.equal(known.preview, preview)
    })
  }

  for (const { type, learning, verdicts } of cloudApps) {
    it(`${type} has the source’s learning period and every verdict of it`, () => {
      const { learning: own, verdicts: given } = guide(type)
      const days = own && (own.days.from === own.days.to ? `${own.days.from}` : `${own.days.from}-${own.days.to}`)
      assert.equal(days, learning)
      const theirs = given.filter(
        ({ means }) => !means.includes('Winnow’s addition') && !means.includes("Winnow's addition"),
      )
      const firm = theirs.filter(({ class: verdictClass }) => verdictClass !== 'undetermined')
      const classes = (list: readonly string[]) =>
        list.map((one) => one.split(':')[0] ?? '').toSorted((a, b) => a.localeCompare(b))
      assert.deepEqual(classes(firm.map((verdict) => verdict.class)), classes(verdicts))
      for (const [verdictClass, variant] of verdicts.map((one) => one.split(': '))) {
        if (variant === undefined) continue
        assert.ok(
          firm.some(
            (one) => one.class === verdictClass && one.label === (renamed[`${type} ${verdictClass}`] ?? variant),
          ),
          `the variant “${variant}” (${verdictClass}) is missing`,
        )
      }
    })
  }

  for (const { type, severities, aliases } of resourceManager) {
    it(`${type} has the source’s severity, is Winnow’s own guidance and is found by every spelling of its id`, () => {
      const known = guide(type)
      assert.ok(severities.includes(known.severity), known.severity)
      assert.equal(known.guidance, 'winnow')
      for (const key of [type, ...aliases, `SIMULATED_${type}`, type.toUpperCase()]) {
        const reading = aReading({ key, title: 'Something else', family: 'resource-manager' })
        assert.equal(match(reading, guides).guide.type, type, `${key} (${plainKey(key)})`)
      }
    })
  }
})
