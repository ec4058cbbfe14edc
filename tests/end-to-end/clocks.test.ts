import assert from 'node:assert/strict'
import type { Directory } from '../../bot/people/directory.js'
import { incidents, people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { canPress, noticeOn, wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { readyToAsk } from '../support/ready-to-ask.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people
const person = ({ aadObjectId, name }: typeof ana) => ({ id: aadObjectId, name })

/** Mia is everyone's manager, and Bo answers in her place. */
const directory: Directory = {
  managerOf: async ({ objectId }) => (objectId === null ? person(mia) : null),
  deputyOf: async () => person(bo),
  idsOf: async () => [],
}

const rota = `
people:
  bo: { id: ${bo.aadObjectId}, name: Bo Analyst }
  ana: { id: ${ana.aadObjectId}, name: Ana Analyst }
layers:
  - { name: all, people: [bo, ana], from: 2020-01-01, handover: "00:00", every: 1d }
`

describe('end-to-end/clocks: what lasts too long is told, and never decided', () => {
  let world: World
  let teams: Actors
  const begin = async (options: Parameters<typeof openWorld>[0]) => {
    world = await openWorld(options)
    teams = actorsIn(world)
    await world.install()
  }
  afterEach(() => {
    nothingOdd(world.connector)
    return world.close()
  })

  /** What the clocks do so many minutes from now. */
  const after = async (minutes: number): Promise<void> => {
    world.app().clocks.doubt()
    await world.app().clocks.look(new Date(Date.now() + minutes * 60_000).toISOString())
    await world.drawn()
  }
  const thread = (code: string) => teams.texts(teams.cardOf(code).conversationId)
  const mentioned = (): readonly string[] => {
    const entities: readonly unknown[] = Object(world.connector.messages().at(-1)?.activity['entities'] ?? [])
    return entities.map((one) => String(Object(one).mentioned.id))
  }
  const diaryOf = async (code: string) => (await world.app().desk.look(code)).diary

  it('an unassigned case mentions who is on call again, then the lead; “ack” says who has seen it and begins anew', async () => {
    await begin({ store: 'memory', leads: [bo.aadObjectId] })
    await teams.say(ana, 'on call')
    const code = await teams.alert({ severity: 'high' })
    const updates = () => teams.cardOf(code).updates
    const before = updates()
    assert.equal(before, 1, 'the first page brings its button')
    await after(11)
    assert.match(thread(code).at(-1) ?? '', /^<at>Ana Analyst<\/at>, case .* is still unassigned after 11 min\. High/)
    await after(30)
    assert.match(thread(code).at(-1) ?? '', /^<at>Bo Analyst<\/at>, case .* is still unassigned/)
    assert.equal(updates(), before, 'more pages draw no card anew')
    const [said] = await teams.say(bo, `${code} ack`)
    assert.match(said ?? '', /^Bo Analyst acknowledged/)
    const pages = (await diaryOf(code)).flatMap((event) =>
      event.type === 'paged' ? [[event.step, event.to.map(({ name }) => name).join()]] : [],
    )
    assert.deepEqual(pages, [
      ['first', 'Ana Analyst'],
      ['again', 'Ana Analyst'],
      ['leads', 'Bo Analyst'],
    ])
    await after(9)
    assert.equal((await diaryOf(code)).filter(({ type }) => type === 'paged').length, 3)
    await teams.press(ana, teams.cardOf(code), 'Take case')
    assert.match(wordsOf(teams.cardOf(code).card), /acknowledged/)
    const [refused] = await teams.say(bo, `${code} ack`)
    assert.match(refused ?? '', /assigned to Ana Analyst/)
  })

  it('a page is acknowledged by one tap, by name, and the button is gone for everyone until the next page', async () => {
    await begin({ store: 'memory', leads: [bo.aadObjectId] })
    await teams.say(ana, 'on call')
    const code = await teams.alert({ severity: 'high' })
    const old = teams.cardOf(code)
    assert.match((await teams.press(mia, old, 'Acknowledge')).text, /^Only/)
    await after(11)
    await teams.press(bo, old, 'Acknowledge')
    const card = () => teams.cardOf(code).card
    assert.match(wordsOf(card()), /Unassigned\nPage acknowledged by Bo Analyst/)
    assert.equal(canPress(card(), 'Acknowledge', {}), false)
    assert.match(noticeOn((await teams.press(ana, old, 'Acknowledge')).card), /^The case changed before your click/)
    const acknowledged = async () =>
      (await diaryOf(code)).flatMap(({ type, by }) => (type === 'page-acknowledged' ? [by.name] : []))
    assert.deepEqual(await acknowledged(), [bo.name])
    await after(30)
    assert.equal(canPress(card(), 'Acknowledge', {}), true)
    await teams.submit(ana, teams.cardOf(code), 'Acknowledge')
    assert.deepEqual(await acknowledged(), [bo.name, ana.name])
    await teams.press(ana, teams.cardOf(code), 'Take case')
    assert.equal(canPress(card(), 'Acknowledge', {}), false)
  })

  it('a silent owner is reminded and then released, across a restart, with everything kept', async () => {
    await begin({})
    const code = await readyToAsk(teams, ana)
    const answers = (await world.app().desk.look(code)).state?.answers.length ?? 0
    await after(241)
    assert.match(thread(code).at(-1) ?? '', /^<at>Ana Analyst<\/at>, nothing has been done in case .* released at /)
    await world.stop()
    await world.start()
    await world.drawn()
    await after(241 + 1440)
    assert.match(thread(code).at(-1) ?? '', /^<at>Ana Analyst<\/at>, case .* was released because nothing was done/)
    const { state } = await world.app().desk.look(code)
    assert.deepEqual([state?.owner, state?.closed, state?.answers.length], [null, null, answers])
    assert.match(wordsOf(teams.cardOf(code).card), /Unassigned/)
    await teams.press(bo, teams.cardOf(code), 'Take case')
    assert.match(wordsOf(teams.cardOf(code).card), /Assigned to Bo Analyst/)
  })

  it('a silent manager is reminded, then the deputy is asked, and no one else’s answer counts', async () => {
    await begin({ store: 'memory', directory })
    world.connector.installedFor.push(bo)
    const code = await readyToAsk(teams, ana)
    await teams.press(ana, teams.cardOf(code), 'Ask manager')
    const chatOf = ({ id }: typeof ana) => world.connector.chats.get(id) ?? ''
    const question = teams.cardOf(code, chatOf(mia))
    await after(241)
    assert.match(teams.texts(chatOf(mia)).at(-1) ?? '', /^Reminder: Ana Analyst is waiting for your answer about /)
    assert.match(thread(code).at(-1) ?? '', /Mia Manager hasn't answered about case .* and was reminded/)
    await after(25 * 60)
    assert.match(thread(code).at(-1) ?? '', /Mia Manager didn't answer about case .*, so Bo Analyst is asked now/)
    assert.deepEqual(mentioned().length > 0, true)
    assert.match(wordsOf(teams.cardOf(code, chatOf(mia)).card), /This question went to someone else/)
    const late = await teams.press(mia, question, 'Yes')
    assert.match(
      noticeOn(late.card) || late.text,
      /^This question went to someone else, so your answer wasn't recorded/,
    )
    await teams.press(bo, teams.cardOf(code, chatOf(bo)), 'No')
    assert.match(thread(code).at(-1) ?? '', /^<at>Ana Analyst<\/at>, Bo Analyst answered: No/)
    const { state } = await world.app().desk.look(code)
    assert.deepEqual([state?.confirmation?.answer, state?.closed], ['no', null])
  })

  it('a rota is on call until someone says so, and again after “off call”', async () => {
    await begin({ store: 'memory', files: { rota } })
    const byRota = /^<at>(Bo|Ana) Analyst<\/at>, you're on call/
    const name = byRota.exec(thread(await teams.alert({ severity: 'high' })).at(-1) ?? '')?.[1]
    assert.ok(name)
    assert.match((await teams.say(ana, 'channels')).join(), new RegExp(`On call: ${name} Analyst`))
    const other = name === 'Bo' ? ana : bo
    await teams.say(other, 'on call')
    const code = await teams.alert({ severity: 'high', people: [{ upn: 'else@contoso.example' }] })
    assert.match(thread(code).at(-1) ?? '', new RegExp(`^<at>${other.name}</at>, you're on call`))
    assert.match((await teams.say(other, 'off call')).join(), new RegExp(`By the rota, ${name} Analyst is`))
    assert.match((await teams.say(other, 'off call')).join(), /^By the rota, .* so nothing was changed/)
    assert.equal(world.connector.messages(incidents).length > 0, true)
  })
})
