import assert from 'node:assert/strict'
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type SearchPages, filePages, memoryPages, pageNames, pageOf } from '../../store/search-pages.js'
import { withFolder } from './folder.js'

const kinds: Readonly<Record<string, (work: (pages: SearchPages) => Promise<void>) => Promise<void>>> = {
  'in memory': (work) => work(memoryPages()),
  'in files': (work) => withFolder((folder) => work(filePages(join(folder, 'search')))),
}

for (const [kind, withPages] of Object.entries(kinds))
  describe(`store/search-pages: pages ${kind}`, () => {
    it('are empty until something is written, keep lines in their order, and are written anew as a whole', () =>
      withPages(async (pages) => {
        assert.equal(await pages.read('0a'), '')
        await pages.append('0a', 'one\n')
        await pages.append('0a', 'two\n')
        await pages.append('0b', 'other\n')
        assert.deepEqual([await pages.read('0a'), await pages.read('0b')], ['one\ntwo\n', 'other\n'])
        await pages.replace('0a', 'three\n')
        await pages.replace('0c', 'new\n')
        assert.deepEqual(
          [await pages.read('0a'), await pages.read('0b'), await pages.read('0c')],
          ['three\n', 'other\n', 'new\n'],
        )
      }))
  })

describe('store/search-pages: pages in files', () => {
  it('are for this user only, and nothing else is left in their folder', () =>
    withFolder(async (folder) => {
      const search = join(folder, 'search')
      const pages = filePages(search)
      await pages.append('0a', 'one\n')
      await pages.replace('0b', 'two\n')
      assert.deepEqual((await readdir(search)).toSorted(), ['0a.tsv', '0b.tsv'])
      assert.equal((await stat(search)).mode & 0o777, 0o700)
      for (const name of ['0a.tsv', '0b.tsv']) assert.equal((await stat(join(search, name))).mode & 0o777, 0o600)
    }))

  it('say when a page cannot be read or written, which is not that there is none; and go on when it can be', () =>
    withFolder(async (folder) => {
      const search = join(folder, 'search')
      await mkdir(join(search, '0a.tsv'), { recursive: true })
      await assert.rejects(filePages(search).read('0a'), { code: 'EISDIR' })
      const blocked = join(folder, 'blocked')
      await writeFile(blocked, '')
      const pages = filePages(join(blocked, 'search'))
      await assert.rejects(pages.append('0a', 'one\n'), { code: 'ENOTDIR' })
      await assert.rejects(pages.replace('0a', 'one\n'), { code: 'ENOTDIR' })
      const late = filePages(join(folder, 'late', 'search'))
      await writeFile(join(folder, 'late'), '')
      await assert.rejects(late.append('0a', 'one\n'), { code: 'ENOTDIR' })
      await rename(join(folder, 'late'), join(folder, 'gone'))
      await late.append('0a', 'one\n')
      assert.equal(await late.read('0a'), 'one\n')
    }))
})

describe('store/search-pages', () => {
  it('there are 256 of them, and each case has one', () => {
    assert.equal(new Set(pageNames).size, 256)
    assert.ok(pageNames.includes(pageOf('7K3F-9QXM-2222')))
    assert.equal(pageOf('7K3F-9QXM-2222'), pageOf('7K3F-9QXM-2222'))
  })
})
