import assert from 'node:assert/strict'
import type { Guide } from '../../triage/guide.js'
import { incidents, people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { inputOn, noticeOn, wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { travelGuide } from '../support/travel-guide.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, mia } = people

describe('end-to-end/story: from an alert to a closed case', () => {
  let world: World
  let teams: Actors
  let guide: Guide
  let code = ''
  before(async () => {
    guide = await travelGuide()
    world = await openWorld()
    teams = actorsIn(world)
  })
  after(() => world.close())

  const card = () => teams.cardOf(code)
  const words = () => wordsOf(card().card)
  const sees = (...lines: readonly string[]) => {
    for (const line of lines) assert.ok(words().includes(line), `“${line}” is not on the card:\n${words()}`)
  }
  const answer = (option: string) => teams.press(ana, card(), 'Answer', { option })
  const asks = (id: string) => guide.checks.find((check) => check.id === id)?.ask ?? id
  const verdict = (id: string) => guide.verdicts.find((one) => one.id === id)?.label ?? id

  it('an alert is taken in before anybody has said where to post, and waits', async () => {
    const { status, body } = await world.post({ id: 'early', title: 'Something else', severity: 'low' })
    assert.equal(status, 202)
    assert.equal(Object(body).alerts[0].status, 'new')
    await world.drawn()
    assert.equal(world.connector.context.length, 0)
  })

  it('being added to a team binds the channel, says so, and posts what waited', async () => {
    await world.install()
    await world.drawn()
    const greetings = world.connector.messages(incidents).filter(({ activity }) => 'text' in activity)
    assert.equal(greetings.length, 1)
    assert.match(String(greetings[0]?.activity['text']), /Alerts now go to this channel/)
    assert.equal(teams.shown(incidents).length, 1)
    assert.match(wordsOf(teams.shown(incidents)[0]?.card), /Something else/)
  })

  it('an alert becomes one card, with what happened and what it means', async () => {
    code = await teams.alert({ link: 'https://security.microsoft.com/alerts/1' })
    sees('Medium severity', 'Impossible travel', `Case ${code}`, 'Sign-ins from Norway and Brazil')
    sees('Kim Karlsen (kim@contoso.example)', '192.0.2.10 (NO), 198.51.100.7 (BR)', '2 Mar 2026, 09:14 UTC')
    sees(guide.about, 'Take case', 'Opened from another system')
    assert.equal(card().activity['summary'], `Medium: Impossible travel: Kim Karlsen · NO, BR (case ${code})`)
    assert.ok(JSON.stringify(card().card).includes('https://security.microsoft.com/alerts/1'))
  })

  it('somebody takes it: the clicker gets the first check at once, and so does everybody else', async () => {
    const context = await teams.press(ana, card(), 'Take case')
    assert.match(context.text, /Assigned to Ana Analyst/)
    assert.match(context.text, /Check 1 of 5/)
    assert.deepEqual(context.card, card().card)
    sees(asks('address'), guide.checks[0]?.how ?? '?', 'Ana Analyst took the case')
    assert.equal(noticeOn(card().card), '')
  })

  it('answers lead from check to check and narrow the verdicts', async () => {
    await answer('other')
    sees('Check 2 of 5', asks('afterwards'))
    await answer('usual')
    sees('Check 3 of 5', asks('device'))
    await answer('known')
    sees('Check 4 of 5', asks('journey'), 'Ask manager')
  })

  it('an answer is taken back and given again', async () => {
    await teams.press(ana, card(), 'Back')
    sees(asks('device'), 'Ana Analyst withdrew the answer')
    await answer('known')
    sees(asks('journey'))
  })

  it('the manager is asked in a chat of their own, with what happened, what is asked and how to check it', async () => {
    const { text } = await teams.press(ana, card(), 'Ask manager')
    assert.match(text, /Asked Mia Manager at/)
    assert.doesNotMatch(text, /\bAsk manager\n/)
    const chat = world.connector.chats.get(mia.id) ?? ''
    const question = wordsOf(teams.cardOf(code, chat).card)
    for (const line of [
      'Question from the security team',
      'Ana Analyst asks you about Kim Karlsen (kim@contoso.example).',
      'Was Kim Karlsen traveling at that time',
      'How do I know this is genuine?',
      code,
    ])
      assert.ok(question.includes(line), `${line}:\n${question}`)
    const [invited] = world.connector.context.filter(({ on }) => on === 'direct')
    assert.deepEqual(Object(invited?.body)['members'], [{ id: mia.aadObjectId }])
  })

  it('the manager answers, known by object id, is thanked, and the case shows it', async () => {
    const chat = world.connector.chats.get(mia.id) ?? ''
    const question = teams.cardOf(code, chat)
    const context = await teams.press(mia, question, 'Yes', {
      from: '2026-03-01',
      to: '2026-03-04',
      note: 'Trade fair.',
    })
    assert.deepEqual([context.card, context.text], [null, ''], 'the dialog closes')
    assert.match(wordsOf(teams.cardOf(code, chat).card), /Thank you, your answer was recorded/)
    const { text } = await teams.press(ana, card(), 'Refresh card')
    assert.ok(text.includes('Mia Manager says: Yes (2026-03-01 to 2026-03-04) “Trade fair.”'))
    const told = `<at>Ana Analyst</at>, Mia Manager answered: Yes (2026-03-01 to 2026-03-04) (case ${code}).`
    assert.deepEqual(
      world.connector.messages().filter(({ activity }) => activity['text'] === told).length,
      1,
      'who has the case is told once, by name',
    )
    const { diary } = await world.app().desk.look(code)
    assert.deepEqual(diary.findLast(({ type }) => type === 'manager-answered')?.by, {
      id: mia.aadObjectId,
      name: 'Mia Manager',
    })
  })

  it('the verdict the answers allow is offered, the others say what is missing or speaks against them', async () => {
    await answer('yes')
    sees(`FP - ${verdict('fp-undetected-travel')}`, 'Other verdicts')
    const others = (await teams.openForm(ana, card(), 'Other verdicts')).text
    assert.ok(others.includes(`TP - ${verdict('tp')}`) && others.includes('Ruled out by:'), others)
    const context = await teams.press(ana, card(), 'Record override', { otherVerdict: 'tp', otherReason: ' ' })
    assert.match(noticeOn(context.card), /^This needs a written reason/)
    assert.equal(noticeOn(card().card), '')
    await teams.press(ana, card(), 'Record verdict', { verdict: 'fp-undetected-travel' })
    sees(`FP - ${verdict('fp-undetected-travel')}`, 'kim@contoso.example', asks('journey'), 'Recorded by Ana Analyst')
    assert.equal(inputOn(card().card, 'actions')['value'], '')
  })

  it('actions are ticked, and a step of the scope as well', async () => {
    await teams.press(ana, card(), 'Save progress', { actions: 'action/close-alert', moreScope: 'scope/same-place' })
    assert.equal(inputOn(card().card, 'actions')['value'], 'action/close-alert')
    assert.equal(inputOn(card().card, 'moreScope')['value'], 'scope/same-place')
    sees('Ana Analyst did: Close the alert in the portal')
  })

  it('the case is closed, by whom and why', async () => {
    const context = await teams.press(ana, card(), 'Close case')
    assert.deepEqual(context.card, card().card)
    sees(`FP - ${verdict('fp-undetected-travel')}`, 'Ana Analyst closed the case', 'Reopen')
    const chat = world.connector.chats.get(mia.id) ?? ''
    // An answer may be corrected after the end as well.
    assert.match(wordsOf(teams.cardOf(code, chat).card), /Change my answer/)
  })

  it('the diary tells it in order, and the case is settled', async () => {
    const { diary, state } = await world.app().desk.look(code)
    const told = diary.map(({ type }) => type)
    assert.deepEqual(told, [
      'opened',
      'claimed',
      'answered',
      'answered',
      'answered',
      'answer-withdrawn',
      'answered',
      'manager-asked',
      'manager-answered',
      'answered',
      'judged',
      'done',
      'done',
      'closed',
    ])
    assert.equal(state?.closed?.by.name, 'Ana Analyst')
    assert.equal(world.connector.count('direct'), 1)
    assert.equal(teams.cardsOf(code).length, 1)
    nothingOdd(world.connector)
    assert.deepEqual(
      world.logged.filter((line) => !line.includes('"level":30')),
      [],
    )
  })
})
