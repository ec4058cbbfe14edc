import assert from 'node:assert/strict'
import { people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people

describe('end-to-end/submit: the same road in a client that knows only Action.Submit', () => {
  let world: World
  let teams: Actors
  let code = ''
  before(async () => {
    world = await openWorld({ store: 'memory' })
    teams = actorsIn(world)
    await world.install()
    code = await teams.alert()
  })
  after(() => world.close())

  const card = () => teams.cardOf(code)
  const words = () => wordsOf(card().card)
  const texts = () => teams.texts()
  const state = async () => (await world.app().desk.look(code)).state

  it('leads from taking it to closing it, all on one card', async () => {
    const { status, text } = await teams.submit(ana, card(), 'Take case')
    assert.deepEqual([status, text], [200, ''])
    assert.match(words(), /Assigned to Ana Analyst/)
    for (const option of ['other', 'usual', 'known', 'yes']) await teams.submit(ana, card(), 'Answer', { option })
    await teams.submit(ana, card(), 'Record verdict', { verdict: 'fp-undetected-travel' })
    assert.match(words(), /Recorded by Ana Analyst/)
    await teams.submit(ana, card(), 'Save progress', { actions: 'action/close-alert', moreScope: '' })
    await teams.submit(ana, card(), 'Close case')
    assert.match(words(), /Ana Analyst closed the case/)
    assert.equal((await state())?.closed?.by.id, ana.aadObjectId)
    assert.equal(teams.cardsOf(code).length, 1)
  })

  it('opens a closed case again, for who does so', async () => {
    await teams.submit(bo, card(), 'Reopen case', { reopenReason: 'The user called back.' })
    assert.match(words(), /Bo Analyst reopened the case: The user called back\./)
    assert.equal((await state())?.owner?.id, bo.aadObjectId)
  })

  it('answers a refusal with a sentence in the thread, and leaves everybody’s card as it is', async () => {
    const [before, count] = [card(), texts().length]
    await teams.submit(ana, card(), 'Reconsider')
    assert.match(texts().at(-1) ?? '', /^This case is assigned to Bo Analyst\. Ask Bo Analyst/)
    assert.equal(texts().length, count + 1)
    assert.deepEqual(card(), before)
  })

  it('brings an old card up to date instead of a sentence', async () => {
    const old = card()
    await teams.submit(bo, old, 'Reconsider')
    const count = texts().length
    await teams.submit(bo, old, 'Reconsider')
    assert.equal(texts().length, count)
    assert.match(words(), /Bo Analyst withdrew the verdict/)
    assert.equal((await state())?.recordedVerdict, null)
  })

  it('records a verdict against the evidence, and not the allowed one that stands beside it', async () => {
    const chosen = { otherVerdict: 'tp', otherReason: 'The user called us.' }
    await teams.submit(bo, card(), 'Record override', chosen)
    const { recordedVerdict } = (await state()) ?? {}
    assert.deepEqual([recordedVerdict?.verdict, recordedVerdict?.against], ['tp', 'The user called us.'])
    await teams.submit(bo, card(), 'Reconsider')
  })

  it('asks the manager and takes the answer', async () => {
    await teams.submit(bo, card(), 'Ask manager')
    const chat = world.connector.chats.get(mia.id) ?? ''
    const inputs = { from: '', to: '', note: '' }
    await teams.submit(mia, teams.cardOf(code, chat), 'No', inputs)
    assert.match(wordsOf(teams.cardOf(code, chat).card), /Thank you, your answer was recorded/)
    assert.match(words(), /Mia Manager says: No/)
    nothingOdd(world.connector)
  })
})

describe('end-to-end/submit: cards that know nothing but Action.Submit', () => {
  it('lead from taking it to closing it', async () => {
    const world = await openWorld({ store: 'memory', cardActions: 'submit' })
    try {
      const teams = actorsIn(world)
      await world.install()
      const code = await teams.alert()
      const card = () => teams.cardOf(code)
      await teams.submit(ana, card(), 'Take case')
      for (const option of ['other', 'usual', 'known', 'yes']) await teams.submit(ana, card(), 'Answer', { option })
      await teams.submit(ana, card(), 'Record verdict', { verdict: 'fp-undetected-travel' })
      assert.doesNotMatch(JSON.stringify(card().card), /Action\.Execute/)
      await teams.submit(ana, card(), 'Save progress', { actions: 'action/close-alert', moreScope: '' })
      await teams.submit(ana, card(), 'Close case')
      assert.match(wordsOf(card().card), /Ana Analyst closed the case/)
      nothingOdd(world.connector)
    } finally {
      await world.close()
    }
  })
})
