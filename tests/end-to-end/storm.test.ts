import assert from 'node:assert/strict'
import { incidents, people } from '../support/activities.js'
import { type Actors, type Shown, actorsIn, codesIn } from '../support/actors.js'
import { noticeOn, wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { until } from '../support/until.js'
import { type World, keys, openWorld } from '../support/winnow.js'

const { ana, bo } = people

describe('end-to-end/storm: more alerts than a channel can show', () => {
  let world: World
  let teams: Actors
  let codes: readonly string[] = []
  before(async () => {
    world = await openWorld({ stormCases: 5 })
    teams = actorsIn(world)
    await world.install()
    const alerts = Array.from({ length: 24 }, (_, n) => ({
      id: `s-${n}`,
      type: n % 2 === 0 ? 'impossible-travel' : 'something-new',
      title: n % 2 === 0 ? 'Impossible travel activity' : 'Something new',
      severity: 'medium',
      people: [{ upn: n < 20 ? 'kim@contoso.example' : `user-${n}@contoso.example` }],
      addresses: [{ ip: n < 8 ? '203.0.113.7' : `198.51.100.${n}`, country: 'BR' }],
    }))
    for (const alert of alerts) codes = [...codes, ...codesIn((await world.post({ alerts: [alert] })).body)]
    await until(() => digests().length > 0)
    await world.drawn()
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })

  const digests = (): readonly Shown[] =>
    teams.shown(incidents).filter(({ card }) => wordsOf(card).startsWith('Alert storm'))
  const digest = (): Shown => {
    const [one] = digests()
    assert.ok(one)
    return one
  }
  const held = (): readonly string[] => codes.filter((code) => teams.cardsOf(code).length === 0)
  const newest = (): Shown => {
    const last = teams.shown(incidents).at(-1)
    assert.ok(last)
    return last
  }
  const eventsOf = async (code: string) => (await world.app().desk.look(code)).diary
  const ownersOf = async (some: readonly string[]) =>
    Promise.all(some.map(async (code) => (await world.app().desk.look(code)).state?.owner?.name ?? null))

  it('has one digest and a few cards, and every case all the same', () => {
    assert.equal(codes.length, 24)
    assert.equal(digests().length, 1)
    assert.ok(held().length >= 12, `${held().length} are held back`)
  })

  it('tells how many are held back, and is well', async () => {
    await until(async () => Object(await health()).details.heldBackCards === held().length)
    const { ok, details } = Object(await health())
    assert.deepEqual([ok, details.storms, details.owedCards], [true, 1, 0])
    const metrics = await fetch(world.url('/metrics'), { headers: { authorization: `Bearer ${keys.one}` } })
    assert.match(await metrics.text(), new RegExp(`winnow_held_back_cards ${held().length}\n`))
  })

  it('sends the list beside the digest, which stays as it is', async () => {
    const { text } = await teams.press(ana, digest(), 'Show list')
    assert.match(text, /^Alert storm/)
    assert.match(wordsOf(newest().card), new RegExp(`^${held().length} open\nwithout a card of their own`))
    assert.equal(digests().length, 1)
  })

  it('posts the card of a case that is opened by its code', async () => {
    const [code = ''] = held()
    // The card itself may be there as soon as the answer.
    const [said] = await teams.say(ana, `case ${code}`)
    assert.equal(said, 'Its card was held back. It is posted in the channel now.')
    assert.equal(teams.cardsOf(code).length, 1)
  })

  it('posts the card of a case that is taken by its code', async () => {
    const [code = ''] = held()
    await teams.say(bo, `${code} take`)
    assert.match(wordsOf(teams.cardOf(code).card), /Assigned to Bo/)
  })

  it('takes many at once, by what is selected on a card, without posting theirs', async () => {
    await teams.press(ana, digest(), 'Take several')
    const card = newest()
    assert.match(wordsOf(card.card), /Person 1 \(\d+\): kim@contoso\.example/)
    const before = held()
    const { card: answer } = await teams.press(ana, card, 'Take', { selection: 'type:impossible-travel' })
    assert.match(noticeOn(answer), /^\d+ taken, 0 refused\.$/)
    assert.deepEqual(held(), before)
    const travels = codes.filter((_, n) => n % 2 === 0)
    const owners = await ownersOf(travels)
    assert.ok(owners.every((owner) => owner === ana.name || owner === bo.name))
  })

  it('takes many at once by words, and says what was refused and why', async () => {
    const [answer = ''] = await teams.say(bo, 'take all person:user-21@contoso.example')
    assert.equal(answer, '1 taken, 0 refused.')
    const [none = ''] = await teams.say(bo, 'take all address:203.0.113.99')
    assert.match(none, /^No unassigned case matches/)
    const [stranger = ''] = await teams.say(people.mia, 'take all')
    assert.match(stranger, /^Only members of the team/)
  })

  it('records one verdict for all of a type that one has taken, each with its own because', async () => {
    const travels = await mineOf(ana.name)
    assert.ok(travels.length > 5)
    await teams.press(ana, digest(), 'Record verdicts')
    let card: Shown = newest()
    assert.match(wordsOf(card.card), new RegExp(`These answers apply to all ${travels.length} selected`))
    for (const option of ['anonymous', 'harmful', 'new', 'no']) {
      const seen = await teams.press(ana, card, 'Next', { option })
      assert.ok(seen.card)
      card = { ...card, card: seen.card }
      if (wordsOf(card.card).includes('Record for all')) break
    }
    while (!wordsOf(card.card).includes('Record for all')) {
      const seen = await teams.press(ana, card, 'Next', { option: 'unknown' })
      assert.ok(seen.card, seen.text)
      card = { ...card, card: seen.card }
    }
    // One of them is closed meanwhile.
    const [gone = ''] = travels
    await teams.say(ana, `${gone} verdict undetermined nothing to go by`)
    const { card: answer } = await teams.press(ana, card, 'Record for all', { verdict: 'tp' })
    assert.match(noticeOn(answer), new RegExp(`^${travels.length - 1} recorded, 0 refused\\.`))
    const judged = await Promise.all(
      travels.slice(1).map(async (code) => (await eventsOf(code)).findLast(({ type }) => type === 'judged')),
    )
    const because = judged.map((event) => (event?.type === 'judged' ? event.because : ''))
    assert.ok(
      because.every((text) => text.includes('kim@contoso.example') || text.includes('user-')),
      because[0],
    )
    assert.ok(new Set(because).size > 1, 'each names its own address')
  })

  it('refuses what one may not do, case by case', async () => {
    const mine = (await mineOf(bo.name)).filter((code) => codes.indexOf(code) % 2 === 1)
    const { state } = await world.app().desk.look(mine[0] ?? '')
    const type = state?.guide ?? ''
    const [answer = ''] = await teams.say(bo, `verdict all type:${type} no-such-verdict`)
    assert.match(answer, /^0 recorded, \d+ refused\.\n[0-9A-Z-]{14}: The guide has no such verdict/)
  })

  it('goes on after a restart: the same digest, and the same cards held back', async () => {
    const before = [digests().length, held().length]
    await world.stop()
    await world.start()
    await world.drawn()
    assert.deepEqual([digests().length, held().length], before)
    const [said = ''] = await teams.say(ana, 'digest')
    assert.match(said, /Alert storm/)
    await teams.press(ana, digest(), 'Show list')
    assert.match(wordsOf(newest().card), /without a card of their own/)
  })

  /** The open cases without a verdict of that person. */
  const mineOf = async (name: string): Promise<readonly string[]> => {
    const rows = await world.app().openCases.rows()
    return rows
      .filter(({ owner, standing }) => owner?.name === name && standing.at !== 'actions')
      .map(({ caseId }) => caseId)
  }

  const health = async (): Promise<unknown> =>
    (await fetch(world.url('/health'), { headers: { authorization: `Bearer ${keys.one}` } })).json()
})
