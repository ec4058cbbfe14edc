import assert from 'node:assert/strict'
import type { Guide } from '../../triage/guide.js'
import { library } from './winnow.js'

/** The real guide for impossible travel, so that tests can name its parts by their ids. */
export const travelGuide = async (): Promise<Guide> => {
  const guide = (await library()).guides.find(({ type }) => type === 'impossible-travel')
  assert.ok(guide)
  return guide
}
