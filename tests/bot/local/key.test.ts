import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callerOf } from '../../../bot/http/intake-keys.js'
import { localKey, newKey, readLocalKey } from '../../../bot/local/key.js'

describe('bot/local/key', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-key-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is made at the first start, kept, and opens the alert door', async () => {
    assert.equal(await readLocalKey(folder), null)
    const first = await localKey(folder)
    const key = await readLocalKey(folder)
    assert.match(key ?? '', /^winnow_[\w-]{43}$/)
    assert.equal(callerOf(`Bearer ${key ?? ''}`, [first]), 'local')
    assert.deepEqual(await localKey(folder), first)
  })

  it('is readable by this user alone', async () => {
    await localKey(folder)
    const [file = ''] = await readdir(folder)
    assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600)
  })

  it('is made anew when its file is empty, as after a crash', async () => {
    await localKey(folder)
    const [file = ''] = await readdir(folder)
    await writeFile(join(folder, file), '\n')
    await localKey(folder)
    assert.match(await readFile(join(folder, file), 'utf8'), /^winnow_/)
  })

  it('is another one each time', () => {
    assert.equal(new Set(Array.from({ length: 100 }, newKey)).size, 100)
  })
})
