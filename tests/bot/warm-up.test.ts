import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { warmUp } from '../../bot/warm-up.js'

describe('bot/warm-up', () => {
  let home: string
  const before = process.env['TMPDIR']
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'winnow-warm-'))
    process.env['TMPDIR'] = home
  })
  afterEach(async () => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    await rm(home, { recursive: true, force: true })
  })

  it('starts, takes an alert and stops, twice, and leaves nothing behind', async () => {
    await warmUp()
    assert.deepEqual(await readdir(home), [])
  })
})
