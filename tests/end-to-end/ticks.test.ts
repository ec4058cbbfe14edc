import assert from 'node:assert/strict'
import { people } from '../support/activities.js'
import { type Actors, type CaseContext, actorsIn } from '../support/actors.js'
import { inputOn, noticeOn } from '../support/card-walk.js'
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
    await teams.press(ana, card(), 'Take case')
    await teams.press(ana, card(), 'Record verdict', { verdict: 'undetermined', judgeReason: 'Nobody is there.' })
  })
  after(() => {
    nothingOdd(world.connector)
    return world.close()
  })

  const card = () => teams.cardOf(code)
  const state = async () => (await world.app().desk.look(code)).state
  const stepStates = async () => Object.keys((await state())?.stepStates ?? {})
  const notice = ({ card: shown }: CaseContext) => noticeOn(shown)
  const inputs = { actions: 'action/contact-user', moreScope: 'scope/same-place' }
  const ticked = ['action/contact-user', 'scope/same-place']

  it('when the case cannot be closed yet', async () => {
    const old = card()
    const context = await teams.press(ana, old, 'Close anyway', inputs)
    assert.match(notice(context), /^\d recommended actions are neither done nor skipped\./)
    assert.deepEqual(await stepStates(), ticked)
    assert.equal(inputOn(card().card, 'actions')['value'], 'action/contact-user')
    const late = await teams.openForm(ana, old, 'Close with reason', { actions: '' })
    assert.match(notice(late), /^The case changed before your click/)
    assert.deepEqual(await stepStates(), ticked)
  })

  it('when a step is skipped that was just ticked as well', async () => {
    const skipped = { skipStep: 'action/contact-user', skipReason: 'Not needed.' }
    const context = await teams.press(ana, card(), 'Skip this action', { ...inputs, ...skipped })
    assert.match(notice(context), /^This step is already marked/)
    assert.deepEqual(await stepStates(), ticked)
  })

  it('when a note is written, an empty one too', async () => {
    assert.match(notice(await teams.press(ana, card(), 'Save note', { ...inputs, noteText: '' })), /^The note is empty/)
    assert.deepEqual(await stepStates(), ticked)
    const more = { ...inputs, moreScope: 'scope/same-place,scope/other-alerts' }
    await teams.press(ana, card(), 'Save note', { ...more, noteText: 'Called twice.' })
    assert.deepEqual(await stepStates(), [...ticked, 'scope/other-alerts'])
  })

  it('but those of somebody else are not, whose note is', async () => {
    const context = await teams.press(bo, card(), 'Save note', { ...inputs, noteText: 'I know this one.' })
    assert.deepEqual([context.card, context.text], [null, ''])
    assert.ok((await state())?.notes.some(({ by, text }) => by.name === bo.name && text === 'I know this one.'))
    assert.deepEqual(await stepStates(), [])
    const old = await teams.press(bo, card(), 'Close anyway', { ...inputs, closeReason: 'x' })
    assert.match(old.text, /^This case is assigned to Ana Analyst\./)
    assert.deepEqual([await stepStates(), (await state())?.closed], [[], null])
  })
})
