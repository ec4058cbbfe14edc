import assert from 'node:assert/strict'
import type { DeliveryFailure } from '../../../bot/chat.js'
import { incidents, people } from '../../support/activities.js'
import { card, openRig, type Rig } from './rig.js'

const { ana, mia } = people

describe('bot/teams/messenger', () => {
  let rig: Rig
  beforeEach(async () => (rig = await openRig()))
  afterEach(() => rig.close())

  it('posts a card into a channel as a thread of its own and can update it there', async () => {
    const posted = await rig.messenger.post(rig.place(incidents), card('new'))
    assert.deepEqual(posted, {
      place: rig.place(`${incidents};messageid=${posted.messageId}`),
      messageId: posted.messageId,
    })
    await rig.messenger.update(posted, card('in work'))
    const [message, ...more] = rig.connector.messages()
    assert.equal(more.length, 0)
    assert.equal(message?.updates, 1)
    assert.equal(message?.activity['summary'], 'in work')
    assert.equal(rig.connector.cards()[0]?.['title'], 'in work')
  })

  it('notifies people of a post but not of an update', async () => {
    const posted = await rig.messenger.post(rig.place(incidents), card('new'))
    assert.deepEqual(rig.connector.messages()[0]?.activity['channelData'], { notification: { alert: true } })
    await rig.messenger.update(posted, card('in work'))
    assert.equal(rig.connector.messages()[0]?.activity['channelData'], undefined)
  })

  it('says to which tenant and channel a thread belongs, and who speaks', async () => {
    await rig.messenger.post(rig.place(incidents), { text: 'hello' })
    const { tenantId, botId } = rig.place(incidents)
    const { activity: _, ...asked } = rig.connector.context[0]?.body ?? {}
    assert.deepEqual(asked, {
      isGroup: true,
      bot: { id: botId },
      tenantId,
      channelData: { channel: { id: incidents }, tenant: { id: tenantId } },
    })
  })

  it('posts into a thread, a personal chat or a group chat as it is', async () => {
    const thread = `${incidents};messageid=17`
    for (const conversationId of [thread, 'a:1ana']) {
      const posted = await rig.messenger.post(rig.place(conversationId), { text: 'hello' })
      assert.equal(posted.place.conversationId, conversationId)
      await rig.messenger.update(posted, { text: 'goodbye' })
    }
    await assert.rejects(rig.messenger.post(rig.place('19:group@thread.v2'), { text: 'hello' }))
    assert.equal(rig.connector.context.at(-1)?.path, '/v3/conversations/19:group@thread.v2/activities')
    assert.deepEqual(
      rig.connector.messages().map(({ activity }) => activity['text']),
      ['goodbye', 'goodbye'],
    )
  })

  it('mentions members, so that they are notified, and only names everybody else', async () => {
    const thread = rig.place(`${incidents};messageid=17`)
    const mentions = [
      { id: mia.aadObjectId, name: 'Mia <Boss> & Co' },
      { id: ana.aadObjectId, name: 'Mia' },
      { id: 'nobody', name: 'Nobody' },
    ]
    await rig.messenger.post(thread, { text: 'Mia, ask <b>Mia <Boss> & Co</b>, not Nobody or Mia', mentions })
    const { text, textFormat, entities } = rig.connector.messages(thread.conversationId)[0]?.activity ?? {}
    assert.equal(textFormat, 'xml')
    assert.equal(text, '<at>Mia</at>, ask &lt;b&gt;<at>Mia &lt;Boss&gt; &amp; Co</at>&lt;/b&gt;, not Nobody or Mia')
    assert.deepEqual(entities, [
      { type: 'mention', text: '<at>Mia</at>', mentioned: { id: ana.id, name: 'Mia' } },
      {
        type: 'mention',
        text: '<at>Mia &lt;Boss&gt; &amp; Co</at>',
        mentioned: { id: mia.id, name: 'Mia <Boss> & Co' },
      },
    ])
  })

  it('says the sentence all the same when nobody in it can be mentioned', async () => {
    for (const failure of [{ status: 404 }, { status: 503, times: 3 }]) {
      rig.connector.failNext({ on: 'member', ...failure })
      await rig.messenger.post(rig.place(incidents), { text: 'Mia?', mentions: [{ id: mia.aadObjectId, name: 'Mia' }] })
      const { text, textFormat, entities } = rig.connector.messages().at(-1)?.activity ?? {}
      assert.deepEqual([text, textFormat, entities], ['Mia?', 'plain', undefined])
    }
    assert.equal(rig.connector.count('member'), 4)
  })

  it('asks for a member again when that may have failed by chance, for without a mention no phone buzzes', async () => {
    rig.connector.failNext({ on: 'member', status: 429 })
    await rig.messenger.post(rig.place(incidents), { text: 'Mia?', mentions: [{ id: mia.aadObjectId, name: 'Mia' }] })
    assert.equal(rig.connector.messages()[0]?.activity['text'], '<at>Mia</at>?')
  })

  it('opens the 1:1 chat with a person once, by object id', async () => {
    const via = rig.place(incidents)
    const [one, two] = await Promise.all([
      rig.messenger.direct(mia.aadObjectId, via),
      rig.messenger.direct(mia.aadObjectId, via),
    ])
    assert.deepEqual(one, rig.place('a:1mia'))
    assert.deepEqual(two, one)
    assert.deepEqual(await rig.messenger.direct(ana.id, via), rig.place('a:1ana'))
    assert.equal(rig.connector.count('direct'), 2)
    await rig.messenger.post(one, card('question'))
    assert.equal(rig.connector.cards('a:1mia').length, 1)
  })

  it('asks again for a chat that could not be opened', async () => {
    rig.connector.blocked.add(mia.id)
    const open = () => rig.messenger.direct(mia.aadObjectId, rig.place(incidents))
    await assert.rejects(open(), {
      kind: 'permanent',
      code: 'BotNotInConversationRoster',
    } satisfies Partial<DeliveryFailure>)
    rig.connector.blocked.delete(mia.id)
    assert.equal((await open()).conversationId, 'a:1mia')
  })
})
