import assert from 'node:assert/strict'
import type { Directory } from '../../bot/people/directory.js'
import { people } from '../support/activities.js'
import { type Actors, type CaseContext, actorsIn } from '../support/actors.js'
import { noticeOn, wordsOf } from '../support/card-walk.js'
import { closeAll } from '../support/close-all.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { readyToAsk } from '../support/ready-to-ask.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people
const eve = {
  id: '29:1eve',
  aadObjectId: 'eeeeeeee-0000-4000-8000-000000000009',
  name: 'Eve',
  userPrincipalName: 'e@x',
}

/** Kim's manager is Mia, and Mia's is Bo; Mia has another address, too. */
const directory: Directory = {
  managerOf: async ({ upn }) => {
    const manager = { 'kim@contoso.example': mia, 'mia@example.com': bo, 'mia@mail.example': mia }[upn ?? '']
    return manager ? { id: manager.aadObjectId, name: manager.name } : null
  },
  idsOf: async (ids) => (ids.includes(mia.aadObjectId) ? ['Mia@mail.example', mia.userPrincipalName] : []),
}

describe('end-to-end/manager: the question to a manager', () => {
  let world: World
  let teams: Actors
  let code = ''
  before(async () => {
    world = await openWorld({ store: 'memory', directory })
    teams = actorsIn(world)
    await world.install()
  })
  beforeEach(async () => {
    code = await readyToAsk(teams, ana)
  })
  afterEach(() => closeAll(world))
  after(() => {
    nothingOdd(world.connector)
    return world.close()
  })

  const card = () => teams.cardOf(code)
  const chat = () => world.connector.chats.get(mia.id) ?? ''
  const notice = ({ card: shown }: CaseContext) => noticeOn(shown)
  const look = () => world.app().desk.look(code)
  const line = async () => (await look()).diary.length - 1
  const news = async () => (await look()).diary.map(({ type }) => type).filter((type) => !/shown|posting/.test(type))

  it('is refused when nobody knows who the manager is, and says what to do instead', async () => {
    code = await readyToAsk(teams, ana, { people: [{ upn: 'eve@contoso.example' }, { name: 'Nameless' }] })
    assert.match(
      notice(await teams.press(ana, card(), 'Ask manager')),
      /^Winnow doesn't know who this user's manager is/,
    )
    assert.ok(!(await news()).includes('manager-asked'))
  })

  it('goes to the manager of the first person whose manager is known', async () => {
    const people = [{ upn: 'eve@contoso.example' }, { upn: 'kim@contoso.example', name: 'Kim' }]
    code = await readyToAsk(teams, ana, { people })
    await teams.press(ana, card(), 'Ask manager')
    assert.match(wordsOf(teams.cardOf(code, chat()).card), /asks you about Kim \(kim@contoso\.example\)/)
  })

  it('is put to no one about themselves: the manager of another person is asked, or no one', async () => {
    const herself = { upn: 'mia@mail.example', name: 'M.' }
    code = await readyToAsk(teams, ana, { people: [herself] })
    assert.match(
      notice(await teams.press(ana, card(), 'Ask manager')),
      /^The directory names Mia Manager as the manager to ask, but the alert is about Mia Manager too, so no one was asked/,
    )
    assert.ok(!(await news()).includes('manager-asked'))
    const both = [herself, { upn: 'kim@contoso.example' }, { upn: 'mia@example.com', name: 'Mia' }]
    code = await readyToAsk(teams, ana, { people: both })
    await teams.press(ana, card(), 'Ask manager')
    assert.match(wordsOf(card().card), /Asked Bo Analyst at/)
    const bos = world.connector.chats.get(bo.id) ?? ''
    assert.match(wordsOf(teams.cardOf(code, bos).card), /asks you about Mia/)
  })

  it('takes no answer from someone whom the alert turns out to name', async () => {
    const kim = { upn: 'kim@contoso.example' }
    code = await readyToAsk(teams, ana, { people: [kim, { upn: 'guest_mia.example#EXT#@contoso.example' }] })
    await teams.press(ana, card(), 'Ask manager')
    const question = teams.cardOf(code, chat())
    // Only the chat with her tells that she is that guest.
    world.connector.members.push({ ...mia, userPrincipalName: 'guest@mia.example' })
    const refused = await teams.press(mia, question, 'Yes')
    world.connector.members.pop()
    assert.match(notice(refused), /^This alert is about you, so someone else must decide.* Ask Ana Analyst\./)
    assert.ok(!(await news()).includes('manager-answered'))
  })

  it('can be answered differently as long as the case is open, and the newest answer counts', async () => {
    await teams.press(ana, card(), 'Ask manager')
    await teams.press(mia, teams.cardOf(code, chat()), 'Yes')
    const change = { note: 'She moved to sales.' }
    await teams.press(mia, teams.cardOf(code, chat()), "This person doesn't report to me", change)
    assert.match(
      (await teams.press(ana, card(), 'Refresh card')).text,
      /Mia Manager says: Not my report “She moved to sales\.”/,
    )
    assert.equal((await news()).filter((type) => type === 'manager-answered').length, 2)
    const { length } = (await look()).diary
    await teams.press(mia, teams.cardOf(code, chat()), "This person doesn't report to me", change)
    assert.equal((await look()).diary.length, length)
  })

  it('expires by itself: the card says so, the manager’s too, and an answer comes too late', async () => {
    await teams.press(ana, card(), 'Ask manager')
    const question = teams.cardOf(code, chat())
    world.app().clocks.doubt()
    await world.app().clocks.look('2100-01-01T00:00:00.000Z')
    await world.drawn()
    const fresh = await teams.press(ana, card(), 'Refresh card')
    assert.match(fresh.text, /Mia Manager didn't answer by/)
    assert.match(wordsOf(teams.cardOf(code, chat()).card), /This question has expired/)
    const late = await teams.press(mia, question, 'Yes')
    assert.match(notice(late), /^This question is no longer open/)
    await teams.press(ana, { ...card(), card: fresh.card ?? {} }, 'Ask manager')
    assert.equal(teams.cardsOf(code, chat()).length, 2)
    const again = await teams.press(mia, question, 'Yes')
    assert.equal(notice(again), '', 'the same question waits again, on whichever card it is answered')
    assert.match((await teams.press(ana, card(), 'Refresh card')).text, /Mia Manager says: Yes/)
  })

  it('counts only from the manager who was asked', async () => {
    await teams.press(ana, card(), 'Ask manager')
    const question = teams.cardOf(code, chat())
    const asked = await line()
    for (const who of [ana, bo, eve]) {
      const { text, card: shown } = await teams.forge(who, question, 'vouch', {
        caseId: code,
        line: asked,
        answer: 'yes',
      })
      assert.match(text, /^This question went to someone else/)
      assert.equal(shown, null)
    }
    for (const verb of ['claim', 'look', 'close', 'judge']) {
      const data = { caseId: code, line: asked, verdict: 'tp', judgeReason: 'x' }
      assert.match((await teams.forge(mia, question, verb, data)).text, /^Only members of the team/)
    }
    const bad = await teams.press(mia, question, 'Yes', { from: '2026-03-04', to: '2026-03-01' })
    assert.match(notice(bad), /^Those dates don't fit/)
    assert.match(
      (await teams.forge(mia, question, 'vouch', { caseId: code, line: 1, answer: 'yes' })).text,
      /no longer open/,
    )
    assert.ok(!(await news()).includes('manager-answered'))
    await teams.press(mia, question, 'No')
    assert.equal((await news()).at(-1), 'manager-answered')
  })

  it('is not put twice while it is open, also not by two clicks at once', async () => {
    const ready = card()
    const context = await Promise.all([1, 2].map(() => teams.press(ana, ready, 'Ask manager')))
    assert.equal(context.filter((one) => notice(one) === '').length, 1)
    const again = await teams.forge(ana, card(), 'ask-manager', { caseId: code, line: await line() })
    assert.match(notice(again), /^Mia Manager was already asked/)
    assert.equal(teams.cardsOf(code, chat()).length, 1)
  })
})
