import assert from 'node:assert/strict'
import { incidents, people } from '../support/activities.js'
import { type Actors, type Shown, actorsIn } from '../support/actors.js'
import { buttonsOf, wordsOf as allWordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo } = people

/** What a card says, without the buttons of its rows. */
const wordsOf = (card: unknown): string => allWordsOf(card).replace(/^(Open case|Take)\n/gm, '')

describe('end-to-end/find: open and closed cases', () => {
  let world: World
  let teams: Actors
  let open = ''
  let closed = ''
  before(async () => {
    world = await openWorld()
    teams = actorsIn(world)
    await world.install()
    closed = await teams.alert({
      title: 'An odd forward',
      people: [{ upn: 'Anna@Contoso.example' }],
      addresses: [{ ip: '203.0.113.7' }],
    })
    for (const words of ['take', 'verdict undetermined Nobody answers.', 'close Nothing came of it.'])
      await teams.say(ana, `${closed} ${words}`, 'a:1ana')
    await world.drawn()
    open = await teams.alert({ title: 'The other one', severity: 'high', people: [{ upn: 'anna@contoso.example' }] })
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })
  const finds = async (text: string, conversation = incidents, by = ana): Promise<Shown> => {
    await teams.say(by, text, conversation)
    const list = teams.shown(conversation).at(-1)
    assert.ok(list)
    return list
  }

  it('lists both, newest first, the open one as the queue shows it, in a channel and in a personal chat', async () => {
    for (const conversation of [incidents, 'a:1ana']) {
      const words = wordsOf((await finds('find ANNA@contoso.example', conversation)).card)
      assert.match(
        words,
        /^2 found, newest first\n“anna@contoso\.example”\nThe other one\n[^]*High · now · unassigned\nCheck 1 of/,
      )
      assert.match(words, new RegExp(`An odd forward\\nAnna@[^]*Ana Analyst\\n[^\\n]*, closed [^\\n]* · ${closed}`))
    }
    assert.match(wordsOf((await finds('find 203.0.113.7:443 closed')).card), /^1 found\n[^]*An odd forward/)
    assert.match(wordsOf((await finds('find anna open since 24h')).card), /^1 found\n[^]*The other one/)
    assert.match(wordsOf((await finds('find nobody@nowhere')).card), /^0 found[^]*No case matches/)
  })

  it('opens a closed case in one tap, which nobody can take', async () => {
    const list = await finds('find odd forward')
    assert.ok(!buttonsOf(list.card).some(({ verb }) => verb === 'take-listed'))
    const data = { caseId: closed, line: 0 }
    assert.match((await teams.forge(ana, list, 'open-case', data)).text, /An odd forward[^]*Undetermined[^]*Reopen/i)
  })

  it('turns its pages by a button, with what was looked for', async () => {
    for (let count = 1; count <= 10; count += 1)
      await teams.alert({ title: `Other ${count}`, people: [{ upn: 'anna@x' }] })
    const list = await finds('find anna "@" since 7d')
    assert.match(wordsOf(list.card), /^12 found, newest first\n[^]*Page 1 of 2/)
    const next = await teams.press(ana, list, 'More')
    assert.match(next.text, /12 found, newest first\n“@”, “anna”, since 7d\n[^]*An odd forward[^]*Page 2 of 2/)
    assert.doesNotMatch(next.text, /Other 9/)
  })

  it('knows them after a restart', async () => {
    await world.stop()
    await world.start()
    assert.match(wordsOf((await finds('find odd', 'a:1bo', bo)).card), /^1 found\n[^]*An odd forward/)
  })

  it('is for analysts alone, and says what it needs when nothing is named', async () => {
    await teams.say(ana, 'find', 'a:1ana')
    assert.match(teams.texts('a:1ana').at(-1) ?? '', /^What should Winnow find\?/)
    const list = await finds('find anna')
    const eve = { ...ana, id: '29:1eve', aadObjectId: 'eeeeeeee-0000-4000-8000-000000000009', name: 'Eve' }
    const { text } = await teams.forge(eve, list, 'list', { words: 'find anna' })
    assert.match(text, /^Only members of the team/)
    await teams.say(people.mia, 'find anna', 'a:1mia')
    assert.doesNotMatch(JSON.stringify(world.connector.messages('a:1mia')), /odd forward|The other one/)
    assert.ok(open)
  })
})
