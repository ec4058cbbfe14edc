import assert from 'node:assert/strict'
import { openGraphDirectory } from '../../bot/graph/directory.js'
import { openInstallApp } from '../../bot/graph/install-app.js'
import { emptyDirectory } from '../../bot/people/directory.js'
import { people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { noticeOn, wordsOf } from '../support/card-walk.js'
import { closeAll } from '../support/close-all.js'
import { clientOf } from '../support/fake-graph.js'
import { type FakePeople, oid, openFakePeople } from '../support/fake-graph-people.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { readyToAsk } from '../support/ready-to-ask.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people
const catalogAppId = oid(900)
const user = (one: typeof mia, id = one.aadObjectId) => ({
  id,
  displayName: one.name,
  userPrincipalName: one.userPrincipalName,
})
const kim = { id: oid(1), displayName: 'Kim Karlsen', userPrincipalName: 'kim@contoso.example' }

describe('end-to-end/verifiers: a manager found by Microsoft Graph', () => {
  let graph: FakePeople
  let world: World
  let teams: Actors
  let code = ''
  before(async () => {
    graph = await openFakePeople()
    const client = clientOf(graph)
    const directory = openGraphDirectory({
      graph: client,
      file: emptyDirectory,
      keepMs: 1,
      now: () => new Date().toISOString(),
      clock: performance.now.bind(performance),
      log: { warn: () => {} },
    })
    const install = openInstallApp({ graph: client, baseUrl: graph.baseUrl, catalogAppId, log: { warn: () => {} } })
    world = await openWorld({
      directory,
      leads: [bo.aadObjectId],
      managers: { dailyQuestions: 0 },
      // Teams has her app as soon as Graph has installed it.
      install: async (personId) => {
        const outcome = await install(personId)
        if (outcome.ok) world.connector.installedFor.push(mia)
        return outcome
      },
    })
    teams = actorsIn(world)
    await world.install()
  })
  beforeEach(async () => {
    graph.add(kim, mia.aadObjectId)
    graph.add(user(mia))
    code = await readyToAsk(teams, ana)
  })
  afterEach(() => closeAll(world))
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
    await graph.close()
  })

  const card = () => teams.cardOf(code)
  const chat = () => world.connector.chats.get(mia.id) ?? ''
  const ask = async () => noticeOn((await teams.press(ana, card(), 'Ask manager')).card)
  const diary = async () => (await world.app().desk.look(code)).diary
  const asked = async () => (await diary()).findLast(({ type }) => type === 'manager-asked')

  it('is asked, and the record tells how it was known', async () => {
    await ask()
    const event = await asked()
    assert.ok(event?.type === 'manager-asked')
    assert.deepEqual(event.manager, { id: mia.aadObjectId, name: mia.name })
    const { readAt, ...relation } = event.relation ?? { readAt: '' }
    assert.deepEqual(relation, { source: 'graph', of: kim.id })
    assert.ok(Math.abs(Date.parse(readAt) - Date.now()) < 60_000)
    assert.match(wordsOf(card().card), /asked Mia Manager about .* \(manager in Microsoft Graph, read /)
  })

  it('who is subject of an open alert is not asked until a lead allows it with a reason; it is all in the record', async () => {
    const about = await teams.alert({ people: [{ upn: mia.userPrincipalName }] })
    assert.match(await ask(), new RegExp(`^Mia Manager wasn't asked, because open case ${about} is about Mia Manager`))
    const allow = (by: typeof mia, words: string) => teams.say(by, `${code} allow manager${words}`)
    assert.match((await allow(ana, ' She was called.')).join(), /^Only a lead can do this/)
    assert.match((await allow(bo, '')).join(), /^This needs a written reason/)
    assert.match((await allow(bo, ' I called her.')).join(), /Bo Analyst allowed asking Mia Manager although open case/)
    assert.equal(await ask(), '')
    const event = await asked()
    assert.deepEqual(event?.type === 'manager-asked' && event.despite, [{ kind: 'subject', caseId: about }])
  })

  it('a lead allows it on the card where the refusal stands, for whoever works the case, and the owner hears of it', async () => {
    const about = await teams.alert({ people: [{ upn: mia.userPrincipalName }] })
    await ask()
    const says = new RegExp(`Mia Manager wasn't asked, because open case ${about} is about them`)
    assert.match(wordsOf(card().card), says)
    const seen = await teams.forge(bo, card(), 'refresh', { caseId: code, line: 0 })
    assert.match(wordsOf(seen.card), says)
    const analyst = await teams.openForm(ana, card(), 'Allow manager')
    assert.match(analyst.text, /^Only a lead can do this/)
    const { card: form, text } = await teams.openForm(bo, card(), 'Allow manager')
    assert.match(text, says)
    assert.ok(form)
    const empty = await teams.sendForm(bo, card(), form, 'Allow manager', { allowReason: ' ' })
    assert.match(noticeOn(empty.card), /^This needs a written reason/)
    assert.equal((await teams.sendForm(bo, card(), form, 'Allow manager', { allowReason: 'I called her.' })).text, '')
    assert.match(
      teams.texts(card().conversationId).at(-1) ?? '',
      /^<at>Ana Analyst<\/at>, Bo Analyst allowed asking Mia Manager about case .* “Ask manager”/,
    )
    const types = (await diary()).map(({ type }) => type)
    assert.deepEqual(types.slice(-2), ['manager-doubted', 'verifier-allowed'])
    assert.equal(await ask(), '')
    assert.doesNotMatch(wordsOf(card().card), /A lead (can|allowed)/)
  })

  it('who becomes the subject of an alert after being asked answers for nothing, and only the owner is told', async () => {
    await ask()
    const about = await teams.alert({ people: [{ upn: mia.userPrincipalName }] })
    const thanks = await teams.press(mia, teams.cardOf(code, chat()), 'Yes')
    assert.doesNotMatch(thanks.text, new RegExp(about))
    assert.match(
      teams.texts(card().conversationId).at(-1) ?? '',
      new RegExp(`doesn't count, because open case ${about}`),
    )
    const event = (await diary()).at(-1)
    assert.deepEqual(event?.type === 'manager-answered' && event.doubts, [{ kind: 'subject', caseId: about }])
  })

  it('whose relation has just changed is not asked either', async () => {
    graph.add(user(bo))
    graph.add(kim, bo.aadObjectId)
    assert.match(
      await ask(),
      /^Bo Analyst wasn't asked: the directory has Bo Analyst as this user's manager only since/,
    )
    const [own = ''] = await teams.say(bo, `${code} allow manager It is me.`)
    assert.match(own, /^You are the manager to ask/)
    graph.add(kim, mia.aadObjectId)
    assert.match(
      await ask(),
      /^Mia Manager wasn't asked: the directory has Mia Manager as this user's manager only since/,
    )
    await teams.say(bo, `${code} allow manager The change was a slip.`)
    assert.equal(await ask(), '')
  })

  it('there is nothing to allow where nothing speaks against the manager', async () => {
    graph.add({ ...kim, id: oid(2), userPrincipalName: 'ola@contoso.example' }, mia.aadObjectId)
    code = await readyToAsk(teams, ana, { people: [{ upn: 'ola@contoso.example' }] })
    assert.match(
      (await teams.say(bo, `${code} allow manager Why not.`)).join(),
      /^Nothing keeps Mia Manager from being/,
    )
  })

  it('a contact, a guest or a disabled account is not asked, and it is told why', async () => {
    for (const [id, manager, says] of [
      [3, { contact: 'Pat Partner' }, /^The directory names Pat Partner as the manager, but only as a contact/],
      [4, { ...user(mia, oid(20)), userType: 'Guest' as const }, /is a guest here/],
      [5, { ...user(mia, oid(21)), accountEnabled: false }, /that account is disabled/],
    ] as const) {
      if ('id' in manager) graph.add(manager)
      const upn = `u${id}@contoso.example`
      graph.add({ id: oid(id), displayName: 'U', userPrincipalName: upn }, 'id' in manager ? manager.id : manager)
      code = await readyToAsk(teams, ana, { people: [{ upn }] })
      assert.match(await ask(), says)
      await closeAll(world)
    }
  })

  it('who never had Winnow gets it installed, and then the question', async () => {
    const { installedFor } = world.connector
    installedFor.splice(0, installedFor.length)
    graph.installed.clear()
    graph.add({ ...kim, id: oid(6), userPrincipalName: 'new@contoso.example' }, mia.aadObjectId)
    // Nobody has written to her since this start.
    await world.stop()
    await world.start()
    code = await readyToAsk(teams, ana, { people: [{ upn: 'new@contoso.example' }] })
    await ask()
    await world.drawn()
    assert.ok((await diary()).some(({ type }) => type === 'app-installed'))
    assert.match(graph.installed.get(mia.aadObjectId) ?? '', new RegExp(`appCatalogs/teamsApps/${catalogAppId}`))
    assert.equal(teams.cardsOf(code, chat()).length, 1)
  })

  it('a correction after the case was closed opens nothing again, and owner and leads are told', async () => {
    graph.add({ ...kim, id: oid(7), userPrincipalName: 'late@contoso.example' }, mia.aadObjectId)
    code = await readyToAsk(teams, ana, { people: [{ upn: 'late@contoso.example' }] })
    await ask()
    await teams.press(mia, teams.cardOf(code, chat()), 'Yes')
    await closeAll(world)
    await teams.say(mia, `${code} no It was not her.`, chat())
    await world.drawn()
    const { state } = await world.app().desk.look(code)
    assert.ok(state?.closed)
    assert.equal(state.confirmation?.answer, 'no')
    const thread = card().conversationId
    assert.match(
      teams.texts(thread).at(-1) ?? '',
      /Ana Analyst.*, Mia Manager now answers: No\. Case .* is closed as .* and stays closed/,
    )
    const lead = world.connector.chats.get(bo.id) ?? ''
    assert.match(teams.texts(lead).at(-1) ?? '', /^Mia Manager corrected the answer for case .* Ana Analyst closed as/)
    const late = await teams.say(mia, `${code} no It was not her.`, chat())
    assert.match(late.join(), /Recorded for case/)
  })
})
