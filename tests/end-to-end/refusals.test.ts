import assert from 'node:assert/strict'
import { general, people } from '../support/activities.js'
import { type Actors, type CaseContext, actorsIn } from '../support/actors.js'
import { noticeOn, wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld, tenantId } from '../support/winnow.js'

const { ana, bo } = people
const eve = {
  id: '29:1eve',
  aadObjectId: 'eeeeeeee-0000-4000-8000-000000000009',
  name: 'Eve',
  userPrincipalName: 'e@x',
}

describe('end-to-end/refusals: a click that may not be', () => {
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
  })
  after(() => {
    nothingOdd(world.connector)
    return world.close()
  })

  const card = () => teams.cardOf(code)
  const news = async () =>
    (await world.app().desk.look(code)).diary.map(({ type }) => type).filter((type) => !/shown|posting/.test(type))
  const line = async () => (await world.app().desk.look(code)).diary.length - 1
  const notice = ({ card: shown }: CaseContext) => noticeOn(shown)
  const isOnly = async (...types: readonly string[]) => assert.deepEqual(await news(), types)

  it('on a case that is not there, or whose id is none, is a sentence', async () => {
    const { text } = await teams.forge(ana, card(), 'claim', { caseId: '0000-0000-0000', line: 0 })
    assert.match(text, /^No case has the code 0000-0000-0000\./)
    for (const caseId of [
      '../../x',
      'x'.repeat(10_000),
      '',
      null,
      7,
      ['a'],
      { a: 1 },
      `${code}\n`,
      code.toLowerCase(),
    ]) {
      const { text, answer } = await teams.forge(ana, card(), 'claim', { caseId, line: 0 })
      assert.deepEqual([answer.status, text.startsWith("That click couldn't be read")], [200, true], text)
    }
    await isOnly('opened')
  })

  it('with a made-up verb, line or field is a sentence', async () => {
    const forged: readonly (readonly [string, object])[] = [
      ['__proto__', { caseId: code, line: 0 }],
      ['constructor', { caseId: code, line: 0 }],
      ['open', { caseId: code, line: 0 }],
      ['show', { caseId: code, line: 0 }],
      ['claim', { caseId: code, line: -1 }],
      ['claim', { caseId: code, line: 1e9 }],
      ['claim', { caseId: code, line: 'x' }],
      ['claim', { caseId: code }],
      ['answer', { caseId: code, line: 0, check: 'address', option: ['other'] }],
      ['note', { caseId: code, line: 0, noteText: 'x'.repeat(20_001) }],
      ['tick', { caseId: code, line: 0, actions: { a: 1 } }],
    ]
    for (const [verb, data] of forged) {
      const { text, answer } = await teams.forge(ana, card(), verb, data)
      assert.deepEqual([answer.status, text.startsWith("That click couldn't be read")], [200, true], `${verb}: ${text}`)
    }
    await isOnly('opened')
  })

  it('on an old card gets the newest one and does nothing', async () => {
    const old = card()
    await teams.press(ana, old, 'Take case')
    const context = await teams.press(bo, old, 'Take case')
    assert.match(notice(context), /^The case changed before your click/)
    assert.match(context.text, /Assigned to Ana Analyst/)
    const late = await teams.forge(ana, card(), 'release', { caseId: code, line: 0 })
    assert.match(notice(late), /^The case changed before your click/)
    await isOnly('opened', 'claimed')
    assert.equal(noticeOn(card().card), '')
  })

  it('twice in the same millisecond has exactly one effect, whoever clicks', async () => {
    const fresh = card()
    const context = await Promise.all([ana, bo, ana, bo].map((who) => teams.press(who, fresh, 'Take case')))
    assert.equal(context.filter((one) => notice(one) === '').length, 1)
    await isOnly('opened', 'claimed')
    const owner = (await world.app().desk.look(code)).state?.owner?.id === ana.aadObjectId ? ana : bo
    const working = card()
    const answers = ['other', 'sanctioned', 'anonymous'].map((option) =>
      teams.press(owner, working, 'Answer', { option }),
    )
    assert.equal((await Promise.all(answers)).filter((one) => notice(one) === '').length, 1)
    await isOnly('opened', 'claimed', 'answered')
    assert.equal(teams.cardsOf(code).length, 1)
  })

  it('by somebody who does not have the case changes nothing but may take it over or add a note', async () => {
    await teams.press(ana, card(), 'Take case')
    assert.match(
      notice(await teams.press(bo, card(), 'Answer', { option: 'other' })),
      /^This case is assigned to Ana Analyst\./,
    )
    assert.match(notice(await teams.press(bo, card(), 'Release')), /^This case is assigned to Ana Analyst\./)
    const ask = await teams.forge(bo, card(), 'ask-manager', { caseId: code, line: await line() })
    assert.match(notice(ask), /^This case is assigned to Ana Analyst\./)
    await isOnly('opened', 'claimed')
    await teams.press(bo, card(), 'Save note', { noteText: 'Seen this before.' })
    await teams.press(bo, card(), 'Take over')
    assert.match(wordsOf(card().card), /Assigned to Bo Analyst/)
    await isOnly('opened', 'claimed', 'noted', 'handed-over')
  })

  it('cannot judge, tick or close what is not there to be judged, ticked or closed', async () => {
    await teams.press(ana, card(), 'Take case')
    const say = async (verb: string, data: object) =>
      notice(await teams.forge(ana, card(), verb, { caseId: code, line: await line(), ...data }))
    assert.match(await say('close', { closeReason: 'x' }), /^There is no verdict yet/)
    assert.match(await say('tick', { actions: 'action/close-alert', scope: '' }), /^There is no verdict yet/)
    assert.match(await say('judge', { verdict: 'nonsense', judgeReason: 'x' }), /^The guide has no such verdict/)
    assert.match(await say('answer', { check: 'nonsense', option: 'other' }), /^The guide no longer has this check/)
    assert.match(await say('answer', { check: 'address', option: 'nonsense' }), /^That isn't one of the answers/)
    assert.match(await say('reopen', { reopenReason: '' }), /^This case is still open/)
    assert.match(await say('vouch', { answer: 'yes', from: '', to: '', note: '' }), /^$/)
    await isOnly('opened', 'claimed')
  })

  it('of another tenant is turned away at the door, whichever field names it', async () => {
    const { caseId } = { caseId: code }
    const click = (but: object) =>
      world.activities.invoke('claim', { caseId, line: 0 }, card().messageId, { by: ana, but: { ...but } })
    const foreign = '99999999-9999-4999-8999-999999999999'
    const conversation = { id: card().conversationId, conversationType: 'channel' }
    for (const but of [
      { conversation: { ...conversation, tenantId: foreign }, channelData: { tenant: { id: foreign } } },
      { conversation: { ...conversation, tenantId }, channelData: { tenant: { id: foreign } } },
      { conversation, channelData: {} },
    ])
      assert.equal((await world.send(click(but))).status, 403)
    await isOnly('opened')
  })

  it('without a proof, or with one for another service, is turned away at the door', async () => {
    const click = world.activities.invoke('claim', { caseId: code, line: 0 }, card().messageId, { by: ana })
    const { serviceUrl } = world.connector
    for (const proof of [
      null,
      'Bearer x',
      `Bearer ${world.issuer.sign('https://smba.example/')}`,
      `Bearer ${world.issuer.sign(serviceUrl, { aud: 'another' })}`,
    ])
      assert.equal((await world.send(click, proof)).status, 401, String(proof))
    await isOnly('opened')
  })

  it('by a stranger, in a chat or in another channel, is refused without a glance at the case', async () => {
    for (const conversationId of ['a:1eve', `${general};messageid=7`]) {
      for (const verb of ['claim', 'look', 'note', 'ask-manager', 'take-over']) {
        const data = { caseId: code, line: 0, noteText: 'x' }
        const { text, card: shown } = await teams.forge(eve, { ...card(), conversationId }, verb, data)
        assert.match(text, /^Only members of the team that handles alerts/)
        assert.equal(shown, null)
      }
    }
    await isOnly('opened')
  })
})
