import assert from 'node:assert/strict'
import type { Playbook } from '../../triage/guide.js'

/** Fail with the file and what was expected of which part. */
export const none = (playbook: Playbook, expectation: string, offenders: readonly string[]): void =>
  assert.deepEqual(offenders, [], `${playbook.type}.yaml: ${expectation}: ${offenders.join('; ')}`)
