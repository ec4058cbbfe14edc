import assert from 'node:assert/strict'
import { type Somebody, general, incidents, people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people

describe('end-to-end/on-call: a new case calls by name whoever is on call', () => {
  let world: World
  let teams: Actors
  beforeEach(async () => {
    world = await openWorld()
    teams = actorsIn(world)
    await world.install()
  })
  afterEach(() => {
    nothingOdd(world.connector)
    return world.close()
  })

  const say = async (text: string, by: Somebody = ana, conversation = incidents) =>
    (await teams.say(by, text, conversation))[0] ?? ''
  /** Say it with somebody mentioned in it, as Teams sends it. */
  const sayOf = async (text: string, ...others: readonly Somebody[]) => {
    const told = others.map(({ id, name }) => ({ type: 'mention', text: `<at>${name}</at>`, mentioned: { id, name } }))
    const message = world.activities.message(
      others.reduce((all, { name }) => all.replace('@', `<at>${name}</at>`), text),
      {
        by: ana,
      },
    )
    const entities = [Object(message['entities'])[0], ...told]
    await world.send({ ...message, entities })
    return String(world.connector.messages().at(-1)?.activity['text'])
  }
  /** What is said in the thread of a case's card, and who is mentioned in it. */
  const call = (code: string, channel = incidents) => {
    const { conversationId } = teams.cardOf(code, channel)
    const said: readonly { readonly text: string; readonly entities?: readonly object[] }[] = world.connector
      .messages()
      .flatMap((one) => (one.conversationId === conversationId && 'text' in one.activity ? Object(one.activity) : []))
    return {
      texts: said.map(({ text }) => text),
      ids: said.flatMap(({ entities = [] }) => entities.map((one) => Object(one).mentioned.id)),
    }
  }
  const silence = { texts: [], ids: [] }

  it('in the thread of its card, once: not when the card is redrawn', async () => {
    assert.match(await say('on call'), /^You're now on call here\. New alerts of Medium severity or higher/)
    const code = await teams.alert({ severity: 'high' })
    const text = `<at>Ana Analyst</at>, you're on call. High severity: Impossible travel (case ${code}).`
    assert.deepEqual(call(code), { texts: [text], ids: [ana.id] })
    const last = world.connector.messages().at(-1)
    assert.deepEqual(last?.activity['channelData'], { notification: { alert: true } })
    await teams.press(bo, teams.cardOf(code), 'Take case')
    await teams.press(bo, teams.cardOf(code), 'Release')
    assert.match(wordsOf(teams.cardOf(code).card), /Unassigned/)
    assert.deepEqual(call(code), { texts: [text], ids: [ana.id] })
  })

  it('from the severity they said, until somebody says off call', async () => {
    assert.match(await say('on call high'), /High severity or higher/)
    assert.deepEqual(call(await teams.alert({ severity: 'medium' })), silence)
    assert.deepEqual(call(await teams.alert({ severity: 'high' })).ids, [ana.id])
    assert.equal(await say('on call', bo), `${youMedium} Ana Analyst no longer is.`)
    assert.deepEqual(call(await teams.alert({ severity: 'medium' })).ids, [bo.id])
    assert.deepEqual(call(await teams.alert({ severity: 'low' })), silence)
    assert.match(await say('off call'), /^Bo Analyst is no longer on call here, and no one else is/)
    assert.match(await say('off call'), /^No one is on call here/)
    assert.deepEqual(call(await teams.alert({ severity: 'high' })), silence)
  })

  it('also after a restart, and after the channel got another filter; the list tells who it is', async () => {
    await say('on call low')
    await say('post here cloud-apps')
    await world.stop()
    await world.start()
    assert.match(
      await say('channels'),
      /^1\. this channel: Defender for Cloud Apps\. On call: Ana Analyst, Low severity or higher/,
    )
    assert.deepEqual(call(await teams.alert({ severity: 'low' })).ids, [ana.id])
  })

  it('again after a restart, for what nobody has taken: whether the call was made before, nobody knows', async () => {
    await say('on call')
    const [taken, waiting] = [await teams.alert({ severity: 'high' }), await teams.alert({ severity: 'high' })]
    await teams.press(bo, teams.cardOf(taken), 'Take case')
    const before = [call(taken).ids.length, call(waiting).ids.length]
    await world.stop()
    await world.start()
    await world.drawn()
    assert.deepEqual([call(taken).ids.length, call(waiting).ids.length], [before[0], 1 + (before[1] ?? 0)])
  })

  it('in that channel alone', async () => {
    await say('on call')
    await say('post here high', ana, general)
    const code = await teams.alert({ severity: 'high' })
    assert.deepEqual(call(code, general), silence)
  })

  it('somebody else when they are mentioned and members of the team, by the name the team knows', async () => {
    assert.match(
      await sayOf('on call @ high', { ...bo, name: 'High Bo' }),
      /^Bo Analyst is now on call here.* High severity or higher/,
    )
    const code = await teams.alert({ severity: 'high' })
    assert.deepEqual(call(code).ids, [bo.id])
    assert.match(call(code).texts.join(), /^<at>Bo Analyst<\/at>, you're on call/)
    assert.match(await sayOf('on call @', mia), /^Mia Manager isn't a member of this team/)
    assert.match(await sayOf('on call @ @', ana, mia), /^Only one person can be on call/)
    assert.match(await say('on call bo'), /^“bo” isn't a severity, so nothing was changed/)
    assert.deepEqual(call(await teams.alert({ severity: 'high' })).ids, [bo.id])
  })

  it('still who it was, when somebody else is to be off call, or when it was a question', async () => {
    await say('on call')
    assert.match(await sayOf('off call @', bo), /^Ana Analyst is on call here, not Bo Analyst, so nothing was changed/)
    assert.match(await say('on call?', bo), /On call: Ana Analyst, Medium severity or higher/)
    assert.deepEqual(call(await teams.alert({ severity: 'high' })).ids, [ana.id])
    assert.match(await sayOf('off call @', { ...ana, name: 'Ana' }), /^Ana Analyst is no longer on call here/)
  })

  it('somebody who is mentioned by each part of their name', async () => {
    const parts = [
      { ...bo, name: 'Bo' },
      { ...bo, name: 'Analyst' },
    ]
    assert.match(await sayOf('on call @ @ high', ...parts), /^Bo Analyst is now on call here.* High severity or higher/)
  })

  it('nobody any more when the channel is let go, and they are told who it was', async () => {
    await say('on call')
    const told =
      /No longer on call, because that channel gets no more alerts: Ana Analyst\. Send “on call” in a channel that gets alerts/
    assert.match(await say('post here', ana, general), told)
    await say('on call', ana, general)
    await say('post here high')
    assert.match(await say('post nowhere', ana, general), told)
    assert.doesNotMatch(await say('post here', bo, general), told)
  })

  it('nobody, and a sentence says what to do, where no alerts come', async () => {
    assert.match(await say('on call', ana, general), /^This channel gets no alerts/)
    assert.match(await say('on call', ana, 'a:1ana'), /^Which channel\?/)
    assert.match(await say('off call', ana, 'a:1ana'), /^Which channel\?/)
    assert.deepEqual(call(await teams.alert({ severity: 'high' })), silence)
  })

  it('who has left the team is named, but the card comes all the same', async () => {
    await say('on call')
    world.connector.members.splice(0, 1)
    const code = await teams.alert({ severity: 'high' })
    assert.deepEqual(call(code).ids, [])
    assert.match(call(code).texts.join(), /^Ana Analyst, you're on call/)
  })
})

const youMedium =
  "You're now on call here. New alerts of Medium severity or higher will mention you. To stop, send “off call”."
