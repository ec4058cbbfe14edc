import assert from 'node:assert/strict'
import type { Directory } from '../../bot/people/directory.js'
import { people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { inputOn, wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { readyToAsk } from '../support/ready-to-ask.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, mia } = people
const directory: Directory = {
  managerOf: async () => ({ id: mia.aadObjectId, name: mia.name }),
  idsOf: async () => [],
}

describe('end-to-end/travel: a journey that a manager confirmed', () => {
  let world: World
  let teams: Actors
  let code = ''
  before(async () => {
    world = await openWorld({ directory, groupMinutes: 0 })
    teams = actorsIn(world)
    await world.install()
    code = await readyToAsk(teams, ana)
    await teams.press(ana, teams.cardOf(code), 'Ask manager')
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })
  const chat = () => world.connector.chats.get(mia.id) ?? ''
  const toJourney = async (...countries: readonly string[]): Promise<string> => {
    const addresses = countries.map((country, at) => ({ ip: `203.0.113.${at + 1}`, country }))
    const later = await readyToAsk(teams, ana, { addresses })
    return wordsOf(teams.cardOf(later).card)
  }

  it('is asked for with the countries of the alert, and read as the manager leaves them', async () => {
    const { card } = await teams.openForm(mia, teams.cardOf(code, chat()), 'Add dates or note')
    assert.ok(card)
    assert.equal(inputOn(card, 'countries')['value'], 'Norway, Brazil')
    const typed = { from: '2026-03-01', to: '2999-12-31', countries: 'Portugal, norway', note: 'Our fair.' }
    await teams.sendForm(mia, teams.cardOf(code, chat()), card, 'Yes', typed)
    const { state } = await world.app().desk.look(code)
    assert.deepEqual([state?.confirmation?.countries, state?.confirmation?.note], [['PT', 'NO'], 'Our fair.'])
  })

  it('covers later alerts of that person within it, suggests the answer, and is no more than a suggestion', async () => {
    const card = await toJourney('NO', 'PT')
    assert.match(card, /Covered by a trip to Portugal, Norway, 1 Mar to 31 Dec, confirmed by Mia/)
    assert.match(card, /Suggested by the registers/)
  })

  it('says of others what of them lies outside, and suggests nothing', async () => {
    const card = await toJourney('NO', 'BR')
    assert.match(card, /Outside the trip to Portugal, Norway .*: Brazil\./)
    assert.doesNotMatch(card, /Suggested by the registers/)
  })

  it('is listed by name, over a restart as well', async () => {
    const listed = async () => (await teams.say(ana, 'travel kim')).join('\n')
    const before = await listed()
    assert.match(before, new RegExp(`Kim Karlsen: Portugal, Norway, 2026-03-01 to 2999-12-31, .*${code}.*Our fair`))
    await world.stop()
    await world.start()
    await world.drawn()
    assert.equal(await listed(), before)
    assert.match((await teams.say(ana, 'travel eve')).join('\n'), /No confirmed trips for “eve”/)
  })

  it('counts no more once it is revoked, which is a line of the history', async () => {
    const [answer = ''] = await teams.say(ana, `${code} revoke travel The fair was canceled.`)
    assert.match(answer, /revoked the trip that the manager confirmed: The fair was canceled/)
    assert.doesNotMatch(await toJourney('NO', 'PT'), /Covered by a trip/)
    assert.match((await teams.say(ana, 'travel kim')).join('\n'), /No confirmed trips/)
    assert.match((await teams.say(ana, 'travel')).join('\n'), /Whose trips\?/)
  })
})
