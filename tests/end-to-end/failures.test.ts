import assert from 'node:assert/strict'
import { general, incidents, people } from '../support/activities.js'
import { type Actors, actorsIn, codesIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import type { Failure } from '../support/fake-connector.js'
import { readyToAsk } from '../support/ready-to-ask.js'
import { until } from '../support/until.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, mia } = people

describe('end-to-end/failures: Teams does not take what Winnow sends', () => {
  let world: World
  let teams: Actors
  before(async () => {
    world = await openWorld({ store: 'memory', timeoutMs: 1500 })
    teams = actorsIn(world)
    await world.install()
  })
  after(() => world.close())

  const cardState = async (code: string, name = 'channel') => (await world.app().desk.look(code)).cards[name] ?? null

  const soon: Record<string, Failure> = {
    '412': { on: 'post', status: 412, code: 'PreconditionFailed', retryAfter: '0' },
    '429 with a time': { on: 'post', status: 429, retryAfter: '0', times: 3 },
    '429 without a time': { on: 'post', status: 429 },
  }
  for (const [name, failure] of Object.entries(soon))
    it(`a first post that is answered ${name} is sent again, and stands there once`, async () => {
      world.connector.failNext(failure)
      const code = await teams.alert()
      assert.equal(teams.cardsOf(code).length, 1)
      assert.equal((await cardState(code))?.state, 'shown')
    })

  const unclear: Record<string, Failure> = {
    'is answered 500': { on: 'post', status: 500 },
    'is answered 504 though it arrived': { on: 'post', status: 504, after: 'stored' },
    'loses its connection': { on: 'post', status: 'reset' },
    'gets no answer though it arrived': { on: 'post', status: 'silence', after: 'stored' },
  }
  it(`a first post that ${Object.keys(unclear).join(', or ')} is never repeated: the channel hears the codes`, async () => {
    const codes: string[] = []
    for (const [name, failure] of Object.entries(unclear)) {
      world.connector.failNext(failure)
      const [code = ''] = codesIn((await world.post({ id: name, title: name })).body)
      codes.push(code)
      await until(async () => (await cardState(code))?.state === 'lost')
      await world.drawn()
    }
    const there = codes.map((code) => teams.cardsOf(code).length)
    assert.deepEqual(there, [0, 1, 0, 1])
    const sentences = teams.texts().filter((text) => text.includes('may not have arrived'))
    for (const code of codes) assert.equal(sentences.filter((text) => text.includes(code)).length, 1)

    const [gone = '', there1 = ''] = codes
    await teams.press(ana, teams.cardOf(there1), 'Take case')
    assert.match(wordsOf(teams.cardOf(there1).card), /Assigned to Ana Analyst/)
    await teams.say(ana, `case ${gone}`)
    await teams.press(ana, teams.cardOf(gone), 'Take case')
    assert.match(wordsOf(teams.cardOf(gone).card), /Assigned to Ana Analyst/)
  })

  it('a first post that is refused for good is not repeated, until Winnow is added anew', async () => {
    world.connector.failNext({ on: 'post', status: 403, code: 'BotNotInConversationRoster' })
    const code = await teams.alert()
    assert.equal(teams.cardsOf(code).length, 0)
    assert.deepEqual(
      [(await cardState(code))?.state, (await cardState(code))?.detail],
      ['refused', 'BotNotInConversationRoster'],
    )
    const pages = [...(await teams.say(ana, 'queue')), ...(await teams.say(ana, 'queue 2'))]
    assert.match(pages.join('\n'), new RegExp(code))
    await world.app().rebind.rebindAll()
    await world.drawn()
    assert.equal(teams.cardsOf(code).length, 1)
  })

  it('a channel that is gone (404) refuses too, and another one takes what it refused', async () => {
    world.connector.failNext({ on: 'post', status: 404, code: 'ConversationNotFound' })
    const code = await teams.alert()
    assert.equal((await cardState(code))?.state, 'refused')
    await teams.say(ana, 'post here', general)
    assert.equal(teams.cardsOf(code, general).length, 1)
    await teams.say(ana, 'post here', incidents)
    assert.equal(teams.cardsOf(code, incidents).length, 0)
  })

  const later: Record<string, Failure> = {
    '412': { on: 'update', status: 412, retryAfter: '0' },
    '429': { on: 'update', status: 429, retryAfter: '0', times: 2 },
    '500': { on: 'update', status: 500 },
    '504 though it arrived': { on: 'update', status: 504, after: 'stored' },
    'nothing at all': { on: 'update', status: 'reset' },
  }
  for (const [name, failure] of Object.entries(later))
    it(`an update that is answered ${name} is sent again until the card shows the newest state`, async () => {
      const code = await teams.alert()
      world.connector.failNext(failure)
      const { text } = await teams.press(ana, teams.cardOf(code), 'Take case')
      assert.match(text, /Assigned to Ana Analyst/)
      assert.match(wordsOf(teams.cardOf(code).card), /Assigned to Ana Analyst/)
      assert.equal((await cardState(code))?.state, 'shown')
    })

  it('an update of a card that somebody deleted posts it anew, once', async () => {
    const code = await teams.alert()
    world.connector.failNext({ on: 'update', status: 404, code: 'ActivityNotFoundInConversation' })
    const old = teams.cardOf(code)
    await teams.press(ana, old, 'Take case')
    const [first, second, ...more] = teams.cardsOf(code)
    assert.equal(more.length, 0)
    assert.deepEqual([first?.messageId, first?.updates], [old.messageId, 0])
    assert.match(wordsOf(second?.card), /Assigned to Ana Analyst/)
  })

  it('a burst of alerts while Teams says 429 is posted afterwards, one card each', async () => {
    world.connector.failNext({ on: 'post', status: 429, retryAfter: '0', times: 5 })
    const alerts = Array.from({ length: 12 }, (_, at) => ({ id: `burst-${at}`, title: `Burst ${at}` }))
    const codes = codesIn((await world.post({ alerts })).body)
    await world.drawn()
    assert.deepEqual(
      codes.map((code) => teams.cardsOf(code).length),
      codes.map(() => 1),
    )
  })

  it('a manager who has blocked Winnow is told of on the case’s card, and can be asked again later', async () => {
    const code = await readyToAsk(teams, ana)
    world.connector.blocked.add(mia.id)
    await teams.press(ana, teams.cardOf(code), 'Ask manager')
    const words = wordsOf(teams.cardOf(code).card)
    assert.match(words, /The question may not have reached Mia Manager \(Winnow is not installed for them\)/)
    await world.drawn()
    const { conversationId } = teams.cardOf(code)
    const calls = world.connector.messages(conversationId).filter(({ activity }) => activity['textFormat'] === 'xml')
    assert.deepEqual(
      calls.map((call) => [call.conversationId, call.activity['text']]),
      [
        [
          conversationId,
          `<at>Ana Analyst</at>, the question about case ${code} didn't reach Mia Manager (Winnow is not installed for them). Contact Mia Manager another way. So that a question reaches them next time, have an administrator install Winnow for them in Teams.`,
        ],
      ],
    )
    world.connector.blocked.delete(mia.id)
    await teams.press(ana, teams.cardOf(code), 'Ask manager')
    assert.match(wordsOf(teams.cardOf(code).card), /Asked Mia Manager at/)
    const chat = world.connector.chats.get(mia.id) ?? ''
    assert.equal(teams.cardsOf(code, chat).length, 1)
  })

  it('a chat with the manager that cannot be opened just now is opened a moment later, and asked in once', async () => {
    const code = await readyToAsk(teams, ana)
    world.connector.failNext({ on: 'direct', status: 503, retryAfter: '0' })
    await teams.press(ana, teams.cardOf(code), 'Ask manager')
    const chat = world.connector.chats.get(mia.id) ?? ''
    assert.equal(teams.cardsOf(code, chat).length, 1)
  })

  it('a roster that cannot be read keeps nobody out who was in it, and lets nobody in', async () => {
    const code = await teams.alert()
    const personal = { ...teams.cardOf(code), conversationId: 'a:1ana' }
    world.connector.failNext({ on: 'member', status: 503, times: 99 })
    const stranger = { ...ana, id: '29:1eve', aadObjectId: 'eeeeeeee-0000-4000-8000-000000000009', name: 'Eve' }
    const { text } = await teams.forge(stranger, personal, 'claim', { caseId: code, line: 0 })
    assert.match(text, /^(Only members of the team|Winnow can't check right now)/)
    assert.equal((await world.app().desk.look(code)).state?.owner, null)
    await teams.forge(ana, personal, 'claim', { caseId: code, line: 0 })
    assert.equal((await world.app().desk.look(code)).state?.owner?.id, ana.aadObjectId)
  })
})
