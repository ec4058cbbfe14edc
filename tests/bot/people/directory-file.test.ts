import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDirectoryFile } from '../../../bot/people/directory-file.js'
import { isFault } from '../../../triage/fault.js'

describe('bot/people/directory-file', () => {
  let folder = ''
  let file = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-directory-'))
    file = join(folder, 'd.yaml')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const kim = { upn: 'kim@contoso.example', objectId: null, name: null }
  const managedBy = (id: string) =>
    `people:\n  - upn: kim@contoso.example\n    manager: { id: ${id}, name: Mia ${id} }\n`

  it('is read again when it has changed, and tells when what it says was read', async () => {
    let time = '2026-03-02T09:00:00.000Z'
    await writeFile(file, managedBy('m-1'))
    const directory = await openDirectoryFile(file, () => time)
    assert.equal(await directory.refresh(), false)
    time = '2026-03-02T09:05:00.000Z'
    await writeFile(file, managedBy('m-22'))
    assert.equal(await directory.refresh(), true)
    assert.deepEqual(await directory.relationOf(kim), {
      kind: 'found',
      manager: { id: 'm-22', name: 'Mia m-22' },
      relation: { source: 'file', readAt: time, of: 'kim@contoso.example' },
    })
    assert.deepEqual(directory.relations(), [{ of: 'kim@contoso.example', managerId: 'm-22' }])
  })

  it('keeps what it had when the file is wrong, not YAML or gone, tells the line, and takes it again once it is right', async () => {
    await writeFile(file, managedBy('m-1'))
    const directory = await openDirectoryFile(file)
    const isKept = async () => assert.equal((await directory.managerOf(kim))?.id, 'm-1')
    await writeFile(file, `${managedBy('m-2')}  - upn: bo@contoso.example\n    manager: { id: '' }\n`)
    assert.equal(await directory.refresh(), true)
    await isKept()
    assert.match(directory.problems()[0] ?? '', /d\.yaml:5: people\[1\]\.manager\.id: /)
    assert.match(directory.problems().at(-1) ?? '', /what was read before still counts/)
    assert.equal(await directory.refresh(), false, 'the same fault is told once')
    await writeFile(file, 'people: [\n')
    await directory.refresh()
    await isKept()
    assert.match(directory.problems()[0] ?? '', /d\.yaml:2: is not YAML/)
    await rm(file)
    assert.equal(await directory.refresh(), true)
    assert.equal(await directory.refresh(), false)
    await isKept()
    assert.match(directory.problems()[0] ?? '', /can't be read/)
    await writeFile(file, managedBy('m-3'))
    assert.equal(await directory.refresh(), true)
    assert.equal((await directory.managerOf(kim))?.id, 'm-3')
    assert.deepEqual(directory.problems(), [])
  })

  it('has to be right at the start', async () => {
    await writeFile(file, 'people: 3\n')
    await assert.rejects(openDirectoryFile(file), (error) => isFault(error, 'directory/invalid'))
  })

  it('does not know a manager who is the person, or reports to them', async () => {
    await writeFile(
      file,
      'people:\n  - { upn: kim@contoso.example, manager: { id: m-1, upn: mia@contoso.example, name: Mia } }\n' +
        '  - { upn: Mia@contoso.example, manager: { id: m-2, upn: kim@contoso.example, name: Kim } }\n' +
        '  - { upn: bo@contoso.example, manager: { id: b, email: bo@contoso.example, name: Bo } }\n',
    )
    const { relationOf, managerOf } = await openDirectoryFile(file)
    assert.deepEqual(await relationOf(kim), { kind: 'unfit', why: 'loop', name: 'Mia' })
    assert.deepEqual(await relationOf({ ...kim, upn: 'bo@contoso.example' }), {
      kind: 'unfit',
      why: 'loop',
      name: 'Bo',
    })
    assert.equal(await managerOf(kim), null)
  })
})
