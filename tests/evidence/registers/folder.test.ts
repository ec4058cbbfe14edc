import assert from 'node:assert/strict'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRegisters } from '../../../evidence/registers/folder.js'
import { anAlert } from '../../support/cast.js'

const alert = { ...anAlert(), addresses: [{ ip: '192.0.2.1', country: null }] }
const hq = '- { name: hq, kind: office, ranges: [192.0.2.0/24] }\n'

const inFolder = async (run: (folder: string) => Promise<void>) => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-registers-'))
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
/** Written at a time of its own, for two writes within a tick of the file system's clock look the same. */
const write = async (file: string, text: string, minute: number) => {
  await writeFile(file, text)
  const at = new Date(Date.UTC(2026, 10, 12, 8, minute))
  await utimes(file, at, at)
}

describe('evidence/registers/folder', () => {
  it('is no registers where there is no folder', async () => {
    const registers = await openRegisters(join(tmpdir(), 'winnow-no-such-folder'))
    assert.deepEqual([registers.ask(alert, ['networks']), registers.problems(), registers.counts()], [[], [], {}])
  })

  it('answers from the files of the registers that are asked for, as of the day they were changed', () =>
    inFolder(async (folder) => {
      await write(join(folder, 'networks.yaml'), hq, 0)
      await write(join(folder, 'providers.csv'), 'name,ranges\nacme,192.0.2.0/25\n', 0)
      const registers = await openRegisters(folder)
      const names = (...wanted: Parameters<typeof registers.ask>[1]) =>
        registers.ask(alert, wanted).map(({ entry, asOf }) => `${entry} ${asOf}`)
      assert.deepEqual(names('networks'), ['hq 2026-11-12'])
      assert.deepEqual(names('networks', 'providers'), ['hq 2026-11-12', 'acme 2026-11-12'])
      assert.deepEqual(registers.counts(), { networks: 1, providers: 1 })
    }))

  it('reads again what has changed, and forgets what is gone', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'networks.yaml')
      await write(file, hq, 0)
      const registers = await openRegisters(folder)
      assert.equal(registers.ask(alert, ['networks']).length, 1)
      assert.equal(await registers.refresh(), false)
      await write(file, hq.replace('hq', 'office'), 1)
      assert.equal(await registers.refresh(), true)
      assert.equal(registers.ask(alert, ['networks'])[0]?.entry, 'office')
      await rm(file)
      assert.equal(await registers.refresh(), true)
      assert.deepEqual(registers.ask(alert, ['networks']), [])
    }))

  it('keeps what was there when nothing in a changed file can be read, and says so', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'networks.yaml')
      await write(file, hq, 0)
      const registers = await openRegisters(folder)
      await write(file, '- {', 1)
      await registers.refresh()
      assert.equal(registers.ask(alert, ['networks']).length, 1)
      assert.equal(registers.problems().length, 2)
      assert.match(registers.problems()[1] ?? '', /what was there before still counts/)
      await write(file, `${hq}- { name: x }\n`, 2)
      await registers.refresh()
      assert.deepEqual(registers.counts(), { networks: 1 })
      assert.deepEqual(registers.problems(), [`${file}:2: the entry needs ranges: without it the entry covers nothing`])
    }))
})
