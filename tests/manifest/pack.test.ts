import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { type Particulars, fill } from '../../manifest/fill.js'
import { pack } from '../../manifest/pack.js'
import { zip } from '../../manifest/zip.js'
import { isFault } from '../../triage/fault.js'
import { particulars } from './particulars.js'
import { readZip } from './read-zip.js'

describe('manifest/zip', () => {
  it('gives back every file as it was', () => {
    const files = fc.uniqueArray(
      fc.record({ path: fc.string({ minLength: 1, unit: 'grapheme' }), bytes: fc.uint8Array() }),
      {
        selector: ({ path }) => path,
      },
    )
    fc.assert(
      fc.property(files, (some) => {
        const read = readZip(zip(some.map(({ path, bytes }) => ({ path, bytes: Buffer.from(bytes) }))))
        assert.deepEqual(
          [...read.keys()],
          some.map(({ path }) => Buffer.from(path).toString('utf8')),
        )
        some.forEach(({ path, bytes }) => assert.deepEqual([...(read.get(path) ?? [])], [...bytes]))
      }),
    )
  })
})

describe('manifest/fill', () => {
  it('puts in what differs, wherever it stands, as text only', () => {
    const quoted: Particulars = { ...particulars, developer: 'A "quoted" \\ {{terms}} name' }
    assert.deepEqual(fill({ a: ['{{appId}}', 1, null, true], b: { c: 'by {{developer}}' } }, quoted), {
      a: [particulars.appId, 1, null, true],
      b: { c: `by ${quoted.developer}` },
    })
  })

  it('refuses to leave anything open', () => {
    assert.throws(
      () => fill(['{{botId}}'], particulars),
      (error: unknown) => isFault(error, 'manifest/placeholder') && /\{\{botId\}\}.*appId, version/.test(error.message),
    )
  })
})

describe('manifest/pack', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-manifest-'))
    await cp('manifest', folder, { recursive: true })
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('holds the manifest and the icons it names, at the top, and nothing else', async () => {
    const files = readZip(await pack('manifest', particulars))
    assert.deepEqual([...files.keys()], ['manifest.json', 'color.png', 'outline.png'])
    assert.deepEqual(files.get('color.png'), await readFile('manifest/color.png'))
    assert.deepEqual(JSON.parse(String(files.get('manifest.json'))).icons, {
      color: 'color.png',
      outline: 'outline.png',
    })
  })

  it('is the same, byte by byte, whenever it is made', async () => {
    assert.ok((await pack('manifest', particulars)).equals(await pack(folder, particulars)))
  })

  it('says which file is missing or damaged', async () => {
    const told = (file: string) => (error: unknown) =>
      isFault(error, 'manifest/unreadable') && error.message.includes(`manifest/${file} `)
    await rm(join(folder, 'outline.png'))
    await assert.rejects(pack(folder, particulars), told('outline.png'))
    await writeFile(join(folder, 'manifest.json'), '{"id":')
    await assert.rejects(pack(folder, particulars), told('manifest.json'))
  })
})
