import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openStore } from '../../store/open.js'
import type { Store } from '../../store/store.js'
import { type Card, audienceOf } from '../../triage/card.js'
import type { Event } from '../../triage/event.js'
import { people } from '../support/activities.js'
import { type Actors, actorsIn, codesIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { readyToAsk } from '../support/ready-to-ask.js'
import { until } from '../support/until.js'
import { type World, keys, openWorld } from '../support/winnow.js'

const { ana, mia } = people

describe('end-to-end/restart: Winnow stops and starts again', () => {
  let world: World
  let teams: Actors
  beforeEach(async () => {
    world = await openWorld()
    teams = actorsIn(world)
    await world.install()
  })
  afterEach(() => world.close())

  const sent = () => world.connector.count('post') + world.connector.count('update')
  const again = async () => {
    await world.stop()
    await world.start()
    await world.drawn()
  }

  it('and everything is as it was: diaries, cards, the channel, the question, the queue', async () => {
    const code = await readyToAsk(teams, ana)
    await teams.press(ana, teams.cardOf(code), 'Ask manager')
    const before = { diary: (await world.app().desk.look(code)).diary, messages: world.connector.messages() }
    const count = sent()
    await again()
    assert.deepEqual((await world.app().desk.look(code)).diary, before.diary)
    assert.deepEqual(world.connector.messages(), before.messages)
    assert.equal(sent(), count)
    assert.match((await teams.say(ana, 'mine'))[0] ?? '', /1 yours/)
    const chat = world.connector.chats.get(mia.id) ?? ''
    await teams.press(mia, teams.cardOf(code, chat), 'No')
    assert.match((await teams.press(ana, teams.cardOf(code), 'Refresh card')).text, /Mia Manager says: No/)
    const [fresh = ''] = codesIn((await world.post({ id: 'new', title: 'After the restart' })).body)
    await world.drawn()
    assert.equal(teams.cardsOf(fresh).length, 1)
  })

  it('and an alert that is sent again still meets its own case', async () => {
    const alert = { id: 'same', title: 'The same' }
    const [code = ''] = codesIn((await world.post(alert)).body)
    await again()
    const { body } = await world.post(alert)
    await world.drawn()
    assert.deepEqual([codesIn(body), Object(body).alerts[0].status], [[code], 'known'])
    assert.equal(teams.cardsOf(code).length, 1)
  })

  it('and what came before for the same person is known, also when its case is closed', async () => {
    const occurredAt = new Date().toISOString()
    const before = await teams.alert({ type: 'suspicious-inbox-forwarding', occurredAt })
    for (const text of ['take', 'verdict undetermined nothing found', 'close done'])
      await teams.say(ana, `${before} ${text}`)
    assert.match(wordsOf(teams.cardOf(before).card), /Ana Analyst closed the case/)
    await again()
    const code = await teams.alert({ occurredAt })
    const words = wordsOf(teams.cardOf(code).card)
    assert.ok(words.includes(`Earlier alert for the same person: Suspicious inbox forwarding (case ${before})`), words)
    assert.match(words, /An attacker may be reading this mailbox/)
  })

  it('and cards that could not be updated before are redrawn', async () => {
    const code = await teams.alert()
    world.connector.failNext({ on: 'update', status: 429, retryAfter: '60' })
    const { verb, data } = { verb: 'claim', data: { caseId: code, line: 0 } }
    const { text } = await teams.forge(ana, teams.cardOf(code), verb, data)
    assert.match(text, /Assigned to Ana Analyst/)
    await until(() => world.connector.count('update') === 1)
    assert.doesNotMatch(wordsOf(teams.cardOf(code).card), /Ana Analyst/)
    await again()
    assert.match(wordsOf(teams.cardOf(code).card), /Assigned to Ana Analyst/)
    assert.equal(teams.cardsOf(code).length, 1)
  })

  it('and a card that was being posted when it died is not posted twice: the channel hears its code', async () => {
    const [code = ''] = codesIn((await world.post({ id: 'first', title: 'First' })).body)
    await world.drawn()
    await world.stop()
    await halfPosted(code, half, 'Half posted')
    await world.start()
    await world.drawn()
    assert.equal(teams.cardsOf(half).length, 0)
    assert.equal(teams.cardsOf(code).length, 1)
    assert.match(teams.texts().at(-1) ?? '', /The card of C0DE-C0DE-C0DE may not have arrived/)
    assert.match((await teams.say(ana, 'queue'))[0] ?? '', /Half posted/)

    assert.match((await teams.say(ana, `case ${half}`))[0] ?? '', /posted in the channel again/)
    assert.equal(teams.cardsOf(half).length, 1)
    await teams.press(ana, teams.cardOf(half), 'Take case')
    assert.match(wordsOf(teams.cardOf(half).card), /Assigned to Ana Analyst/)
  })

  it('and a lost card that turns out to be there is taken up by a click on it', async () => {
    const code = await teams.alert()
    await world.stop()
    await forget(code)
    await world.start()
    await world.drawn()
    const count = world.connector.count('post')
    await teams.press(ana, teams.cardOf(code), 'Take case')
    assert.match(wordsOf(teams.cardOf(code).card), /Assigned to Ana Analyst/)
    assert.equal(world.connector.count('post'), count)
    assert.equal(teams.cardsOf(code).length, 1)
  })

  it('and a question that was being sent when it died is noted as perhaps not arrived, and can be asked again', async () => {
    const code = await readyToAsk(teams, ana)
    await teams.press(ana, teams.cardOf(code), 'Ask manager')
    await world.stop()
    const line = await stored(async (store) => (await store.read(code)).diary.findLastIndex(isQuestion))
    await forget(code, `manager/${line}`)
    await world.start()
    await world.drawn()
    const words = wordsOf(teams.cardOf(code).card)
    assert.match(words, /The question may not have reached Mia Manager/)
    const chat = world.connector.chats.get(mia.id) ?? ''
    assert.equal(teams.cardsOf(code, chat).length, 1)
    await teams.press(ana, teams.cardOf(code), 'Ask manager')
    assert.equal(teams.cardsOf(code, chat).length, 2)
  })

  it('and a damaged file is put aside and told of, while the others go on', async () => {
    const [bad, good] = [await teams.alert(), await teams.alert()]
    await world.stop()
    const live = join(world.folder, 'cases', 'live')
    const files = await readdir(live, { recursive: true })
    await writeFile(join(live, files.find((file) => file.endsWith(`${bad}.json`)) ?? ''), '{"format":1')
    await world.start()
    await teams.press(ana, teams.cardOf(good), 'Take case')
    assert.match(wordsOf(teams.cardOf(good).card), /Assigned to Ana Analyst/)
    const health = await fetch(world.url('/health'), { headers: { authorization: `Bearer ${keys.one}` } })
    assert.equal(health.status, 503)
    assert.match(await health.text(), new RegExp(`Case ${bad} is damaged`))
    const { answer } = await teams.forge(ana, teams.cardOf(bad), 'claim', { caseId: bad, line: 0 })
    assert.match(answer.text, /Something went wrong/)
    assert.doesNotMatch(answer.text, /damaged|quarantine/)
  })

  const stored = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore({ kind: 'lowdb', folder: join(world.folder, 'cases') })
    const done = await work(store)
    await store.close()
    return done
  }

  /** What a kill leaves behind in the middle of a first post: another case like that one, and no note of how the post ended. */
  const halfPosted = (like: string, code: string, title: string) =>
    stored(async (store) => {
      const [opened] = (await store.read(like)).diary
      assert.ok(opened?.type === 'opened')
      const alert = { ...opened.alert, title, sourceAlertId: code }
      const events = [{ ...opened, caseId: code, alert }]
      await store.write(code, 0, { events, cards: { channel: posting('channel') }, open: true })
    })

  /** The same for a card that does stand there. */
  const forget = (code: string, name = 'channel') =>
    stored(async (store) => {
      const { version } = await store.read(code)
      await store.write(code, version, { cards: { [name]: posting(name) }, open: true })
    })
})

const half = 'C0DE-C0DE-C0DE'

const isQuestion = ({ type }: Event) => type === 'manager-asked'

const posting = (name: string): Card => ({
  audience: audienceOf(name),
  state: 'posting',
  posted: null,
  shownLine: -1,
  detail: '',
  since: '2026-03-02T09:00:00.000Z',
})
