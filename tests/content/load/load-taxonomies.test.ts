import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadTaxonomies } from '../../../content/load/load-taxonomies.js'
import { isFault } from '../../../triage/fault.js'
import type { Guide } from '../../../triage/guide.js'
import { wordsFor } from '../../../triage/taxonomy.js'
import { sharedFolder } from '../files.js'
import { loadGuides } from '../guides.js'

describe('content/load/load-taxonomies', () => {
  let guides: readonly Guide[]
  before(async () => {
    guides = await loadGuides()
  })

  it('goes by the variant of one guide first, then by the variant, then by the class', async () => {
    const { 'graph-alerts': table } = await loadTaxonomies(sharedFolder, guides)
    const tp = (verdict: string) => ({ verdict, class: 'TP' as const })
    assert.equal(wordsFor(table, 'ransomware-activity', tp('tp')).determination, 'malware')
    assert.equal(wordsFor(table, 'impossible-travel', tp('tp-insider')).determination, 'maliciousUserActivity')
    assert.equal(wordsFor(table, 'impossible-travel', tp('a-variant-of-yours')).determination, 'compromisedAccount')
    assert.equal(wordsFor(table, 'impossible-travel', tp('toString')).determination, 'compromisedAccount')
  })

  it('says with file and line what a product does not take, and what is no verdict', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'winnow-taxonomies-'))
    const file = join(folder, 'taxonomies.yaml')
    await assert.rejects(loadTaxonomies(folder, guides), { code: 'content/unreadable' })
    const good = await readFile(join(sharedFolder, 'taxonomies.yaml'), 'utf8')
    for (const [right, wrong, says] of [
      [
        'determination: confirmedActivity',
        'determination: confirmedUserActivity',
        /is no pair that Microsoft Graph takes/,
      ],
      ['determination: notMalicious', 'determination: clean', /is no pair that Microsoft Graph takes/],
      [
        'classification: falsePositive, determination: notMalicious',
        'classification: benignPositive, determination: other',
        /Microsoft Graph/,
      ],
      ['reasonId: 3', 'reasonId: 5', /is no pair that Defender for Cloud Apps takes/],
      ['action: dismiss', 'action: close', /dismiss, resolve/],
      ['classificationReason: SuspiciousButExpected', 'classificationReason: SuspiciousActivity', /Microsoft Sentinel/],
      ['tp-insider:', 'tp-insidr:', /'tp-insidr' is no verdict of any guide/],
    ] as const) {
      assert.ok(good.includes(right), right)
      await writeFile(file, good.replace(right, wrong))
      await assert.rejects(
        loadTaxonomies(folder, guides),
        (error: unknown) =>
          isFault(error, 'content/invalid') && /taxonomies\.yaml:\d+: /.test(error.message) && says.test(error.message),
        wrong,
      )
    }
    await rm(folder, { recursive: true })
  })
})
