import assert from 'node:assert/strict'
import { people } from '../support/activities.js'
import { type Actors, type Shown, actorsIn } from '../support/actors.js'
import { noticeOn, wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { readyToAsk } from '../support/ready-to-ask.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people

describe('end-to-end/together: a manager who is asked often', () => {
  let world: World
  let teams: Actors
  const codes: string[] = []
  before(async () => {
    world = await openWorld({ managers: { dailyQuestions: 1 } })
    teams = actorsIn(world)
    await world.install()
    for (let count = 0; count < 3; count += 1) codes.push(await readyToAsk(teams, ana))
  })
  after(() => {
    nothingOdd(world.connector)
    return world.close()
  })

  const chat = () => world.connector.chats.get(mia.id) ?? ''
  const ask = async (code = '') => noticeOn((await teams.press(ana, teams.cardOf(code), 'Ask manager')).card)
  const shared = (): readonly Shown[] =>
    teams.shown(chat()).filter(({ card }) => wordsOf(card).includes('Questions from the security team'))
  const answerOf = async (code = '') => (await world.app().desk.look(code)).state?.confirmation?.answer
  const lineOf = async (code = '') => (await world.app().desk.look(code)).state?.confirmation?.line

  it('gets a card for each question up to the limit of the day, and one for all others; the analyst is told', async () => {
    assert.equal(await ask(codes[0]), '')
    for (const code of codes.slice(1)) assert.match(await ask(code), /^Mia Manager was already asked often today/)
    await world.drawn()
    assert.equal(teams.cardsOf(codes[0] ?? '', chat()).length, 1)
    const [one, ...others] = shared()
    assert.ok(one && others.length === 0)
    for (const code of codes.slice(1)) assert.match(wordsOf(one.card), new RegExp(`Case ${code}, asked by Ana Analyst`))
    assert.match(
      wordsOf(teams.cardOf(codes[1] ?? '').card),
      /Asked Mia Manager at .*, on one card with other questions/,
    )
  })

  it('answers each by itself, there; the others go on waiting', async () => {
    const [card] = shared()
    assert.ok(card)
    const vouch = async (by: typeof mia, code = '', answer = 'yes') =>
      teams.forge(by, card, 'vouch', { caseId: code, line: await lineOf(code), answer })
    const stranger = await vouch(bo, codes[1])
    assert.match(stranger.text, /^This question went to someone else/)
    assert.equal(await answerOf(codes[1]), null)
    const seen = await vouch(mia, codes[1])
    await world.drawn()
    assert.deepEqual([await answerOf(codes[1]), await answerOf(codes[2])], ['yes', null])
    assert.match(wordsOf(seen.card ?? {}), new RegExp(`Case ${codes[2]}, asked by`))
    assert.match(wordsOf(shared()[0]?.card ?? {}), /You answered: Yes\./)
  })

  it('is found again after a restart, with no second card', async () => {
    await world.stop()
    await world.start()
    await world.drawn()
    await teams.say(mia, `${codes[2]} no`, chat())
    await world.drawn()
    assert.equal(await answerOf(codes[2]), 'no')
    assert.equal(shared().length, 1)
    assert.match(wordsOf(shared()[0]?.card ?? {}), /You answered: No\./)
  })
})
