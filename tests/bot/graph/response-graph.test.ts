import assert from 'node:assert/strict'
import { type ResponseGraph, openResponseGraph } from '../../../bot/graph/response-graph.js'
import { type Target, knownOperations, operations } from '../../../triage/response-action.js'
import { clientOf } from '../../support/fake-graph.js'
import { type FakeResponseGraph, openFakeResponseGraph } from '../../support/fake-response-graph.js'

const userId = '0a1b2c3d-1111-4aaa-8bbb-0123456789ab'
const appObject = 'cccccccc-0000-4000-8000-000000000001'
const client = 'bbbbbbbb-0000-4000-8000-000000000001'

describe('bot/graph/response-graph', () => {
  let fake: FakeResponseGraph
  let graph: ResponseGraph
  before(async () => {
    fake = await openFakeResponseGraph()
    graph = openResponseGraph(clientOf(fake))
  })
  after(() => fake.close())
  beforeEach(() => {
    fake.users.clear()
    fake.apps.clear()
    fake.writes.length = 0
    fake.user(userId, { mail: 'k.karlsen@contoso.example', proxyAddresses: ['SMTP:kim.k@contoso.example'] })
    fake.app(appObject)
  })
  afterEach(() => assert.deepEqual(fake.wrong, []))

  const found = async (asked: ReturnType<ResponseGraph['user']>) => {
    const looked = await asked
    assert.ok(looked.ok)
    return looked.found
  }

  it('finds a user by object id and by sign-in name, with every id they have', async () => {
    for (const id of [userId, 'kim@contoso.example']) {
      const [kim] = await found(graph.user(id))
      assert.deepEqual(kim?.target, {
        kind: 'user',
        id: userId,
        name: 'Kim Karlsen',
        also: 'kim@contoso.example',
        was: 'enabled',
      })
      assert.deepEqual(kim.ids.toSorted(), [
        userId,
        'k.karlsen@contoso.example',
        'kim.k@contoso.example',
        'kim@contoso.example',
      ])
    }
    assert.deepEqual(await found(graph.user('nobody@contoso.example')), [])
  })

  it('is led nowhere else by what an alert calls somebody', async () => {
    for (const id of ['../servicePrincipals', `${userId}/revokeSignInSessions`, 'a?$filter=x', '#', '%2e%2e'])
      assert.deepEqual(await found(graph.user(id)), [], id)
    assert.deepEqual(fake.writes, [])
  })

  it('finds an app by either of its ids, and by its name, quotes and all', async () => {
    fake.app('cccccccc-0000-4000-8000-000000000002', { displayName: "Kim's app", appId: client.replace('1', '2') })
    for (const id of [appObject, client]) {
      const [one] = await found(graph.app(id))
      assert.deepEqual([one?.target.id, one?.target.also, one?.target.was], [appObject, client, 'enabled'])
    }
    assert.equal((await found(graph.appsNamed("Kim's app")))[0]?.target.name, "Kim's app")
    assert.deepEqual(await found(graph.appsNamed("' or 1 eq 1 or displayName eq '")), [])
    assert.deepEqual(await found(graph.app('no-guid')), [])
  })

  it('lists the inbox rules of a user, with what they do', async () => {
    const [kim] = await found(graph.user(userId))
    assert.ok(kim)
    fake.users.get(userId)?.rules.set('r/1=', {
      id: 'r/1=',
      displayName: '.',
      actions: { forwardTo: [{ emailAddress: { address: 'x@mail.example' } }], delete: true, markAsRead: false },
    })
    const [rule] = await found(graph.inboxRules(kim))
    assert.equal(rule?.target.also, 'forwardTo x@mail.example, delete')
    assert.deepEqual(rule.ids, kim.ids, 'a rule is protected with its mailbox')
  })

  it('carries every operation out in its documented form, and again without harm', async () => {
    fake.users.get(userId)?.rules.set('r/1=', { id: 'r/1=' })
    const kim: Target = { kind: 'user', id: userId, name: 'Kim', also: '' }
    const targets = {
      user: kim,
      app: { kind: 'app', id: appObject, name: 'Mail Helper', also: client },
      'inbox-rule': { kind: 'inbox-rule', id: 'r/1=', name: '.', also: '', mailbox: { ...kim, kind: 'user' } },
    } as const
    for (const operation of operations)
      for (const time of ['once', 'twice'])
        assert.deepEqual(
          await graph.carryOut(operation, targets[knownOperations[operation].on]),
          { ok: true },
          `${operation} ${time}`,
        )
    assert.deepEqual(
      [...new Set(fake.writes)],
      [
        `PATCH /users/${userId} {"accountEnabled":false}`,
        `POST /users/${userId}/revokeSignInSessions`,
        `PATCH /users/${userId} {"accountEnabled":true}`,
        `POST /identityProtection/riskyUsers/confirmCompromised {"userIds":["${userId}"]}`,
        `POST /identityProtection/riskyUsers/dismiss {"userIds":["${userId}"]}`,
        `DELETE /users/${userId}/mailFolders/inbox/messageRules/r%2F1%3D`,
        `PATCH /servicePrincipals/${appObject} {"accountEnabled":false}`,
        `PATCH /servicePrincipals/${appObject} {"accountEnabled":true}`,
      ],
    )
  })

  it('asks for nothing more once a part of it has failed, and tells which', async () => {
    fake.granted.delete('User.RevokeSessions.All')
    const done = await graph.carryOut('suspend-user', { kind: 'user', id: userId, name: 'Kim', also: '' })
    fake.granted.add('User.RevokeSessions.All')
    assert.deepEqual(done, {
      ok: false,
      failure: { kind: 'forbidden', permission: 'User.RevokeSessions.All' },
      isPartly: true,
    })
  })
})
