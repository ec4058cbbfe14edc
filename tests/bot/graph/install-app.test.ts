import assert from 'node:assert/strict'
import { openInstallApp } from '../../../bot/graph/install-app.js'
import { clientOf } from '../../support/fake-graph.js'
import { type FakePeople, oid, openFakePeople } from '../../support/fake-graph-people.js'

describe('bot/graph/install-app', () => {
  let fake: FakePeople
  beforeEach(async () => {
    fake = await openFakePeople()
    fake.add({ id: oid(2), displayName: 'Mia Manager', userPrincipalName: 'mia@contoso.example' })
  })
  afterEach(() => fake.close())

  const install = (personId = oid(2), waitMs = 4000) =>
    openInstallApp({
      graph: clientOf(fake),
      baseUrl: 'https://graph.example/v1.0',
      catalogAppId: oid(9),
      waitMs,
      log: { warn: () => {} },
    })(personId)

  it('installs the app of the catalog for that person; that it is there already is well', async () => {
    assert.deepEqual(await install(), { ok: true })
    assert.deepEqual(JSON.parse(fake.asked[0]?.body ?? ''), {
      'teamsApp@odata.bind': `https://graph.example/v1.0/appCatalogs/teamsApps/${oid(9)}`,
    })
    assert.deepEqual(await install(), { ok: true })
  })

  it('says why it could not: not allowed, not known, or not just now', async () => {
    fake.fail({ status: 403 })
    assert.deepEqual(await install(), { ok: false, detail: 'InstallForbidden' })
    assert.deepEqual(await install(oid(3)), { ok: false, detail: 'InstallNotFound' })
    fake.fail({ status: 400, code: 'BadRequest' })
    assert.deepEqual(await install(), { ok: false, detail: 'InstallFailed' })
    fake.fail('silence')
    assert.deepEqual(await install(oid(2), 50), { ok: false, detail: 'InstallFailed' })
  })

  it('asks for nobody whose id is none of Entra’s', async () => {
    assert.deepEqual(await install('../groups/x'), { ok: false, detail: 'InstallNotFound' })
    assert.equal(fake.asked.length, 0)
  })
})
