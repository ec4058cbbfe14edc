import assert from 'node:assert/strict'
import { general, incidents, people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo } = people

describe('end-to-end/channels: several channels, each with a filter', () => {
  let world: World
  let teams: Actors
  beforeEach(async () => {
    world = await openWorld()
    teams = actorsIn(world)
    await world.install()
  })
  afterEach(() => {
    nothingOdd(world.connector)
    return world.close()
  })

  const say = async (text: string, conversation = incidents) => (await teams.say(ana, text, conversation))[0] ?? ''
  const isIn = (code: string, channel: string) => {
    const other = channel === general ? incidents : general
    assert.deepEqual([teams.cardsOf(code, channel).length, teams.cardsOf(code, other).length], [1, 0])
  }

  it('an alert goes to the first that fits, and what fits no filter to the channel without one', async () => {
    assert.match(
      await say('post here cloud-apps high', general),
      /These alerts now go to this channel: Defender for Cloud Apps, High severity or higher/,
    )
    isIn(await teams.alert({ severity: 'high' }), general)
    isIn(await teams.alert({ severity: 'medium' }), incidents)
    isIn(await teams.alert({ severity: 'high', type: 'ARM_OperationFromSuspiciousIP' }), incidents)
  })

  it('a card stays where it stands, and is kept up to date there, whatever is bound later and after a restart', async () => {
    const code = await teams.alert({ severity: 'high' })
    await say('post here high', general)
    await teams.press(bo, teams.cardOf(code, incidents), 'Take case')
    isIn(code, incidents)
    await world.stop()
    await world.start()
    await teams.press(bo, teams.cardOf(code, incidents), 'Release')
    assert.match(wordsOf(teams.cardOf(code, incidents).card), /Unassigned/)
    isIn(code, incidents)
    isIn(await teams.alert({ severity: 'high' }), general)
  })

  it('are listed, let go by name or by number, but never the last one', async () => {
    await say('post here resource manager', general)
    assert.equal(
      await say('channels'),
      '1. this channel: all other alerts. No one is on call\n2. a channel that Ana Analyst selected: Defender for Resource Manager. No one is on call',
    )
    assert.match(await say('post nowhere 7'), /^That isn't one of Winnow's channels/)
    assert.match(await say('post nowhere', incidents), /^New alerts no longer go to that channel/)
    assert.equal(
      await say('channels'),
      '1. a channel that Ana Analyst selected: Defender for Resource Manager. No one is on call\nAlerts that match no filter go to the first channel.',
    )
    assert.match(await say('post nowhere 1'), /^It is the only channel/)
    assert.match(await say('post nowhere', incidents), /^That isn't one of Winnow's channels/)
    isIn(await teams.alert(), general)
  })

  it('a filter that is none changes nothing, and the answer says which there are', async () => {
    assert.match(
      await say('post here clod-apps', general),
      /^“clod-apps” isn't a filter, so nothing was changed\. Send “post here”, then cloud-apps/,
    )
    isIn(await teams.alert(), incidents)
  })

  it('an alert that its channel refuses comes to another one once that is bound', async () => {
    world.connector.failNext({ on: 'post', status: 403, code: 'BotNotInConversationRoster' })
    const code = await teams.alert({ severity: 'high' })
    assert.equal(teams.cardsOf(code, incidents).length, 0)
    await say('post here high', general)
    isIn(code, general)
  })
})
