import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson } from '../../intake/parse.js'
import { read } from '../../intake/read.js'
import { isFault } from '../../triage/fault.js'
import { now } from './alerts.js'

/** A folder of captured payloads to try; they are nobody's to pass on, so the tests that always run have samples of their own. */
const folder = process.env['WINNOW_PAYLOADS']

/** What became of one file: how many alerts were read of it, or why none was. */
type Result = { readonly read: number; readonly ignored: readonly string[]; readonly failed: string | null }

const resultOf = (name: string, text: string): Result => {
  try {
    // As the door does it: JSON where it is JSON, and else the text as it is.
    const body = name.endsWith('.json') ? parseJson(text) : bodyOf(text)
    const { readings, ignored } = read(body, now)
    for (const reading of readings) assert.ok(reading.title !== '' && reading.sourceAlertId !== '')
    return { read: readings.length, ignored: ignored.map(({ reason }) => reason), failed: null }
  } catch (error) {
    if (!isFault(error)) return { read: 0, ignored: [], failed: String(error) }
    const [first = ''] = error.message.split('\n')
    // What is known not to be an alert is refused by name; what is not even JSON, for that.
    const isNamed =
      error.code === 'intake/not-json' || (error.code === 'intake/unrecognised' && !/does not know/.test(first))
    return isNamed
      ? { read: 0, ignored: [`refused: ${first.slice(0, 110)}`], failed: null }
      : { read: 0, ignored: [], failed: error.message }
  }
}

const bodyOf = (text: string): unknown => (/^\s*[[{]/.test(text) ? parseJson(text) : text)

describe('intake: payloads in WINNOW_PAYLOADS', () => {
  if (!folder) {
    it('reads or ignores every file there')
    return
  }
  const files = readdirSync(folder).filter((file) => /\.(?:json|txt)$/.test(file))
  const results = new Map(files.map((name) => [name, resultOf(name, readFileSync(join(folder, name), 'utf8'))]))
  for (const [name, { read, ignored, failed }] of results) {
    it(`reads ${name}, or says why it does not`, () => {
      assert.equal(failed, null)
      assert.ok(read + ignored.length > 0)
    })
  }

  after(() => {
    const sources = new Set(files.map((name) => name.split('__')[0] ?? ''))
    const rows = [...sources].map((source) => {
      const names = files.filter((name) => name.startsWith(`${source}__`))
      const all = names.flatMap((name) => results.get(name) ?? [])
      const some = (test: (one: Result) => boolean) => all.filter(test).length
      const alerts = all.reduce((sum, one) => sum + one.read, 0)
      const none = (one: Result) => one.read === 0 && one.failed === null
      return [
        source,
        names.length,
        `${some((one) => one.read > 0)} (${alerts} alerts)`,
        some(none),
        some((one) => one.failed !== null),
      ]
    })
    for (const row of [['source', 'samples', 'read', 'ignored', 'failed'], ...rows]) {
      console.log(row.map((cell) => String(cell).padEnd(18)).join(''))
    }
    for (const [name, { read, ignored }] of results) if (read === 0) console.log(`  ${name}: ${ignored[0] ?? ''}`)
  })
})
