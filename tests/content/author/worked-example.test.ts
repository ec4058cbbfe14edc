import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { lacks } from '../../../content/author/lacks.js'
import { outcomes } from '../../../content/author/outcomes.js'
import { readGuide } from '../../../content/load/read-guide.js'
import { play, readScenarios } from '../../../content/author/scenarios.js'
import { readShared } from '../../../content/load/read-shared.js'
import { warnings } from '../../../content/author/warnings.js'
import { sharedFolder } from '../files.js'
import { actionsOf, found } from '../scenario.js'

const page = await readFile('docs/writing-guides.md', 'utf8')
const { shared } = await readShared(sharedFolder)
const text = /<!-- example -->\s+```yaml\n([^`]+)```/.exec(page)?.[1] ?? ''
const { guide, problems } = readGuide('hidden-address.yaml', text, shared)

describe('docs/writing-guides.md', () => {
  it('shows an example with nothing wrong in it', () => {
    assert.deepEqual(problems, [])
    assert.ok(guide)
    assert.deepEqual([...warnings(guide, outcomes(guide)), ...lacks(guide)], [])
  })

  it('shows scenarios that the example passes', () => {
    assert.ok(guide)
    const written = /<!-- scenarios -->\s+```yaml\n([^`]+)```/.exec(page)?.[1] ?? ''
    const read = readScenarios('hidden-address.scenarios.yaml', written)
    assert.deepEqual(read.problems, [])
    assert.deepEqual(
      read.scenarios.map((one) => play(guide, one).problems),
      read.scenarios.map(() => []),
    )
    assert.deepEqual(new Set(read.scenarios.flatMap(({ allowed }) => allowed)).size, guide.verdicts.length)
  })

  it('says of the example what is so', () => {
    assert.ok(guide)
    assert.deepEqual(found(guide, { tester: 'yes' }), {
      allowed: ['btp-authorised-test'],
      contradicted: [],
      open: [],
      next: 'device',
    })
    assert.deepEqual(found(guide, { tester: 'no', deeds: 'harmful' }).allowed, ['tp'])
    assert.deepEqual(found(guide, { tester: 'no', deeds: 'harmful', word: 'yes' }).contradicted, ['fp-own-vpn'])
    assert.deepEqual(found(guide, { tester: 'no', deeds: 'usual', word: 'unknown' }).allowed, [])
    assert.deepEqual(found(guide, { tester: 'no', deeds: 'usual', word: 'no' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(guide, 'tp'), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
      'review-activity',
      'preserve-evidence',
      'remove-inbox-rule?',
    ])
  })
})
