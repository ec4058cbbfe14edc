import assert from 'node:assert/strict'
import { type Somebody, people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { wordsOf } from '../support/card-walk.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people

describe('end-to-end/views: somebody with an old client on the phone and a newer one at the desk', () => {
  let world: World
  let teams: Actors
  let code = ''
  before(async () => {
    world = await openWorld({ store: 'memory' })
    teams = actorsIn(world)
    world.connector.members.push(mia)
    await world.install()
    code = await teams.alert()
    await teams.press(ana, teams.cardOf(code), 'Take case')
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })

  const card = () => teams.cardOf(code)
  const look = (by: Somebody) => teams.forge(by, card(), 'refresh', { caseId: code, line: 0 })

  it('keeps the buttons of the older kind when the newer client looks by itself: only pressing counts', async () => {
    await teams.submit(bo, card(), 'Save note', { noteText: 'From the phone.' })
    assert.doesNotMatch(JSON.stringify((await look(bo)).card?.['body']), /Action\.Execute/)
    assert.ok(world.app().clients.submits(bo.aadObjectId))
  })

  it('leaves the others their buttons of the newer kind, whoever looks first', async () => {
    assert.match(JSON.stringify((await look(mia)).card?.['body']), /Action\.Execute/)
  })

  it('never puts the view of one on the card of all, though a look came as the older kind', async () => {
    const before = card()
    const from = { by: bo, conversation: before.conversationId }
    const data = { verb: 'refresh', caseId: code, line: 0 }
    await world.send(world.activities.submit(data, before.messageId, from))
    await world.drawn()
    const asked = (body: unknown) => wordsOf(body).split('\nHistory')[0]
    assert.equal(asked(card().card['body']), asked(before.card['body']))
  })
})
