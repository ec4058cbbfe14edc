import assert from 'node:assert/strict'
import { join } from 'node:path'
import { loadLookUps } from '../../../content/load/load-look-ups.js'
import { loadPortals } from '../../../content/load/load-portals.js'
import { isFault } from '../../../triage/fault.js'
import { sharedFolder, withFolder } from '../files.js'
import { loadGuides } from '../guides.js'

const portals = ['security.microsoft.com']
const one = (...lines: readonly string[]): string =>
  ['sign-ins:', '  say: Open sign-ins', ...lines.map((line) => `  ${line}`), '  checked: 2026-11-28', ''].join('\n')
const good = 'links: ["https://security.microsoft.com/x?u={user}"]'

describe('content/load/load-look-ups', () => {
  it('reads places and queries in the order of the file, a day before and after the alert if nothing else is said', async () => {
    const file =
      one(good) +
      one(
        'query: T | where A == {user}',
        'hours: { before: 3, after: 0 }\n  what: Sign-ins by error\n  read: sign-ins',
      ).replace('sign-ins', 'other')
    await withFolder({ 'look-ups.yaml': file }, async (folder) => {
      assert.deepEqual(await loadLookUps(folder, portals), [
        {
          id: 'sign-ins',
          say: 'Open sign-ins',
          what: 'Sign-ins',
          links: ['https://security.microsoft.com/x?u={user}'],
          query: null,
          read: null,
          hours: { before: 24, after: 24 },
          checked: '2026-11-28',
        },
        {
          id: 'other',
          say: 'Open sign-ins',
          what: 'Sign-ins by error',
          links: [],
          query: 'T | where A == {user}',
          read: 'sign-ins',
          hours: { before: 3, after: 0 },
          checked: '2026-11-28',
        },
      ])
    })
  })

  it('says with file and line what is wrong', async () => {
    const wrongs: readonly (readonly [string, string, number])[] = [
      ['links: ["http://security.microsoft.com/"]', 'must be https', 3],
      ['links: ["https://security.microsoft.com.example/"]', 'a host that portals.yaml lists', 3],
      ['links: ["https://user@security.microsoft.com/"]', 'a host that portals.yaml lists', 3],
      ['links: ["https://security.microsoft.com/?u={users}"]', 'may take {user}', 3],
      ['links: ["https://{user}/"]', 'must be https', 3],
      ['query: T | where A == {nobody}', 'may take {user}', 3],
      ['says: x', "'says'", 3],
      [`${good}\n  query: T`, 'either links or a query', 1],
      ['hours: { before: 1, after: 1 }', 'needs links, a query, or a read', 1],
      ['read: passwords', "'sign-ins.read'", 3],
    ]
    for (const [line, said, at] of wrongs) {
      await withFolder({ 'look-ups.yaml': one(line) }, async (folder) => {
        await assert.rejects(
          loadLookUps(folder, portals),
          (error: unknown) =>
            isFault(error, 'content/invalid') &&
            error.message.includes(`look-ups.yaml:${at}: `) &&
            error.message.includes(said),
          line,
        )
      })
    }
    await withFolder({}, (folder) => assert.rejects(loadLookUps(folder, portals), { code: 'content/unreadable' }))
  })

  it('knows no place or query that none of the guides names', async () => {
    const [guides, lookUps] = await Promise.all([
      loadGuides(),
      loadLookUps(sharedFolder, await loadPortals(join(sharedFolder))),
    ])
    const named = new Set(guides.flatMap(({ checks }) => checks.flatMap(({ look }) => look)))
    assert.deepEqual(
      lookUps.map(({ id }) => id).filter((id) => !named.has(id)),
      [],
    )
  })

  it('has a link or a query for every how that names a place which one can lead to', async () => {
    const places =
      /Sign-in logs|[Aa]udit logs\b|[Aa]ctivity log\b|Assets > |OAuth apps|CloudTrail|StorageBlobLogs|AuditEvent|Purview|message trace/
    const guides = await loadGuides()
    assert.deepEqual(
      guides.flatMap(({ type, checks }) =>
        checks.flatMap(({ id, how, look }) => (places.test(how) && look.length === 0 ? [`${type}: ${id}`] : [])),
      ),
      [],
    )
  })
})
