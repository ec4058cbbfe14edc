import assert from 'node:assert/strict'
import { openGraphDirectory, longestKeptMs, peaceMs } from '../../../bot/graph/directory.js'
import { type Directory, emptyDirectory, soleManager } from '../../../bot/people/directory.js'
import { clientOf } from '../../support/fake-graph.js'
import { type FakePeople, oid, openFakePeople } from '../../support/fake-graph-people.js'

const readAt = '2026-03-02T09:00:00.000Z'
const [kimId, miaId, headId] = [oid(1), oid(2), oid(3)]
const kim = {
  id: kimId,
  displayName: 'Kim Karlsen',
  userPrincipalName: 'kim@contoso.example',
  mail: 'kim.karlsen@contoso.example',
  proxyAddresses: ['SMTP:kim.karlsen@contoso.example', 'smtp:kk@contoso.example', 'X500:/o=x'],
  userType: 'Member',
  accountEnabled: true,
} as const
const mia = { id: miaId, displayName: 'Mia Manager', userPrincipalName: 'mia@contoso.example', accountEnabled: true }
const head = { id: headId, displayName: 'Head', userPrincipalName: 'head@contoso.example' }
const person = (upn: string | null, objectId: string | null = null, name: string | null = null) => ({
  upn,
  objectId,
  name,
})

describe('bot/graph/directory', () => {
  let fake: FakePeople
  let [time, logged]: [number, string[]] = [0, []]
  beforeEach(async () => {
    fake = await openFakePeople()
    fake.add(kim, miaId)
    fake.add(mia, headId)
    fake.add(head)
    ;[time, logged] = [0, []]
  })
  afterEach(() => fake.close())

  const open = (file: Directory = emptyDirectory, waitMs = 4000) =>
    openGraphDirectory({
      graph: clientOf(fake),
      file,
      keepMs: 3_600_000,
      now: () => readAt,
      clock: () => time,
      log: { warn: (_, text) => void logged.push(text) },
      waitMs,
    })
  const found = (directory: Directory, one = person('kim@contoso.example')) => directory.relationOf?.(one)
  const byGraph = {
    kind: 'found',
    manager: { id: miaId, name: 'Mia Manager' },
    relation: { source: 'graph', readAt, of: kimId },
  }

  it('finds the manager by object id, user name, or any of the addresses, and tells how it knows', async () => {
    for (const one of [
      person('Kim@Contoso.example'),
      person(null, kimId.toUpperCase()),
      person('kk@contoso.example'),
      person(null, null, 'kim.karlsen@contoso.example'),
      person('gone@contoso.example', kimId),
    ])
      assert.deepEqual(await found(open(), one), byGraph)
    assert.deepEqual(await open().managerOf(person('kim@contoso.example')), { id: miaId, name: 'Mia Manager' })
  })

  it('knows no manager of whom Graph does not know, and where none is entered', async () => {
    assert.deepEqual(await found(open(), person('no@contoso.example')), { kind: 'none' })
    assert.deepEqual(await found(open(), person('head@contoso.example')), { kind: 'none' })
    assert.deepEqual(await found(open(), person(null, null, 'Kim Karlsen')), { kind: 'none' })
  })

  it('asks Graph for nothing but what can be a user there: an alert’s words lead nowhere else', async () => {
    for (const text of ['..', '../groups', 'a/b@c', 'a b@c', 'me', "x'@y/z", '$ref@x', 'x@y?$expand=manager'])
      assert.deepEqual(await found(open(), person(text, text)), { kind: 'none' })
    assert.deepEqual(fake.asked, [])
    await found(open(), person("o'neil@contoso.example"))
    await found(open(), person('kim_fabrikam.example#EXT#@contoso.example'))
    assert.ok(fake.asked.every(({ path }) => /^\/v1\.0\/users(\/[^/]+)?$/.test(path)))
  })

  it('a guest’s manager is asked like any other’s', async () => {
    fake.add({ ...kim, userPrincipalName: 'kim_fabrikam.example#EXT#@contoso.example', userType: 'Guest' }, miaId)
    assert.deepEqual(await found(open(), person('kim_fabrikam.example#EXT#@contoso.example')), byGraph)
  })

  it('a manager who is a contact, a guest, or switched off is nobody to ask', async () => {
    const unfit = async () => {
      const one = await found(open())
      return one?.kind === 'unfit' ? `${one.why} ${one.name}` : one
    }
    fake.add(kim, { contact: 'Pat Partner' })
    assert.equal(await unfit(), 'contact Pat Partner')
    fake.add(kim, miaId)
    fake.add({ ...mia, userType: 'Guest' }, headId)
    assert.equal(await unfit(), 'guest Mia Manager')
    fake.add({ ...mia, accountEnabled: false }, headId)
    assert.equal(await unfit(), 'disabled Mia Manager')
  })

  it('nor is who manages themselves, or reports to the person they manage', async () => {
    const why = async () => {
      const one = await found(open())
      return one?.kind === 'unfit' && one.why
    }
    fake.add(kim, kimId)
    assert.equal(await why(), 'loop')
    fake.add(kim, miaId)
    fake.add(mia, kimId)
    assert.equal(await why(), 'loop')
    fake.add(mia, headId)
    fake.add(head, kimId)
    assert.equal(await why(), 'loop')
    fake.add(head, headId)
    assert.equal(await why(), false, 'whoever is at the top may be their own manager')
  })

  it('keeps what it read, with the time, and asks again after an hour', async () => {
    const directory = open()
    await found(directory)
    const asked = fake.asked.length
    time = 3_599_000
    assert.deepEqual(await found(directory), byGraph)
    assert.equal(fake.asked.length, asked)
    fake.add(kim, headId)
    time = 3_600_000
    const later = await found(directory)
    assert.equal(later?.kind === 'found' && later.manager.id, headId)
  })

  it('asks once for all who want to know at the same time', async () => {
    const directory = open()
    await Promise.all([1, 2, 3].map(async () => found(directory)))
    assert.equal(fake.asked.filter(({ path }) => path.endsWith('kim@contoso.example')).length, 1)
  })

  it('falls back to the file where Graph forbids it, fails, limits or is silent, and says so', async () => {
    const file = soleManager({ id: 'm-file', name: 'Mia' }, () => readAt)
    const because = async (waitMs?: number) => {
      const one = await found(open(file, waitMs))
      return one?.kind === 'found' ? [one.manager.id, one.relation?.source, one.relation?.because] : one
    }
    fake.fail({ status: 403 })
    assert.deepEqual(await because(), ['m-file', 'everyone', 'forbidden'])
    assert.match(logged.join(), /lacks the permission User\.Read\.All/)
    fake.fail({ status: 429, headers: { 'retry-after': '3600' } })
    assert.deepEqual(await because(), ['m-file', 'everyone', 'throttled'])
    fake.fail('silence')
    assert.deepEqual(await because(60), ['m-file', 'everyone', 'unreachable'])
    fake.fail({ status: 401 })
    assert.deepEqual(await because(), ['m-file', 'everyone', 'signed-out'])
    assert.deepEqual(await because(), [miaId, 'graph', undefined])
  })

  it('says that nobody could be asked where the file does not know either', async () => {
    fake.fail({ status: 403 })
    assert.deepEqual(await found(open()), { kind: 'failed', why: 'forbidden' })
  })

  it('waits through a short limit', async () => {
    fake.fail({ status: 429, headers: { 'retry-after': '1' } })
    assert.deepEqual(await found(open()), byGraph)
  })

  it('leaves Graph in peace for half a minute after a failure, and tells the problem until it works again', async () => {
    const directory = open()
    assert.deepEqual(directory.problems?.(), [])
    fake.fail({ status: 403 })
    await found(directory)
    const asked = fake.asked.length
    time = peaceMs - 1
    assert.deepEqual(await found(directory), { kind: 'failed', why: 'forbidden' })
    assert.equal(fake.asked.length, asked)
    assert.match(directory.problems?.().join() ?? '', /User\.Read\.All/)
    time = peaceMs
    assert.deepEqual(await found(directory), byGraph)
    assert.deepEqual(directory.problems?.(), [])
  })

  it('goes on with what it read within a day while Graph is out, rather than by the file', async () => {
    const directory = open(soleManager({ id: 'm-file', name: 'Mia' }))
    await found(directory)
    fake.outage(true)
    time = longestKeptMs - 1
    assert.deepEqual(await found(directory), byGraph)
    time = longestKeptMs + peaceMs
    const later = await found(directory)
    assert.equal(later?.kind === 'found' && later.manager.id, 'm-file')
  })

  it('knows everybody by all ids, and by the file’s', async () => {
    const file = { ...emptyDirectory, idsOf: async () => ['29:1kim'] }
    assert.deepEqual(
      new Set(await open(file).idsOf([kimId])),
      new Set([kimId, 'kim@contoso.example', 'kim.karlsen@contoso.example', 'kk@contoso.example', '29:1kim']),
    )
    assert.deepEqual(await open().idsOf(['kk@contoso.example']), await open().idsOf([kimId]))
    fake.outage(true)
    assert.deepEqual(await open(file).idsOf([kimId]), ['29:1kim'])
  })

  it('believes an address that two people have of neither', async () => {
    fake.add({ ...head, mail: 'kk@contoso.example' })
    assert.deepEqual(await found(open(), person('kk@contoso.example')), { kind: 'none' })
  })
})
