import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadPortals } from '../../../content/load/load-portals.js'
import { isFault } from '../../../triage/fault.js'

describe('content/load/load-portals', () => {
  it("lists Microsoft's own portals, each once", async () => {
    const hosts = await loadPortals('content/shared')
    assert.ok(hosts.includes('portal.azure.com') && hosts.includes('security.microsoft.com'))
    assert.equal(new Set(hosts).size, hosts.length)
    const owned =
      /(?:^|\.)(?:microsoft\.(?:com|us)|azure\.(?:com|us|cn)|apps\.mil|microsoftonline\.cn|cloudappsecurity(?:gov)?\.(?:com|us)|windows\.com)$/
    assert.deepEqual(
      hosts.filter((host) => !owned.test(host)),
      [],
    )
  })

  it('says with file and line what is no host', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'winnow-portals-'))
    const file = join(folder, 'portals.yaml')
    await assert.rejects(loadPortals(folder), { code: 'content/unreadable' })
    for (const bad of [
      'https://portal.azure.com',
      'portal.azure.com:443',
      'Portal.azure.com',
      "'*'",
      "'*.com'",
      "'*.azure.com'",
      'xn--prtal-x.azure.com',
      'localhost',
      '10.0.0.1',
      "'a.*.com'",
    ]) {
      await writeFile(file, `hosts:\n  - portal.azure.com\n  - ${bad}\n`)
      await assert.rejects(
        loadPortals(folder),
        (error: unknown) => isFault(error, 'content/invalid') && error.message.includes('portals.yaml:3: '),
        bad,
      )
    }
    await rm(folder, { recursive: true, force: true })
  })
})
