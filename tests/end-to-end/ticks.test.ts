import assert from 'node:assert/strict'
import { people } from '../support/activities.js'
import { type Actors, type Seen, actorsIn } from '../support/actors.js'
import { inputOn } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo } = people

describe('end-to-end/ticks: what stands on the card is kept, whatever is pressed', () => {
  let world: World
  let teams: Actors
  let code = ''
  before(async () => {
    world = await openWorld({ store: 'memory' })
    teams = actorsIn(world)
    await world.install()
  })
  beforeEach(async () => {
    code = await teams.alert()
    await teams.press(ana, card(), 'Take it')
    await teams.press(ana, card(), 'Record verdict', { verdict: 'undetermined', judgeReason: 'Nobody is there.' })
  })
  after(() => {
    nothingOdd(world.connector)
    return world.close()
  })

  const card = () => teams.cardOf(code)
  const state = async () => (await world.house().desk.look(code)).state
  const ticks = async () => Object.keys((await state())?.ticks ?? {})
  const notice = ({ text }: Seen) => /^Please note: (.*)$/m.exec(text)?.[1] ?? ''
  const inputs = { actions: 'action/contact-user', scope: 'scope/same-place' }
  const ticked = ['action/contact-user', 'scope/same-place']

  it('when the case cannot be closed yet', async () => {
    const old = card()
    const seen = await teams.press(ana, old, 'Close case', inputs)
    assert.match(notice(seen), /^\d recommended actions are neither done nor skipped\./)
    assert.deepEqual(await ticks(), ticked)
    assert.equal(inputOn(seen.card, 'actions')['value'], 'action/contact-user')
    assert.match(notice(await teams.press(ana, old, 'Close case', { actions: '' })), /^Somebody was faster/)
    assert.deepEqual(await ticks(), ticked)
  })

  it('when a step is skipped that was just ticked as well', async () => {
    const skipped = { skipStep: 'action/contact-user', skipReason: 'Not needed.' }
    const seen = await teams.press(ana, card(), 'Skip this action', { ...inputs, ...skipped })
    assert.match(notice(seen), /^This step is already marked/)
    assert.deepEqual(await ticks(), ticked)
  })

  it('when a note is written, an empty one too', async () => {
    assert.match(notice(await teams.press(ana, card(), 'Save note', { ...inputs, noteText: '' })), /^The note is empty/)
    assert.deepEqual(await ticks(), ticked)
    const more = { ...inputs, scope: 'scope/same-place,scope/other-alerts' }
    await teams.press(ana, card(), 'Save note', { ...more, noteText: 'Called twice.' })
    assert.deepEqual(await ticks(), [...ticked, 'scope/other-alerts'])
  })

  it('but those of somebody else are not, whose note is', async () => {
    const seen = await teams.press(bo, card(), 'Save note', { ...inputs, noteText: 'I know this one.' })
    assert.equal(notice(seen), '')
    assert.match(seen.text, /Bo Analyst.*I know this one\./)
    assert.deepEqual(await ticks(), [])
    const old = await teams.press(bo, card(), 'Close case', { ...inputs, closeReason: 'x' })
    assert.match(notice(old), /^Ana Analyst has this case\./)
    assert.deepEqual([await ticks(), (await state())?.closed], [[], null])
  })
})
