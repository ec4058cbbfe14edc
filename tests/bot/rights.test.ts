import assert from 'node:assert/strict'
import { isAnalyst } from '../../bot/rights.js'
import { ada } from '../support/cast.js'
import { elsewhere, handMessenger, home } from './hand.js'

describe('bot/rights', () => {
  const at = async (conversationId: string, personal: boolean, members: readonly string[] = [], bound = true) => {
    const { messenger, members: everybody } = handMessenger()
    for (const id of members) everybody.add(id)
    const binding = { place: () => (bound ? home : null), bind: async () => {} }
    const place = { ...home, conversationId }
    return isAnalyst({ by: ada, place, personal }, Object.assign(Object.create(null), { binding, messenger }))
  }

  it('has whoever speaks in the bound channel, and members of its team elsewhere', async () => {
    assert.equal(await at(home.conversationId, false), true)
    assert.equal(await at('a:1', true, [ada.id]), true)
    assert.equal(await at(elsewhere.conversationId, false, [ada.id]), true)
  })

  it('has nobody else: not in a chat, not in another channel, not in a chat that calls itself the channel', async () => {
    assert.equal(await at('a:1', true), false)
    assert.equal(await at(elsewhere.conversationId, false), false)
    assert.equal(await at(home.conversationId, true), false)
  })

  it('has nobody as long as no channel is bound, and nobody of another tenant', async () => {
    assert.equal(await at(home.conversationId, false, [ada.id], false), false)
    const { messenger } = handMessenger()
    const binding = { place: () => home, bind: async () => {} }
    const place = { ...home, tenantId: 't-2' }
    const house = Object.assign(Object.create(null), { binding, messenger })
    assert.equal(await isAnalyst({ by: ada, place, personal: false }, house), false)
  })
})
