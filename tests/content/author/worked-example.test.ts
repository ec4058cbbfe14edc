import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { outcomes } from '../../../content/author/outcomes.js'
import { readPlaybook } from '../../../content/load/read-guide.js'
import { readShared } from '../../../content/load/read-shared.js'
import { warnings } from '../../../content/author/warnings.js'
import { sharedFolder } from '../files.js'
import { actionsOf, found } from '../scenario.js'

const page = await readFile(new URL('../../../docs/writing-guides.md', import.meta.url), 'utf8')
const { shared } = await readShared(sharedFolder)
const text = /<!-- example -->\s+```yaml\n([^`]+)```/.exec(page)?.[1] ?? ''
const { playbook, problems } = readPlaybook('hidden-address.yaml', text, shared)

describe('docs/writing-guides.md', () => {
  it('shows an example with nothing wrong in it', () => {
    assert.deepEqual(problems, [])
    assert.ok(playbook)
    assert.deepEqual(warnings(playbook, outcomes(playbook)), [])
  })

  it('says of the example what is so', () => {
    assert.ok(playbook)
    assert.deepEqual(found(playbook, { tester: 'yes' }), {
      allowed: ['btp-authorised-test'],
      contradicted: [],
      open: [],
      next: null,
    })
    assert.deepEqual(found(playbook, { tester: 'no', deeds: 'harmful' }).allowed, ['tp'])
    assert.deepEqual(found(playbook, { tester: 'no', deeds: 'harmful', word: 'yes' }).contradicted, ['fp-own-vpn'])
    assert.deepEqual(found(playbook, { tester: 'no', deeds: 'usual', word: 'unknown' }).allowed, [])
    assert.deepEqual(found(playbook, { tester: 'no', deeds: 'usual', word: 'no' }).allowed, ['tp'])
    assert.deepEqual(actionsOf(playbook, 'tp'), [
      'suspend-user',
      'mark-compromised',
      'reset-password',
      'remove-inbox-rule?',
    ])
  })
})
