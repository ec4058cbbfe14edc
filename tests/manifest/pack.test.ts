import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { type Particulars, fill } from '../../manifest/fill.js'
import { pack } from '../../manifest/pack.js'
import { isFault } from '../../triage/fault.js'
import { particulars } from './particulars.js'

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
    const files = unzipSync(await pack('manifest', particulars))
    assert.deepEqual(Object.keys(files), ['manifest.json', 'color.png', 'outline.png'])
    for (const icon of ['color.png', 'outline.png'])
      assert.deepEqual(Buffer.from(files[icon] ?? []), await readFile(`manifest/${icon}`))
    assert.deepEqual(JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString()).icons, {
      color: 'color.png',
      outline: 'outline.png',
    })
  })

  it('names the registration that may install it for people only where it is to install itself', async () => {
    const infoIn = async (installsItself: boolean): Promise<unknown> => {
      const files = unzipSync(await pack('manifest', particulars, { installsItself }))
      return JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString()).webApplicationInfo
    }
    const { appId } = particulars
    assert.equal(await infoIn(false), undefined)
    assert.deepEqual(await infoIn(true), { id: appId, resource: `api://botid-${appId}` })
  })

  it('is the same, byte by byte, whenever and wherever it is made', async () => {
    const here = await pack('manifest', particulars)
    assert.ok(here.equals(await pack(folder, particulars)))
    // Its files bear midnight of 1 January 1980, whatever day it is.
    assert.deepEqual([here.readUInt16LE(10), here.readUInt16LE(12)], [0, 0x21])
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
