import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { readIncoming } from '../../../bot/teams/incoming.js'
import { mentionedIn, spokenText } from '../../../bot/teams/spoken.js'
import { general, incidents, people } from '../../support/activities.js'
import { words } from '../../support/words.js'
import { card, openRig, type Rig } from './rig.js'

const { ana } = people

const mention = (text: string, id = '28:bot') => ({ type: 'mention', text, mentioned: { id, name: 'x' } })

const read = (text: unknown, entities: unknown) => {
  const from = { type: 'message', from: { id: '29:1' }, recipient: { id: '28:bot' }, conversation: { id: 'a:1' } }
  const incoming = readIncoming({ ...from, text, entities })
  assert.ok(incoming.success)
  return incoming.data
}
const heard = (text: unknown, entities: unknown = [mention('<at>Winnow</at>')]) => spokenText(read(text, entities))

describe('bot/teams/turn: words', () => {
  let rig: Rig
  beforeEach(async () => (rig = await openRig()))
  afterEach(() => rig.close())
  const thread = `${incidents};messageid=17`

  it('are heard without the mention and answered in the same thread, in order', async () => {
    rig.answers.said = () => [{ text: 'Two cases are open.' }, card('queue')]
    const { status } = await rig.send(rig.activities.message('queue', { by: ana, conversation: thread }))
    assert.equal(status, 200)
    const by = { id: ana.aadObjectId, name: ana.name }
    const reader = { zone: '', locale: '' }
    assert.deepEqual(rig.heard.said, [
      {
        text: 'queue',
        mentions: [],
        thread,
        messageId: 'in-1',
        by,
        place: rig.place(incidents),
        personal: false,
        reader,
      },
    ])
    const [first, second] = rig.connector.messages()
    assert.deepEqual([first?.conversationId, first?.activity['text']], [thread, 'Two cases are open.'])
    assert.equal(first?.activity['textFormat'], 'plain')
    assert.deepEqual([second?.conversationId, rig.connector.cards()[0]?.['title']], [thread, 'queue'])
  })

  it('are answered in the personal chat as well', async () => {
    rig.answers.said = () => [{ text: 'None of them is yours.' }]
    const but = { localTimezone: 'Europe/Stockholm', locale: 'sv-SE' }
    await rig.send(rig.activities.message('mine', { by: ana, conversation: 'a:1ana', but }))
    assert.deepEqual(rig.heard.said[0]?.reader, { zone: 'Europe/Stockholm', locale: 'sv-SE' })
    assert.deepEqual([rig.heard.said[0]?.text, rig.heard.said[0]?.personal], ['mine', true])
    assert.equal(rig.connector.messages('a:1ana').length, 1)
  })

  it('are answered kindly, with 200, when the listener throws', async () => {
    rig.answers.said = () => {
      throw new Error('secret inside')
    }
    const { status, text } = await rig.send(rig.activities.message('mine', { by: ana }))
    assert.deepEqual([status, text], [200, ''])
    assert.equal(rig.connector.messages()[0]?.activity['text'], words['sorry'])
    assert.match(rig.logged.join(), /secret inside/)
  })

  it('end with 200 and a line in the log when not even that can be sent', async () => {
    rig.connector.failNext({ on: 'post', status: 500, times: 9 })
    rig.answers.said = () => [{ text: 'hello' }]
    assert.equal((await rig.send(rig.activities.message('hi', { by: ana }))).status, 200)
    assert.equal(rig.connector.count('post'), 2)
    assert.match(rig.logged.join(), /nor answered/)
  })

  it('are the only messages that count: typing, reactions, edits and odd things pass by', async () => {
    for (const type of ['typing', 'messageReaction', 'messageUpdate', 'event', 'endOfConversation', 'x'])
      assert.equal((await rig.send(rig.activities.other(type, { by: ana }))).status, 200)
    assert.ok(rig.heardNothing())
    assert.equal(rig.connector.context.length, 0)
  })
})

describe('bot/teams/spoken', () => {
  it('leaves out Winnow, wherever and however it is mentioned', () => {
    assert.equal(heard('<at>Winnow</at> queue'), 'queue')
    assert.equal(heard('queue <at>Winnow</at>'), 'queue')
    assert.equal(heard('<at>Winnow</at>&nbsp;case <at>Winnow</at>\u00a0 c1\n'), 'case c1')
    assert.equal(heard('<at>winnow-dev</at> queue'), 'queue')
    assert.equal(heard('<at id="0">Winnow</at> queue', []), 'queue')
  })

  it('keeps the names of others and drops markup', () => {
    const entities = [mention('<at>Winnow</at>'), mention('<at>Mia</at>', '29:1mia')]
    assert.equal(heard('<at>Winnow</at> ask <at>Mia</at> <b>now</b> &lt;3 &amp;lt;', entities), 'ask Mia now <3 &lt;')
  })

  it('tells who else is mentioned, each time, by the name that stands in the text', () => {
    const mia = mention('<at id="1">Mia &lt;M&gt;</at>', '29:1mia')
    const entities = [mention('<at>Winnow</at>'), mia, mia, mention('<at>Bo</at>', '29:1bo'), { type: 'mention' }, 7]
    const incoming = read('<at>Winnow</at> on call <at id="1">Mia &lt;M&gt;</at> <at>Bo</at>', entities)
    assert.deepEqual(mentionedIn(incoming), [
      { id: '29:1mia', name: 'Mia <M>' },
      { id: '29:1mia', name: 'Mia <M>' },
      { id: '29:1bo', name: 'Bo' },
    ])
    for (const { name } of mentionedIn(incoming)) assert.ok(spokenText(incoming).includes(name))
    assert.deepEqual(mentionedIn(read('queue', null)), [])
  })

  it('takes odd texts and entities for nothing', () => {
    assert.equal(heard(undefined), '')
    assert.equal(heard(7), '')
    for (const odd of ['x', null, [null, 'x', { type: 'mention' }, mention(''), { type: 'mention', text: 'q' }]])
      assert.equal(heard('queue', odd), 'queue')
  })

  it('makes one line of anything', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => !/^\s|\s\s|[\n\r\t]|\s$/.test(heard(text))))
  })

  it('stays quick on hostile markup', () => {
    for (const part of ['<at', '<at>', '<', '&nbsp', ' ', '<a <a'])
      assert.ok(heard(part.repeat(50_000)).length <= 50_000 * part.length)
  }).timeout(20_000)
})

describe('bot/teams/installed', () => {
  let rig: Rig
  let time = 0
  beforeEach(async () => (rig = await openRig({ monotonic: () => time })))
  afterEach(() => rig.close())
  const places = () => rig.heard.installed.map(({ place }) => place.conversationId)
  const inTeam = (channel: string) => ({
    by: ana,
    conversation: general,
    but: {
      channelData: {
        tenant: { id: rig.place('').tenantId },
        team: { id: general },
        settings: { selectedChannel: { id: channel } },
      },
    },
  })

  it('greets a team once, in the channel that was chosen, though Teams tells it twice', async () => {
    rig.answers.installed = () => [{ text: 'Here I am.' }]
    await rig.send(rig.activities.installed(inTeam(incidents)))
    await rig.send(rig.activities.joined({ by: ana }))
    assert.deepEqual(places(), [incidents])
    const [greeting, ...more] = rig.connector.messages()
    assert.match(String(greeting?.conversationId), /^19:incidents@thread\.tacv2;messageid=/)
    assert.equal(more.length, 0)
  })

  it('takes the team for General, and corrects itself when the chosen channel is told later', async () => {
    await rig.send(rig.activities.joined({ by: ana }))
    assert.deepEqual(places(), [general])
    await rig.send(rig.activities.installed(inTeam(incidents)))
    assert.deepEqual(places(), [general, incidents])
  })

  it('greets again when it is added again later', async () => {
    await rig.send(rig.activities.installed(inTeam(incidents)))
    time += 61_000
    await rig.send(rig.activities.installed(inTeam(incidents)))
    assert.deepEqual(places(), [incidents, incidents])
  })

  it('knows a personal chat', async () => {
    rig.answers.installed = () => [{ text: 'Hello.' }]
    await rig.send(rig.activities.installed({ by: ana, conversation: 'a:1ana' }))
    await rig.send(rig.activities.joined({ by: ana, conversation: 'a:1ana' }))
    assert.deepEqual(rig.heard.installed, [
      { place: rig.place('a:1ana'), personal: true, by: { id: ana.aadObjectId, name: ana.name } },
    ])
    assert.equal(rig.connector.messages('a:1ana').length, 1)
  })

  it('passes over removals and the joining of others', async () => {
    await rig.send({ ...rig.activities.installed({ by: ana }), action: 'remove' })
    await rig.send({ ...rig.activities.joined({ by: ana }), membersAdded: [{ id: '29:1bo' }] })
    assert.ok(rig.heardNothing())
  })
})
