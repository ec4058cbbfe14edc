import assert from 'node:assert/strict'
import { general, incidents, people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo } = people

describe('end-to-end/owed: a card that does not arrive is told of until it does', () => {
  let world: World
  let teams: Actors
  beforeEach(async () => {
    world = await openWorld({ store: 'memory', leads: [bo.aadObjectId] })
    teams = actorsIn(world)
    await world.install()
  })
  afterEach(() => {
    nothingOdd(world.connector)
    return world.close()
  })

  const isWell = async () => (await fetch(world.url('/health'))).status === 200
  const refuse = () => world.connector.failNext({ on: 'post', status: 403, code: 'BotNotInConversationRoster' })

  it('to the leads in their own chats when the only channel refuses it; Winnow is not well until it stands there', async () => {
    assert.equal(await isWell(), true)
    refuse()
    const code = await teams.alert()
    const told = teams.texts(world.connector.chats.get(bo.id))
    assert.equal(told.length, 1)
    assert.match(told[0] ?? '', new RegExp(`^The card of ${code} .*\\(BotNotInConversationRoster; 1 in all\\)`))
    assert.equal(await isWell(), false)
    await world.app().rebind.rebindAll()
    await world.drawn()
    assert.equal(teams.cardsOf(code).length, 1)
    assert.equal(await isWell(), true)
  })

  it('in another channel when there is one, and whoever is on call is paged in their own chat', async () => {
    await teams.say(ana, 'on call')
    await teams.say(bo, 'post here high', general)
    refuse()
    const code = await teams.alert({ severity: 'medium' })
    assert.ok(teams.texts(general).some((text) => text.startsWith(`The card of ${code} `)))
    const paged = teams.texts(world.connector.chats.get(ana.id))
    assert.equal(
      paged.filter((text) => text.includes(`on call. Medium severity: Impossible travel (case ${code})`)).length,
      1,
    )
  })

  it('and nobody is forgotten when two people say where to post and who is on call at once', async () => {
    const said = [
      world.activities.message('on call', { by: ana, conversation: incidents }),
      world.activities.message('post here high', { by: bo, conversation: general }),
      world.activities.message('on call', { by: bo, conversation: incidents }),
    ]
    await Promise.all(said.map((message) => world.send(message)))
    await world.drawn()
    const channels = world.app().channels.channels()
    assert.deepEqual(
      channels.map(({ place }) => place.conversationId),
      [incidents, general],
    )
    assert.ok(channels[0]?.onCall)
  })
})
