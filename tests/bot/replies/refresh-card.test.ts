import assert from 'node:assert/strict'
import { openChannels } from '../../../bot/outbox/channels.js'
import { openRefreshCard } from '../../../bot/replies/refresh-card.js'
import { openRoster } from '../../../bot/people/roster.js'
import type { CardClick, Message } from '../../../bot/chat.js'
import type { Person } from '../../../triage/person.js'
import { ada, ben, caseId } from '../../support/cast.js'
import { cardOf, handMessenger, home, lineOn, openRooms, textOf } from '../outbox/hand.js'

describe('bot/replies/refresh-card', () => {
  const clickOf = (by: Person, id: string): CardClick => ({
    verb: 'refresh',
    data: { caseId: id, line: 0 },
    by,
    place: home,
    personal: false,
    messageId: 'm-1',
    posted: { place: home, messageId: 'm-1' },
    via: 'execute',
  })

  /** A case that Ada works on; Ada and Ben are in the team. `looks` counts what is read from the store. */
  const open = async () => {
    const rooms = openRooms()
    await rooms.open()
    await rooms.does(ada, { type: 'take' })
    const hand = handMessenger()
    hand.members.add(ada.id).add(ben.id)
    const binding = await openChannels(rooms.store)
    await binding.bind(home)
    const state = { looks: 0, asked: 0 }
    const ask: typeof hand.messenger.roster = (place) => {
      state.asked += 1
      return hand.messenger.roster(place)
    }
    const roster = openRoster({ messenger: { roster: ask }, now: () => 0, log: rooms.log })
    const desk: typeof rooms.desk = {
      ...rooms.desk,
      look: (id) => {
        state.looks += 1
        return rooms.desk.look(id)
      },
      settle: () => assert.fail('a look writes nothing'),
    }
    const { phrases, renderer, now } = rooms
    const refresh = openRefreshCard({ desk, renderer, phrases, roster, channels: binding, now })
    const look = (by: Person, id = caseId): Promise<Message> => refresh(clickOf(by, id))
    return { rooms, hand, roster, state, look }
  }

  it('shows the owner the check and the others how far it is, from memory', async () => {
    const { roster, state, look, rooms } = await open()
    await roster.keepFresh([home])
    assert.equal(cardOf(await look(ada)), 'work')
    const [first, again] = [await look(ben), await look(ben)]
    assert.deepEqual([cardOf(first), again], ['progress', first])
    assert.deepEqual(state, { looks: 0, asked: 1 })
    await rooms.does(ada, { type: 'note', text: 'x' })
    assert.ok(Number(lineOn(await look(ben))) > Number(lineOn(first)))
    assert.equal(state.looks, 0)
  })

  it('asks nobody who belongs to the team: what was last read counts', async () => {
    const { hand, roster, state, look } = await open()
    assert.match(textOf(await look(ben)), /no-roster/)
    assert.equal(state.asked, 0)
    await roster.keepFresh([home])
    hand.members.delete(ben.id)
    assert.equal(cardOf(await look(ben)), 'progress')
    assert.match(textOf(await look({ id: 'eve', name: 'Eve' })), /not-analyst/)
    assert.equal(state.asked, 1)
  })

  it('reads a case that is not held', async () => {
    const { rooms, roster, state, look } = await open()
    await roster.keepFresh([home])
    await rooms.does(ada, { type: 'release' })
    assert.equal(cardOf(await look(ben)), 'new')
    assert.equal(state.looks, 0)
    assert.match(textOf(await look(ben, '0000-0000-0000')), /no-case/)
    assert.equal(state.looks, 1)
  })
})
