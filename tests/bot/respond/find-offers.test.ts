import assert from 'node:assert/strict'
import { openResponseGraph } from '../../../bot/graph/response-graph.js'
import { openFindOffers } from '../../../bot/respond/find-offers.js'
import { openProtection } from '../../../bot/respond/protection.js'
import type { Alert } from '../../../triage/alert.js'
import { replay } from '../../../triage/evolve.js'
import { isRefusal } from '../../../triage/refusal.js'
import { targetKey } from '../../../triage/response-action.js'
import { ada, bareAlert, caseId, minute, now, wrote } from '../../support/cast.js'
import { clientOf } from '../../support/fake-graph.js'
import { type FakeResponseGraph, openFakeResponseGraph } from '../../support/fake-response-graph.js'
import { aGuide, aStep, aVerdict } from '../../support/guides.js'
import { winnow } from '../../../triage/person.js'

const [kim, pat] = ['0a1b2c3d-1111-4aaa-8bbb-0123456789ab', '0a1b2c3d-2222-4aaa-8bbb-0123456789ab']
const app = 'cccccccc-0000-4000-8000-000000000001'
const microsoft = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'

const guide = aGuide({
  verdicts: [
    aVerdict('tp', {
      class: 'TP',
      actions: [
        'suspend-user',
        'revoke-sessions',
        'reenable-plan',
        'remove-inbox-rule',
        'disable-service-principal',
        'close-alert',
      ].map((id) => aStep(id)),
    }),
  ],
})

describe('bot/respond/find-offers', () => {
  let graph: FakeResponseGraph
  before(async () => {
    graph = await openFakeResponseGraph()
  })
  after(() => graph.close())
  beforeEach(() => {
    graph.users.clear()
    graph.apps.clear()
    graph.user(kim)
    graph.user(pat, { displayName: 'Pat', userPrincipalName: 'pat@contoso.example', accountEnabled: false })
    graph.app(app)
  })
  afterEach(() => assert.deepEqual([graph.wrong, graph.writes], [[], []]))

  const offers = async (alert: Partial<Alert>, listed: readonly string[] | null = [], own: readonly string[] = []) => {
    const protection = openProtection({ registers: { peopleOf: () => listed }, own })
    const state = replay([
      { type: 'opened', caseId, alert: bareAlert(alert), playbook: 'impossible-travel', at: now, by: winnow },
      wrote(ada, { type: 'claimed' }),
      wrote(ada, {
        type: 'judged',
        verdict: 'tp',
        class: 'TP',
        label: 'TP',
        because: '',
        evidence: [],
        against: null,
      }),
    ])
    assert.ok(state)
    const found = await openFindOffers({ graph: openResponseGraph(clientOf(graph)), protection })(
      state,
      guide,
      minute(1),
    )
    return isRefusal(found)
      ? found.refusal
      : found.map(
          ({ step, operation, target, isProtected }) =>
            `${step.split('/')[1]}: ${operation} ${targetKey(target)}${isProtected ? ' protected' : ''}`,
        )
  }
  const person = (objectId: string | null, upn: string | null = null) => ({ objectId, upn, name: null })

  it('offers what the recommended steps can do to exactly whom the alert names, and nothing that is so already', async () => {
    assert.deepEqual(await offers({ people: [person(kim), person(null, 'PAT@contoso.example')] }), [
      `suspend-user: suspend-user user:${kim}`,
      `revoke-sessions: revoke-sessions user:${kim}`,
      `revoke-sessions: revoke-sessions user:${pat}`,
      `reenable-plan: enable-user user:${pat}`,
    ])
    assert.deepEqual(await offers({ people: [person('0a1b2c3d-9999-4aaa-8bbb-0123456789ab')] }), [])
  })

  it('offers each inbox rule by itself', async () => {
    graph.users.get(kim)?.rules.set('a=', { id: 'a=' }).set('b=', { id: 'b=' })
    const found = await offers({ people: [person(kim)] })
    assert.ok(Array.isArray(found))
    assert.deepEqual(
      found.filter((one: string) => one.startsWith('remove-inbox-rule')),
      [`inbox-rule:${kim}/a=`, `inbox-rule:${kim}/b=`].map((key) => `remove-inbox-rule: remove-inbox-rule ${key}`),
    )
  })

  it('offers an app by the id of its identity, or by its name', async () => {
    const disable = `disable-service-principal: disable-app app:${app}`
    assert.deepEqual(await offers({ identities: [{ kind: 'service-principal', name: null, id: app }] }), [disable])
    assert.deepEqual(await offers({ apps: ['Mail Helper'] }), [disable])
  })

  it('protects break-glass accounts, Microsoft’s own apps, and Winnow itself', async () => {
    const listed = await offers({ people: [person(kim)] }, ['KIM@contoso.example'])
    assert.deepEqual(listed, [
      `suspend-user: suspend-user user:${kim} protected`,
      `revoke-sessions: revoke-sessions user:${kim} protected`,
    ])
    const disable = `disable-service-principal: disable-app app:${app} protected`
    assert.deepEqual(await offers({ apps: ['Mail Helper'] }, [], ['BBBBBBBB-0000-4000-8000-000000000001']), [disable])
    graph.app(app, { appOwnerOrganizationId: microsoft })
    assert.deepEqual(await offers({ apps: ['Mail Helper'] }), [disable])
  })

  it('offers nothing while it can’t tell: the list can’t be read, or Graph doesn’t answer', async () => {
    assert.equal(await offers({ people: [person(kim)] }, null), 'no-register')
    graph.outage(true)
    const silent = await offers({ people: [person(kim)] })
    graph.outage(false)
    assert.equal(silent, 'graph-silent')
  })
})
