import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Somebody, people } from '../support/activities.js'
import { type Actors, type CaseContext, actorsIn } from '../support/actors.js'
import { type Json, wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people

/** Every file of a folder with what is in it. */
const filesIn = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)))
}

describe('end-to-end/views: in the channel, everybody sees what is for them', () => {
  let world: World
  let teams: Actors
  let code = ''
  before(async () => {
    world = await openWorld()
    teams = actorsIn(world)
    world.connector.members.push({ ...mia, userRole: 'guest' })
    await world.install()
    code = await teams.alert()
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })

  const card = () => teams.cardOf(code)
  /** Whose clients ask for another card than the one that stands in the channel. */
  const viewers = (on: Json = card().card) => Object(on['refresh']).userIds
  /** What somebody's client shows once it has asked by itself. */
  const refreshCard = (by: Somebody): Promise<CaseContext> => {
    const { verb, data } = Object(
      Object(card().card['refresh']).action ?? { verb: 'refresh', data: { caseId: code, line: 0 } },
    )
    return teams.forge(by, card(), verb, data)
  }

  it('a new case looks the same to everybody', async () => {
    assert.equal(viewers(), undefined)
    assert.match((await refreshCard(bo)).text, /Take case/)
  })

  it('once it is taken, the owner sees the check and the others how far it is', async () => {
    const own = await teams.press(ana, card(), 'Take case')
    assert.deepEqual(own.card, card().card)
    assert.deepEqual(viewers(), [bo.id])
    assert.match((await refreshCard(ana)).text, /Tap your answer/)
    const { text } = await refreshCard(bo)
    assert.match(text, /Assigned to Ana Analyst/)
    assert.match(text, /Check 1 of 5/)
    assert.match(text, /Take over/)
    assert.doesNotMatch(text, /Tap your answer/)
  })

  it('what the others see goes on with the owner', async () => {
    await teams.press(ana, card(), 'Answer', { option: 'other' })
    const { text, card: context } = await refreshCard(bo)
    assert.match(text, /Check 2 of 5/)
    assert.deepEqual(viewers(context ?? {}), [bo.id])
  })

  it('somebody else’s click without effect leaves them with what is for them', async () => {
    const { text } = await teams.press(bo, card(), 'Answer', { option: 'usual' })
    assert.match(text, /This case is assigned to Ana Analyst/)
    assert.match(text, /Check 2 of 5/)
    assert.doesNotMatch(text, /Tap your answer/)
  })

  it('the others can write a note', async () => {
    const context = await refreshCard(bo)
    await teams.press(bo, { ...card(), card: context.card ?? {} }, 'Save note', { noteText: 'Kim is away.' })
    assert.match((await refreshCard(bo)).text, /Bo Analyst noted: Kim is away\./)
  })

  it('looking writes nothing and sends nothing, not even for a card that was thought lost', async () => {
    const { desk } = world.app()
    await desk.keepCards(code, ({ cards }) => {
      const channel = cards['channel']
      return channel ? { channel: { ...channel, state: 'lost', posted: null, detail: 'by hand' } } : null
    })
    await world.drawn()
    const before = [await filesIn(world.folder), world.connector.context.length]
    for (const by of [ana, bo, ana, bo]) assert.match((await refreshCard(by)).text, /Check 2 of 5/)
    await world.drawn()
    assert.deepEqual([await filesIn(world.folder), world.connector.context.length], before)
    await teams.forge(ana, card(), 'look', { caseId: code, line: 0 })
    assert.equal((await desk.look(code)).cards['channel']?.state, 'shown')
  })

  it('guests and strangers are shown nothing', async () => {
    for (const by of [mia, { ...bo, id: '29:1eve', aadObjectId: 'bbbbbbbb-0000-4000-8000-000000000009' }]) {
      const { text, card: context, answer } = await refreshCard(by)
      assert.equal(context, null)
      // A message would stand in the place of the card that is there; an error leaves it.
      assert.deepEqual(
        [Object(answer.body).statusCode, Object(answer.body).type],
        [400, 'application/vnd.microsoft.error'],
      )
      assert.match(text, /^Only members of the team/)
    }
  })

  it('who takes it over sees the check, and who had it is told in the thread, by name', async () => {
    const context = await refreshCard(bo)
    const { text } = await teams.press(bo, { ...card(), card: context.card ?? {} }, 'Take over')
    assert.match(text, /Tap your answer/)
    assert.deepEqual(viewers(), [ana.id])
    assert.match((await refreshCard(ana)).text, /Assigned to Bo Analyst/)
    const told = world.connector.messages().at(-1)
    assert.equal(told?.conversationId, card().conversationId)
    assert.match(String(told.activity['text']), new RegExp(`^<at>Ana Analyst</at>, Bo Analyst took over case ${code}`))
    assert.deepEqual(Object(told.activity['entities'])[0].mentioned, { id: ana.id, name: ana.name })
  })

  it('is the same after a restart', async () => {
    await world.stop()
    await world.start()
    await world.drawn()
    assert.match((await refreshCard(ana)).text, /Check 2 of 5/)
    assert.match((await refreshCard(bo)).text, /Tap your answer/)
  })

  it('with the verdict, the owner has the steps and the others the verdict', async () => {
    await teams.press(bo, card(), 'Record verdict', { verdict: 'undetermined', judgeReason: '' })
    assert.match((await refreshCard(ana)).text, /Verdict: Undetermined/)
    assert.doesNotMatch((await refreshCard(ana)).text, /Save progress|Close case/)
    assert.match((await refreshCard(bo)).text, /All done, close/)
  })

  it('once it is closed, it looks the same to everybody again', async () => {
    await teams.press(bo, card(), 'Close anyway', { closeReason: 'Nothing more to find.' })
    assert.equal(viewers(), undefined)
    assert.match((await refreshCard(ana)).text, /Bo Analyst closed the case/)
  })
})

describe('end-to-end/views: who has an old client', () => {
  it('gets cards of their own with nothing but Action.Submit, once their client has sent one', async () => {
    const world = await openWorld({ store: 'memory' })
    try {
      const teams = actorsIn(world)
      world.connector.installedFor.push(ana)
      await world.install()
      const code = await teams.alert()
      const card = () => teams.cardOf(code)
      const isPlain = ({ body }: Json) => !JSON.stringify(body).includes('Action.Execute')
      assert.equal(isPlain(card().card), false)
      await teams.submit(ana, card(), 'Take case')
      assert.equal(isPlain(card().card), true)
      await teams.submit(ana, card(), 'Continue in chat')
      const chat = () => teams.cardOf(code, world.connector.chats.get(ana.id))
      assert.equal(isPlain(chat().card), true)
      await teams.submit(ana, chat(), 'Answer', { option: 'other' })
      assert.match(wordsOf(card().card), /Check 2 of 5/)
      assert.match(wordsOf(chat().card), /Check 2 of 5/)
      const context = await teams.forge(bo, card(), 'refresh', { caseId: code, line: 0 })
      await teams.press(bo, { ...card(), card: context.card ?? {} }, 'Take over')
      assert.equal(isPlain(card().card), false)
      assert.equal(Object(card().card['refresh']).userIds, undefined)
    } finally {
      await world.close()
    }
  })
})
