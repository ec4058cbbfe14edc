import assert from 'node:assert/strict'
import { incidents, people } from '../support/activities.js'
import { type Actors, type Shown, actorsIn } from '../support/actors.js'
import { type Json, buttonsOf, wordsOf as allWordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo } = people

/** What a card says, without the buttons of its rows. */
const wordsOf = (card: unknown): string => plain(allWordsOf(card))
const plain = (text: string): string => text.replace(/^(Open case|Take)\n/gm, '')

describe('end-to-end/lists: from a list into a case', () => {
  let world: World
  let teams: Actors
  let code = ''
  before(async () => {
    world = await openWorld({ store: 'memory' })
    teams = actorsIn(world)
    await world.install()
    code = await teams.alert({ title: 'The worst', severity: 'high', people: [{ upn: 'omar@contoso.example' }] })
    for (let count = 1; count <= 11; count += 1) await teams.alert({ title: `Other ${count}`, severity: 'low' })
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })

  /** Ask for a list, and have the message it came in. */
  const asks = async (text: string, conversation = incidents): Promise<Shown> => {
    await teams.say(ana, text, conversation)
    const list = teams.shown(conversation).at(-1)
    assert.ok(list)
    return list
  }
  /** What is pressed to open that case on a list. */
  const rowOf = (card: Json, verb: string, caseId = code): Json => {
    const button = buttonsOf(card).find((one) => one['verb'] === verb && Object(one['data']).caseId === caseId)
    assert.ok(button, `no ${verb} for ${caseId}`)
    return Object(button['data'])
  }

  it('narrows a list down by severity, product and person', async () => {
    assert.match(
      wordsOf((await asks('queue high')).card),
      /^1 open\nall alerts, High severity or higher\nThe worst\nomar@/,
    )
    assert.match(
      wordsOf((await asks('queue Omar@contoso.example')).card),
      /^1 open\n“omar@contoso\.example”\nThe worst/,
    )
    assert.match(wordsOf((await asks('queue cloud-apps')).card), /^12 open\nDefender for Cloud Apps\n/)
    assert.match(wordsOf((await asks('queue nobody@x')).card), /No open cases match/)
  })

  it('turns its pages, in words and by a button', async () => {
    const list = await asks('queue')
    assert.match(wordsOf(list.card), /Page 1 of 2/)
    const text = plain((await teams.press(ana, list, 'More')).text)
    assert.match(text, /^12 open\nOther 7\n[^]*Other 11\n[^]*Page 2 of 2/)
    assert.doesNotMatch(text, /More|The worst/)
    assert.equal(wordsOf((await asks('queue 2')).card).replace(/now|\d min/g, ''), text.replace(/now|\d min/g, ''))
    const filtered = await teams.press(ana, await asks('queue low'), 'More')
    assert.match(plain(filtered.text), /^12 open\nall alerts, Low severity or higher\nOther 7\n/)
  })

  it('opens a case for the reader in one tap, in a channel and in a personal chat', async () => {
    for (const conversation of [incidents, 'a:1ana']) {
      const list = await asks('queue high', conversation)
      const { text } = await teams.forge(ana, list, 'open-case', rowOf(list.card, 'open-case'))
      assert.match(
        plain(text),
        new RegExp(`^(?:High severity\\n)+The worst\\n[^]*Case ${code}\\n[^]*Unassigned\\nTake case`),
      )
      // The others are about the same address, and are told of.
      assert.match(plain(text), /Related cases\n10 open\nOther 11 · /)
    }
  })

  it('takes a case beside its row, once: whoever comes later is told whose it is', async () => {
    const list = await asks('queue high')
    const data = rowOf(list.card, 'take-listed')
    assert.match((await teams.forge(ana, list, 'take-listed', data)).text, /Assigned to Ana Analyst[^]*Tap your answer/)
    assert.match((await teams.forge(bo, list, 'take-listed', data)).text, /The case changed before your click/)
    await world.drawn()
    assert.match(wordsOf(teams.cardOf(code).card), /Assigned to Ana Analyst/)
    const { card } = await asks('queue high')
    assert.ok(!buttonsOf(card).some(({ verb }) => verb === 'take-listed'))
    assert.match(wordsOf(card), /The worst\nomar@contoso\.example\nHigh · \S+( min)? · Ana Analyst\nCheck 1 of 5 · /)
  })

  it('does not take the list for the case’s card where that was lost', async () => {
    const { desk } = world.app()
    const list = await asks('queue high')
    const data = rowOf(list.card, 'open-case')
    await desk.keepCards(code, ({ cards: { channel } }) =>
      channel ? { channel: { ...channel, state: 'lost', posted: null, detail: 'by hand' } } : null,
    )
    await world.drawn()
    await teams.forge(ana, list, 'open-case', data)
    // The case stands in the place of the list now, and is worked on there.
    await teams.forge(ana, list, 'note', { ...data, noteText: 'From the list.' })
    assert.equal((await desk.look(code)).cards['channel']?.state, 'lost')
    await teams.forge(ana, teams.cardOf(code), 'look', data)
    assert.equal((await desk.look(code)).cards['channel']?.state, 'shown')
  })

  it('shows nothing to who is no analyst', async () => {
    const list = await asks('queue')
    const eve = { ...ana, id: '29:1eve', aadObjectId: 'eeeeeeee-0000-4000-8000-000000000009', name: 'Eve' }
    for (const [verb, data] of [
      ['list', { words: 'queue' }],
      ['open-case', rowOf(list.card, 'open-case')],
      ['take-listed', rowOf(list.card, 'open-case')],
    ] as const)
      assert.match((await teams.forge(eve, list, verb, data)).text, /^Only members of the team/)
    assert.match((await teams.forge(ana, list, 'list', { words: 'help' })).text, /^That click couldn't be read/)
  })
})

describe('end-to-end/lists: in a client that knows only Action.Submit', () => {
  it('turns pages, opens and takes as well', async () => {
    const world = await openWorld({ store: 'memory', cardActions: 'submit' })
    try {
      const teams = actorsIn(world)
      await world.install()
      const codes: string[] = []
      for (let count = 1; count <= 11; count += 1) codes.push(await teams.alert({ title: `Alert ${count}` }))
      await teams.say(ana, 'queue', 'a:1ana')
      const list = () => teams.shown('a:1ana').at(-1)
      const first = list()
      assert.ok(first && !JSON.stringify(first.card).includes('Action.Execute'))
      await teams.submit(ana, first, 'Open case')
      assert.match(wordsOf(list()?.card), /Impossible travel[^]*Unassigned/)
      await teams.submit(ana, first, 'Take')
      assert.match(wordsOf(list()?.card), /Assigned to Ana Analyst/)
      await teams.submit(ana, first, 'More')
      assert.match(wordsOf(list()?.card), /^11 open\nAlert 8\n/)
    } finally {
      await world.close()
    }
  })
})
