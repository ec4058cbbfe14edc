import assert from 'node:assert/strict'
import { incidents, people } from '../support/activities.js'
import { type Actors, actorsIn } from '../support/actors.js'
import { wordsOf } from '../support/card-walk.js'
import { nothingOdd } from '../support/nothing-odd.js'
import { travelGuide } from '../support/travel-guide.js'
import { type World, openWorld } from '../support/winnow.js'

const { ana, bo, mia } = people
const eve = { ...mia, id: '29:1eve', aadObjectId: 'eeeeeeee-0000-4000-8000-000000000009', name: 'Eve' }

describe('end-to-end/actions: a whole case without a single button', () => {
  let world: World
  let teams: Actors
  let code = ''
  let thread = ''
  before(async () => {
    world = await openWorld()
    teams = actorsIn(world)
    await world.install()
    code = await teams.alert()
    thread = teams.cardOf(code).conversationId
  })
  after(async () => {
    nothingOdd(world.connector)
    await world.close()
  })

  const says = async (text: string, by = ana, where = thread): Promise<string> => {
    const [answer = '', ...more] = await teams.say(by, text, where)
    assert.equal(more.length, 0)
    return answer
  }
  const stateNow = async () => (await world.app().desk.look(code)).state

  it('the thread of a card is the case: it is told what can be said, and taken', async () => {
    assert.ok(thread.startsWith(`${incidents};messageid=`), thread)
    assert.equal(await says('options'), 'Unassigned. To take the case, send “take”.')
    const taken = await says('take')
    assert.match(taken, /^Ana Analyst took the case\nNext, check 1 of 5: .*\? For the answers, send “options”\.$/)
    const { checks } = await travelGuide()
    const told = await says('options')
    assert.match(told, /^Assigned to Ana Analyst\. Check 1 of 5: /)
    for (const [index, { text }] of (checks[0]?.options ?? []).entries()) {
      assert.ok(told.includes(`\n${index + 1}. ${text}`), told)
    }
    assert.match(wordsOf(teams.cardOf(code).card), /Assigned to Ana Analyst/)
  })

  it('somebody else is told who has it, and may take it over and give it back', async () => {
    assert.match(await says('answer 1', bo), /^This case is assigned to Ana Analyst\. Ask Ana Analyst/)
    assert.match(await says('take over', bo), /^Bo Analyst took over the case/)
    assert.match(await says('release', bo), /released the case\nUnassigned/)
    assert.match(
      await says(`take ${code}`, ana, 'a:1ana'),
      new RegExp(`^Ana Analyst took the case\\n.* send “${code} options”`),
    )
  })

  it('checks are answered by number or by name, and answers taken back', async () => {
    assert.match(await says('answer 99'), /^That isn't one of the answers.*\nNext, check 1/s)
    assert.match(await says('answer other'), /^.*\nNext, check 2 of 5: .*$/)
    assert.match(await says('back'), /withdrew the answer.*check 1 of 5/s)
    const list = /\nfp-untagged-vpn: .*\nSend “verdict” and the name before the colon/s
    assert.match(await says('verdict'), /^Verdicts:\n/)
    assert.match(await says('verdict'), list)
    assert.match(await says('verdict nonsense'), list)
    await says('answer other')
    assert.match(await says('answer usual'), /Next, check 3 of 5/)
    assert.match(await says('answer known'), /Next, check 4 of 5/)
    assert.match(await says('ask manager'), /^Ana Analyst asked Mia Manager about/)
    assert.match(await says('ask manager'), /^Mia Manager was already asked/)
    assert.match(await says('note Called Kim: at a fair.'), /^Ana Analyst noted: Called Kim: at a fair\./)
  })

  it('a message that Teams tells twice counts once', async () => {
    const guide = await travelGuide()
    const journey = guide.checks.find(({ id }) => id === 'journey')
    const yes = (journey?.options.findIndex(({ id }) => id === 'yes') ?? 0) + 1
    const message = world.activities.message(`answer ${yes}`, { by: ana, conversation: thread })
    const before = world.connector.messages(thread).length
    await world.send(message)
    await world.send(message)
    assert.equal(world.connector.messages(thread).length, before + 1)
    assert.equal((await stateNow())?.answers.length, 4)
  })

  it('a message that Teams tells again after a restart counts once, and is answered as the first time', async () => {
    const texts = () => teams.texts(thread)
    const message = world.activities.message('note Told once.', { by: ana, conversation: thread })
    await world.send(message)
    const first = texts().at(-1)
    await world.stop()
    await world.start()
    const before = texts().length
    await world.send(message)
    assert.deepEqual(texts().slice(before), [first])
    assert.match(first ?? '', /^Ana Analyst noted: Told once\./)
    assert.equal((await stateNow())?.notes.filter(({ text }) => text === 'Told once.').length, 1)
  })

  it('the same words in another message count again', async () => {
    for (const text of ['Twice.', 'Twice.']) await says(`note ${text}`)
    assert.equal((await stateNow())?.notes.filter(({ text }) => text === 'Twice.').length, 2)
  })

  it('verdicts stand under their names, and one against the evidence needs a reason', async () => {
    assert.match(
      await says('options'),
      /\nfp-undetected-travel: FP - .*\ntp: TP|\ntp: TP.*\nfp-undetected-travel: FP - /s,
    )
    assert.match(await says('verdict nonsense'), /^The guide has no such verdict/)
    assert.match(await says('verdict tp'), /^This needs a written reason/)
    assert.match(await says('verdict fp-undetected-travel'), /^Ana Analyst recorded FP - /)
    assert.match(await says('reconsider'), /^Ana Analyst withdrew the verdict/)
    assert.match(
      await says('verdict fp-undetected-travel'),
      /\n\d required actions open\. For the steps, send “options”\.$/,
    )
    assert.match(await says('options'), /The verdict is recorded\. Steps:\n1\. ○ /)
  })

  it('steps are done, taken back and skipped by their numbers, which stay', async () => {
    const steps = () => says('options')
    assert.match(await says('done 1'), /^Ana Analyst did: .*\n.*\.$/)
    assert.match(await steps(), /\n1\. ✔ .*\n2\. ○ /s)
    assert.match(await says('done 1'), /^Already done\. Nothing was changed\./)
    assert.match(await says('undo 1'), /^Ana Analyst marked as not done: /)
    assert.match(await steps(), /\n1\. ○ /)
    await says('done 1, 2')
    assert.match(await steps(), /\n1\. ✔ .*\n2\. ✔ /s)
    assert.match(await says('done 99'), /^This verdict has no such step/)
    assert.match(await says('skip 3'), /^This needs a written reason/)
    await says('skip 3 Not ours.')
    assert.match(await steps(), /\n3\. – /)
    assert.equal((await stateNow())?.stepStates['action/close-alert']?.state, 'done')
  })

  it('the case is closed and opened again, also from its thread after a restart', async () => {
    assert.match(
      await says('close Nothing left.'),
      /closed the case\nAna Analyst closed this case\. To reopen it, send “reopen”/,
    )
    assert.match(wordsOf(teams.cardOf(code).card), /Reopen/)
    assert.match(await says('reopen It came back.', bo), /^Bo Analyst reopened the case: It came back\./)
    await world.stop()
    await world.start()
    assert.match(await says('note Still here.'), /^Ana Analyst noted: Still here\./)
    assert.equal(teams.cardsOf(code).length, 1)
  })

  it('the thread of a closed case is known after a restart as well', async () => {
    await says('close Nothing left.', bo)
    await world.stop()
    await world.start()
    assert.match(await says('reopen It came back.', bo), /^Bo Analyst reopened the case: It came back\./)
  })

  it('elsewhere the code must be told, and strangers are told nothing', async () => {
    assert.match(await says('take', ana, 'a:1ana'), /^Which case\?/)
    assert.match(await says('take', ana, `${incidents};messageid=1`), /^Which case\?/)
    assert.match(await says('0000-0000-0000 take', ana), /^No case has the code 0000-0000-0000/)
    assert.match(await says('ILOU-ILOU-ILOU take', ana), /^No case has the code 110U-110U-110U/)
    for (const text of [`${code} options`, `take ${code}`, 'take']) {
      assert.match(await says(text, mia), /^Only members of the team that handles alerts/)
      assert.match(await says(text, mia, 'a:1mia'), /^Ana Analyst is waiting for your answer about Kim Karlsen/)
      assert.match(await says(text, eve, 'a:1eve'), /^Only members of the team that handles alerts/)
    }
  })

  it('“case CODE” brings the card', async () => {
    const [card = '', ...more] = await teams.say(ana, `case ${code}`, 'a:1ana')
    assert.match(card, new RegExp(`Case ${code}`))
    assert.equal(more.length, 0)
  })
})
