import assert from 'node:assert/strict'
import { people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana } = people

describe('end-to-end/related: two alerts about one person', () => {
  let world: World
  let teams: Actors
  let [first, second] = ['', '']
  before(async () => {
    world = await openWorld()
    teams = actorsIn(world)
    await world.install()
    first = await teams.alert({ title: 'The first' })
    second = await teams.alert({ title: 'The second' })
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })
  const card = (code: string) => wordsOf(teams.cardOf(code).card)

  it('are told of on both cards', () => {
    assert.match(card(second), new RegExp(`This person has another open case \\(${first}\\)`))
    assert.match(card(first), new RegExp(`This person has another open case \\(${second}\\)`))
    assert.match(card(first), new RegExp(`Another alert about the same person: The second \\(case ${second}\\)`))
  })

  it('make no click late', async () => {
    const before = teams.cardOf(first)
    await teams.alert({ title: 'The third' })
    assert.match((await teams.press(ana, before, 'Take case')).text, /Assigned to Ana Analyst/)
  })

  it('are known after a restart, and no longer called open once one is closed', async () => {
    await world.stop()
    await world.start()
    await world.drawn()
    await teams.press(ana, teams.cardOf(second), 'Take case')
    assert.match(card(second), /This person has another open case/)
    await teams.say(ana, `${first} verdict undetermined`)
    await teams.say(ana, `${first} close No more to find.`)
    const state = world.app().desk.held(second)?.state
    assert.ok(state)
    // What stands beside a case waits while its owner fills in the card, until they act.
    await teams.press(ana, teams.cardOf(second), 'Unknown')
    assert.doesNotMatch(card(second), new RegExp(`open case \\(${first}\\)`))
  })
})
