import assert from 'node:assert/strict'
import { general, incidents, people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, mia } = people

describe('end-to-end/install: Winnow is added somewhere', () => {
  let world: World
  let teams: Actors
  beforeEach(async () => {
    world = await openWorld()
    teams = actorsIn(world)
  })
  afterEach(() => world.close())

  const where = () => world.app().channels.channels()[0]?.place.conversationId
  const texts = (conversation: string) => teams.texts(conversation)

  it('a team binds its channel with one greeting, though Teams tells it twice', async () => {
    await world.install()
    await world.send(world.activities.joined({ by: ana }))
    assert.equal(texts(incidents).length, 1)
    assert.deepEqual(texts(general), [])
    assert.equal(where(), incidents)
  })

  it('a second team is told that the alerts go elsewhere', async () => {
    await world.install()
    await world.install(general)
    assert.match(texts(general)[0] ?? '', /^Hi, this is Winnow\. Alerts go to another channel/)
    assert.equal(where(), incidents)
  })

  it('a person is greeted, and nothing is bound', async () => {
    await world.send(world.activities.installed({ by: mia, conversation: 'a:1mia' }))
    assert.match(texts('a:1mia')[0] ?? '', /^Hi, this is Winnow, the security team's assistant/)
    assert.equal(where(), undefined)
    assert.match((await teams.say(ana, 'queue', 'a:1ana'))[0] ?? '', /^Only members of the team/)
  })

  it('the same channel again, a while later, takes what it refused, without another greeting', async () => {
    await world.install()
    world.connector.failNext({ on: 'post', status: 403, code: 'BotNotInConversationRoster' })
    const code = await teams.alert()
    assert.equal(teams.cardsOf(code).length, 0)
    await world.stop()
    await world.start()
    await world.install()
    await world.drawn()
    assert.equal(teams.cardsOf(code).length, 1)
    assert.equal(texts(incidents).filter((text) => text.startsWith('Hi, this is Winnow')).length, 1)
  })

  it('as long as nobody is known as an analyst, everybody who writes in their own chat learns how to begin', async () => {
    assert.match(
      (await teams.say(ana, 'help', 'a:1ana'))[0] ?? '',
      /^What you can send to Winnow\nWinnow posts security alerts here[^]*post here/,
    )
    await world.install()
    assert.match((await teams.say(mia, 'help', 'a:1mia'))[0] ?? '', /^This is Winnow, the security team's assistant/)
  })

  it('nobody is taken for a stranger while the team can’t be read', async () => {
    await world.install()
    await world.stop()
    await world.start()
    world.connector.failNext({ on: 'member', status: 500, times: 99 })
    assert.match(
      (await teams.say(ana, 'help', 'a:1ana'))[0] ?? '',
      /^What you can send to Winnow\nWinnow posts security alerts here/,
    )
    assert.match((await teams.say(ana, 'queue', 'a:1ana'))[0] ?? '', /can't check right now who is on the team/)
  })

  it('the first to say “post here” binds a channel as well', async () => {
    assert.match(
      (await teams.say(ana, 'post here', `${incidents};messageid=3`))[0] ?? '',
      /^Alerts now go to this channel/,
    )
    assert.equal(teams.cardsOf(await teams.alert()).length, 1)
  })
})
