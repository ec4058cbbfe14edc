import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyDirectory, readDirectory, soleManager } from '../../../bot/people/directory.js'
import { isFault } from '../../../triage/fault.js'
import { mia } from '../../support/cast.js'

const person = (upn: string | null, objectId: string | null = null) => ({ upn, objectId, name: 'Kim' })

describe('bot/people/directory', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-directory-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const read = async (text: string) => {
    await writeFile(join(folder, 'd.yaml'), text)
    return readDirectory(join(folder, 'd.yaml'))
  }
  const isFaulty = async (text: string, ...says: readonly RegExp[]) => {
    await assert.rejects(read(text), (error) => {
      assert.ok(isFault(error, 'directory/invalid'), String(error))
      for (const one of says) assert.match(error.message, one)
      assert.match(error.message, /d\.yaml/)
      return true
    })
  }

  const listed = `
people:
  - upn: Kim@Contoso.example
    manager: { id: m-1, name: Mia }
  - objectId: AAAA
    manager: { id: m-2, name: Pia }
  - { upn: both@contoso.example, objectId: bbbb, manager: { id: m-3, name: Ria } }
`

  it('has managers’ object ids in lower case, as Teams tells them, and other ids as they are', async () => {
    const manager = async (id: string) =>
      (await (await read(`default: { id: '${id}', name: Mia }`)).managerOf(person('x')))?.id
    assert.equal(await manager('AAAAAAAA-0000-4000-8000-00000000000A'), 'aaaaaaaa-0000-4000-8000-00000000000a')
    assert.equal(await manager('29:1Mia'), '29:1Mia')
  })

  it('finds the manager by user name or object id, in any case', async () => {
    const { managerOf } = await read(listed)
    assert.deepEqual(await managerOf(person('kim@contoso.EXAMPLE')), { id: 'm-1', name: 'Mia' })
    assert.deepEqual(await managerOf(person(null, 'aaaa')), { id: 'm-2', name: 'Pia' })
    assert.deepEqual(await managerOf(person('nobody@contoso.example', 'AAAA')), { id: 'm-2', name: 'Pia' })
    assert.deepEqual(await managerOf(person(null, 'bbbb')), await managerOf(person('BOTH@contoso.example')))
  })

  it('knows everyone by all ids that stand anywhere in the file, and finds their manager by each', async () => {
    const { idsOf, managerOf } = await read(`
people:
  - { upn: Kim@contoso.example, objectId: AAAA, email: kim@mail.example, manager: { id: m-1, name: Mia, upn: mia@contoso.example } }
  - { upn: mia@contoso.example, manager: { id: m-9, name: Head } }
  - { objectId: bbbb, manager: { id: m-1, name: Mia, email: Mia@mail.example } }
default: { id: m-8, name: Chief, upn: chief@contoso.example }
`)
    const ids = async (...known: readonly string[]) => [...(await idsOf(known))].toSorted()
    assert.deepEqual(await ids('KIM@mail.example'), ['aaaa', 'kim@contoso.example', 'kim@mail.example'])
    assert.deepEqual(await ids('m-1'), ['m-1', 'mia@contoso.example', 'mia@mail.example'])
    assert.deepEqual(await ids('chief@contoso.example'), ['chief@contoso.example', 'm-8'])
    assert.deepEqual(await ids('eve@contoso.example', 'undefined', ''), [])
    assert.deepEqual(await managerOf(person('kim@mail.example')), { id: 'm-1', name: 'Mia' })
    assert.equal((await managerOf(person(null, 'M-1')))?.id, 'm-9')
  })

  it('has the deputy of whoever is listed, else the one for all', async () => {
    const { deputyOf, idsOf } = await read(`
people:
  - upn: kim@contoso.example
    manager: { id: m-1, name: Mia }
    deputy: { id: d-1, name: Dan, upn: dan@contoso.example }
  - { upn: lee@contoso.example, manager: { id: m-1, name: Mia } }
deputy: { id: d-9, name: Deputy }
`)
    assert.deepEqual(await deputyOf?.(person('KIM@contoso.example')), { id: 'd-1', name: 'Dan' })
    assert.equal(await deputyOf?.(person('lee@contoso.example')), null)
    assert.deepEqual(await deputyOf?.(person('eve@contoso.example')), { id: 'd-9', name: 'Deputy' })
    assert.deepEqual(await idsOf(['d-1']), ['d-1', 'dan@contoso.example'])
  })

  it('knows nobody who is not listed, nor anybody without an id', async () => {
    const { managerOf } = await read(listed)
    for (const one of [person('eve@contoso.example'), person(null), person('', ''), person('undefined'), person('m-1')])
      assert.equal(await managerOf(one), null)
    assert.equal(await (await read('people: []')).managerOf(person('kim@contoso.example')), null)
  })

  it('asks the default for everybody else', async () => {
    const { managerOf } = await read(`${listed}default: { id: m-9, name: Head }`)
    assert.equal((await managerOf(person('eve@contoso.example')))?.id, 'm-9')
    assert.equal((await managerOf(person(null)))?.id, 'm-9')
    assert.equal((await managerOf(person('kim@contoso.example')))?.id, 'm-1')
  })

  it('tells everything that is wrong with the file, and where', async () => {
    await isFaulty(
      'people: [{ upn: a, boss: { id: x } }, { upn: b, manager: { id: "", name: B } }]\nmore: 1',
      /boss/,
      /people\[1\]\.manager\.id/,
      /more/,
    )
    await isFaulty('people: [{ manager: { id: x, name: X } }]', /name a upn, an objectId or an email/)
    await isFaulty('people: [', /not YAML/)
    await isFaulty('', /./)
    await isFaulty('just a text', /./)
  })

  it('tells when there is no such file', async () => {
    await assert.rejects(readDirectory(join(folder, 'none.yaml')), (error) => {
      assert.ok(isFault(error, 'directory/invalid'))
      assert.match(error.message, /none\.yaml can't be read\. Set DIRECTORY_FILE/)
      return true
    })
  })

  it('can be read as the example that comes with Winnow', async () => {
    const { managerOf } = await readDirectory('directory.example.yaml')
    assert.equal((await managerOf(person('alex@contoso.example')))?.name, 'Mia Manager')
  })

  it('can know nobody, or have one manager for all', async () => {
    assert.equal(await emptyDirectory.managerOf(person('kim@contoso.example')), null)
    assert.deepEqual(await soleManager(mia).managerOf(person(null)), mia)
    for (const one of [emptyDirectory, soleManager(mia)]) assert.deepEqual(await one.idsOf([mia.id]), [])
  })
})
