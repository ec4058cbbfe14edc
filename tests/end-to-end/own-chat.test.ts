import assert from 'node:assert/strict'
import { people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo } = people

describe('end-to-end/own-chat: the owner goes on in their own chat', () => {
  let world: World
  let teams: Actors
  let code = ''
  before(async () => {
    world = await openWorld()
    teams = actorsIn(world)
    world.connector.installedFor.push(ana)
    await world.install()
    code = await teams.alert()
    await teams.press(ana, teams.cardOf(code), 'Take case')
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })

  const chatOf = (somebody: typeof ana) => world.connector.chats.get(somebody.id) ?? ''
  const mine = () => teams.cardOf(code, chatOf(ana))
  /** The channel's card, but for whose clients ask for another: in one's own chat there is nobody else. */
  const theirs = () => {
    const { refresh: _, ...card } = teams.cardOf(code).card
    return card
  }

  it('only the owner may', async () => {
    const { text } = await teams.press(bo, teams.cardOf(code), 'Continue in chat')
    assert.match(text, /^This case is assigned to Ana Analyst/m)
    assert.equal(world.connector.chats.size, 0)
  })

  it('the working card is sent there, once, and the clicker is told', async () => {
    const { text } = await teams.press(ana, teams.cardOf(code), 'Continue in chat')
    assert.match(text, /The card follows in your personal chat/)
    assert.deepEqual(mine().card, theirs())
    const [again = ''] = await teams.say(ana, 'chat', teams.cardOf(code).conversationId)
    assert.match(again, /^The card is already in your personal chat with Winnow/)
    assert.equal(teams.cardsOf(code, chatOf(ana)).length, 1)
  })

  it('both stay in step, wherever it is worked', async () => {
    const context = await teams.press(ana, mine(), 'Answer', { option: 'other' })
    assert.match(context.text, /Check 2 of 5/)
    assert.deepEqual(mine().card, theirs())
    assert.match(wordsOf(mine().card), /Check 2 of 5/)
    await teams.press(ana, teams.cardOf(code), 'Back')
    assert.deepEqual(mine().card, theirs())
    await world.stop()
    await world.start()
    await teams.press(ana, teams.cardOf(code), 'Answer', { option: 'other' })
    assert.deepEqual(mine().card, theirs())
  })

  it('who had it is told who has it now, and then left in peace', async () => {
    await teams.press(bo, teams.cardOf(code), 'Take over')
    const told = wordsOf(mine().card)
    assert.match(told, /Assigned to Bo Analyst/)
    assert.match(told, /Check 2 of 5/)
    assert.doesNotMatch(told, /Your answer/)
    await teams.press(bo, teams.cardOf(code), 'Answer', { option: 'usual' })
    assert.equal(wordsOf(mine().card), told)
  })

  it('whoever takes it back has both cards again', async () => {
    // Her card does not show what he answered, but who has the case: that is all this press is about.
    await teams.press(ana, mine(), 'Take over')
    assert.deepEqual(mine().card, theirs())
    await teams.press(ana, mine(), 'Release')
    assert.match(wordsOf(mine().card), /Take case/)
    await teams.press(ana, mine(), 'Take case')
    assert.match(wordsOf(teams.cardOf(code).card), /Assigned to Ana Analyst/)
  })

  it('a chat that does not take the card is told on the case', async () => {
    await teams.press(bo, teams.cardOf(code), 'Take over')
    world.connector.failNext({ on: 'direct', status: 403, code: 'BotNotInConversationRoster', times: 1 })
    await teams.press(bo, teams.cardOf(code), 'Continue in chat')
    const { text } = await teams.press(bo, teams.cardOf(code), 'Refresh card')
    assert.match(text, /couldn't be sent to the personal chat of Bo Analyst/)
    world.connector.installedFor.push(bo)
    world.connector.failNext({ on: 'post', status: 429, times: 1 })
    await teams.press(bo, teams.cardOf(code), 'Continue in chat')
    // The one in the channel still waits with the note of what did not arrive.
    const before = (card: unknown) => wordsOf(card).split('\nHistory')[0]
    assert.equal(before(teams.cardOf(code, chatOf(bo)).card), before(theirs()))
  })
})
