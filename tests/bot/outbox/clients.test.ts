import assert from 'node:assert/strict'
import { openClients } from '../../../bot/outbox/clients.js'
import { openRoster } from '../../../bot/people/roster.js'
import type { Config } from '../../../bot/config/config.js'
import type { Member } from '../../../bot/chat.js'
import { replay } from '../../../triage/evolve.js'
import { ada, ben } from '../../support/cast.js'
import { claimed, openedWith } from '../../support/diary.js'
import { home } from './hand.js'

describe('bot/outbox/clients', () => {
  const member = (id: string, guest = false): Member => ({ ids: [id, `29:${id}`], chatId: `29:${id}`, name: id, guest })
  const state = replay([openedWith({}), claimed])
  assert.ok(state)
  const record = { state, cards: {} }

  const open = async (members: readonly Member[], cardActions: Config['cardActions'] = 'execute', isLocal = false) => {
    const roster = openRoster({ messenger: { roster: async () => members }, now: () => 0, log: { warn: () => {} } })
    await roster.keepFresh([home])
    const clients = openClients({
      cardActions,
      isLocal,
      roster,
      place: () => ({ ...home, conversationId: `${home.conversationId};messageid=1` }),
    })
    return { roster, clients }
  }

  it('tells who sees something else than the owner: the members of the channel’s team without guests', async () => {
    const { clients } = await open([member(ada.id), member(ben.id), member('gus', true)])
    assert.deepEqual(clients.others(record), [`29:${ben.id}`])
  })

  it('tells nobody where there is no channel yet, or no roster', async () => {
    const { roster } = await open([member(ben.id)])
    const nowhere = openClients({ cardActions: 'execute', isLocal: false, roster, place: () => null })
    assert.deepEqual(nowhere.others(record), [])
    assert.deepEqual((await open([])).clients.others(record), [])
  })

  it('tells nobody in the local client, which knows no views of one’s own', async () => {
    const local = await open([member(ben.id)], 'execute', true)
    assert.deepEqual([local.clients.others(record), local.clients.dialogs], [[], false])
    const teams = await open([member(ben.id)])
    assert.equal(teams.clients.dialogs, true)
  })

  it('tells sixty of a large team, and who did something last is among them', async () => {
    const many = Array.from({ length: 200 }, (_, n) => member(`p${n}`))
    const { roster, clients } = await open([...many, member(ben.id)])
    assert.equal(clients.others(record).includes(`29:${ben.id}`), false)
    await roster.membership(ben.id, [home])
    await roster.membership('p150', [home])
    const others = clients.others(record)
    assert.equal(others.length, 60)
    assert.deepEqual(others.slice(0, 3), ['29:p150', `29:${ben.id}`, '29:p0'])
  })

  it('lets a client that has sent a Submit do with Submits, until the same person sends an Execute', async () => {
    const { clients } = await open([member(ada.id), member(ben.id)])
    assert.deepEqual([clients.submits(ben.id), clients.submits(null)], [false, false])
    clients.note({ by: ben, via: 'submit' })
    assert.deepEqual([clients.submits(ben.id), clients.submits(ada.id), clients.submits(null)], [true, false, false])
    assert.deepEqual(clients.others(record), [])
    clients.note({ by: ben, via: 'execute' })
    assert.deepEqual([clients.submits(ben.id), clients.others(record)], [false, [`29:${ben.id}`]])
  })

  it('lets everybody do with Submits where it is set so, and then nobody is shown another card', async () => {
    const { clients } = await open([member(ada.id), member(ben.id)], 'submit')
    assert.deepEqual([clients.submits(null), clients.submits(ada.id), clients.others(record)], [true, true, []])
  })

  it('tells everybody of a case that nobody has', async () => {
    const free = replay([openedWith({})])
    assert.ok(free)
    const { clients } = await open([member(ada.id), member(ben.id)])
    assert.deepEqual(clients.others({ state: free, cards: {} }), [`29:${ada.id}`, `29:${ben.id}`])
  })
})
