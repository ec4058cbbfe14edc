import assert from 'node:assert/strict'
import { general, incidents, people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people
const eve = {
  id: '29:1eve',
  aadObjectId: 'eeeeeeee-0000-4000-8000-000000000009',
  name: 'Eve',
  userPrincipalName: 'e@x',
}

describe('end-to-end/words: what people write to Winnow', () => {
  let world: World
  let teams: Actors
  let mild = ''
  let severe = ''
  before(async () => {
    world = await openWorld({ store: 'memory' })
    teams = actorsIn(world)
    await world.install()
    mild = await teams.alert({ title: 'Mild thing', severity: 'low' })
    severe = await teams.alert({ title: 'Severe thing', severity: 'high' })
    await teams.alert({ title: 'Severe thing, later', severity: 'high' })
    await teams.press(ana, teams.cardOf(mild), 'Take case')
  })
  after(() => {
    nothingOdd(world.connector)
    return world.close()
  })

  const chatOf = (name: string) => `a:1${name}`

  it('“help”, a greeting and a mere mention get the help, in groups, in the thread they were written in', async () => {
    const thread = `${incidents};messageid=99`
    for (const text of ['help', 'Hello!', '']) {
      const [answer = '', ...more] = await teams.say(ana, text, thread)
      assert.match(answer, /^What you can send to Winnow\nWinnow posts security alerts here/, text)
      assert.match(answer, /\nCases\nqueue: the open cases[^]*\nIn a case's thread[^]*\nIn a channel\n/)
      assert.equal(more.length, 0)
    }
    assert.equal(world.connector.messages().at(-1)?.conversationId, thread)
  })

  it('what is not understood is answered with so, and the nearest commands', async () => {
    assert.deepEqual(await teams.say(ana, 'tkae'), [
      "Winnow doesn't know “tkae”. The nearest commands are “take”, “travel NAME”, “take all type:TYPE”. For all of them, send “help”.",
    ])
    const near =
      /^Winnow doesn't know “.{1,60}”\. The nearest commands are “.+”, “.+”, “.+”\. For all of them, send “help”\.$/u
    const far = /^Winnow doesn't know “.{1,60}”\. For the open cases, send “queue”\. For all commands, send “help”\.$/u
    for (const [text, wanted] of [
      ['onn call', near],
      ['please close everything', near],
      ['🤷', far],
      ['x'.repeat(5000), far],
    ] as const) {
      const [answer = '', ...more] = await teams.say(ana, text)
      assert.match(answer, wanted, text)
      assert.equal(more.length, 0)
    }
  })

  it('“queue” lists the open cases, worst and oldest first, with their owners', async () => {
    const [list = ''] = await teams.say(bo, 'queue')
    assert.match(list, /3 open/)
    const order = ['Severe thing', 'Severe thing, later', 'Mild thing'].map((title) => list.indexOf(title))
    assert.deepEqual(
      order,
      order.toSorted((one, other) => one - other),
    )
    assert.ok(!order.includes(-1), list)
    assert.match(list, /unassigned/)
    assert.match(list, /Ana Analyst/)
  })

  it('“mine” lists one’s own, in the personal chat as well', async () => {
    const [list = ''] = await teams.say(ana, 'Mine.', chatOf('ana'))
    assert.match(list, /1 yours/)
    assert.match(list, /Mild thing/)
    assert.doesNotMatch(list, /Severe thing/)
    const [none = ''] = await teams.say(bo, 'mine', chatOf('bo'))
    assert.match(none, /You have no open case/)
  })

  it('“case CODE” brings the card, however the code is written; it works there too', async () => {
    for (const text of [`case ${severe}`, severe.toLowerCase(), `CASE ${severe.replaceAll('-', ' ')}`]) {
      const [words = ''] = await teams.say(bo, text, chatOf('bo'))
      assert.match(words, new RegExp(`Case ${severe}`), text)
    }
    const [mine] = teams.cardsOf(severe, chatOf('bo'))
    assert.ok(mine)
    await teams.press(bo, mine, 'Take case')
    assert.match(wordsOf(teams.cardOf(severe).card), /Assigned to Bo Analyst/)
    assert.equal(teams.cardsOf(severe).length, 1)
  })

  it('“case” with a code nobody knows, or that is none, says so and repeats nothing harmful', async () => {
    for (const code of ['0000-0000-0000', '../../etc/passwd', 'ILOU-ILOU-ILOU', '<b>x</b>', 'x'.repeat(5000)]) {
      const [text = ''] = await teams.say(ana, `case ${code}`)
      assert.match(text, /^No case has the code [0-9A-Z-]{0,20}\. /, code)
    }
  })

  it('tells nothing to people outside the team: not the lists, not a case', async () => {
    for (const who of [mia, eve]) {
      for (const text of ['queue', 'mine', `case ${severe}`]) {
        const [answer, ...more] = await teams.say(who, text, chatOf('x'))
        assert.match(answer ?? '', /^Only members of the team that handles alerts/)
        assert.equal(more.length, 0)
      }
    }
  })

  it('tells people outside the team in their own chat only what Winnow may want of them', async () => {
    for (const who of [mia, eve])
      for (const text of ['help', 'Hello, who is this?', '🤷', '']) {
        const [answer = '', ...more] = await teams.say(who, text, chatOf('x'))
        assert.match(
          answer,
          /^This is Winnow, the security team's assistant\..*No one is waiting for an answer from you/,
        )
        assert.doesNotMatch(answer, /queue|take/)
        assert.equal(more.length, 0)
      }
    assert.match(
      (await teams.say(ana, 'help', chatOf('ana')))[0] ?? '',
      /^What you can send to Winnow\nWinnow posts security alerts here/,
    )
    assert.match(
      (await teams.say(mia, 'help'))[0] ?? '',
      /^What you can send to Winnow\nWinnow posts security alerts here/,
    )
  })

  it('“post here” moves the alerts to another channel, for members of the team only', async () => {
    const [no = ''] = await teams.say(eve, 'post here', general)
    assert.match(no, /^Only members of the team/)
    assert.match((await teams.say(ana, 'post here', chatOf('ana')))[0] ?? '', /only in a team's channel/)
    assert.match(
      (await teams.say(ana, 'Post  HERE!', `${general};messageid=5`))[0] ?? '',
      /^Alerts now go to this channel/,
    )
    const moved = await teams.alert({ title: 'After the move' })
    assert.equal(teams.cardsOf(moved, general).length, 1)
    assert.equal(teams.cardsOf(moved, incidents).length, 0)
    assert.equal(teams.cardsOf(severe, general).length, 0)
  })

  it('cards that stand in the former channel stay there and are kept up to date', async () => {
    await teams.press(bo, teams.cardOf(severe), 'Release')
    assert.match(wordsOf(teams.cardOf(severe).card), /Unassigned/)
  })
})
