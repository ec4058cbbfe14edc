import assert from 'node:assert/strict'
import { loadPlaybooks } from '../../content/load.js'
import type { Playbook } from '../../triage/playbook.js'

/** The real guide for impossible travel, so that tests can name its parts by their ids. */
export const travelGuide = async (): Promise<Playbook> => {
  const guide = (await loadPlaybooks('content/alerts')).find(({ type }) => type === 'impossible-travel')
  assert.ok(guide)
  return guide
}
