import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson } from '../../intake/parse.js'
import { read } from '../../intake/read.js'
import { isFault } from '../../triage/fault.js'
import { now } from './alerts.js'

/** A folder of captured payloads to try; they are nobody's to pass on, so the tests that always run have samples of their own. */
const folder = process.env['WINNOW_PAYLOADS']

describe('intake: payloads in WINNOW_PAYLOADS', () => {
  if (!folder) {
    it('reads or refuses every file there')
    return
  }
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    it(`reads or refuses ${name}`, () => {
      try {
        const { readings, ignored } = read(parseJson(readFileSync(join(folder, name), 'utf8')), now)
        assert.ok(readings.length + ignored.length > 0)
      } catch (error) {
        assert.ok(isFault(error) && error.code.startsWith('intake/'), String(error))
      }
    })
  }
})
