import assert from 'node:assert/strict'
import type { DeliveryFailure } from '../../../bot/chat.js'
import { incidents, people, type Somebody } from '../../support/activities.js'
import { openRig, type Rig, tenantId } from './rig.js'

const { ana } = people

describe('bot/teams/roster', () => {
  let rig: Rig
  beforeEach(async () => (rig = await openRig()))
  afterEach(() => rig.close())

  const roster = () => rig.messenger.roster(rig.place(`${incidents};messageid=17`))
  const named = (n: number, but: Partial<Somebody> = {}): Somebody => ({
    id: `29:${n}`,
    aadObjectId: `o-${n}`,
    name: `N${n}`,
    userPrincipalName: `n${n}@contoso.example`,
    ...but,
  })

  it('lists everybody of the channel, from a thread as well, with all their ids', async () => {
    const found = (await roster()).find(({ ids }) => ids.includes(ana.aadObjectId))
    assert.deepEqual(found, {
      ids: [ana.aadObjectId, ana.id, ana.userPrincipalName],
      chatId: ana.id,
      name: ana.name,
      guest: false,
    })
    assert.match(String(rig.connector.context[0]?.path), /conversations\/19:incidents@thread\.tacv2\/pagedmembers\?/)
  })

  it('reads all pages of a large team', async () => {
    rig.connector.members.splice(0, Infinity, ...Array.from({ length: 1201 }, (_, n) => named(n)))
    const members = await roster()
    assert.equal(new Set(members.flatMap(({ ids }) => ids)).size, 3603)
    assert.equal(rig.connector.count('member'), 3)
  })

  it('is nobody rather than half when a page fails', async () => {
    rig.connector.members.splice(0, Infinity, ...Array.from({ length: 600 }, (_, n) => named(n)))
    rig.connector.failNext({ on: 'member', status: 503, retryAfter: '4' })
    await assert.rejects(roster(), { kind: 'transient', retryAfterMs: 4000 } satisfies Partial<DeliveryFailure>)
  })

  it('marks guests: by role, by the name Entra gives them, by their tenant', async () => {
    const foreign = '99999999-9999-4999-8999-999999999999'
    rig.connector.members.splice(
      0,
      Infinity,
      named(1, { userRole: 'user', tenantId: tenantId.toUpperCase() }),
      named(2, { userRole: 'Guest' }),
      named(3, { userRole: 'anonymous' }),
      named(4, { userPrincipalName: 'gus_fabrikam.example#EXT#@contoso.onmicrosoft.com' }),
      named(5, { tenantId: foreign }),
    )
    assert.deepEqual(
      (await roster()).map(({ guest }) => guest),
      [false, true, true, true, true],
    )
  })
})
