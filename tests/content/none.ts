import assert from 'node:assert/strict'
import type { Guide } from '../../triage/guide.js'

/** Fail with the file and what was expected of which part. */
export const none = (guide: Guide, expectation: string, offenders: readonly string[]): void =>
  assert.deepEqual(offenders, [], `${guide.type}.yaml: ${expectation}: ${offenders.join('; ')}`)
