import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { libraryHash } from '../../../bot/config/library-hash.js'

describe('bot/config/library-hash', () => {
  let home: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'winnow-hash-'))
  })
  afterEach(() => rm(home, { recursive: true, force: true }))
  const write = async (file: string, text: string) => {
    await mkdir(join(home, file, '..'), { recursive: true })
    await writeFile(join(home, file), text)
  }
  const hash = () => libraryHash(home, home)

  it('stays as long as nothing changes', async () => {
    await write('content/alerts/other.yaml', 'a')
    assert.equal(await hash(), await hash())
    assert.match(await hash(), /^[0-9a-f]{64}$/)
  })

  for (const file of [
    'content/alerts/other.yaml',
    'content/alerts/other.yml',
    'content/phrases/en.yaml',
    'content/shared/hows.yaml',
    'cards/new.card.json',
    'cards/render.js',
    'content/load/check.js',
    'triage/next-checks.js',
  ]) {
    it(`changes with ${file}: when it comes, in any letter, in its name, and when it goes`, async () => {
      const seen = [await hash()]
      const note = async () => seen.push(await hash())
      await write(file, 'a')
      await note()
      await write(file, 'b')
      await note()
      const other = file.replace(/\/([^/]+)$/, '/x$1')
      await rm(join(home, file))
      await write(other, 'b')
      await note()
      assert.equal(new Set(seen).size, 4)
      await rm(join(home, other))
      assert.equal(await hash(), seen[0])
    })
  }

  it('does not take one folder or file for another', async () => {
    await write('content/alerts/a.yaml', 'x')
    const one = await hash()
    await rm(join(home, 'content/alerts/a.yaml'))
    await write('content/phrases/a.yaml', 'x')
    assert.notEqual(await hash(), one)
  })

  it('does not change with what the library is not made from', async () => {
    const before = await hash()
    await write('cards/new.sample.json', 'a')
    await write('bot/main.js', 'a')
    assert.equal(await hash(), before)
  })
})
